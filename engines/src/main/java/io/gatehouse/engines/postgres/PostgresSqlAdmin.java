package io.gatehouse.engines.postgres;

import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.platform.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Administers one cluster through sessions of its superuser; looks the cluster up at each call. */
final class PostgresSqlAdmin implements SqlAdmin {
  private final Supplier<Sessions> cluster;

  PostgresSqlAdmin(Supplier<Sessions> cluster) {
    this.cluster = cluster;
  }

  @Override
  public List<String> users(Page page) {
    return users().list(page);
  }

  @Override
  public boolean createUser(String name, Secret password) {
    return users().create(name, password);
  }

  @Override
  public boolean changePassword(String name, Secret password) {
    return users().changePassword(name, password);
  }

  @Override
  public boolean dropUser(String name) {
    return new UserRemoval(cluster.get(), name).run();
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

  private SqlUsers users() {
    return new SqlUsers(cluster.get());
  }

  private SqlDatabases databases() {
    return new SqlDatabases(cluster.get());
  }
}
