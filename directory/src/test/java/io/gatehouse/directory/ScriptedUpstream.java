package io.gatehouse.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands in for a third party: an HTTP server on loopback that answers as a test says. */
public final class ScriptedUpstream implements AutoCloseable {
  /** What came in. */
  public record Request(String path, Map<String, String> query, Map<String, String> headers) {}

  /** What goes out; {@code missing} bytes of the body are promised and do not come. */
  public record Answer(int status, Map<String, String> headers, String body, int missing) {
    private static final int NONE = 0;

    public static Answer of(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body, 0);
    }

    /** The connection is closed instead. */
    public static Answer none() {
      return of(NONE, "");
    }

    public Answer cutShort() {
      return new Answer(status, headers, body, 100);
    }

    public static Answer ok(String body) {
      return of(200, body);
    }

    public Answer with(String header, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(header, value);
      return new Answer(status, more, body, missing);
    }
  }

  /** Says what to answer. */
  @FunctionalInterface
  public interface Script {
    Answer answer(Request request);

    /** One answer after the other; the last one again and again. */
    static Script inTurn(Answer... answers) {
      Deque<Answer> left = new ArrayDeque<>(Arrays.asList(answers));
      return request -> left.size() > 1 ? left.removeFirst() : left.getFirst();
    }
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Script script;

  public ScriptedUpstream(Script script) {
    this.script = script;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers in another way from now on. */
  public void now(Script next) {
    script = next;
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + address().getPort());
  }

  /** What came in so far, in order. */
  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  public void forget() {
    requests.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = read(exchange);
      requests.add(request);
      Answer answer = script.answer(request);
      if (answer.status() == Answer.NONE) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body().getBytes(UTF_8);
      int length = body.length + answer.missing();
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
  }

  private static Request read(HttpExchange exchange) {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    Map<String, String> query = new HashMap<>();
    String raw = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    for (String pair : raw.isEmpty() ? List.<String>of() : List.of(raw.split("&", -1))) {
      String[] parts = pair.split("=", 2);
      query.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
    }
    return new Request(exchange.getRequestURI().getRawPath(), query, headers);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
