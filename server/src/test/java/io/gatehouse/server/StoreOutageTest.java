package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.postgres.MetadataPostgres;
import io.gatehouse.engines.postgres.PostgresTemplate;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The metadata store goes away under load and comes back: nothing that was acknowledged is lost.
 */
class StoreOutageTest {
  private static final String ACCOUNTS = "/api/v1/service-accounts";
  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final int CLIENTS = 4;

  private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger names = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void a_store_that_is_gone_for_a_while_costs_a_while_and_nothing_else() throws Exception {
    Path data = Directories.prepared();
    PostgresTemplate template = new PostgresTemplate(data.resolve("postgres"));
    MetadataPostgres store =
        new MetadataPostgres(data.resolve("store"), template, Secret.of("of-the-store"));
    try (Product product =
        Product.create().withVariable("GATEHOUSE_DATABASE_URL", url(store.start())).start()) {
      ApiClient admin = product.admin();
      AtomicBoolean over = new AtomicBoolean();
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          work.add(clients.submit(() -> createUntil(over, admin)));
        }
        Await.until(acknowledged::size, made -> made > 20);

        store.stop();
        long end = System.nanoTime() + OUTAGE.toNanos();
        Await.until(refused::get, count -> count > 0 && System.nanoTime() > end);
        ApiClient.Answer lost = product.asNobody().get("/readyz");
        assertThat(lost.status()).isEqualTo(503);
        assertThat(ReadinessTest.check(lost, "store").path("reason").asText())
            .isEqualTo("the metadata store does not answer");
        assertThat(product.asNobody().get("/healthz").status()).isEqualTo(200);
        store.startAgain();

        Await.until(() -> product.asNobody().get("/readyz").status(), status -> status == 200);
        admin.get(ACCOUNTS).ok();
        int before = acknowledged.size();
        Await.until(acknowledged::size, made -> made > before + 20);
        over.set(true);
        for (Future<?> one : work) {
          one.get();
        }
      }
      assertThat(admin.walk(ACCOUNTS, "service_accounts", 500))
          .map(account -> account.path("name").asText())
          .containsAll(acknowledged);
    } finally {
      store.stop();
      Directories.remove(data);
    }
  }

  /** Creates accounts one after the other; each is acknowledged, or refused with what to do. */
  private void createUntil(AtomicBoolean over, ApiClient admin) {
    while (!over.get()) {
      String name = "account-" + names.incrementAndGet();
      ApiClient.Answer answer = admin.post(ACCOUNTS, Map.of("name", name));
      if (answer.status() == 200) {
        acknowledged.add(name);
      } else {
        answer.isRefused(503, 14);
        assertThat(answer.header("Retry-After")).isPresent();
        refused.incrementAndGet();
      }
    }
  }

  private static String url(MetadataPostgres.Access access) {
    String address = access.jdbcUrl().substring("jdbc:postgresql://".length());
    return "postgresql://%s:%s@%s".formatted(access.user(), access.secret().reveal(), address);
  }

  @Test
  void an_embedded_store_that_was_killed_is_started_again_without_a_restart_of_the_server() {
    try (Product product = Product.create().start()) {
      ApiClient admin = product.admin();
      admin.post(ACCOUNTS, Map.of("name", "before")).ok();

      ProcessHandle.of(product.storePostmaster()).orElseThrow().destroyForcibly();

      Await.until(
          () -> admin.post(ACCOUNTS, Map.of("name", "after")).status(), status -> status == 200);
      assertThat(admin.walk(ACCOUNTS, "service_accounts", 100))
          .map(account -> account.path("name").asText())
          .contains("before", "after");
    }
  }
}
