import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Folders that stand at the root of an organization, and one in each of them. */
record Folders(List<String> outer, List<String> inner) {

  static Folders make(Client administrator, String name, int count)
      throws IOException, InterruptedException {
    List<String> outer = new ArrayList<>();
    List<String> inner = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outer.add(make(administrator, Map.of("name", name + "-" + i)));
      inner.add(make(administrator, Map.of("name", "inner", "parent_id", outer.getLast())));
    }
    return new Folders(outer, inner);
  }

  List<String> all() {
    List<String> all = new ArrayList<>(outer);
    all.addAll(inner);
    return all;
  }

  private static String make(Client administrator, Map<String, String> folder)
      throws IOException, InterruptedException {
    return administrator.post("/folders", folder).path("resource_id").asText();
  }
}
