package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.connector.MappingFailedException;
import io.gatehouse.directory.connector.Paging;
import io.gatehouse.directory.connector.UpstreamResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the lists of an upstream page by page, as its connector says. */
public final class ResourcePages {
  /** A cursor of ours holds two of them, and must fit into the query of a request. */
  private static final int MAX_TOKEN_CHARACTERS = 1500;

  private final Gateway gateway;

  public ResourcePages(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Which page of which list.
   *
   * @param parameters fill the resource's path
   * @param query goes to the upstream beside what its paging needs
   * @param page an earlier page's {@link Reading.Page#next}; empty for the first page
   * @param tolerated the statuses that are no failure
   */
  public record PageRequest(
      UpstreamResource resource,
      Map<String, String> parameters,
      Map<String, String> query,
      String page,
      int limit,
      Set<Integer> tolerated) {}

  /** What came of reading a page. */
  public sealed interface Reading {
    /**
     * A page, in the upstream's order.
     *
     * @param next what names the page after it; empty at the end
     * @param length the characters that it came in
     */
    record Page(List<JsonNode> items, Optional<String> next, int length) implements Reading {}

    /** The upstream answered with a tolerated status instead. */
    record Absent(int status) implements Reading {}
  }

  /** The deadline of all readings for something that begins now. */
  public Deadline deadline() {
    return gateway.deadline();
  }

  /** Reads a page, if it can be read in time. */
  public Reading read(UpstreamAccount account, PageRequest wanted, Deadline deadline) {
    Paging paging = account.connector().paging();
    String path = wanted.resource().path().fill(wanted.parameters());
    Map<String, String> query = new HashMap<>(wanted.query());
    query.keySet().removeAll(paging.parameters());
    query.putAll(paging.query(wanted.page(), wanted.limit()));
    UpstreamRequest request =
        new UpstreamRequest(
            account,
            path,
            query,
            wanted.tolerated(),
            body -> wanted.resource().itemsOf(body).isPresent(),
            deadline);
    return switch (gateway.read(request)) {
      case UpstreamAnswer.Success success -> page(account, wanted, success);
      case UpstreamAnswer.Tolerated(int status) -> new Reading.Absent(status);
    };
  }

  private static Reading.Page page(
      UpstreamAccount account, PageRequest wanted, UpstreamAnswer.Success answer) {
    Optional<String> next = next(account, wanted.resource(), answer.body());
    if (next.filter(wanted.page()::equals).isPresent()) {
      throw UpstreamFailures.unusable(
          account.connector(),
          "the page after a page of " + wanted.resource().name() + " is itself");
    }
    if (next.filter(token -> token.length() > MAX_TOKEN_CHARACTERS).isPresent()) {
      throw UpstreamFailures.unusable(
          account.connector(),
          "the token of the next page of %s has more than %d characters"
              .formatted(wanted.resource().name(), MAX_TOKEN_CHARACTERS));
    }
    return new Reading.Page(
        items(account, wanted.resource(), answer.body()), next, answer.length());
  }

  private static Optional<String> next(
      UpstreamAccount account, UpstreamResource resource, JsonNode body) {
    try {
      return account.connector().paging().next(body);
    } catch (MappingFailedException e) {
      throw UpstreamFailures.unusable(
              account.connector(), "in a page of %s %s".formatted(resource.name(), e.getMessage()))
          .causedBy(e);
    }
  }

  private static List<JsonNode> items(
      UpstreamAccount account, UpstreamResource resource, JsonNode body) {
    return resource
        .itemsOf(body)
        .orElseThrow(
            () ->
                UpstreamFailures.unusable(
                    account.connector(), "there is no list of " + resource.name()));
  }
}
