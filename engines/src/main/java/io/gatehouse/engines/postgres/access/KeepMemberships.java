package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Lets whom the role had let into other roles stay in them: they are let in again by the superuser.
 * Comes before everything that revokes, DROP OWNED among it, which takes memberships along.
 */
final class KeepMemberships implements RemovalStep {
  private static final String STATEMENTS =
      """
      SELECT format('DO $do$ BEGIN EXECUTE format(''GRANT %%s TO %%s WITH ADMIN %s, INHERIT %s,'
          ' SET %s'', %s::oid::regrole, %s::oid::regrole); END $do$',
        bool_or(admin_option)::text, bool_or(inherit_option)::text, bool_or(set_option)::text,
        roleid, member)
      FROM pg_auth_members
      WHERE grantor IN (10, :role) AND member <> :role AND roleid <> :role
      GROUP BY roleid, member HAVING bool_or(grantor = :role)
      """;

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    List<String> statements = session.query(removal.sql(STATEMENTS), row -> row.getString(1));
    try {
      for (String statement : statements) {
        session.execute(statement);
      }
    } catch (SQLException e) {
      return Optional.of("A membership that the user granted cannot be kept: " + e.getMessage());
    }
    return Optional.empty();
  }
}
