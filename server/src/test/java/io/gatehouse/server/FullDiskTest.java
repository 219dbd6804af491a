package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a disk that is full to the last byte access is still taken away, and nothing else changes. */
class FullDiskTest {
  private static final int DISK_MEGABYTES = 420;
  private static final int RESERVE_MEGABYTES = 40;

  private final Path disk = Directories.make();
  private final Path filler = disk.resolve("filler");

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", disk.toString()),
        "a small disk can be mounted by root only");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString());
    Directories.remove(disk);
  }

  @Test
  void removals_go_on_and_all_else_is_refused_until_there_is_room() throws Exception {
    Path data = Directories.prepare(Files.createDirectory(disk.resolve("data")));
    Map<String, String> settings =
        Map.of(
            "store-reserve-bytes", Integer.toString(RESERVE_MEGABYTES << 20),
            "read-only-below-bytes", Integer.toString(60 << 20),
            "closed-below-bytes", Integer.toString(30 << 20));
    try (TestServer server = TestServer.start(data, settings)) {
      TestOrganization organization = server.organization();
      ApiClient admin = organization.admin();
      String users = "/api/v1/clusters/" + organization.cluster("full-disk") + "/sql-users";
      admin.post(users, Map.of("name", "leaver", "password", "correct-horse")).ok();
      TestOrganization.Account held =
          organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());
      String roles = "/api/v1/roles/" + held.id();
      String folder =
          admin.post("/api/v1/folders", Map.of("name", "before")).ok().path("resource_id").asText();
      Await.until(() -> Files.exists(data.resolve("reserve")), kept -> kept);

      fill();
      Await.until(() -> Files.exists(data.resolve("reserve")), kept -> !kept);

      assertThat(
              admin.post("/api/v1/folders", Map.of("name", "refused")).isRefused(503, 14).message())
          .isEqualTo("the disk of the metadata store is full");
      assertThat(admin.get("/readyz").body().toString()).contains("degraded").contains("disk");
      assertThat(admin.delete(users + "/leaver").ok().path("removal").path("state").asText())
          .isEqualTo("DONE");
      admin.delete("/api/v1/folders/" + folder).ok();
      assertThat(admin.put(roles, roles("ORG_MEMBER", "ORG_ADMIN", "CLUSTER_CREATOR")))
          .satisfies(
              answer ->
                  assertThat(answer.isRefused(503, 14).message())
                      .isEqualTo("the disk of the metadata store is full"));
      assertThat(admin.put(roles, roles("ORG_MEMBER")).ok().path("roles")).hasSize(1);

      Files.delete(filler);
      Await.until(() -> Files.exists(data.resolve("reserve")), kept -> kept);
      admin.post("/api/v1/folders", Map.of("name", "after")).ok();
    }
  }

  private static Object roles(String... names) {
    Object resource = Map.of("type", "ORGANIZATION");
    return Map.of(
        "roles", Stream.of(names).map(name -> Map.of("name", name, "resource", resource)).toList());
  }

  private void fill() throws IOException {
    byte[] chunk = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int i = 0; i < (DISK_MEGABYTES << 4); i++) {
        out.write(chunk);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
