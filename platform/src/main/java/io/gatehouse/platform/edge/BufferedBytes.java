package io.gatehouse.platform.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a connection has received and not used up yet, within bounds: the HTTP server takes in lines
 * and chunks whole, and some of them without an end. All connections together have a bound too.
 */
final class BufferedBytes implements AutoCloseable {
  private final DataReader source;
  private final DataReader reader = DataReader.create(this::next);
  private final int most;
  private final long maxTogether;
  private final AtomicLong together;
  private int counted;

  BufferedBytes(DataReader source, int most, long maxTogether, AtomicLong together) {
    this.source = source;
    this.most = most;
    this.maxTogether = maxTogether;
    this.together = together;
  }

  /** Reads what the connection receives. */
  DataReader reader() {
    return reader;
  }

  private byte[] next() {
    count(reader.available());
    if (counted > most || (counted > 0 && together.get() > maxTogether)) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.PAYLOAD_TOO_LARGE)
          .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
          .message("too much at once")
          .setKeepAlive(false)
          .build();
    }
    source.ensureAvailable();
    BufferData received = source.readBuffer();
    byte[] bytes = new byte[received.available()];
    received.read(bytes);
    return bytes;
  }

  /** What came last is counted with the next pull, and forgotten if it is used up by then. */
  private void count(int now) {
    together.addAndGet(now - counted);
    counted = now;
  }

  /** The connection has ended. */
  @Override
  public void close() {
    count(0);
  }
}
