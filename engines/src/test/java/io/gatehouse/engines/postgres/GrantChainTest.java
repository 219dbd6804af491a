package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import io.gatehouse.engines.postgres.sql.Sessions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rights that were passed on several times, on every kind of object that has rights. */
final class GrantChainTest {
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** A right, an object, and the function that asks for the right with its first arguments. */
  private record Right(String privilege, String target, String asked) {
    Right(String privilege, String target, String function, String object) {
      this(privilege, target, "has_%s_privilege(:role, '%s'".formatted(function, object));
    }

    String heldBy(String role) {
      return "%s, '%s WITH GRANT OPTION')"
          .formatted(
              asked.replace(":role", "'" + role + "'"), privilege.replaceAll("\\s*\\(.*\\)", ""));
    }
  }

  private static final List<Right> RIGHTS =
      List.of(
          new Right("SELECT", "TABLE chained", "table", "public.chained"),
          new Right("MAINTAIN", "TABLE chained", "table", "public.chained"),
          new Right("UPDATE (n)", "TABLE chained", "column", "public.chained', 'n"),
          new Right("USAGE", "SEQUENCE counted", "sequence", "public.counted"),
          new Right(
              "EXECUTE", "FUNCTION called(int, text)", "function", "public.called(int, text)"),
          new Right("EXECUTE", "PROCEDURE done(int)", "function", "public.done(int)"),
          new Right("CREATE", "SCHEMA \"Odd \"\"schema\"", "schema", "Odd \"schema"),
          new Right("USAGE", "TYPE mood", "type", "public.mood"),
          new Right("USAGE", "DOMAIN tags", "type", "public.tags"),
          new Right("USAGE", "LANGUAGE plpgsql", "language", "plpgsql"),
          new Right("USAGE", "FOREIGN DATA WRAPPER far_away", "foreign_data_wrapper", "far_away"),
          new Right("USAGE", "FOREIGN SERVER far", "server", "far"),
          new Right("SELECT", "LARGE OBJECT 4711", "has_largeobject_privilege(:role, 4711"),
          new Right("CREATE", "DATABASE chains", "database", "chains"),
          new Right("CREATE", "TABLESPACE space", "tablespace", "space"),
          new Right("SET", "PARAMETER log_statement", "parameter", "log_statement"));

  private static final List<String> OBJECTS =
      List.of(
          "CREATE TABLE chained (n int, m int)",
          "CREATE SEQUENCE counted",
          "CREATE FUNCTION called(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE PROCEDURE done(int) LANGUAGE sql AS 'SELECT 1'",
          "CREATE SCHEMA \"Odd \"\"schema\"",
          "CREATE TYPE mood AS ENUM ('ok')",
          "CREATE DOMAIN tags AS text[]",
          "CREATE FOREIGN DATA WRAPPER far_away",
          "CREATE SERVER far FOREIGN DATA WRAPPER far_away",
          "SELECT lo_create(4711)",
          "CREATE TABLESPACE space LOCATION ''");

  private static FullPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = new FullPostgres();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void nobody_loses_a_right_that_went_through_the_hands_of_a_removed_user() throws SQLException {
    try (ClusterAccess access = new ClusterAccess(InstantSource.system())) {
      Sessions cluster = postgres.superuser().kept(access.pool());
      assertThat(access.create(cluster, "leaver", FullPostgres.PASSWORD, WAIT)).isEmpty();
      postgres.run(
          "postgres",
          List.of(
              "CREATE DATABASE chains TEMPLATE template0",
              "CREATE ROLE \"Before\"",
              "CREATE ROLE \"After\"",
              "CREATE ROLE \"Last\"",
              "CREATE ROLE beside"));
      postgres.run("chains", OBJECTS);
      postgres.run("chains", chains());

      assertThat(access.remove(cluster, "leaver", WAIT).orElseThrow())
          .satisfies(removal -> assertThat(removal.blocker()).isEmpty())
          .satisfies(removal -> assertThat(removal.state()).isEqualTo(State.DONE));
    }
    for (Right right : RIGHTS) {
      for (String role : List.of("Before", "After", "Last", "beside")) {
        assertThat(postgres.texts("chains", "SELECT " + right.heldBy(role)))
            .as("%s: %s", role, right)
            .containsExactly("t");
      }
    }
  }

  /** The owner to Before, Before to the leaver, who passes on to After, who does to Last. */
  private static List<String> chains() {
    List<String> statements = new ArrayList<>();
    for (Right right : RIGHTS) {
      String grant = "GRANT %s ON %s TO ".formatted(right.privilege(), right.target());
      String option = " WITH GRANT OPTION";
      statements.addAll(
          List.of(
              grant + "\"Before\"" + option,
              "SET ROLE \"Before\"",
              grant + "leaver, beside" + option,
              "SET ROLE leaver",
              grant + "\"After\"" + option,
              "SET ROLE \"After\"",
              grant + "\"Last\"" + option,
              "RESET ROLE"));
    }
    return statements;
  }
}
