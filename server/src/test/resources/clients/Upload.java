import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;

/** Uploads as both clients of the JDK do: a line in for each request, a line out for each answer. */
public final class Upload {
  public static void main(String[] args) throws Exception {
    boolean old = args.length > 0;
    var in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split(" ");
      byte[] body = new byte[Integer.parseInt(fields[3])];
      Arrays.fill(body, (byte) 'a');
      try {
        System.out.println(old ? byConnection(fields, body) : byClient(fields, body));
      } catch (Exception e) {
        System.out.println("FAILED " + e);
      }
    }
    System.exit(0);
  }

  private static String byClient(String[] fields, byte[] body) throws Exception {
    var bytes = HttpRequest.BodyPublishers.ofByteArray(body);
    boolean chunked = fields[4].equals("true");
    var request =
        HttpRequest.newBuilder(URI.create(fields[1]))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + fields[2])
            .method(fields[0], chunked ? HttpRequest.BodyPublishers.fromPublisher(bytes) : bytes)
            .build();
    var answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body().length();
  }

  private static String byConnection(String[] fields, byte[] body) throws Exception {
    var connection = (HttpURLConnection) URI.create(fields[1]).toURL().openConnection();
    connection.setReadTimeout(20_000);
    connection.setRequestMethod(fields[0]);
    connection.setRequestProperty("Authorization", "Bearer " + fields[2]);
    connection.setDoOutput(true);
    if (fields[4].equals("true")) {
      connection.setChunkedStreamingMode(65_536);
    } else {
      connection.setFixedLengthStreamingMode(body.length);
    }
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    try (var in = connection.getErrorStream()) {
      // it keeps the body of a 401 from whoever streams
      int length = in == null ? connection.getContentLength() : in.readAllBytes().length;
      return status + " " + length;
    }
  }
}
