package io.gatehouse.cloud.version;

import static io.gatehouse.cloud.version.VersionChange.inAnswers;
import static io.gatehouse.cloud.version.VersionChange.inRequests;
import static io.gatehouse.cloud.version.VersionChange.renamed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was different in 2022-03-31, the first version, as it was released in May 2022. */
final class Before20220712 {
  private static final String UNSPECIFIED_PROVIDER = "CLOUD_PROVIDER_UNSPECIFIED";
  private static final String FORWARDS = "PAGE_DIRECTION_NEXT";
  private static final String BACKWARDS = "PAGE_DIRECTION_LAST";

  private static final Map<String, String> PAGE_MEMBERS =
      Map.of("start_key", "page", "order", "sort_order", "time", "as_of_time");

  private Before20220712() {}

  static final List<VersionChange> CHANGES =
      List.of(
          inRequests("no provider had a name too", Before20220712::provider),
          inRequests("a page was asked for with its direction", Before20220712::direction),
          renamed("pages were asked for by other names", "pagination", PAGE_MEMBERS),
          inAnswers("pages were told by other names", Before20220712::pageTold));

  private static void provider(Operation<?, ?> operation, ObjectNode request) {
    if (request.path("provider").asText().equals(UNSPECIFIED_PROVIDER)) {
      request.remove("provider");
    }
  }

  private static void direction(Operation<?, ?> operation, ObjectNode request) {
    if (request.get("pagination") instanceof ObjectNode pagination) {
      checkDirection(pagination.remove("direction"), pagination.has("start_key"));
    }
  }

  /** A key knows which way it goes on. */
  private static void checkDirection(@Nullable JsonNode direction, boolean hasKey) {
    if (direction == null || direction.asText().equals(FORWARDS)) {
      return;
    }
    if (!direction.asText().equals(BACKWARDS)) {
      throw GatehouseException.invalid(
          "pagination.direction", "must be %s or %s".formatted(FORWARDS, BACKWARDS));
    }
    if (!hasKey) {
      throw GatehouseException.invalid(
          "pagination.direction", BACKWARDS + " needs the start_key that a page gave as 'last'");
    }
  }

  private static void pageTold(Operation<?, ?> operation, ObjectNode answer) {
    if (answer.get("pagination") instanceof ObjectNode pagination) {
      Members.move(pagination, "next_page", "next");
      Members.move(pagination, "previous_page", "last");
    }
  }
}
