package io.gatehouse.platform.edge;

import io.gatehouse.platform.operation.Content;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Puts answers on the wire, and ends the connections that cannot go on after them. */
final class ResponseWriter {
  private static final byte[] NOTHING = {};

  private final ConnectionWatchdog watchdog;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * @param timeout how long an answer, or the rest of a request, may take
   * @param maxBytes how much of a body that nobody wanted is read to keep its connection
   */
  ResponseWriter(ConnectionWatchdog watchdog, Duration timeout, int maxBytes) {
    this.watchdog = watchdog;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * Sends an answer; to HEAD only what it would be like.
   *
   * @param last whether the connection cannot go on, because the request was not understood
   */
  void send(ServerRequest request, ServerResponse response, byte[] entity, boolean last) {
    if (last || isLast(request)) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    watchdog.begin(timeout);
    try {
      if (request.prologue().method().equals(Method.HEAD)) {
        response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(entity.length));
        response.send(NOTHING);
      } else {
        response.send(entity);
      }
    } finally {
      watchdog.end();
    }
  }

  /**
   * Sends a stream, each chunk within the timeout.
   *
   * @throws CloseConnectionException when it breaks off: the client must see that it is not whole
   */
  void stream(ServerResponse response, Content.Source source) {
    OutputStream out = response.outputStream();
    try {
      source.writeTo(chunk -> writeNow(out, chunk));
      out.close(); // not when it broke off, for that would end it as if it were whole
    } catch (IOException | RuntimeException e) {
      throw new CloseConnectionException("the stream of a response broke off", e);
    }
  }

  private void writeNow(OutputStream out, byte[] chunk) throws IOException {
    watchdog.begin(timeout);
    try {
      out.write(chunk);
      out.flush();
    } finally {
      watchdog.end();
    }
  }

  /** Makes the connection ready for its next request, or ends it. */
  void finish(ServerRequest request, boolean last) {
    boolean unread = last || isUnread(request);
    if (last || isLast(request) || !isSkipped(request)) {
      if (unread) {
        LingeringClose.afterThisRequest();
      }
      throw new CloseConnectionException("this was the last request of its connection");
    }
  }

  private boolean isLast(ServerRequest request) {
    return (request.headers().contains(HeaderNames.CONNECTION)
            && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE))
        || (isUnread(request) && !isWorthReading(request));
  }

  private static boolean isUnread(ServerRequest request) {
    return request.content().hasEntity() && !request.content().consumed();
  }

  /** A rest of known and bearable length that is on its way already. */
  private boolean isWorthReading(ServerRequest request) {
    return request.headers().contentLength().orElse(Long.MAX_VALUE) <= maxBytes
        && !request.headers().contains(HeaderNames.EXPECT);
  }

  private boolean isSkipped(ServerRequest request) {
    if (!isUnread(request)) {
      return true;
    }
    watchdog.begin(timeout);
    try {
      request.content().consume();
      return true;
    } catch (RuntimeException e) {
      return false; // it did not come in time, or not at all
    } finally {
      watchdog.end();
    }
  }
}
