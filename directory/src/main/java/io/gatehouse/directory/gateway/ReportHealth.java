package io.gatehouse.directory.gateway;

import io.gatehouse.directory.gateway.Outcome.Answered;

/** Tells when the upstream refuses an account's credentials, and when it accepts them again. */
final class ReportHealth implements Step {
  private static final int UNAUTHORIZED = 401;

  private final AccountHealth health;

  ReportHealth(AccountHealth health) {
    this.health = health;
  }

  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    Outcome outcome = rest.proceed(call);
    if (outcome instanceof Answered answered) {
      report(call.account(), answered);
    }
    return outcome;
  }

  private void report(UpstreamAccount account, Answered answered) {
    if (answered.status() == UNAUTHORIZED && !account.needsReauth()) {
      health.refused(account, UpstreamMessage.of(answered));
    } else if (answered.isSuccess() && account.needsReauth()) {
      health.accepted(account);
    }
  }
}
