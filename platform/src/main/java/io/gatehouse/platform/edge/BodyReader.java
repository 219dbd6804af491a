package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Reads a body whole, if it is small enough and comes fast enough. */
final class BodyReader {
  private final int mostBytes;
  private final Duration timeout;
  private final LongSupplier nanoTime;

  BodyReader(int mostBytes, Duration timeout, LongSupplier nanoTime) {
    this.mostBytes = mostBytes;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  byte[] read(ServerRequest request) {
    if (request.headers().contentLength().orElse(0) > mostBytes) {
      throw tooLarge();
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    long deadline = nanoTime.getAsLong() + timeout.toNanos();
    try (InputStream in = request.content().inputStream()) {
      return readUntil(deadline, in);
    } catch (IOException | UncheckedIOException e) {
      throw ErrorCode.BODY_TOO_SLOW.with("seconds", timeout.toSeconds()).causedBy(e);
    }
  }

  private byte[] readUntil(long deadline, InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      body.write(buffer, 0, n);
      if (body.size() > mostBytes) {
        throw tooLarge();
      }
      if (nanoTime.getAsLong() > deadline) {
        throw ErrorCode.BODY_TOO_SLOW.with("seconds", timeout.toSeconds());
      }
    }
    return body.toByteArray();
  }

  private GatehouseException tooLarge() {
    return ErrorCode.BODY_TOO_LARGE.with("limit", mostBytes);
  }
}
