package io.gatehouse.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.engines.SqlAdmin.Renamed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What administering databases keeps to, whichever engine carries the cluster; and what names are.
 */
public abstract class SqlDatabasesContract extends SqlAdminFixture {

  @Test
  void of_two_that_create_the_same_database_at_once_one_succeeds() throws Exception {
    assertThat(SqlClient.together(4, () -> admin().createDatabase("shop"))).containsOnlyOnce(true);
  }

  @Test
  void settings_of_a_database_cannot_mislead_the_administration() throws SQLException {
    create("ann");
    run("ann", "defaultdb", "CREATE DATABASE trap");
    run("ann", "trap", "CREATE TABLE t (n int)");
    for (String setting :
        List.of(
            "role = ann",
            "search_path = nowhere",
            "default_transaction_read_only = on",
            "statement_timeout = 1",
            "transaction_timeout = 1",
            "local_preload_libraries = nothing",
            "standard_conforming_strings = off")) {
      run("ann", "defaultdb", "ALTER DATABASE trap SET " + setting);
    }
    assertThat(admin().database("trap")).contains(new SqlDatabase("trap", 1));
    run("ann", "defaultdb", "ALTER DATABASE trap ALLOW_CONNECTIONS false");
    assertThat(admin().database("trap")).contains(new SqlDatabase("trap", 0));

    assertRemoved("ann");
    assertThat(admin().dropDatabase("trap")).isPresent();
  }

  @Test
  void a_database_is_made_looked_at_renamed_and_dropped() throws SQLException {
    create("ann");
    assertThat(admin().createDatabase("shop")).isTrue();
    assertThat(admin().createDatabase("shop")).isFalse();
    run("ann", "shop", "CREATE TABLE a (n int)", "CREATE TEMP TABLE b (n int)");
    assertThat(admin().database("shop")).contains(new SqlDatabase("shop", 1));

    assertThat(admin().renameDatabase("shop", "store")).isEqualTo(Renamed.DONE);
    assertThat(admin().database("shop")).isEmpty();
    assertThat(admin().renameDatabase("shop", "store")).isEqualTo(Renamed.NO_SUCH_DATABASE);
    assertThat(admin().renameDatabase("store", "defaultdb")).isEqualTo(Renamed.NAME_TAKEN);

    assertThat(admin().dropDatabase("store")).contains(new SqlDatabase("store", 1));
    assertThat(admin().dropDatabase("store")).isEmpty();
  }

  @Test
  void renaming_and_dropping_end_the_sessions_in_a_database() throws SQLException {
    create("ann");
    admin().createDatabase("shop");
    try (Connection open = connect("ann", "shop")) {
      assertThat(admin().renameDatabase("shop", "store")).isEqualTo(Renamed.DONE);
      assertThat(open.isValid(5)).isFalse();
    }
    try (Connection open = connect("ann", "store")) {
      assertThat(admin().dropDatabase("store")).isPresent();
      assertThat(open.isValid(5)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\"; drop role admin; --",
        "x'; drop database defaultdb; --",
        "\u00fcml\u00e4ut \u65e5\u672c\u8a9e \ud83d\ude80",
        "1234567890123456789012345678901234567890123456789012345678901\u00fc",
        "{ts ?} $1 $$ \\ %s %I /* */ \n\t",
        "$do$ $do1$ $$ $gatehouse$",
        " ",
        "select"
      })
  void names_are_only_names(String name) throws SQLException {
    assertThat(create(name)).isEmpty();
    assertThat(admin().createDatabase(name)).isTrue();
    run(name, name, "CREATE TABLE t (n int)");

    assertThat(users()).containsExactly(name);
    assertThat(admin().users(new Page(name, false, 9))).isEmpty();
    assertThat(admin().database(name)).contains(new SqlDatabase(name, 1));
    assertThat(admin().changePassword(name, PASSWORD)).isTrue();
    assertThat(admin().renameDatabase(name, "plain")).isEqualTo(Renamed.DONE);
    assertThat(admin().renameDatabase("plain", name)).isEqualTo(Renamed.DONE);
    assertRemoved(name);
    assertThat(admin().dropDatabase(name)).contains(new SqlDatabase(name, 1));
    assertThat(admin().databases(ALL)).containsExactly(new SqlDatabase("defaultdb", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "with\0nul",
        "1234567890123456789012345678901234567890123456789012345678901234",
        "\ud83d"
      })
  void names_that_cannot_be_are_refused(String name) {
    assertThatThrownBy(() -> create(name)).isInstanceOf(IllegalArgumentException.class);
    assertThat(remove(name)).isEmpty();
    assertThat(admin().database(name)).isEmpty();
    assertThatThrownBy(() -> admin().renameDatabase("defaultdb", name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void paging_up_and_down_sees_each_database_once_in_order_of_bytes() {
    List<String> names = List.of("a", "B", "b", "\u00e9", "ab", "zz");
    names.forEach(name -> admin().createDatabase(name));
    List<String> all = new ArrayList<>(names);
    all.add("defaultdb");
    assertPaged(all, page -> admin().databases(page).stream().map(SqlDatabase::name).toList());
  }
}
