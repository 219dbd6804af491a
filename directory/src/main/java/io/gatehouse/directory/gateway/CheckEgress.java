package io.gatehouse.directory.gateway;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Lets a call go only where the policy permits. It stands right before the call, so that the
 * address that was judged is, by the machine's own cache of names, the one that is called.
 */
final class CheckEgress implements Step {
  private final EgressPolicy policy;

  CheckEgress(EgressPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    try {
      requirePermitted(call.url());
    } catch (UnknownHostException e) {
      return new Outcome.Unreachable("its host is not known");
    }
    return rest.proceed(call);
  }

  /**
   * Refuses a new address. A host that is not known gets the answer of one that must not be called,
   * for the difference would tell which names there are in the networks of this machine.
   */
  void requirePermittedOrUnknown(URI url) {
    try {
      requirePermitted(url);
    } catch (UnknownHostException e) {
      throw refused(EgressPolicy.ADDRESS_RULE);
    }
  }

  private void requirePermitted(URI url) throws UnknownHostException {
    Optional<String> refusal = policy.refusal(url);
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
  }

  private static GatehouseException refused(String rule) {
    return ErrorCode.EGRESS_REFUSED.with("member", "context.base_url", "rule", rule);
  }
}
