package io.gatehouse.directory.unified;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.connector.Each;
import io.gatehouse.directory.gateway.ResourcePages.Reading;
import java.util.List;
import java.util.Optional;

/** One page of the parents that a source goes over. */
record Parents(String source, String name, Each each, Reading.Page page) {

  boolean isPage(String ofSource, String token) {
    return source.equals(ofSource) && name.equals(token);
  }

  /**
   * The position with the parent where it stands now. When it is no more, the walk goes on with the
   * next parent that counts, which moved into its place.
   */
  Optional<Position> locate(Position at) {
    for (int i = 0; at.hasParent() && i < items().size(); i++) {
      if (each.idOf(items().get(i)).equals(at.parentId())) {
        return Optional.of(at.atParent(i, at.parentId()));
      }
    }
    return from(at.parentIndex(), at);
  }

  /** The position of the parent after this one. */
  Optional<Position> after(Position at) {
    return from(at.parentIndex() + 1, at);
  }

  /** The parent that a position found here names. */
  JsonNode at(Position position) {
    return items().get(position.parentIndex());
  }

  private Optional<Position> from(int index, Position at) {
    for (int i = index; i < items().size(); i++) {
      JsonNode parent = items().get(i);
      if (each.where().holds(parent)) {
        return Optional.of(at.atParent(i, each.idOf(parent)));
      }
    }
    return page.next().map(at::atParentPage);
  }

  private List<JsonNode> items() {
    return page.items();
  }
}
