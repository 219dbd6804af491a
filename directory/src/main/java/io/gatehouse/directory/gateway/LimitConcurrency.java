package io.gatehouse.directory.gateway;

import io.gatehouse.platform.error.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets only so many calls be under way, of one account and of all, so that one slow upstream cannot
 * take all threads and memory. Others are refused at once: a queue would only make them late.
 */
final class LimitConcurrency implements Step {
  private static final int MOST_OF_ACCOUNT = 8;
  private static final int MOST = 64;
  private static final Duration LATER = Duration.ofSeconds(1);

  private final Semaphore places = new Semaphore(MOST);
  private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();

  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    if (!places.tryAcquire()) {
      throw ErrorCode.OVERLOADED.with().retryAfter(LATER);
    }
    try {
      return withinAccount(call, rest);
    } finally {
      places.release();
    }
  }

  private Outcome withinAccount(UpstreamCall call, Rest rest) {
    UUID account = call.account().id();
    try {
      if (underWay.merge(account, 1, Integer::sum) > MOST_OF_ACCOUNT) {
        throw UpstreamFailures.rateLimited(call.connector(), LATER);
      }
      return rest.proceed(call);
    } finally {
      underWay.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1);
    }
  }
}
