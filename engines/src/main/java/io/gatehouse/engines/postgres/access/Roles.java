package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The roles of users, as the catalog has them. */
final class Roles {
  private static final String IN_REMOVAL =
      """
      EXISTS (SELECT FROM pg_auth_members WHERE member = pg_authid.oid AND roleid =
        (SELECT oid FROM pg_authid AS removed WHERE removed.rolname = 'gatehouse_removed'))
      """;

  /** Users: whoever can log in, or is being removed. */
  private static final String USERS =
      """
      SELECT oid::bigint, namesend(rolname) FROM pg_authid
      WHERE NOT %s AND NOT rolsuper AND (rolcanlogin OR %s)
      """
          .formatted(SystemRoles.IS_SYSTEM, IN_REMOVAL);

  private static final String ALL = "SELECT oid::bigint, namesend(rolname) FROM pg_authid";

  private static final String REMOVED =
      "SELECT oid::bigint, namesend(rolname) FROM pg_authid WHERE " + IN_REMOVAL;

  /** Users that versions before this one shut out and did not remove to the end. */
  private static final String SHUT_OUT =
      """
      SELECT oid::bigint, namesend(rolname) FROM pg_authid
      WHERE NOT %s AND NOT rolcanlogin AND rolconnlimit = 0 AND rolvaliduntil = '-infinity'
      """
          .formatted(SystemRoles.IS_SYSTEM);

  private static final String REMOVED_SINCE =
      "SELECT rolvaliduntil FROM pg_authid WHERE oid = ? AND isfinite(rolvaliduntil) AND "
          + IN_REMOVAL;

  private Roles() {}

  static List<CatalogName> users(Session session) throws SQLException {
    return read(session, USERS);
  }

  /** Every role, the system's too. */
  static List<CatalogName> all(Session session) throws SQLException {
    return read(session, ALL);
  }

  /** The users whose removal has begun. */
  static List<CatalogName> removed(Session session) throws SQLException {
    return read(session, REMOVED);
  }

  /** When the removal of a role began, if it has begun. */
  static Optional<Instant> removedSince(Session session, CatalogName role) throws SQLException {
    return session.first(REMOVED_SINCE, row -> row.getTimestamp(1).toInstant(), role.oid());
  }

  static Optional<CatalogName> user(Session session, String shown) throws SQLException {
    return CatalogName.find(users(session), shown);
  }

  /** A user, or one that was shut out and has no other trace of its removal. */
  static Optional<CatalogName> removable(Session session, String shown) throws SQLException {
    Optional<CatalogName> user = user(session, shown);
    return user.isPresent() ? user : CatalogName.find(read(session, SHUT_OUT), shown);
  }

  private static List<CatalogName> read(Session session, String sql) throws SQLException {
    return session.query(sql, row -> CatalogName.of(row.getLong(1), row.getBytes(2)));
  }
}
