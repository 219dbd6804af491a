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
import java.util.concurrent.TimeUnit;

/**
 * Reads a body whole, if it is small enough and comes fast enough, and if all bodies that are being
 * read do not take too much memory together.
 */
final class BodyReader {
  private static final int SHARED_BYTES = 16 << 20;

  /** So much later a body of which nothing at all comes is given up, without an answer. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final int mostBytes;
  private final Duration timeout;
  private final Patience patience;
  private final Semaphore memory;

  BodyReader(int mostBytes, Duration timeout, Patience patience) {
    this.mostBytes = mostBytes;
    this.timeout = timeout;
    this.patience = patience;
    this.memory = new Semaphore(Math.max(SHARED_BYTES, mostBytes));
  }

  byte[] read(ServerRequest request) {
    long declared = request.headers().contentLength().orElse(mostBytes);
    if (declared > mostBytes) {
      throw tooLarge();
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    int reserved = (int) declared;
    reserve(reserved);
    patience.begin(timeout.plus(GRACE));
    try {
      return readUntil(System.nanoTime() + timeout.toNanos(), request.content().inputStream());
    } finally {
      patience.end();
      memory.release(reserved);
    }
  }

  private void reserve(int bytes) {
    try {
      if (!memory.tryAcquire(bytes, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw ErrorCode.OVERLOADED.with();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ErrorCode.OVERLOADED.with();
    }
  }

  private byte[] readUntil(long deadline, InputStream in) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    byte[] buffer = new byte[8192];
    for (int n = next(in, buffer); n >= 0; n = next(in, buffer)) {
      body.write(buffer, 0, n);
      if (body.size() > mostBytes) {
        throw tooLarge();
      }
      if (System.nanoTime() > deadline) {
        throw tooSlow();
      }
    }
    return body.toByteArray();
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
    return ErrorCode.BODY_TOO_LARGE.with("limit", mostBytes);
  }

  private GatehouseException tooSlow() {
    return ErrorCode.BODY_TOO_SLOW.with("seconds", timeout.toSeconds());
  }

  private static GatehouseException malformed(RuntimeException cause) {
    return GatehouseException.invalid("body", "does not come in proper chunks").causedBy(cause);
  }
}
