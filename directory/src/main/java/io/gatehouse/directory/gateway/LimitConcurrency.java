package io.gatehouse.directory.gateway;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.store.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets only so many calls be under way, of one account, of one organization and of all, so that one
 * slow upstream cannot take all threads and memory, and one organization not all places, however
 * many accounts it links. Others are refused at once: a queue would only make them late.
 */
final class LimitConcurrency implements Step {
  private static final int MAX = 64;
  private static final int MAX_OF_ORGANIZATION = MAX / 4;
  private static final int MAX_OF_ACCOUNT = 8;
  private static final Duration LATER = Duration.ofSeconds(1);

  private final Places<UUID> ofAccount = new Places<>(MAX_OF_ACCOUNT);
  private final Places<Tenant> ofOrganization = new Places<>(MAX_OF_ORGANIZATION);
  private final Places<LimitConcurrency> ofAll = new Places<>(MAX);

  /** The narrowest first: who has no place there takes none from the others. */
  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    UpstreamAccount account = call.account();
    return ofAccount.within(
        account.id(),
        () -> UpstreamFailures.rateLimited(call.connector(), LATER),
        () ->
            ofOrganization.within(
                account.tenant(),
                () -> ErrorCode.RATE_LIMITED.with().retryAfter(LATER),
                () ->
                    ofAll.within(
                        this,
                        () -> ErrorCode.OVERLOADED.with().retryAfter(LATER),
                        () -> rest.proceed(call))));
  }

  /** So many places for each of those who ask; who has none costs no memory. */
  private static final class Places<K> {
    private final int most;
    private final Map<K, Integer> taken = new ConcurrentHashMap<>();

    Places(int most) {
      this.most = most;
    }

    Outcome within(K whose, Supplier<GatehouseException> refusal, Supplier<Outcome> call) {
      try {
        if (taken.merge(whose, 1, Integer::sum) > most) {
          throw refusal.get();
        }
        return call.get();
      } finally {
        taken.computeIfPresent(whose, (key, count) -> count == 1 ? null : count - 1);
      }
    }
  }
}
