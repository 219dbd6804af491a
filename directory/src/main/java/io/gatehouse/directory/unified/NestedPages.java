package io.gatehouse.directory.unified;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.connector.Each;
import io.gatehouse.directory.connector.MappingFailedException;
import io.gatehouse.directory.connector.Source;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.ResourcePages.PageRequest;
import io.gatehouse.directory.gateway.ResourcePages.Reading;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.directory.gateway.UpstreamFailures;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the sources of a unified list: from a position, until enough is found or there is
 * nothing more. It reads no page that it does not need, and it stops early, with a position to go
 * on from, rather than call the upstream without end or lose what it found when there is no time
 * for more.
 */
final class NestedPages {
  /** What ends otherwise when there is more time, or less haste. */
  private static final Set<ErrorCode> FOR_LATER =
      Set.of(
          ErrorCode.UPSTREAM_RATE_LIMITED,
          ErrorCode.UPSTREAM_TIMEOUT,
          ErrorCode.RATE_LIMITED,
          ErrorCode.OVERLOADED);

  private final PageReader pages;
  private final UpstreamAccount account;
  private final List<Source> sources;
  private final int limit;

  private final List<Found> found = new ArrayList<>();
  private boolean partial;
  private @Nullable Parents parents;

  /** A record, and the parent that it belongs to if it belongs to one. */
  record Found(Source source, JsonNode record, @Nullable JsonNode parent) {}

  /** What a walk found, and where the next one begins; nowhere at the end. */
  record Result(List<Found> found, Optional<Position> next, boolean isPartial) {}

  NestedPages(ResourcePages pages, UpstreamAccount account, List<Source> sources, int limit) {
    this.pages = new PageReader(pages, account);
    this.account = account;
    this.sources = sources;
    this.limit = limit;
  }

  Result from(Position start) {
    Optional<Position> at = Optional.of(start);
    try {
      while (at.isPresent() && !isEnough(at.get(), start)) {
        at = step(at.get());
      }
    } catch (MappingFailedException e) {
      throw UpstreamFailures.unusable(account.connector(), String.valueOf(e.getMessage()))
          .causedBy(e);
    } catch (GatehouseException e) {
      if (at.isEmpty() || !mayWait(e, at.get(), start)) {
        throw e;
      }
    }
    return new Result(found, at.flatMap(this::held), partial);
  }

  private boolean isEnough(Position at, Position start) {
    return found.size() >= limit
        || pages.isWornOut()
        || (pages.hasReadMuch() && !found.isEmpty())
        || (pages.isTimeUp() && !at.equals(start));
  }

  /** Whether a failure need not be told before the walk goes on, if it is still there then. */
  private boolean mayWait(GatehouseException failure, Position at, Position start) {
    return pages.isTimeUp()
        ? !at.equals(start)
        : !found.isEmpty() && FOR_LATER.contains(failure.code());
  }

  private Optional<Position> step(Position at) {
    Source source =
        sources.stream().filter(s -> s.name().equals(at.source())).findFirst().orElseThrow();
    return source
        .each()
        .map(each -> stepBelowParents(at, source, each))
        .orElseGet(() -> take(at, source, null).or(() -> afterSource(at)));
  }

  /** Takes from the list of the parent at the position, which is found first if it is not known. */
  private Optional<Position> stepBelowParents(Position at, Source source, Each each) {
    Parents around = parentsAround(at, source, each);
    Optional<Position> here = around.locate(at).or(() -> afterSource(at));
    if (here.isEmpty() || !here.get().hasParent()) {
      return here;
    }
    Position there = here.get();
    return take(there, source, around.at(there))
        .or(() -> around.after(there))
        .or(() -> afterSource(there));
  }

  /** Takes what is wanted from one page; nothing is returned when the list ends with it. */
  private Optional<Position> take(Position at, Source source, @Nullable JsonNode parent) {
    Optional<Each> each = source.each();
    Map<String, String> parameters =
        each.isPresent() && parent != null ? each.get().parametersOf(parent) : Map.of();
    Set<Integer> tolerated = each.map(NestedPages::tolerated).orElse(Set.of());
    int most = at.offset() + limit - found.size();
    var wanted =
        new PageRequest(source.resource(), parameters, Map.of(), at.page(), most, tolerated);
    return switch (pages.read(source, wanted)) {
      case Reading.Page page -> {
        int end = Math.min(page.items().size(), most);
        for (JsonNode item : page.items().subList(Math.min(at.offset(), end), end)) {
          found.add(new Found(source, item, parent));
        }
        yield end < page.items().size()
            ? Optional.of(at.atOffset(end))
            : page.next().map(at::atPage);
      }
      case Reading.Absent(int status) -> {
        partial |= each.map(Each::unavailable).orElse(Set.of()).contains(status);
        yield Optional.empty();
      }
    };
  }

  private Parents parentsAround(Position at, Source source, Each each) {
    if (parents == null || !parents.isPage(at.source(), at.parentPage())) {
      PageRequest wanted =
          Parents.toRead(each, at.parentPage(), account.connector().paging().most());
      Reading reading = pages.read(source, wanted);
      parents = new Parents(at.source(), each, wanted, (Reading.Page) reading);
    }
    return parents;
  }

  /** The place to go on from in a form that stays true while parents come and go. */
  private Optional<Position> held(Position at) {
    if (parents == null || !parents.isPage(at.source(), at.parentPage())) {
      return Optional.of(at);
    }
    return at.parentIndex() == 0
        ? Optional.of(at)
        : new StableCursor(pages).hold(at, parents).or(() -> afterSource(at));
  }

  private static Set<Integer> tolerated(Each each) {
    Set<Integer> statuses = new HashSet<>(each.gone());
    statuses.addAll(each.unavailable());
    return statuses;
  }

  private Optional<Position> afterSource(Position at) {
    return sources.stream()
        .dropWhile(source -> !source.name().equals(at.source()))
        .skip(1)
        .findFirst()
        .map(Position::startOf);
  }
}
