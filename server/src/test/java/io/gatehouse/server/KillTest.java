package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was acknowledged is so, however and whenever the server was killed. */
class KillTest {
  private static final long SEED = 20_260_101;
  private static final int ROUNDS = 5;
  private static final long MAX_DELAY_NANOS = 400_000_000L;

  private final Random random = new Random(SEED);
  private final Product product = Product.create();

  @AfterEach
  void end() {
    product.close();
  }

  @Test
  void what_was_acknowledged_outlives_kills_at_random_moments() throws Exception {
    List<ClusterPromise> promises = new ArrayList<>();
    product.start();
    for (int round = 0; round < ROUNDS; round++) {
      killDuring(someWork(promises, round));
      product.start();
      for (ClusterPromise promise : promises) {
        promise.isKept(product.admin());
      }
      Leftovers.areNone(product);
    }
  }

  /** Creating two clusters, and changing and deleting others. */
  private List<Runnable> someWork(List<ClusterPromise> promises, int round) {
    ApiClient admin = product.admin();
    List<ClusterPromise> there =
        new ArrayList<>(promises.stream().filter(ClusterPromise::isThere).toList());
    Collections.shuffle(there, random);
    List<Runnable> work = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      ClusterPromise fresh = new ClusterPromise("round-" + round + "-" + name);
      promises.add(fresh);
      work.add(() -> fresh.create(admin));
    }
    if (there.size() > 1) {
      int cpus = 2 + random.nextInt(7);
      work.add(() -> there.get(0).change(admin, cpus));
      work.add(() -> there.get(1).delete(admin));
    }
    return work;
  }

  private void killDuring(List<Runnable> work) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> answers = new ArrayList<>();
      work.forEach(
          request -> answers.add(clients.submit(() -> ClusterPromise.untilKilled(request))));
      spin(random.nextLong(MAX_DELAY_NANOS));
      product.kill();
      for (Future<?> answer : answers) {
        answer.get();
      }
    }
  }

  private static void spin(long nanos) {
    long deadline = System.nanoTime() + nanos;
    while (System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  @Test
  void sessions_do_not_notice_that_the_server_is_killed_and_starts_again() throws Exception {
    product.start();
    ClusterPromise cluster = new ClusterPromise("unimpressed");
    cluster.create(product.admin());
    List<Long> before = product.postmasters();
    try (Sql session = cluster.open()) {
      session.run("BEGIN; CREATE TABLE half_way (n int)");
      product.kill();
      session.run("INSERT INTO half_way VALUES (1)");
      product.start();
      session.run("INSERT INTO half_way VALUES (2); COMMIT");
      assertThat(session.value("SELECT sum(n) FROM half_way")).isEqualTo("3");
    }
    cluster.isKept(product.admin());
    assertThat(product.postmasters()).isEqualTo(before);
  }

  @Test
  void a_server_that_is_told_to_end_stops_everything_and_serves_the_same_again() throws Exception {
    product.start();
    ClusterPromise cluster = new ClusterPromise("up-and-down");
    cluster.create(product.admin());
    try (Sql session = cluster.open()) {
      assertThat(session.value("SELECT 1")).isEqualTo("1");

      Product.Ended ended = product.terminate();

      assertThat(ended.exitCode()).isIn(0, 143);
      assertThat(ended.out()).endsWith("Stopping\nStopped\n");
      assertThat(product.postgres()).isEmpty();
    }
    product.start();
    cluster.isKept(product.admin());
  }

  @ParameterizedTest
  @ValueSource(strings = {"keyset.json", "metadata/postmaster.pid", "clusters"})
  void a_server_that_is_told_to_end_while_it_starts_leaves_nothing_that_runs(String sign) {
    product.launch();
    Await.until(() -> Files.exists(product.data().resolve(sign)), there -> there);

    Product.Ended ended = product.terminate();

    assertThat(ended.exitCode()).isIn(0, 143);
    assertThat(product.postgres()).isEmpty();
  }

  @Test
  void a_first_start_that_is_killed_at_any_point_is_finished_by_the_next() {
    Secret key = ApiKeySecret.generate().secret();
    product.withVariable("GATEHOUSE_ADMIN_KEY", key.reveal());
    for (String sign : List.of("keyset.json", "metadata", "metadata/postmaster.pid", "clusters")) {
      product.launch();
      Await.until(() -> Files.exists(product.data().resolve(sign)), there -> there);
      product.kill();
    }
    product.start();
    new ClusterPromise("finally").create(product.as(key));
    assertThat(product.postmasters()).hasSize(2);
  }
}
