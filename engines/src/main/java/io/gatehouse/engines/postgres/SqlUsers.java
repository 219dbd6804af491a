package io.gatehouse.engines.postgres;

import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;
import java.util.List;

/** The users of one cluster: roles that log in, other than those the cluster itself needs. */
record SqlUsers(Sessions cluster) {
  private static final String NAMES =
      """
      SELECT rolname::text COLLATE "C" FROM pg_roles
      WHERE rolcanlogin AND NOT rolsuper AND rolname <> 'admin' AND NOT starts_with(rolname, 'pg_')
      """;
  private static final String EXISTS = "SELECT ?::text IN (" + NAMES + ")";

  List<String> list(Page page) {
    return cluster.in(Sessions.MAINTENANCE, session -> NamePage.read(session, NAMES, page));
  }

  boolean create(String name, Secret password) {
    String quoted = SqlText.name(name);
    String create =
        "CREATE ROLE %s LOGIN CREATEDB CREATEROLE PASSWORD %s"
            .formatted(quoted, SqlText.verifier(password));
    List<String> statements = List.of(create, Administrators.admit(quoted));
    return cluster.in(Sessions.MAINTENANCE, session -> create(session, statements));
  }

  boolean changePassword(String name, Secret password) {
    String quoted = SqlText.name(name);
    String change = "ALTER ROLE %s PASSWORD %s".formatted(quoted, SqlText.verifier(password));
    return cluster.in(
        Sessions.MAINTENANCE, session -> session.holds(EXISTS, name) && change(session, change));
  }

  /** False if the name is taken or reserved. */
  private static boolean create(Session session, List<String> statements) throws SQLException {
    Administrators.ensure(session);
    try {
      session.executeTogether(statements);
      return true;
    } catch (SQLException e) {
      if (SqlState.DUPLICATE_ROLE.isOf(e)
          || SqlState.UNIQUE_VIOLATION.isOf(e)
          || SqlState.RESERVED_NAME.isOf(e)) {
        return false;
      }
      throw e;
    }
  }

  /** False if the user went meanwhile. */
  private static boolean change(Session session, String change) throws SQLException {
    try {
      session.execute(change);
      return true;
    } catch (SQLException e) {
      if (SqlState.NO_SUCH_ROLE.isOf(e)) {
        return false;
      }
      throw e;
    }
  }
}
