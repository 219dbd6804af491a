package io.gatehouse.directory.unified;

import io.gatehouse.directory.gateway.ResourcePages.Reading;
import io.gatehouse.platform.error.GatehouseException;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a place within a page of parents into one where a page begins. Upstreams page by key: which
 * parents follow a parent stays true when others before it come and go, while how many are before
 * it does not.
 */
final class StableCursor {
  private static final int ATTEMPTS = 2;

  private final PageReader pages;

  StableCursor(PageReader pages) {
    this.pages = pages;
  }

  /**
   * The same place at the beginning of a page; empty when no parents follow any more. Where the
   * upstream does not play along, the place stays as it is, which is right unless its parent goes.
   */
  Optional<Position> hold(Position at, Parents around) {
    try {
      return find(at, around);
    } catch (GatehouseException e) {
      return Optional.of(at); // whatever it is, it is told when the walk goes on
    }
  }

  /** Reads exactly those parents that are done, so that the next page begins after them. */
  private Optional<Position> find(Position at, Parents around) {
    Set<String> done = around.idsBefore(at.parentIndex());
    Parents known = around;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      int count = known.countThrough(done);
      if (count == 0) {
        return Optional.of(at.heldBy(at.parentPage()));
      }
      Reading.Page before = pages.again(around.first(count));
      if (known.beginsWith(before.items(), count)) {
        return before.next().map(at::heldBy);
      }
      known = around.now(pages.again(around.wanted()));
    }
    return Optional.of(at);
  }
}
