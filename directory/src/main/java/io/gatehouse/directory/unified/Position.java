package io.gatehouse.directory.unified;

import io.gatehouse.directory.connector.Source;
import java.util.Objects;

/**
 * Where a walk over the sources of a unified list is to go on. Pages are named by the upstream's
 * own tokens, the first one by an empty text.
 *
 * @param source the name of the source
 * @param page the page of its list
 * @param offset how many items of that page are done
 * @param parentPage the page of the parents
 * @param parentIndex where in it the parent stood; see {@link StableCursor}
 * @param parentId the parent; empty when it is the first one there, whichever that is then
 */
record Position(
    String source, String page, int offset, String parentPage, int parentIndex, String parentId) {

  private static final int MAX_ITEMS = 1_000_000;

  Position {
    Objects.requireNonNull(source);
    Objects.requireNonNull(page);
    Objects.requireNonNull(parentPage);
    Objects.requireNonNull(parentId);
    if (!isPlace(offset) || !isPlace(parentIndex)) {
      throw new IllegalArgumentException("no page has such a place");
    }
  }

  static Position startOf(Source source) {
    return new Position(source.name(), "", 0, "", 0, "");
  }

  Position atPage(String next) {
    return new Position(source, next, 0, parentPage, parentIndex, parentId);
  }

  Position atOffset(int done) {
    return new Position(source, page, done, parentPage, parentIndex, parentId);
  }

  Position atParentPage(String next) {
    return new Position(source, "", 0, next, 0, "");
  }

  Position atParent(int index, String id) {
    return id.equals(parentId)
        ? new Position(source, page, offset, parentPage, index, id)
        : new Position(source, "", 0, parentPage, index, id);
  }

  /** The same place with a page of the parents that begins there. */
  Position heldBy(String pageFromHere) {
    boolean begun = offset > 0 || !page.isEmpty();
    return new Position(source, page, offset, pageFromHere, 0, begun ? parentId : "");
  }

  boolean hasParent() {
    return !parentId.isEmpty();
  }

  private static boolean isPlace(int index) {
    return index >= 0 && index <= MAX_ITEMS;
  }
}
