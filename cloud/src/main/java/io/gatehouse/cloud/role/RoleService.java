package io.gatehouse.cloud.role;

import io.gatehouse.platform.access.Access;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Uuids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The use cases of roles. */
public final class RoleService {
  private final RoleStore store;
  private final Principals principals;
  private final RoleResolver resolver;
  private final Transactions transactions;
  private final AuditLog audit;
  private final BooleanSupplier storeOnReserve;

  /**
   * @param storeOnReserve whether the metadata store writes on the last of its disk, which is kept
   *     for what takes access away
   */
  public RoleService(
      RoleStore store,
      Principals principals,
      RoleResolver resolver,
      Transactions transactions,
      AuditLog audit,
      BooleanSupplier storeOnReserve) {
    this.store = store;
    this.principals = principals;
    this.resolver = resolver;
    this.transactions = transactions;
    this.audit = audit;
    this.storeOnReserve = storeOnReserve;
  }

  /** Someone who holds roles. */
  public record Holder(UUID id, List<Grant> grants) {}

  public Page<Holder> list(Tenant tenant, PageRequest request) {
    Page<UUID> page =
        Pages.page(
            request,
            RoleStore.BY_PRINCIPAL,
            id -> List.of(id.toString()),
            window -> transactions.read(session -> store.principals(tenant, session, window)));
    var grants = transactions.read(session -> store.of(tenant, session, page.items()));
    return page.map(id -> new Holder(id, grants.getOrDefault(id, List.of())));
  }

  /** What someone holds; nothing, when there is nobody of that id (any more). */
  public List<Grant> of(Tenant tenant, String userId) {
    UUID id = parse(userId);
    return transactions.read(session -> store.of(tenant, session, id));
  }

  public List<Grant> add(Call call, String userId, RoleView role) {
    Grant grant = resolver.read(call.tenant(), role);
    return change(call, userId, Set.of(grant), now -> with(now, grant), (tx, id) -> {});
  }

  public List<Grant> remove(Call call, String userId, RoleView role) {
    Grant grant = resolver.read(call.tenant(), role);
    return change(
        call,
        userId,
        Set.of(grant),
        now -> without(now, grant),
        (tx, id) -> store.former().remove(call.tenant(), tx, id, grant));
  }

  public List<Grant> set(Call call, String userId, List<RoleView> roles) {
    Set<Grant> desired = resolver.read(call.tenant(), roles);
    return change(
        call,
        userId,
        Set.of(),
        now -> desired,
        (tx, id) -> store.former().removeOf(call.tenant(), tx, id));
  }

  /**
   * Changes what someone holds, if the caller may give what comes and take what goes. What is named
   * is judged even if nothing comes of it, because the answer tells whether it is held.
   *
   * @param former takes away what was held on clusters that are gone
   */
  private List<Grant> change(
      Call call,
      String userId,
      Set<Grant> named,
      UnaryOperator<Set<Grant>> change,
      BiConsumer<Tx, UUID> former) {
    UUID id = parse(userId);
    Tenant tenant = call.tenant();
    return transactions.write(
        tx -> {
          named.forEach(grant -> resolver.requireMayTake(call, tx, grant));
          Set<Grant> now = Set.copyOf(store.of(tenant, tx, id));
          Set<Grant> next = change.apply(now);
          Set<Grant> given = difference(next, now);
          Set<Grant> taken = difference(now, next);
          given.forEach(grant -> resolver.requireMayGive(call, tx, grant));
          taken.forEach(grant -> resolver.requireMayTake(call, tx, grant));
          requirePrincipal(tenant, tx, id, next);
          requireRoomFor(given);
          given.forEach(grant -> store.add(tenant, tx, id, grant));
          taken.forEach(grant -> store.remove(tenant, tx, id, grant));
          former.accept(tx, id);
          requireAdministratorLeft(tenant, tx, taken);
          audit.record(tx, call, subject(id, next));
          return shown(call, tx, store.of(tenant, tx, id));
        });
  }

  /** Who may not read what everyone holds is told of what they administer themselves. */
  private List<Grant> shown(Call call, Tx tx, List<Grant> grants) {
    ResourcePath organization = ResourcePath.organization(call.tenant());
    boolean all =
        Access.decide(call.principal(), Permission.READ_ROLE_GRANTS, organization).allowed();
    return grants.stream().filter(grant -> all || resolver.mayTake(call, tx, grant)).toList();
  }

  private static Set<Grant> with(Set<Grant> grants, Grant grant) {
    Set<Grant> more = new LinkedHashSet<>(grants);
    more.add(grant);
    return more;
  }

  private static Set<Grant> without(Set<Grant> grants, Grant grant) {
    return difference(grants, Set.of(grant));
  }

  private static Set<Grant> difference(Set<Grant> of, Set<Grant> without) {
    Set<Grant> difference = new LinkedHashSet<>(of);
    difference.removeAll(without);
    return difference;
  }

  private void requireRoomFor(Set<Grant> given) {
    if (!given.isEmpty() && storeOnReserve.getAsBoolean()) {
      throw ErrorCode.DISK_FULL.with("what", "the metadata store");
    }
  }

  private void requirePrincipal(Tenant tenant, Tx tx, UUID id, Set<Grant> next) {
    if (!next.isEmpty() && !principals.exists(tenant, tx, id)) {
      throw GatehouseException.notFound("user or service account");
    }
  }

  /**
   * Refuses, after a change and within its transaction, what leaves the organization without anyone
   * who can sign in and give roles again.
   *
   * @param lost what someone held who lost it, or lost a key to use it with
   */
  public void requireAdministratorLeft(Tenant tenant, Tx tx, Collection<Grant> lost) {
    if (lost.contains(new Grant(Role.ORG_ADMIN, Scope.organization(tenant)))
        && !store.hasAdministratorWithKey(tenant, tx)) {
      throw ErrorCode.FAILED_PRECONDITION.with(
          "rule", "an organization keeps at least one ORG_ADMIN that has an API key");
    }
  }

  private static AuditTarget subject(UUID id, Set<Grant> grants) {
    return AuditTarget.none().and("user_id", id).and("roles", RoleView.of(List.copyOf(grants)));
  }

  private static UUID parse(String userId) {
    return Uuids.parse(userId)
        .orElseThrow(() -> ErrorCode.INVALID_ARGUMENT.with("rule", "invalid userId"));
  }
}
