package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Reads a body whole, if it is small enough and comes fast enough, and if all large bodies that are
 * being read do not take too much memory together.
 */
final class BodyReader {
  private static final int SHARED_BYTES = 16 << 20;

  /** So much each may take without asking; the number of requests under way bounds these. */
  private static final int OWN_BYTES = 64 << 10;

  /** So much later a body of which nothing at all comes is given up, without an answer. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final int maxBytes;
  private final Duration timeout;
  private final ConnectionWatchdog watchdog;
  private final Semaphore shared;

  BodyReader(int maxBytes, Duration timeout, ConnectionWatchdog watchdog) {
    this.maxBytes = maxBytes;
    this.timeout = timeout;
    this.watchdog = watchdog;
    this.shared = new Semaphore(Math.max(SHARED_BYTES, maxBytes));
  }

  byte[] read(ServerRequest request) {
    if (request.headers().contentLength().orElse(0) > maxBytes) {
      throw tooLarge();
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    Body body = new Body(System.nanoTime() + timeout.toNanos());
    watchdog.begin(timeout.plus(GRACE));
    try {
      return body.read(request.content().inputStream());
    } finally {
      watchdog.end();
      shared.release(body.taken);
    }
  }

  /** A body as far as it has come. */
  private final class Body {
    private final long deadline;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private int taken;

    Body(long deadline) {
      this.deadline = deadline;
    }

    byte[] read(InputStream in) {
      byte[] buffer = new byte[8192];
      for (int n = next(in, buffer); n >= 0; n = next(in, buffer)) {
        add(buffer, n);
      }
      return bytes.toByteArray();
    }

    private void add(byte[] buffer, int length) {
      int size = bytes.size() + length;
      if (size > maxBytes) {
        throw tooLarge();
      }
      if (System.nanoTime() > deadline) {
        throw tooSlow();
      }
      if (size > OWN_BYTES && !shared.tryAcquire(length)) {
        throw ErrorCode.OVERLOADED.with();
      }
      taken += size > OWN_BYTES ? length : 0;
      bytes.write(buffer, 0, length);
    }
  }

  /** The stream is not closed: that would read on to its end, whenever that comes. */
  private int next(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (RequestException e) {
      throw e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
          ? tooLarge().causedBy(e)
          : malformed(e);
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    } catch (IOException | RuntimeException e) {
      throw tooSlow().causedBy(e);
    }
  }

  private GatehouseException tooLarge() {
    return ErrorCode.BODY_TOO_LARGE.with("limit", maxBytes);
  }

  private GatehouseException tooSlow() {
    return ErrorCode.BODY_TOO_SLOW.with("seconds", timeout.toSeconds());
  }

  private static GatehouseException malformed(RuntimeException cause) {
    return GatehouseException.invalid("body", "has malformed chunked encoding").causedBy(cause);
  }
}
