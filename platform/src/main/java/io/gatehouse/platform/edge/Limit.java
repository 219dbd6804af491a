package io.gatehouse.platform.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.platform.error.ErrorCode;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.UUID;

/** Lets each principal do so many requests a second, with that many at once. */
final class Limit implements Stage {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final int requestsPerSecond;
  private final Cache<UUID, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofMinutes(1)).build();

  Limit(int requestsPerSecond) {
    this.requestsPerSecond = requestsPerSecond;
  }

  @Override
  public void apply(Exchange exchange) {
    if (requestsPerSecond == 0) {
      return;
    }
    var probe =
        buckets.get(exchange.principal().id(), id -> newBucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw ErrorCode.RATE_LIMITED
          .with()
          .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(requestsPerSecond).refillGreedy(requestsPerSecond, SECOND))
        .build();
  }
}
