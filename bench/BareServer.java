import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A Helidon SE server that does nothing but answer with the bytes and headers of a given answer.
 */
final class BareServer {
  private static final Set<String> ITS_OWN = Set.of("Date", "Connection", "Content-Length");

  private BareServer() {}

  public static void main(String[] arguments) throws IOException {
    String answer = Files.readString(Path.of(arguments[0]), ISO_8859_1);
    int head = answer.indexOf("\r\n\r\n");
    List<Header> headers = headers(answer.substring(0, head));
    Handler handler = handler(headers, answer.substring(head + 4).getBytes(ISO_8859_1));
    WebServer server =
        WebServer.builder().host("127.0.0.1").port(0).routing(r -> r.any(handler)).build();
    System.out.println("port " + server.start().port() + " ");
  }

  private static List<Header> headers(String head) {
    return head.lines()
        .skip(1)
        .map(line -> line.split(": ", 2))
        .filter(parts -> !ITS_OWN.contains(parts[0]))
        .map(parts -> HeaderValues.createCached(parts[0], parts[1]))
        .toList();
  }

  private static Handler handler(List<Header> headers, byte[] body) {
    return (request, response) -> {
      headers.forEach(response::header);
      response.send(body);
    };
  }
}
