package io.gatehouse.directory.gateway;

import static io.gatehouse.platform.error.ErrorCode.EGRESS_REFUSED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_CHECK_TIMEOUT;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_FAILED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_FORBIDDEN;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_NOT_RECOGNIZED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_RATE_LIMITED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_UNAUTHENTICATED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.ScriptedUpstream;
import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Only what answers as the connector describes is linked; else the address is named, not a path.
 */
final class AccountCheckTest {
  private static final Connector CONNECTOR = GatewayKit.connector("cockroachdbcloud");
  private static final String NOT_RECOGNIZED =
      "context.base_url: CockroachDB Cloud answers /api/v1/organization with an organization with"
          + " an id and a name; the answer was ";
  private static final String HINT = "; check context.base_url";

  private final ScriptedUpstream upstream =
      new ScriptedUpstream(request -> Answer.ok("{\"id\":\"o1\",\"name\":\"Acme\"}"));
  private final GatewayKit kit =
      new GatewayKit(upstream, loopback(Duration.ofSeconds(5)), AccountCheckTest::resolve);

  @AfterEach
  void close() {
    kit.close();
    upstream.close();
  }

  @Test
  void the_upstream_itself_is_accepted() {
    kit.gateway().check(kit.account(CONNECTOR));
    assertThat(upstream.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {} | status 200 and other JSON",
        "200 | [] | status 200 and other JSON",
        "200 | null | status 200 and other JSON",
        "200 | {\"id\":1,\"name\":\"Acme\"} | status 200 and other JSON",
        "200 | {\"id\":\"o1\"} | status 200 and other JSON",
        "200 | {\"clusters\":[]} | status 200 and other JSON",
        "204 | '' | status 204 and no JSON",
        "200 | <html>Sign in</html> | status 200 and no JSON",
        "201 | {\"id\": | status 201 and no JSON",
        "302 | '' | a redirect (status 302), which is not followed",
        "308 | '' | a redirect (status 308), which is not followed",
        "304 | '' | status 304: not modified, though the request set no condition",
        "400 | The plain HTTP request was sent to HTTPS port | status 400: status 400 without",
        "404 | {\"message\":\"no such operation: GET /x\"} | status 404: no such operation: GET /x",
        "404 | <h1>nginx</h1> | status 404: status 404 without a message",
        "405 | {} | status 405: status 405 without a message",
        "409 | {\"message\":\"no\"} | status 409: no",
        "422 | {\"message\":\"no\"} | status 422: no",
      })
  void what_answers_something_else_is_not_recognized(int status, String body, String found) {
    upstream.now(request -> Answer.of(status, body == null ? "" : body));

    GatehouseException failure = failure(UPSTREAM_NOT_RECOGNIZED, upstream.url());

    assertThat(failure).hasMessageStartingWith(NOT_RECOGNIZED + found);
    assertThat(failure.code().httpStatus()).isEqualTo(502);
    assertThat(failure.arguments()).containsEntry("remote", true);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void a_path_in_the_address_that_is_not_the_apis_is_not_taken_for_a_missing_operation() {
    upstream.now(request -> Answer.of(404, "{\"message\":\"no such operation\"}"));

    assertThat(failure(UPSTREAM_NOT_RECOGNIZED, URI.create(upstream.url() + "/wrong")))
        .hasMessageStartingWith("context.base_url: ");
    assertThat(upstream.requests().getFirst().path()).isEqualTo("/wrong/api/v1/organization");
  }

  @Test
  void an_upstream_that_is_faulty_for_good_is_named_with_its_address() {
    upstream.now(request -> Answer.of(503, "{\"message\":\"down\"}").with("Retry-After", "7"));

    GatehouseException failure = failure(UPSTREAM_FAILED, upstream.url());

    assertThat(failure)
        .hasMessage("CockroachDB Cloud gave no usable answer: status 503: down" + HINT);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void refused_credentials_are_the_credentials_fault() {
    upstream.now(request -> Answer.of(401, "{\"message\":\"bad key\"}"));
    assertThat(failure(UPSTREAM_UNAUTHENTICATED, upstream.url()))
        .hasMessage("CockroachDB Cloud answered 401: bad key");
    upstream.now(request -> Answer.of(403, "{\"message\":\"no\"}"));
    assertThat(failure(UPSTREAM_FORBIDDEN, upstream.url())).hasMessageNotContaining("base_url");
    upstream.now(request -> Answer.of(429, "{}"));
    failure(UPSTREAM_RATE_LIMITED, upstream.url());
  }

  @Test
  void something_before_the_api_that_refuses_credentials_may_be_the_address_fault() {
    upstream.now(request -> Answer.of(401, "<h1>Authorization required</h1>"));
    assertThat(failure(UPSTREAM_UNAUTHENTICATED, upstream.url())).hasMessageEndingWith(HINT);
  }

  @Test
  void an_answer_without_end_and_one_that_is_too_large_name_the_address() {
    CountDownLatch end = new CountDownLatch(1);
    upstream.now(
        request -> {
          await(end);
          return Answer.ok("{}");
        });
    try (GatewayKit hasty = new GatewayKit(upstream, loopback(Duration.ofMillis(50)))) {
      var account = GatewayKit.account(CONNECTOR, upstream.url(), false);
      assertThat(
              catchThrowableOfType(GatehouseException.class, () -> hasty.gateway().check(account)))
          .hasMessage("context.base_url: CockroachDB Cloud cannot be checked: no answer within 1 s")
          .extracting(GatehouseException::code)
          .isEqualTo(UPSTREAM_CHECK_TIMEOUT);
    } finally {
      end.countDown();
    }
    upstream.now(request -> Answer.ok("\"" + "x".repeat(70_000) + "\""));
    assertThat(failure(UPSTREAM_NOT_RECOGNIZED, upstream.url()))
        .hasMessage(NOT_RECOGNIZED + "more than 65536 bytes");
  }

  @Test
  void a_port_where_nobody_listens_is_named() throws IOException {
    int port;
    try (ServerSocket closed = listen()) {
      port = closed.getLocalPort();
    }
    assertThat(failure(UPSTREAM_FAILED, URI.create("http://127.0.0.1:" + port)))
        .hasMessageEndingWith("it cannot be reached: the connection was refused" + HINT);
  }

  @Test
  void a_port_without_tls_is_named() throws IOException {
    try (ServerSocket plain = listen()) {
      serve(plain, "HTTP/1.1 400 Bad Request\r\n\r\n");
      assertThat(failure(UPSTREAM_FAILED, URI.create("https://127.0.0.1:" + plain.getLocalPort())))
          .hasMessageContaining("it does not speak TLS at this port")
          .hasMessageEndingWith(HINT);
    }
  }

  @Test
  void what_a_port_of_another_protocol_says_is_not_repeated() throws IOException {
    try (ServerSocket mail = listen()) {
      serve(mail, "220 mail.inside.example ESMTP\r\n");
      var account =
          GatewayKit.account(
              CONNECTOR, URI.create("http://127.0.0.1:" + mail.getLocalPort()), false);
      var failure =
          catchThrowableOfType(GatehouseException.class, () -> kit.gateway().check(account));
      assertThat(failure)
          .hasMessageContaining("context.base_url")
          .hasMessageNotContaining("inside.example");
    }
  }

  @Test
  void a_port_that_wants_tls_is_named() throws IOException {
    try (ServerSocket tls = SSLServerSocketFactory.getDefault().createServerSocket()) {
      tls.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      serve(tls, "never");
      assertThat(failure(UPSTREAM_FAILED, URI.create("http://127.0.0.1:" + tls.getLocalPort())))
          .hasMessageEndingWith(HINT);
    }
  }

  @Test
  void a_connection_that_is_closed_at_once_is_named() throws IOException {
    try (ServerSocket curt = listen()) {
      serve(curt, "");
      assertThat(failure(UPSTREAM_FAILED, URI.create("http://127.0.0.1:" + curt.getLocalPort())))
          .hasMessageEndingWith(HINT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://vault.inside.example",
        "https://vault.inside.example:8443",
        "https://unknown.inside.example",
        "http://unknown.inside.example",
        "http://public.example",
        "https://mixed.example",
        "http://10.0.0.7",
        "http://169.254.169.254/latest/meta-data"
      })
  void a_refused_address_tells_the_rule_and_not_what_its_name_means(String url) {
    assertThat(failure(EGRESS_REFUSED, URI.create(url)))
        .hasMessage("invalid argument: context.base_url: " + EgressPolicy.ADDRESS_RULE);
    assertThat(kit.time().pauses()).isEmpty();
  }

  private GatehouseException failure(ErrorCode code, URI url) {
    var account = GatewayKit.account(CONNECTOR, url, false);
    var failure =
        catchThrowableOfType(GatehouseException.class, () -> kit.gateway().check(account));
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    return failure;
  }

  /** Says its line to whoever connects, and closes, until the server is closed. */
  private static void serve(ServerSocket server, String line) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                answer(server, line);
              }
            });
  }

  private static boolean answer(ServerSocket server, String line) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(line.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return socket.getInputStream().readAllBytes().length > 0;
    } catch (IOException e) { // who connected has gone, or the server
      return false;
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static GatewayConfig loopback(Duration timeout) {
    return new GatewayConfig(
        List.of("127.0.0.1"), Duration.ofSeconds(5), timeout, Duration.ofSeconds(15), 65_536);
  }

  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    return switch (host) {
      case "vault.inside.example" -> List.of(InetAddress.ofLiteral("10.20.30.40"));
      case "public.example" -> List.of(InetAddress.ofLiteral("93.184.216.34"));
      case "mixed.example" ->
          List.of(InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("10.0.0.7"));
      case "unknown.inside.example" -> throw new UnknownHostException(host);
      default -> List.of(InetAddress.getAllByName(host));
    };
  }
}
