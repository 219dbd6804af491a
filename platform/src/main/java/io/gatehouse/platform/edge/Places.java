package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.operation.Revocation;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the requests being carried out at the same time: of all callers, of each organization and
 * of each principal, so that slow requests of one leave places for the others. A request that
 * revokes access may also take a reserved place, which nothing else can fill; one that may revoke
 * it has reserved places of another kind, because its body can keep it there.
 */
final class Places implements Stage {
  /** What each level keeps for revocations: one place for every so many. */
  private static final int ORDINARY_FOR_EACH_RESERVED = 8;

  private final Pool ordinary;
  private final Pool forRevocations;
  private final Pool forPossibleRevocations;

  /** How many requests may be under way: of all callers, of one organization, of one principal. */
  record Bounds(int all, int organization, int principal) {
    Bounds reserve() {
      return new Bounds(reserve(all), reserve(organization), reserve(principal));
    }

    private static int reserve(int places) {
      return Math.ceilDiv(places, ORDINARY_FOR_EACH_RESERVED);
    }
  }

  /** A place that was taken, to be given back once. */
  interface Place {
    void release();
  }

  Places(Bounds bounds) {
    this.ordinary = new Pool(bounds);
    this.forRevocations = new Pool(bounds.reserve());
    this.forPossibleRevocations = new Pool(bounds.reserve());
  }

  @Override
  public void apply(Exchange exchange) {
    Place place = take(exchange.principal(), exchange.revocation());
    if (place == null) {
      throw ErrorCode.OVERLOADED.with();
    }
    exchange.tookPlace(place);
  }

  /** Takes a place; null when there is none. */
  @Nullable Place take(Principal principal, Revocation revocation) {
    Place place = ordinary.take(principal);
    if (place != null) {
      return place;
    }
    return switch (revocation) {
      case NO -> null;
      case POSSIBLE -> forPossibleRevocations.take(principal);
      case YES -> forRevocations.take(principal);
    };
  }

  /** Places of one kind. */
  private static final class Pool {
    private final Semaphore all;
    private final Shares organizations;
    private final Shares principals;

    Pool(Bounds bounds) {
      this.all = new Semaphore(bounds.all());
      this.organizations = new Shares(bounds.organization());
      this.principals = new Shares(bounds.principal());
    }

    @Nullable Place take(Principal principal) {
      UUID organization = principal.tenant().organization();
      if (!principals.take(principal.id())) {
        return null;
      }
      if (!organizations.take(organization)) {
        principals.release(principal.id());
        return null;
      }
      if (!all.tryAcquire()) {
        organizations.release(organization);
        principals.release(principal.id());
        return null;
      }
      return () -> {
        all.release();
        organizations.release(organization);
        principals.release(principal.id());
      };
    }
  }

  /** How much each owner has of something, none more than the share. */
  private static final class Shares {
    private final int share;
    private final ConcurrentMap<UUID, Integer> taken = new ConcurrentHashMap<>();

    Shares(int share) {
      this.share = share;
    }

    boolean take(UUID owner) {
      int now = taken.merge(owner, 1, Integer::sum);
      if (now > share) {
        release(owner);
        return false;
      }
      return true;
    }

    void release(UUID owner) {
      taken.computeIfPresent(owner, (id, count) -> count == 1 ? null : count - 1);
    }
  }
}
