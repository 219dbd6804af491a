package io.gatehouse.engines.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The group role {@code admin}, in which every SQL user is.
 *
 * <p>Members make users and databases, read and write every table, and end each other's sessions.
 * They are kept from the operating system: no superuser, no program, no file of the server, no
 * subscription. Limits: a table can be altered or dropped by its owner only; who wants to share
 * that makes it after {@code SET ROLE admin}, or gives it to {@code admin}. A database made in SQL
 * belongs to its maker, one made here to {@code admin}. Members can read the password verifiers of
 * other users, though not the passwords, and can drop, rename or change {@code admin} itself, which
 * PostgreSQL has no way to forbid to who may admit others; whatever needs the role puts it right.
 */
final class Administrators {
  private static final String NAME = "admin";
  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin')";

  /** A role of that name that logs in would be a user whom no list shows. */
  private static final String AS_IT_SHOULD_BE =
      """
      SELECT EXISTS (
        SELECT FROM pg_roles AS admin
        WHERE rolname = 'admin' AND NOT rolcanlogin AND rolcreatedb AND rolcreaterole
          AND (SELECT count(*) FROM pg_auth_members JOIN pg_roles AS held ON held.oid = roleid
               WHERE member = admin.oid AND held.rolname IN (
                 'pg_read_all_data', 'pg_write_all_data', 'pg_read_all_stats',
                 'pg_stat_scan_tables', 'pg_signal_backend')) = 5)
      """;

  /** Whatever it is called now: no user can give away the powers that it was given. */
  private static final String THE_REAL_ONE =
      """
      SELECT rolname FROM pg_roles
      WHERE NOT starts_with(rolname, 'pg_') AND EXISTS (
        SELECT FROM pg_auth_members JOIN pg_roles AS held ON held.oid = roleid
        WHERE member = pg_roles.oid AND held.rolname = 'pg_read_all_data')
      ORDER BY rolname <> 'admin'
      """;

  private static final String CREATE = "CREATE ROLE admin";
  private static final String MOVE_ASIDE = "ALTER ROLE admin RENAME TO ";
  private static final List<String> SET_UP =
      List.of(
          "ALTER ROLE admin NOLOGIN CREATEDB CREATEROLE",
          """
          GRANT pg_read_all_data, pg_write_all_data, pg_read_all_stats,
            pg_stat_scan_tables, pg_signal_backend TO admin
          """);

  /** Users that lost their membership with the role. */
  private static final String FORMER_MEMBERS =
      """
      SELECT rolname FROM pg_roles
      WHERE rolcanlogin AND rolcreaterole AND NOT rolsuper AND rolname <> 'admin'
      """;

  private Administrators() {}

  static boolean areSetUp(Session session) throws SQLException {
    return session.holds(AS_IT_SHOULD_BE);
  }

  /** Puts the role right where it is not: makes it anew, or gives it back its name. */
  static void ensure(Session session) throws SQLException {
    if (!areSetUp(session)) {
      try {
        session.executeTogether(mending(session));
      } catch (SQLException e) {
        if (!areSetUp(session)) {
          throw e;
        } // else another session did the same at the same moment
      }
    }
  }

  private static List<String> mending(Session session) throws SQLException {
    Optional<String> real =
        session.query(THE_REAL_ONE, row -> row.getString(1)).stream().findFirst();
    if (real.equals(Optional.of(NAME))) {
      return SET_UP;
    }
    List<String> statements = new ArrayList<>();
    if (session.holds(EXISTS)) {
      statements.add(MOVE_ASIDE + SqlText.name("not admin " + UUID.randomUUID()));
    }
    if (real.isPresent()) {
      statements.add("ALTER ROLE %s RENAME TO admin".formatted(SqlText.name(real.get())));
      statements.addAll(SET_UP);
    } else {
      statements.add(CREATE);
      statements.addAll(SET_UP);
      session.query(FORMER_MEMBERS, row -> row.getString(1)).stream()
          .map(name -> admit(SqlText.name(name)))
          .forEach(statements::add);
    }
    return statements;
  }

  /** The statement that makes a role a member who may admit others. */
  static String admit(String quotedName) {
    return "GRANT admin TO " + quotedName + " WITH ADMIN OPTION, INHERIT TRUE";
  }
}
