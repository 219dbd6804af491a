package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.postgres.DiskReserve;
import io.gatehouse.engines.postgres.PostgresEngine;
import io.gatehouse.engines.postgres.PostgresTemplate;
import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.Reconciler;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A server whose lease another one took leaves the clusters to that. */
class LostLeaseTest {
  private final AtomicBoolean lost = new AtomicBoolean();

  @Test
  void what_is_in_a_cluster_is_refused_and_the_rest_is_answered() {
    try (TestServer server = TestServer.start(Map.of())) {
      TestOrganization organization = server.organization();
      ApiClient admin = organization.admin();
      String cluster = "/api/v1/clusters/" + organization.cluster("left-alone");
      String users = cluster + "/sql-users";
      String databases = cluster + "/databases";
      Object user = Map.of("name", "ann", "password", "correct-horse");
      admin.post(users, user).ok();

      takeLease(server);
      Await.until(() -> admin.get("/readyz").status(), status -> status == 503);

      List<ApiClient.Answer> answers =
          List.of(
              admin.get(users),
              admin.post(users, Map.of("name", "bob", "password", "correct-horse")),
              admin.put(users + "/ann/password", Map.of("password", "battery-staple")),
              admin.delete(users + "/ann"),
              admin.get(databases),
              admin.post(databases, Map.of("name", "sales")),
              admin.patch(databases + "/defaultdb", Map.of("new_name", "sales")),
              admin.delete(databases + "/defaultdb"));
      assertThat(answers)
          .allSatisfy(
              answer ->
                  assertThat(answer.isRefused(503, 14).message())
                      .isEqualTo("the cluster's database is not available at the moment"));
      assertThat(admin.get("/readyz").response().body())
          .contains("another server runs with the id of this one");
      admin.get(cluster).ok();
    }
  }

  private static void takeLease(TestServer server) {
    server
        .installation()
        .transactions()
        .write(
            tx ->
                tx.handle()
                    .createUpdate(
                        """
                        update platform.server_lease
                        set incarnation = :other, place = 'elsewhere',
                          renewed_at = now() + interval '1 hour'
                        where server_id = :id
                        """)
                    .bind("other", UUID.randomUUID())
                    .bind("id", server.installation().directory().serverId())
                    .execute());
  }

  /** What a reconciler was asked to work on is told by what it answers. */
  private record Working(UUID id) implements Reconciler {
    @Override
    public String kind() {
      return "working";
    }

    @Override
    public Outcome reconcile(UUID id) {
      return Outcome.settled();
    }

    @Override
    public List<UUID> toLookAt() {
      return List.of(id);
    }
  }

  @Test
  void a_reconciler_finds_nothing_to_do_and_leaves_what_is_due_to_the_other() {
    UUID id = UUID.randomUUID();
    Reconciler reconciler = new LeasedReconciler(new Working(id), lost::get);

    assertThat(reconciler.toLookAt()).containsExactly(id);
    assertThat(reconciler.reconcile(id)).isEqualTo(Outcome.settled());
    lost.set(true);
    assertThat(reconciler.toLookAt()).isEmpty();
    assertThat(reconciler.reconcile(id)).isInstanceOf(Outcome.Again.class);
  }

  @Test
  void no_cluster_is_restricted_for_the_disk() throws Exception {
    Path data = Directories.prepared();
    try {
      String all = Long.toString(Long.MAX_VALUE / 4);
      EngineConfig config =
          Configuration.read(
                  Optional.empty(),
                  Map.of(),
                  Map.of("read-only-below-bytes", all, "closed-below-bytes", all))
              .engine();
      PostgresEngine engine =
          new PostgresEngine(
              config.postgres(Files.createDirectory(data.resolve("clusters"))),
              new PostgresTemplate(data.resolve("postgres")),
              id -> Secret.of("unused"),
              Clock.systemUTC());
      DiskReserve reserve = new DiskReserve(data.resolve("reserve"), 0, 0);
      DiskWatch watch =
          new DiskWatch(
              engine, reserve, TestServer.shared().installation().reconcileQueue(), lost::get);

      lost.set(true);
      watch.look();
      assertThat(engine.isDiskShort()).isFalse();
      lost.set(false);
      watch.look();
      assertThat(engine.isDiskShort()).isTrue();
    } finally {
      Directories.remove(data);
    }
  }
}
