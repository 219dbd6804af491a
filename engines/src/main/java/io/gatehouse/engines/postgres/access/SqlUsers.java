package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.AdvisoryLock;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.SqlState;
import io.gatehouse.engines.postgres.sql.SqlText;
import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;

/** Makes the users of one cluster, lists them, and sets their passwords. */
public record SqlUsers(Sessions cluster) {
  /**
   * Nobody but the superuser gets into the maintenance database, so nobody else can take these
   * locks: one for names, one for each role.
   */
  private static final String LOCK_NAMES = "SELECT " + AdvisoryLock.NAMES.take();

  private static final String LOCK_ROLE = "SELECT " + AdvisoryLock.ROLE.take("?");
  private static final String OID = "SELECT oid::bigint FROM pg_authid WHERE rolname = ?::name";
  private static final int MAX_ATTEMPTS = 5;

  /**
   * Makes a user.
   *
   * @return empty if it was made; otherwise the role that has this name, or one that differs in
   *     case only
   */
  public Optional<CatalogName> create(String name, Secret password) {
    String create =
        "CREATE ROLE %s LOGIN CREATEDB CREATEROLE INHERIT PASSWORD %s"
            .formatted(SqlText.name(name), SqlText.verifier(password));
    return cluster.maintain(session -> createUnlessTaken(session, name, create));
  }

  private static Optional<CatalogName> createUnlessTaken(
      Session session, String name, String create) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        SystemRoles.ensure(session);
        return session.together(open -> create(open, name, create));
      } catch (SQLException e) {
        if (SqlState.RESERVED_NAME.isOf(e)) {
          return Optional.of(new CatalogName(0, name));
        }
        // somebody made the same user in SQL, or changed the group of the administrators
        if (attempt == MAX_ATTEMPTS || !Administrators.wereChanged(e)) {
          throw e;
        }
      }
    }
  }

  private static Optional<CatalogName> create(Session session, String name, String create)
      throws SQLException {
    session.query(LOCK_NAMES, row -> "");
    Optional<CatalogName> taken =
        Roles.all(session).stream()
            .filter(role -> role.shown().equalsIgnoreCase(name))
            .min(Comparator.comparing(role -> !role.shown().equals(name)));
    if (taken.isEmpty()) {
      session.execute(create);
      Administrators.admit(session, session.first(OID, row -> row.getLong(1), name).orElseThrow());
      session.execute(
          "GRANT %s TO %s WITH ADMIN FALSE, INHERIT TRUE, SET TRUE"
              .formatted(SystemRoles.ADMINISTRATORS, SqlText.name(name)));
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
