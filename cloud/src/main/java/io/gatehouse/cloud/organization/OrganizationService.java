package io.gatehouse.cloud.organization;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes and shows organizations. */
public final class OrganizationService {
  private final OrganizationStore store;
  private final Transactions transactions;
  private final Ids ids;

  public OrganizationService(OrganizationStore store, Transactions transactions, Ids ids) {
    this.store = store;
    this.transactions = transactions;
    this.ids = ids;
  }

  public Organization get(Tenant tenant) {
    return transactions
        .read(session -> store.find(tenant, session))
        .orElseThrow(() -> GatehouseException.notFound("organization"));
  }

  /** Refuses what cannot be the name of an organization. */
  public static void checkName(String name) {
    if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
      throw GatehouseException.invalid("name", "an organization's name has 1 to 100 characters");
    }
  }

  /** Makes an organization, as a part of a larger transaction. */
  public Organization create(Tx tx, String name) {
    checkName(name);
    Organization organization = new Organization(ids.next(), label(name), name.strip(), tx.now());
    store.insert(new Tenant(organization.id()), tx, organization);
    return organization;
  }

  public boolean isEmptyStore(Session session) {
    return store.isEmpty(session);
  }

  /** The organization of this name or id. */
  public Organization require(Session session, String nameOrId) {
    List<Organization> found = store.named(session, nameOrId.strip());
    if (found.isEmpty()) {
      throw GatehouseException.notFound("organization '" + nameOrId + "'");
    }
    if (found.size() > 1) {
      throw ErrorCode.FAILED_PRECONDITION.with(
          "rule",
          "several organizations are called '%s'; give the id of one of them: %s"
              .formatted(nameOrId, found.stream().map(one -> one.id().toString()).toList()));
    }
    return found.getFirst();
  }

  /** The organization of a store that has but one. */
  public Optional<Tenant> only(Session session) {
    return Optional.of(store.some(session, 2)).filter(some -> some.size() == 1).map(List::getFirst);
  }

  private static String label(String name) {
    String label = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return label.replaceAll("^-|-$", "");
  }
}
