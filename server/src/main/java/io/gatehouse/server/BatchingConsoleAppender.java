package io.gatehouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log to standard error, in batches: who logs puts a line into a queue, and one thread
 * writes what has come together meanwhile. Waking that thread for each line would cost a request
 * more than all else that is done for the log. A full queue drops lines rather than hold up
 * requests, and says how many.
 */
public final class BatchingConsoleAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final int MAX_QUEUED = 8192;
  private static final int MAX_WRITTEN = 64 << 10;
  private static final Duration GATHERING = Duration.ofMillis(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final AtomicLong dropped = new AtomicLong();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(MAX_WRITTEN);
  private final PrintStream out = System.err;
  private final Thread writer = Thread.ofPlatform().daemon().name("log").unstarted(this::write);
  private @Nullable Encoder<ILoggingEvent> encoder;

  /** For the configuration file. */
  public void setEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
  }

  @Override
  public void start() {
    if (encoder == null) {
      addError("no encoder is set");
      return;
    }
    super.start();
    writer.start();
  }

  /** Writes what is still queued. */
  @Override
  public void stop() {
    super.stop();
    writer.interrupt();
    try {
      writer.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    if (!queue.offer(event)) {
      dropped.incrementAndGet();
    }
  }

  private void write() {
    List<ILoggingEvent> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(queue.take());
        writeWith(batch);
        Thread.sleep(GATHERING);
      }
    } catch (InterruptedException e) {
      writeWith(batch);
    }
  }

  private void writeWith(List<ILoggingEvent> batch) {
    queue.drainTo(batch);
    batch.forEach(this::add);
    batch.clear();
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      text.writeBytes((lost + " lines of the log were dropped\n").getBytes(UTF_8));
    }
    flush();
  }

  private void add(ILoggingEvent event) {
    byte[] line = line(event);
    if (text.size() + line.length > MAX_WRITTEN) {
      flush();
    }
    text.writeBytes(line);
  }

  private void flush() {
    out.writeBytes(text.toByteArray());
    text.reset();
  }

  /** A line that cannot be written must not be the last one. */
  private byte[] line(ILoggingEvent event) {
    try {
      return Objects.requireNonNull(encoder).encode(event);
    } catch (RuntimeException e) {
      dropped.incrementAndGet();
      return new byte[0];
    }
  }
}
