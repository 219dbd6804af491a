package io.gatehouse.directory.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.directory.connector.RateLimit;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.UUID;

/**
 * Keeps the calls of an account within what its upstream takes: each waits for its turn, first come
 * first served, and is refused at once when its turn would come too late.
 */
final class WaitForRateLimit implements Step {
  private final GatewayTime time;
  private final Cache<UUID, Bucket> budgets =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(5)).build();

  WaitForRateLimit(GatewayTime time) {
    this.time = time;
  }

  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    Bucket budget = budgets.get(call.account().id(), id -> newBudget(call.connector().rateLimit()));
    long timeout = call.deadline().left().toNanos();
    if (!waitForTurn(call, budget, timeout)) {
      long wait = budget.estimateAbilityToConsume(1).getNanosToWaitForRefill();
      throw refused(call, wait);
    }
    return rest.proceed(call);
  }

  private boolean waitForTurn(UpstreamCall call, Bucket budget, long timeout) {
    if (timeout <= 0) {
      return budget.tryConsume(1);
    }
    BlockingStrategy pause = nanos -> time.pause(Duration.ofNanos(nanos));
    try {
      return budget.asBlocking().tryConsume(1, Duration.ofNanos(timeout), pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.with("what", call.connector().label()).causedBy(e);
    }
  }

  private Bucket newBudget(RateLimit limit) {
    return Bucket.builder()
        .addLimit(b -> b.capacity(limit.requests()).refillGreedy(limit.requests(), limit.per()))
        .withCustomTimePrecision(meter())
        .build();
  }

  private TimeMeter meter() {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return time.nanos();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  private static GatehouseException refused(UpstreamCall call, long nanosToWait) {
    return UpstreamFailures.rateLimited(call.connector(), Duration.ofNanos(nanosToWait));
  }
}
