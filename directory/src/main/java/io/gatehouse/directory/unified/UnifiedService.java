package io.gatehouse.directory.unified;

import io.gatehouse.directory.Cursor;
import io.gatehouse.directory.account.LinkedAccounts;
import io.gatehouse.directory.connector.Source;
import io.gatehouse.directory.connector.UnifiedResource;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The use cases of unified resources: each is a live reading of the upstream. */
public final class UnifiedService {
  private final LinkedAccounts accounts;
  private final ResourcePages pages;

  public UnifiedService(LinkedAccounts accounts, ResourcePages pages) {
    this.accounts = accounts;
    this.pages = pages;
  }

  /**
   * What is to be listed.
   *
   * @param resource the name of the unified resource
   * @param source the one source that is wanted; empty for all
   * @param ignoresRemoteData whether the upstream's own records are left out
   */
  public record UnifiedQuery(
      String resource,
      UUID accountId,
      Optional<String> source,
      boolean ignoresRemoteData,
      int limit,
      Optional<String> cursor) {

    /** What a cursor must have been made for. */
    private String list() {
      return "%s/%s?%s".formatted(accountId, resource, source.orElse(""));
    }
  }

  /**
   * A page of a unified list.
   *
   * @param nextCursor empty at the end
   * @param isPartial whether something is left out that could not be read at the moment
   */
  public record UnifiedPage<T>(List<T> items, Optional<String> nextCursor, boolean isPartial) {}

  public <T> UnifiedPage<T> list(Tenant tenant, UnifiedQuery wanted, Class<T> shape) {
    UpstreamAccount account = accounts.require(tenant, wanted.accountId());
    List<Source> sources = resource(account, wanted.resource()).selected(wanted.source());
    Position start = start(wanted, sources);
    NestedPages.Result walked =
        new NestedPages(pages, account, sources, wanted.limit()).from(start);
    UnifiedShape<T> unified =
        new UnifiedShape<>(account.connector(), shape, !wanted.ignoresRemoteData());
    return new UnifiedPage<>(
        walked.found().stream().map(unified::of).toList(),
        walked.next().map(position -> Cursor.encode(wanted.list(), position)),
        walked.isPartial());
  }

  private static UnifiedResource resource(UpstreamAccount account, String name) {
    UnifiedResource resource = account.connector().unified().get(name);
    if (resource == null) {
      throw GatehouseException.notFound(name + " of " + account.connector().name());
    }
    return resource;
  }

  private static Position start(UnifiedQuery wanted, List<Source> sources) {
    Position start =
        Cursor.decode(wanted.cursor().orElse(null), wanted.list(), Position.class)
            .orElseGet(() -> Position.startOf(sources.getFirst()));
    if (sources.stream().noneMatch(source -> source.name().equals(start.source()))) {
      throw Cursor.invalid("belongs to another list");
    }
    return start;
  }
}
