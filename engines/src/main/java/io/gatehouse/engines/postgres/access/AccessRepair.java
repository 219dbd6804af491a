package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings access in a cluster to how it should be, whatever version or user had it before: group
 * roles, rights on the system's relations, and the triggers that share what users make.
 *
 * <p>Looks into each database once in the life of this object, and again when large objects were
 * made; what is made afterwards comes from a template that has it all. A database that refuses
 * connections is looked into when it allows them.
 */
final class AccessRepair {
  private static final Logger LOG = LoggerFactory.getLogger(AccessRepair.class);

  /** Counts up when what a database needs changes; noted at template0, which nobody else can. */
  private static final String VERSION = "access 4";

  private static final long TEMPLATE0 = 4;

  private static final String DATABASES =
      """
      SELECT oid::bigint, namesend(datname) FROM pg_database
      WHERE datallowconn AND datconnlimit <> -2 AND oid <> 5
      ORDER BY oid
      """;

  /** No event trigger sees how a large object is made. */
  private static final String HAVE_UNSHARED_LARGE_OBJECTS =
      """
      SELECT DISTINCT dbid::bigint FROM pg_shdepend
      WHERE classid = 'pg_largeobject'::regclass AND deptype = 'o' AND refobjid IN (
        SELECT member FROM pg_auth_members WHERE roleid = %s)
      """
          .formatted(SystemRoles.ADMIN_OID);

  private static final String TEMPLATE_IS_READY =
      "SELECT shobj_description(4, 'pg_database') LIKE '%" + VERSION + "'";

  private static final String TEMPLATE_READY =
      "COMMENT ON DATABASE template0 IS 'unmodifiable empty database; " + VERSION + "'";

  private final Set<Long> repaired = ConcurrentHashMap.newKeySet();

  /** In the maintenance database, with the others opened by {@code cluster}. */
  void run(Session session, Sessions cluster) throws SQLException {
    SystemRoles.ensure(session);
    Sharing.shareRolesAndDatabases(session);
    if (!session.query(TEMPLATE_IS_READY, row -> row.getBoolean(1)).getFirst()) {
      OpenDatabase.in(session, cluster, TEMPLATE0, AccessRepair::repair);
      session.execute(TEMPLATE_READY);
    }
    List<CatalogName> databases =
        session.query(DATABASES, row -> CatalogName.of(row.getLong(1), row.getBytes(2)));
    for (long database : QuarantineRights.databases(session)) {
      takeBackRights(session, cluster, database);
    }
    repaired.retainAll(databases.stream().map(CatalogName::oid).toList());
    session.query(HAVE_UNSHARED_LARGE_OBJECTS, row -> row.getLong(1)).forEach(repaired::remove);
    databases.stream()
        .filter(database -> !repaired.contains(database.oid()))
        .forEach(database -> repair(cluster, database));
  }

  private static void takeBackRights(Session session, Sessions cluster, long database)
      throws SQLException {
    try {
      OpenDatabase.in(session, cluster, database, QuarantineRights::takeBack)
          .flatMap(blocker -> blocker)
          .ifPresent(blocker -> LOG.warn("in the database with OID {}: {}", database, blocker));
    } catch (EngineException e) {
      LOG.warn(
          "rights of the quarantine roles in the database with OID {} are not taken back yet: {}",
          database,
          e.getMessage());
    }
  }

  private void repair(Sessions cluster, CatalogName database) {
    try {
      cluster
          .inDatabase(database, AccessRepair::repair)
          .filter(complete -> complete)
          .ifPresent(complete -> repaired.add(database.oid()));
    } catch (EngineException e) {
      LOG.warn("access in a database is not put right yet: {}", e.getMessage());
    }
  }

  /** Whether nothing is left to be done. */
  private static boolean repair(Session session) throws SQLException {
    SystemRelations.takeBack(session);
    QuarantineRights.takeBack(session);
    Sharing.install(session);
    return Sharing.shareObjects(session);
  }
}
