import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Pages of 100 clusters in the list that a caller sees. */
record ClusterPages(Client caller) {
  static final int SIZE = 100;
  private static final int STEP = 1000;

  String first() {
    return path(SIZE, "");
  }

  /** The page after so many clusters, in thousands. */
  String afterThousands(int thousands) throws IOException, InterruptedException {
    String token = "";
    for (int i = 0; i < thousands; i++) {
      JsonNode page = caller.get(path(STEP, token));
      token = page.path("pagination").path("next_page").asText();
    }
    return path(SIZE, token);
  }

  private static String path(int limit, String token) {
    return "/clusters?pagination.limit=" + limit + "&pagination.page=" + token;
  }
}
