package io.gatehouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** A connection on which a test writes whatever it likes, be it HTTP or not. */
final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int TRICKLE_MILLIS = 200;
  private static final int MAX_PIECES = TIMEOUT_MILLIS / TRICKLE_MILLIS;
  private static final int GONE = -1;

  private final Socket socket;
  private final PushbackInputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new PushbackInputStream(socket.getInputStream());
  }

  /** What came back: the head as it stands, and the body as far as its length was told. */
  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }

    String header(String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    JsonNode json() {
      return Json.read(body, JsonNode.class);
    }
  }

  static RawConnection to(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return new RawConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes, one byte for each character; false when the server does not take it any more. */
  boolean write(String text) {
    return write(text.getBytes(ISO_8859_1));
  }

  boolean write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The next answer to a request that has a body in its answer. */
  Answer answer() {
    return answer(true);
  }

  Answer answer(boolean withBody) {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = read();
      if (next == GONE) {
        throw new AssertionError("closed after: " + head);
      }
      head.append((char) next);
    }
    Answer bare = new Answer(head.toString().strip(), "");
    String length = bare.header("Content-Length");
    return new Answer(bare.head(), withBody && !length.isEmpty() ? body(length) : "");
  }

  private String body(String length) {
    try {
      return new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int read() {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("neither an answer nor an end came", e);
    } catch (IOException e) {
      return GONE;
    }
  }

  /** Waits until the server closes, however it does that; what it says is read over. */
  void awaitClose() {
    int next = read();
    while (next != GONE) {
      next = read();
    }
  }

  /** Writes a little from time to time until the server answers or closes. */
  void trickle(String piece) throws IOException {
    socket.setSoTimeout(TRICKLE_MILLIS);
    for (int written = 0; write(piece); written++) {
      assertThat(written).as("pieces that were taken").isLessThan(MAX_PIECES);
      try {
        int next = in.read();
        if (next != GONE) {
          in.unread(next);
        }
        break;
      } catch (SocketTimeoutException e) {
        // nothing was said to it yet
      } catch (IOException e) {
        break;
      }
    }
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
