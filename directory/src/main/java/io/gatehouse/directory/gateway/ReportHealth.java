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
      report(call.request(), answered);
    }
    return outcome;
  }

  private void report(UpstreamRequest request, Answered answered) {
    UpstreamAccount account = request.account();
    if (answered.status() == UNAUTHORIZED && !account.needsReauth()) {
      health.refused(account, UpstreamMessage.of(answered));
    } else if (account.needsReauth() && isExpected(request, answered)) {
      health.accepted(account);
    }
  }

  /** A login page is a success too, and shows nothing of the credentials. */
  private static boolean isExpected(UpstreamRequest request, Answered answered) {
    return answered.isSuccess()
        && UpstreamJson.find(answered.body()).filter(request.expected()).isPresent();
  }
}
