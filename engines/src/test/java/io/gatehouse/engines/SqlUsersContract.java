package io.gatehouse.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.secret.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What administering users keeps to, whichever engine carries the cluster. */
public abstract class SqlUsersContract extends SqlAdminFixture {

  @Test
  void a_new_cluster_has_no_user_and_one_empty_database() {
    assertThat(users()).isEmpty();
    assertThat(admin().databases(ALL)).containsExactly(new SqlDatabase("defaultdb", 0));
  }

  @Test
  void a_created_user_logs_in_and_makes_users_databases_and_tables() throws SQLException {
    assertThat(create("ann")).isEmpty();

    run("ann", "defaultdb", "CREATE USER bob PASSWORD 'x'", "GRANT admin TO bob");
    run("ann", "defaultdb", "CREATE DATABASE made_in_sql", "CREATE TABLE t (n int)");
    assertThat(users()).containsExactly("ann", "bob");
    assertThat(admin().databases(ALL))
        .containsExactly(new SqlDatabase("defaultdb", 1), new SqlDatabase("made_in_sql", 0));
    run("ann", "defaultdb", "DROP TABLE t");
  }

  @Test
  void administrators_work_with_the_tables_of_each_other() throws SQLException {
    create("ann");
    create("bob");
    run("ann", "defaultdb", "CREATE TABLE t (n int GENERATED ALWAYS AS IDENTITY, m int)");
    run("bob", "defaultdb", "INSERT INTO t (m) VALUES (1)", "UPDATE t SET m = 2", "ANALYZE t");
    assertThat(client().number("bob", "defaultdb", "SELECT m FROM t")).isEqualTo(2);
    run("ann", "defaultdb", "DROP TABLE t");
  }

  @Test
  void a_taken_name_is_refused_and_leaves_the_user_as_it_was() throws SQLException {
    assertThat(create("ann")).isEmpty();
    assertThat(admin().createUser("ann", Secret.of("another"), WAIT))
        .map(SqlUser::name)
        .hasValue("ann");
    run("ann", "defaultdb", "SELECT 1");
  }

  @Test
  void of_two_that_create_the_same_user_at_once_one_succeeds() throws Exception {
    assertThat(SqlClient.together(8, () -> create("ann").isEmpty())).containsOnlyOnce(true);
    assertThat(users()).containsExactly("ann");
  }

  @Test
  void of_two_that_drop_the_same_user_at_once_none_fails() throws Exception {
    create("ann");
    SqlClient.together(4, () -> remove("ann").isPresent());
    assertThat(users()).isEmpty();
  }

  @Test
  void a_changed_password_holds_and_the_old_one_does_not() throws SQLException {
    admin().createUser("ann", Secret.of("old"), WAIT);
    assertThat(admin().changePassword("ann", PASSWORD)).isTrue();

    run("ann", "defaultdb", "SELECT 1");
    SqlClient old = new SqlClient(endpoint(), Secret.of("old"));
    assertThatThrownBy(() -> old.run("ann", "defaultdb", "SELECT 1"))
        .isInstanceOf(SQLException.class);
    assertThat(admin().changePassword("nobody", PASSWORD)).isFalse();
  }

  @Test
  void a_dropped_user_is_gone_with_its_sessions_and_its_tables_stay() throws SQLException {
    create("ann");
    create("bob");
    admin().createDatabase("shop");
    run("ann", "defaultdb", "CREATE TABLE kept (n int)", "CREATE SCHEMA hers");
    run("ann", "shop", "CREATE TABLE kept (n int)", "GRANT SELECT ON kept TO bob");
    run("bob", "shop", "CREATE TABLE his (n int)", "GRANT ALL ON his TO ann");
    try (Connection open = connect("ann", "shop")) {
      assertRemoved("ann");
      assertThat(open.isValid(5)).isFalse();
    }
    assertThat(users()).containsExactly("bob");
    assertThat(remove("ann")).isEmpty();
    assertThatThrownBy(() -> run("ann", "shop", "SELECT 1")).isInstanceOf(SQLException.class);
    run("bob", "defaultdb", "DROP TABLE kept", "DROP SCHEMA hers");
    run("bob", "shop", "DROP TABLE kept");
  }

  @Test
  void whom_a_dropped_user_let_in_stays_in() throws SQLException {
    create("ann");
    run("ann", "defaultdb", "CREATE USER bob PASSWORD 'x'", "GRANT admin TO bob");
    assertRemoved("ann");
    admin().changePassword("bob", PASSWORD);
    run("bob", "defaultdb", "SET ROLE admin");
  }

  @Test
  void paging_up_and_down_sees_each_user_once_in_order_of_bytes() {
    List<String> names =
        List.of("a", "B", "c", "\u00e9", "ab", "A b", "zz", "\ud83d\ude80", "\uff01");
    names.forEach(this::create);
    assertPaged(names, page -> admin().users(page).stream().map(SqlUser::name).toList());
  }
}
