import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A client of the API with a key. */
record Client(URI server, String key) {
  private static final String API = "/api/v1";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A connection on which this is asked over and over, with as little ado as possible. */
  HttpConnection connect(String path) throws IOException {
    return new HttpConnection(server, API + path, key);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(Json.write(body))));
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(API + path))
        .header("Authorization", "Bearer " + key);
  }

  private static JsonNode send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(response + " " + new String(response.body()));
    }
    return Json.tree(response.body());
  }
}
