package io.gatehouse.engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.platform.secret.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** One running cluster with its administration and its clients, for tests of what happens in it. */
public abstract class SqlAdminFixture {
  protected static final Secret PASSWORD = Secret.of("correct horse \u00a0 b\u00e4ttery \ufb01");
  private static final Comparator<String> BY_BYTES =
      (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
  protected static final Duration WAIT = Duration.ofSeconds(10);
  protected static final Page ALL = new Page(null, false, 1000);

  /** The administration of one running cluster, the same for all tests. */
  protected abstract SqlAdmin admin();

  protected abstract Endpoint endpoint();

  @AfterEach
  protected void removeEverything() {
    users().forEach(this::remove);
    admin().databases(ALL).stream()
        .map(SqlDatabase::name)
        .filter(name -> !name.equals("defaultdb"))
        .forEach(admin()::dropDatabase);
  }

  protected List<String> users() {
    return admin().users(ALL).stream().map(SqlUser::name).toList();
  }

  protected Optional<SqlUser> create(String name) {
    return admin().createUser(name, PASSWORD, WAIT);
  }

  protected Optional<UserRemoval> remove(String name) {
    return admin().removeUser(name, WAIT);
  }

  /** Removes a user and expects that it is gone at once. */
  protected UserRemoval assertRemoved(String name) {
    UserRemoval removal = remove(name).orElseThrow();
    assertThat(removal.blocker()).isEmpty();
    assertThat(removal.state()).isEqualTo(UserRemoval.State.DONE);
    return removal;
  }

  protected static void assertPaged(List<String> names, Function<Page, List<String>> list) {
    List<String> up = names.stream().sorted(BY_BYTES).toList();
    assertThat(paged(false, list)).isEqualTo(up);
    assertThat(paged(true, list)).isEqualTo(up.reversed());
  }

  private static List<String> paged(boolean descending, Function<Page, List<String>> list) {
    List<String> seen = new ArrayList<>();
    List<String> page = list.apply(new Page(null, descending, 2));
    while (!page.isEmpty()) {
      seen.addAll(page);
      page = list.apply(new Page(page.getLast(), descending, 2));
    }
    return seen;
  }

  protected void run(String user, String database, String... statements) throws SQLException {
    client().run(user, database, statements);
  }

  protected Connection connect(String user, String database) throws SQLException {
    return client().connect(user, database);
  }

  /** Does the same several times at once. */
  protected static List<Boolean> together(int times, Callable<Boolean> work) throws Exception {
    return SqlClient.together(times, work);
  }

  SqlClient client() {
    return new SqlClient(endpoint(), PASSWORD);
  }
}
