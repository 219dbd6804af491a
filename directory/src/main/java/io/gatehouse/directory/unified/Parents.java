package io.gatehouse.directory.unified;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.connector.Each;
import io.gatehouse.directory.gateway.ResourcePages.PageRequest;
import io.gatehouse.directory.gateway.ResourcePages.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One page of the parents that a source goes over.
 *
 * @param wanted how it is read
 */
record Parents(String source, Each each, PageRequest wanted, Reading.Page page) {

  /** How so many parents of a page are read. */
  static PageRequest toRead(Each each, String name, int most) {
    return new PageRequest(each.resource(), Map.of(), Map.of(), name, most, Set.of());
  }

  boolean isPage(String ofSource, String name) {
    return source.equals(ofSource) && wanted.page().equals(name);
  }

  /** How its first parents alone are read. */
  PageRequest first(int count) {
    return toRead(each, wanted.page(), count);
  }

  /** The same page as it is now. */
  Parents now(Reading.Page again) {
    return new Parents(source, each, wanted, again);
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

  Set<String> idsBefore(int index) {
    return items().stream().limit(index).map(each::findId).collect(Collectors.toSet());
  }

  /** How many there are until the last one of these. */
  int countThrough(Set<String> ids) {
    int count = items().size();
    while (count > 0 && !ids.contains(each.findId(items().get(count - 1)))) {
      count--;
    }
    return count;
  }

  /** Whether the first ones are these, so many. */
  boolean beginsWith(List<JsonNode> others, int count) {
    return others.stream()
        .map(each::findId)
        .toList()
        .equals(items().subList(0, count).stream().map(each::findId).toList());
  }

  private Optional<Position> from(int index, Position at) {
    for (int i = index; i < items().size(); i++) {
      JsonNode parent = items().get(i);
      String id = each.idOf(parent); // of each, lest one that makes no sense is passed over
      if (each.where().holds(parent)) {
        return Optional.of(at.atParent(i, id));
      }
    }
    return page.next().map(at::atParentPage);
  }

  private List<JsonNode> items() {
    return page.items();
  }
}
