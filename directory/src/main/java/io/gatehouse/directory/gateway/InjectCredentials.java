package io.gatehouse.directory.gateway;

import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.Secret;
import java.util.Map;

/**
 * Opens the account's credentials and makes of them what the upstream wants to see. It alone has
 * them, so it also takes them out of what comes back.
 */
final class InjectCredentials implements Step {
  private final Keyset keyset;

  InjectCredentials(Keyset keyset) {
    this.keyset = keyset;
  }

  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    UpstreamAccount account = call.account();
    Map<String, Secret> secrets = account.credentials().open(keyset, account.id());
    String value = call.connector().authorization().value().fill(secrets, Secret::reveal);
    Outcome outcome = rest.proceed(call.authorizedBy(Secret.of(value)));
    return new Redaction(secrets.values()).of(outcome);
  }
}
