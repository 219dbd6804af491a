package io.gatehouse.cloud.sqluser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "Ann",
        "o'brien",
        "say \"hi\"",
        "a;drop table b",
        "a--b",
        "a/b",
        "a\\b",
        "a.b",
        "%s",
        "select",
        "user",
        "日本",
        "😀",
        "𝒜",
        "administrator",
        "pgadmin",
        "roots"
      })
  void whatever_can_be_quoted_names_a_user_or_a_database(String name) {
    assertThatCode(() -> SqlNames.checkUser(name)).doesNotThrowAnyException();
    assertThatCode(() -> SqlNames.checkDatabase("name", name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "root",
        "node",
        "postgres",
        "gatehouse",
        "public",
        "none",
        "ROOT",
        "Public",
        "pg_monitor",
        "PG_x",
        "pg_",
        "crdb_internal",
        "CRDB_",
        "crdb_x",
        "gatehouse_quarantine"
      })
  void what_a_cluster_keeps_for_itself_names_no_user_in_either_case(String name) {
    assertThatThrownBy(() -> SqlNames.checkUser(name))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("'%s' is a reserved name", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "template0", "template1", "system", "SYSTEM", "Template1"})
  void what_a_cluster_keeps_for_itself_names_no_database_in_either_case(String name) {
    assertThatThrownBy(() -> SqlNames.checkDatabase("database", name))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("database: '%s' is a reserved name", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "日", "😀"})
  void a_name_has_at_most_63_bytes_in_UTF_8_however_few_characters_these_are(String character) {
    int bytes = character.getBytes(UTF_8).length;
    String longest = character.repeat(63 / bytes) + "a".repeat(63 % bytes);

    SqlNames.checkUser(longest);
    SqlNames.checkDatabase("name", longest);
    assertThatThrownBy(() -> SqlNames.checkUser(longest + "a"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("must have 1 to 63 bytes in UTF-8");
    assertThatThrownBy(() -> SqlNames.checkDatabase("name", longest + "a"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("must have 1 to 63 bytes in UTF-8");
  }

  @Test
  void nothing_is_no_name() {
    assertRefused("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ann",
        "ann ",
        "\tann",
        "ann\n",
        "an\u0000n",
        "an\u0007n",
        "an\u007Fn",
        "an\u200Bn",
        "an\u202En",
        "an\uFEFFn",
        "an\u2028n",
        "an\u2029n",
        "an\uD800n",
        "an\uDC00n",
        "\u2003ann"
      })
  void what_no_person_could_see_is_in_no_name(String name) {
    assertRefused(name);
  }

  private static void assertRefused(String name) {
    assertThatThrownBy(() -> SqlNames.checkUser(name)).isInstanceOf(GatehouseException.class);
    assertThatThrownBy(() -> SqlNames.checkDatabase("name", name))
        .isInstanceOf(GatehouseException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00AD", "\u00AD\u00AD", "a\u200Bb", "a\u0007b", "a\uD800b", "a\uE000b"})
  void a_password_that_clients_prepare_differently_is_refused(String password) {
    assertThatThrownBy(() -> SqlNames.checkPassword(Secret.of(password)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("password: must not have");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\u00ADw",
        "correct\u00A0horse",
        "b\u00E4ttery \uFB01",
        "\uD83D\uDE80",
        "' \\ $$"
      })
  void a_password_that_every_client_prepares_alike_is_taken(String password) {
    assertThatCode(() -> SqlNames.checkPassword(Secret.of(password))).doesNotThrowAnyException();
  }

  @Test
  void a_password_that_is_refused_stands_in_no_message() {
    String password = "hunter2".repeat(40);

    SqlNames.checkPassword(Secret.of("x"));
    SqlNames.checkPassword(Secret.of(password.substring(0, 256)));
    assertThatThrownBy(() -> SqlNames.checkPassword(Secret.of(password)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("must have 1 to 256 characters")
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> SqlNames.checkPassword(Secret.of("a\0b")))
        .isInstanceOf(GatehouseException.class);
    assertThatThrownBy(() -> SqlNames.checkPassword(Secret.of("")))
        .isInstanceOf(GatehouseException.class);
  }
}
