package io.gatehouse.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP to a server as any client would. */
final class ApiClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;
  private final Optional<Secret> key;
  private final Map<String, String> headers;

  ApiClient(String url, Optional<Secret> key) {
    this(url, key, Map.of());
  }

  private ApiClient(String url, Optional<Secret> key, Map<String, String> headers) {
    this.url = url;
    this.key = key;
    this.headers = headers;
  }

  /** What came back. */
  record Answer(int status, JsonNode body, HttpResponse<String> response) {
    /** The body of a success; anything else fails the test. */
    JsonNode ok() {
      Assertions.assertThat(status).as(response.body()).isEqualTo(200);
      return body;
    }

    String message() {
      return body.path("message").asText();
    }

    int code() {
      return body.path("code").asInt();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /** That it was refused like this. */
    Answer isRefused(int expectedStatus, int expectedCode) {
      Assertions.assertThat(status).as(response.body()).isEqualTo(expectedStatus);
      Assertions.assertThat(code()).as(response.body()).isEqualTo(expectedCode);
      return this;
    }
  }

  ApiClient speaking(String version) {
    return new ApiClient(url, key, Map.of("Cc-Version", version));
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, Object body) {
    return send("POST", path, body);
  }

  Answer put(String path, Object body) {
    return send("PUT", path, body);
  }

  Answer patch(String path, Object body) {
    return send("PATCH", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /** Sends a request; a body that is a text goes as it is, anything else as JSON. */
  Answer send(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    headers.forEach(request::header);
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(
                body instanceof String text ? text : Json.write(body)));
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String body) {
    return body.startsWith("{") ? Json.read(body, JsonNode.class) : Json.MAPPER.nullNode();
  }

  /** Walks a paged list to its end; gives every row in the order in which it came. */
  List<JsonNode> walk(String path, String member, int limit) {
    List<JsonNode> rows = new ArrayList<>();
    String token = "";
    do {
      String separator = path.contains("?") ? "&" : "?";
      JsonNode page =
          get(path + separator + "pagination.limit=" + limit + "&pagination.page=" + token).ok();
      page.path(member).forEach(rows::add);
      token = page.path("pagination").path("next_page").asText();
    } while (!token.isEmpty());
    return rows;
  }
}
