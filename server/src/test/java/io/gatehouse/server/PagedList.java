package io.gatehouse.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A list of the API that is read page by page. */
record PagedList(ApiClient client, String path, String member, Function<JsonNode, String> id) {

  /** One page and the tokens of its neighbours. */
  record Page(List<JsonNode> rows, String next, String previous) {}

  ApiClient.Answer ask(String limit, String token) {
    String separator = path.contains("?") ? "&" : "?";
    String page = "pagination.limit=" + limit + "&pagination.page=" + SqlSession.encode(token);
    return client.get(path + separator + page);
  }

  Page page(int limit, String token) {
    JsonNode answer = ask(Integer.toString(limit), token).ok();
    List<JsonNode> rows = new ArrayList<>();
    answer.path(member).forEach(rows::add);
    JsonNode pagination = answer.path("pagination");
    return new Page(
        rows, pagination.path("next_page").asText(), pagination.path("previous_page").asText());
  }

  /** Reads from the first page to the last. */
  List<Page> forth(int limit, Runnable atEachPage) {
    List<Page> pages = new ArrayList<>();
    String token = "";
    do {
      atEachPage.run();
      pages.add(page(limit, token));
      token = pages.getLast().next();
    } while (!token.isEmpty());
    return pages;
  }

  /** Reads from a page back to the first; gives the pages in the order of the list. */
  List<Page> back(Page from, int limit, Runnable atEachPage) {
    List<Page> pages = new ArrayList<>(List.of(from));
    while (!pages.getFirst().previous().isEmpty()) {
      atEachPage.run();
      pages.addFirst(page(limit, pages.getFirst().previous()));
    }
    return pages;
  }

  List<String> ids(List<Page> pages) {
    return pages.stream().flatMap(page -> page.rows().stream()).map(id).toList();
  }

  @Override
  public String toString() {
    return path;
  }
}
