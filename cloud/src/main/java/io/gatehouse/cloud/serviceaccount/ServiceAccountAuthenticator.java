package io.gatehouse.cloud.serviceaccount;

import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.cloud.apikey.ApiKeyStore;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.platform.access.Authentication;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Area;
import io.gatehouse.platform.store.EpochCache;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.Optional;

/**
 * Knows service accounts by their API keys: the public part finds the key, the keyed hash of the
 * whole proves it. What was found is kept while nothing of the organization's access changes.
 */
public final class ServiceAccountAuthenticator implements Authenticator {
  private static final int CACHED = 10_000;

  private record Holder(String hash, Principal principal) {
    Tenant tenant() {
      return principal.tenant();
    }
  }

  private final ApiKeyStore keys;
  private final ServiceAccountStore accounts;
  private final RoleStore roles;
  private final Transactions transactions;
  private final Keyset keyset;
  private final EpochCache<String, Holder> cache;

  public ServiceAccountAuthenticator(
      ApiKeyStore keys,
      ServiceAccountStore accounts,
      RoleStore roles,
      Transactions transactions,
      Epochs epochs,
      Keyset keyset) {
    this.keys = keys;
    this.accounts = accounts;
    this.roles = roles;
    this.transactions = transactions;
    this.keyset = keyset;
    this.cache = new EpochCache<>(epochs, Area.ACCESS, CACHED, Holder::tenant);
  }

  @Override
  public Authentication authenticate(Secret presented) {
    return ApiKeySecret.read(presented)
        .flatMap(
            key ->
                cache
                    .get(key.id(), () -> transactions.read(session -> load(session, key.id())))
                    .map(holder -> prove(key, holder)))
        .orElseGet(Authentication::unknown);
  }

  private Authentication prove(ApiKeySecret key, Holder holder) {
    return keyset.matches(key.secret(), holder.hash())
        ? new Authentication.Proven(holder.principal())
        : new Authentication.Refused(Optional.of(holder.tenant()));
  }

  private Optional<Holder> load(Session session, String id) {
    return keys.findForAuthentication(session, id)
        .flatMap(
            found ->
                accounts
                    .find(found.tenant(), session, found.key().serviceAccountId())
                    .map(
                        account ->
                            new Holder(
                                found.key().hash(),
                                new Principal(
                                    account.id(),
                                    account.name(),
                                    id,
                                    found.tenant(),
                                    roles.of(found.tenant(), session, account.id())))));
  }
}
