package io.gatehouse.engines.postgres;

import io.gatehouse.engines.AccessSweep;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import io.gatehouse.engines.postgres.access.SqlUsers;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.platform.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Administers one cluster through sessions of its superuser; looks the cluster up at each call. */
final class PostgresSqlAdmin implements SqlAdmin {
  private final Supplier<Sessions> cluster;
  private final ClusterAccess access;
  private final Runnable restart;

  /**
   * @param restart restarts the cluster, as the last means to end a session
   */
  PostgresSqlAdmin(Supplier<Sessions> cluster, ClusterAccess access, Runnable restart) {
    this.cluster = cluster;
    this.access = access;
    this.restart = restart;
  }

  @Override
  public List<SqlUser> users(Page page) {
    return access.users(cluster.get(), page);
  }

  @Override
  public Optional<SqlUser> createUser(String name, Secret password, Duration wait) {
    return access.create(cluster.get(), name, password, wait);
  }

  @Override
  public boolean changePassword(String name, Secret password) {
    return new SqlUsers(cluster.get()).changePassword(name, password);
  }

  @Override
  public Optional<UserRemoval> removeUser(String name, Duration wait) {
    return access.remove(cluster.get(), name, wait);
  }

  @Override
  public AccessSweep sweep() {
    return access.sweep(cluster.get(), restart);
  }

  @Override
  public void confirmRemoval(SqlUser removed) {
    access.confirmRemoval(cluster.get(), removed);
  }

  @Override
  public int repair() {
    return access.repair(cluster.get());
  }

  @Override
  public List<SqlDatabase> databases(Page page) {
    return databases().list(page);
  }

  @Override
  public Optional<SqlDatabase> database(String name) {
    return databases().find(name);
  }

  @Override
  public boolean createDatabase(String name) {
    return databases().create(name);
  }

  @Override
  public Renamed renameDatabase(String name, String newName) {
    return databases().rename(name, newName);
  }

  @Override
  public Optional<SqlDatabase> dropDatabase(String name) {
    return databases().drop(name);
  }

  private SqlDatabases databases() {
    return new SqlDatabases(cluster.get());
  }
}
