package io.gatehouse.directory;

import io.gatehouse.directory.gateway.GatewayTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by waiting, and then at once. */
public final class FakeTime implements GatewayTime {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    nanos.addAndGet(duration.toNanos());
  }

  /** How long was waited, each time. */
  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
