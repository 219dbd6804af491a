package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.server.TestOrganization.Account;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody gains by moving a thing what they could not have been given. */
class MoveTest {
  private static final String CLUSTERS = "/api/v1/clusters/";
  private static final String FOLDERS = "/api/v1/folders/";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private final String source = organization.folder("Source", "root");
  private final String own = organization.folder("Own", "root");

  /** An account with one role at the source and another on a folder of its own. */
  private ApiClient mover(String atSource, String atOwn) {
    Account account = organization.account(atSource, "FOLDER", source);
    admin.post("/api/v1/roles/" + account.id() + "/FOLDER/" + own + "/" + atOwn, "").ok();
    return server.as(account.key());
  }

  private static ApiClient.Answer move(ApiClient client, String path, String parent) {
    return client.patch(path, Map.of("parent_id", parent));
  }

  @Test
  void a_mover_does_not_become_the_administrator_of_what_it_moves_into_its_own_folder() {
    String thing = organization.folder("Thing", source);
    String inner = organization.folder("Inner", thing);
    String cluster = PlacedClusters.create(admin, "in-the-inner", inner);
    ApiClient mover = mover("FOLDER_MOVER", "FOLDER_ADMIN");
    String nested =
        mover
            .post(FOLDERS.substring(0, FOLDERS.length() - 1), nestedIn(own))
            .ok()
            .path("resource_id")
            .asText();

    move(mover, FOLDERS + thing, own).isRefused(403, 7);
    move(mover, FOLDERS + inner, own).isRefused(403, 7);
    move(mover, FOLDERS + inner, nested).isRefused(403, 7);
    mover.patch(FOLDERS + thing, Map.of("parent_id", own, "name", "Renamed")).isRefused(403, 7);

    mover.delete(CLUSTERS + cluster).isRefused(403, 7);
    JsonNode still = admin.get(FOLDERS + thing).ok();
    assertThat(still.path("name").asText()).isEqualTo("Thing");
    assertThat(still.path("parent_id").asText()).isEqualTo(source);
  }

  private static Map<String, String> nestedIn(String parent) {
    return Map.of("name", "Nested", "parent_id", parent);
  }

  @Test
  void a_mover_at_both_places_moves_and_an_administrator_of_the_source_too() {
    String thing = organization.folder("Thing", source);
    String other = organization.folder("Other", source);

    move(mover("FOLDER_MOVER", "FOLDER_MOVER"), FOLDERS + thing, own).ok();
    move(mover("FOLDER_ADMIN", "FOLDER_MOVER"), FOLDERS + other, own).ok();
  }

  @Test
  void the_detour_of_putting_ones_own_folder_beside_the_thing_gains_nothing_either() {
    String thing = organization.folder("Thing", source);
    ApiClient mover = mover("FOLDER_MOVER", "FOLDER_ADMIN");

    move(mover, FOLDERS + own, source).ok();

    move(mover, FOLDERS + thing, own).isRefused(403, 7);
  }

  @Test
  void a_developer_of_a_cluster_does_not_become_its_administrator() {
    String cluster = organization.cluster("coveted-too");
    move(admin, CLUSTERS + cluster, source).ok();
    Account account = organization.account("CLUSTER_DEVELOPER", "FOLDER", source);
    String roles = "/api/v1/roles/" + account.id() + "/FOLDER/";
    admin.post(roles + source + "/FOLDER_MOVER", "").ok();
    admin.post(roles + own + "/CLUSTER_CREATOR", "").ok();
    admin.post(roles + own + "/FOLDER_MOVER", "").ok();
    ApiClient client = server.as(account.key());

    move(client, CLUSTERS + cluster, own).isRefused(403, 7);

    admin.delete(roles + own + "/CLUSTER_CREATOR").ok();
    move(client, CLUSTERS + cluster, own).ok();
  }

  @Test
  void a_role_on_the_whole_organization_is_no_way_round() {
    String thing = organization.folder("Thing", "root");
    Account account = organization.account("FOLDER_MOVER", "ORGANIZATION", organization.id());
    admin.post("/api/v1/roles/" + account.id() + "/FOLDER/" + own + "/FOLDER_ADMIN", "").ok();

    move(server.as(account.key()), FOLDERS + thing, own).isRefused(403, 7);
    move(server.as(account.key()), FOLDERS + own, source).ok();
  }
}
