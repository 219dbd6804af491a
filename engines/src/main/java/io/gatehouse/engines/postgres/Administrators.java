package io.gatehouse.engines.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The group role {@code admin}, in which every SQL user is.
 *
 * <p>Members make users and databases, read and write every table, and end each other's sessions.
 * They are kept from the operating system: no superuser, no program, no file of the server, no
 * subscription. Limits: a table can be altered or dropped by its owner only; who wants to share
 * that makes it after {@code SET ROLE admin}, or gives it to {@code admin}. A database made in SQL
 * belongs to its maker, one made here to {@code admin}. Members can read the password verifiers of
 * other users, though not the passwords, and can drop {@code admin} itself, which the next
 * convergence makes again.
 */
final class Administrators {
  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin')";

  private static final List<String> CREATE =
      List.of(
          "CREATE ROLE admin NOLOGIN CREATEDB CREATEROLE",
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

  static boolean exist(Session session) throws SQLException {
    return session.holds(EXISTS);
  }

  /** Makes the role where it lacks, and its members members again. */
  static void ensure(Session session) throws SQLException {
    if (!exist(session)) {
      List<String> statements = new ArrayList<>(CREATE);
      session.query(FORMER_MEMBERS, row -> row.getString(1)).stream()
          .map(name -> admit(SqlText.name(name)))
          .forEach(statements::add);
      session.executeTogether(statements);
    }
  }

  /** The statement that makes a role a member who may admit others. */
  static String admit(String quotedName) {
    return "GRANT admin TO " + quotedName + " WITH ADMIN OPTION, INHERIT TRUE";
  }
}
