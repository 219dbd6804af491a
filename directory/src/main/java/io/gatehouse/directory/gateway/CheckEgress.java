package io.gatehouse.directory.gateway;

import io.gatehouse.platform.error.ErrorCode;
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
      Optional<String> refusal = policy.refusal(call.url());
      if (refusal.isPresent()) {
        throw ErrorCode.EGRESS_REFUSED.with("member", "context.base_url", "rule", refusal.get());
      }
    } catch (UnknownHostException e) {
      return new Outcome.Unreachable("the host " + call.url().getHost() + " is not known");
    }
    return rest.proceed(call);
  }
}
