package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.AccessSweep;
import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SessionPool;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.Timeouts;
import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The access to one cluster, for as long as this process knows it: users, their removal, and what
 * keeps it as it should be. All that matters beyond stands in the cluster.
 */
public final class ClusterAccess implements AutoCloseable {
  private static final String END_ORPHANS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        LEFT JOIN pg_authid ON pg_authid.oid = usesysid
      WHERE backend_type IN ('client backend', 'walsender') AND usesysid <> 10
        AND NOT coalesce(rolcanlogin, false)
      """;

  private final SessionPool pool = new SessionPool();
  private final AccessRepair repair = new AccessRepair();
  private final UserRemovals removals;

  public ClusterAccess(InstantSource clock) {
    this.removals = new UserRemovals(clock);
  }

  /** The sessions that are kept for this cluster. */
  public SessionPool pool() {
    return pool;
  }

  /** Whether group roles are as they should be. */
  public static boolean isSetUp(Session session) throws SQLException {
    return SystemRoles.areSetUp(session);
  }

  /** Puts the group roles right. */
  public static void ensureRoles(Session session) throws SQLException {
    SystemRoles.ensure(session);
  }

  /** Puts everything right in a template of a new installation. */
  public void setUp(Sessions cluster) {
    cluster.maintain(
        session -> {
          repair.run(session, cluster);
          return true;
        });
  }

  public List<SqlUser> users(Sessions cluster, Page page) {
    return cluster.maintain(
        session -> {
          List<CatalogName> removed = Roles.removed(session);
          List<SqlUser> users = new ArrayList<>();
          for (CatalogName user :
              CatalogName.page(Roles.users(session), CatalogName::shown, page)) {
            users.add(
                removed.contains(user)
                    ? removals.user(cluster, session, user)
                    : new SqlUser(user.shown(), Optional.empty()));
          }
          return users;
        });
  }

  /** See {@link io.gatehouse.engines.SqlAdmin#createUser}. */
  public Optional<SqlUser> create(Sessions cluster, String name, Secret password, Duration wait) {
    SqlUsers users = new SqlUsers(cluster);
    Optional<CatalogName> taken = users.create(name, password);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Optional<UserRemoval> removal = removals.goOn(cluster, taken.get(), wait);
    if (removal.isPresent() && removal.get().state() != State.DONE) {
      return Optional.of(new SqlUser(taken.get().shown(), removal));
    }
    return users.create(name, password).map(role -> new SqlUser(role.shown(), Optional.empty()));
  }

  /** See {@link io.gatehouse.engines.SqlAdmin#removeUser}. */
  public Optional<UserRemoval> remove(Sessions cluster, String name, Duration wait) {
    return removals.remove(cluster, name, wait);
  }

  /**
   * See {@link io.gatehouse.engines.SqlAdmin#sweep}.
   *
   * @param restart restarts the cluster; sessions are opened anew afterwards
   */
  public AccessSweep sweep(Sessions cluster, Runnable restart) {
    return removals.sweep(cluster, restart);
  }

  /** See {@link io.gatehouse.engines.SqlAdmin#confirmRemoval}. */
  public void confirmRemoval(Sessions cluster, SqlUser removed) {
    cluster.revoke(
        session -> {
          FinishedRemovals.forget(session, removed);
          return true;
        });
  }

  /** See {@link io.gatehouse.engines.SqlAdmin#repair}. */
  public int repair(Sessions cluster) {
    Sessions patient = cluster.with(Timeouts.BACKGROUND);
    return removals.inTurn(() -> patient.maintain(session -> repair(patient, session)));
  }

  private int repair(Sessions cluster, Session session) throws SQLException {
    OpenDatabase.closeLeftOpen(session);
    repair.run(session, cluster);
    RollBackPrepared.rollBackOrphans(session, cluster);
    return session.query(END_ORPHANS, row -> row.getBoolean(1)).size();
  }

  @Override
  public void close() {
    pool.close();
  }
}
