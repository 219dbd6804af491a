package io.gatehouse.platform.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.operation.Revocation;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.UUID;

/**
 * The rate limit of each principal: so many requests a second, with that many at once. A request
 * over the limit waits for its turn, first come, first served, and is refused at once when its turn
 * would come later than it may wait. It holds no place meanwhile, and its body stays unread.
 *
 * <p>Requests that revoke access have turns of their own, as many again, so that they never wait
 * behind those that grant it; so have those that may.
 */
final class Limit implements Stage {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration IDLE_BUCKET = Duration.ofMinutes(2);

  private final int requestsPerSecond;
  private final Duration maxWait;
  private final TimeMeter clock;
  private final BlockingStrategy sleeper;
  private final Cache<Account, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterAccess(IDLE_BUCKET)
          .executor(Runnable::run)
          .build();

  private record Account(UUID principal, Revocation revocation) {}

  /**
   * Makes the stage.
   *
   * @param requestsPerSecond 0 for no limit
   * @param maxWait how long a request may wait for its turn; zero refuses at once
   * @param sleeper how a request waits, by the same clock
   */
  Limit(int requestsPerSecond, Duration maxWait, TimeMeter clock, BlockingStrategy sleeper) {
    this.requestsPerSecond = requestsPerSecond;
    this.maxWait = maxWait;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public void apply(Exchange exchange) {
    if (takeTurn(exchange.principal().id(), exchange.revocation()).isPositive()) {
      exchange.waited();
    }
  }

  /**
   * Takes the next turn of an account and waits until it has come.
   *
   * @return how long that took; zero when the turn was free
   */
  Duration takeTurn(UUID principal, Revocation revocation) {
    if (requestsPerSecond == 0) {
      return Duration.ZERO;
    }
    Bucket bucket = buckets.get(new Account(principal, revocation), account -> newBucket());
    if (bucket.tryConsume(1)) {
      return Duration.ZERO;
    }
    long start = clock.currentTimeNanos();
    if (maxWait.isZero() || !waitForTurn(bucket)) {
      throw ErrorCode.RATE_LIMITED.with().retryAfter(untilAdmitted(bucket));
    }
    return Duration.ofNanos(clock.currentTimeNanos() - start);
  }

  /** The bucket hands out turns in the order of arrival; false when the next comes too late. */
  private boolean waitForTurn(Bucket bucket) {
    try {
      return bucket.asBlocking().tryConsume(1, maxWait, sleeper);
    } catch (InterruptedException e) {
      bucket.addTokens(1);
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.with("what", "the server").causedBy(e);
    }
  }

  private Duration untilAdmitted(Bucket bucket) {
    long untilTurn = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return Duration.ofNanos(untilTurn).minus(maxWait);
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(requestsPerSecond).refillGreedy(requestsPerSecond, SECOND))
        .withCustomTimePrecision(clock)
        .build();
  }
}
