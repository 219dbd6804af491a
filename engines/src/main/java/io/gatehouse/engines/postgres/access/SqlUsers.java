package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.SqlState;
import io.gatehouse.engines.postgres.sql.SqlText;
import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the users of one cluster, lists them, and sets their passwords. */
public record SqlUsers(Sessions cluster) {
  /**
   * Nobody but the superuser gets into the maintenance database, so nobody else can take these
   * locks: one for names, one for each role.
   */
  private static final String LOCK_NAMES = "SELECT pg_advisory_xact_lock(1, 0)";

  private static final String LOCK_ROLE = "SELECT pg_advisory_xact_lock(2, ?)";
  private static final int MAX_ATTEMPTS = 5;

  /**
   * Makes a user.
   *
   * @return empty if it was made; otherwise the role that has this name, or one that differs in
   *     case only
   */
  public Optional<CatalogName> create(String name, Secret password) {
    String quoted = SqlText.name(name);
    List<String> statements =
        List.of(
            "CREATE ROLE %s LOGIN CREATEDB CREATEROLE INHERIT PASSWORD %s"
                .formatted(quoted, SqlText.verifier(password)),
            "GRANT admin TO %s WITH ADMIN TRUE, INHERIT TRUE, SET TRUE".formatted(quoted),
            "GRANT %s TO %s WITH ADMIN FALSE, INHERIT TRUE, SET TRUE"
                .formatted(SystemRoles.ADMINISTRATORS, quoted));
    return cluster.maintain(
        session -> {
          SystemRoles.ensure(session);
          return createUnlessTaken(session, name, statements);
        });
  }

  private static Optional<CatalogName> createUnlessTaken(
      Session session, String name, List<String> statements) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return session.together(open -> create(open, name, statements));
      } catch (SQLException e) {
        if (SqlState.RESERVED_NAME.isOf(e)) {
          return Optional.of(new CatalogName(0, name));
        }
        boolean madeInSql = SqlState.DUPLICATE_ROLE.isOf(e) || SqlState.UNIQUE_VIOLATION.isOf(e);
        if (attempt == MAX_ATTEMPTS || !madeInSql) {
          throw e;
        }
      }
    }
  }

  private static Optional<CatalogName> create(Session session, String name, List<String> statements)
      throws SQLException {
    session.query(LOCK_NAMES, row -> "");
    Optional<CatalogName> taken =
        Roles.all(session).stream()
            .filter(role -> role.shown().equalsIgnoreCase(name))
            .min(Comparator.comparing(role -> !role.shown().equals(name)));
    if (taken.isEmpty()) {
      for (String statement : statements) {
        session.execute(statement);
      }
    }
    return taken;
  }

  /** False if there is no such user. Waits while another change of the same user is under way. */
  public boolean changePassword(String shown, Secret password) {
    String verifier = SqlText.verifier(password);
    return cluster.maintain(session -> changePassword(session, shown, verifier));
  }

  private static boolean changePassword(Session session, String shown, String verifier)
      throws SQLException {
    Optional<CatalogName> user = Roles.user(session, shown);
    if (user.isEmpty() || isRemoved(session, user.get())) {
      return false;
    }
    String change =
        "DO $do$ BEGIN EXECUTE format('ALTER ROLE %%s PASSWORD %%L', %d::oid::regrole, %s); END $do$"
            .formatted(user.get().oid(), verifier);
    for (int attempt = 1; ; attempt++) {
      try {
        return session.together(
            open -> {
              open.query(LOCK_ROLE, row -> "", (int) user.get().oid());
              open.execute(change);
              return true;
            });
      } catch (SQLException e) {
        if (isGone(e)) {
          return false;
        }
        if (attempt == MAX_ATTEMPTS || !SqlState.INTERNAL_ERROR.isOf(e)) {
          throw e;
        } // a user changed the same role at the same moment
      }
    }
  }

  private static boolean isRemoved(Session session, CatalogName user) throws SQLException {
    return Roles.removed(session).stream().anyMatch(removed -> removed.oid() == user.oid());
  }

  private static boolean isGone(SQLException failure) {
    return SqlState.NO_SUCH_ROLE.isOf(failure) || SqlState.SYNTAX_ERROR.isOf(failure);
  }
}
