package io.gatehouse.cloud.sqluser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
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
    assertThat(SqlNames.isUser(name)).isTrue();
    assertThat(SqlNames.isDatabase(name)).isTrue();
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
        "crdb_x"
      })
  void what_a_cluster_keeps_for_itself_names_no_user_in_either_case(String name) {
    assertThatThrownBy(() -> SqlNames.checkUser(name))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("'%s' is a reserved name", name);
    assertThat(SqlNames.isUser(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "template0", "template1", "system", "SYSTEM", "Template1"})
  void what_a_cluster_keeps_for_itself_names_no_database_in_either_case(String name) {
    assertThatThrownBy(() -> SqlNames.checkDatabase("database", name))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("database: '%s' is a reserved name", name);
    assertThat(SqlNames.isDatabase(name)).isFalse();
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
    assertThat(SqlNames.isUser("")).isFalse();
    assertThat(SqlNames.isDatabase("")).isFalse();
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
    assertThat(SqlNames.isUser("ann")).isTrue();
    assertThat(SqlNames.isUser(name)).isFalse();
    assertThat(SqlNames.isDatabase(name)).isFalse();
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
