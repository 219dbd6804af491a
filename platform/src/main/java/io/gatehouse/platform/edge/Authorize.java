package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Access;
import io.gatehouse.platform.access.Decision;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.ResourceTree;
import io.gatehouse.platform.error.ErrorCode;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides whether the caller may do this to that. A resource that is not there is judged like the
 * organization itself: who has the right everywhere learns that it is not found, everyone else is
 * refused exactly as for one that is there.
 */
final class Authorize implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger("gatehouse.decisions");

  private final ResourceTree tree;

  Authorize(ResourceTree tree) {
    this.tree = tree;
  }

  @Override
  public void apply(Exchange exchange) {
    require(exchange, exchange.endpoint().aim(exchange.input()));
  }

  /** Refuses a caller who may not do this where it aims. */
  void require(Exchange exchange, Endpoint.Aim aim) {
    Principal principal = exchange.principal();
    Permission permission = exchange.endpoint().permission();
    Decision decision =
        switch (aim) {
          case Endpoint.Aim.Organization organization ->
              Access.decide(principal, permission, ResourcePath.organization(principal.tenant()));
          case Endpoint.Aim.Anywhere anywhere -> Access.decideAnywhere(principal, permission);
          case Endpoint.Aim.Resource resource -> decide(principal, permission, resource);
        };
    log(exchange, decision);
    if (!decision.allowed()) {
      throw ErrorCode.PERMISSION_DENIED.with();
    }
  }

  /** The caller is not told the reason; operators find it by the id of the trace. */
  private static void log(Exchange exchange, Decision decision) {
    LOG.atLevel(decision.allowed() ? Level.DEBUG : Level.INFO)
        .addKeyValue("trace", exchange.traceId())
        .addKeyValue("operation", exchange.operation().id())
        .addKeyValue("reason", decision::reason)
        .log(decision.allowed() ? "allowed" : "denied");
  }

  private Decision decide(
      Principal principal, Permission permission, Endpoint.Aim.Resource resource) {
    ResourcePath path = path(principal, resource);
    Decision decision = Access.decide(principal, permission, path);
    if (decision.allowed()) {
      return decision;
    }
    List<Grant> former = tree.formerGrants(principal, resource.type(), resource.id());
    return former.isEmpty() ? decision : Access.decide(principal.holding(former), permission, path);
  }

  private ResourcePath path(Principal principal, Endpoint.Aim.Resource resource) {
    return tree.path(principal.tenant(), resource.type(), resource.id())
        .orElseGet(() -> ResourcePath.organization(principal.tenant()));
  }
}
