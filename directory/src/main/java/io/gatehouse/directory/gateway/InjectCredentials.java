package io.gatehouse.directory.gateway;

import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.Secret;
import java.util.Map;

/** Opens the account's credentials and makes of them what the upstream wants to see. */
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
    return rest.proceed(call.authorizedBy(Secret.of(value)));
  }
}
