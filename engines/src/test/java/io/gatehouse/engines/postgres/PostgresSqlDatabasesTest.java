package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlDatabasesContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Databases of a PostgreSQL. */
final class PostgresSqlDatabasesTest extends SqlDatabasesContract {
  private static final OneCluster CLUSTER = new OneCluster();

  @BeforeAll
  static void create() {
    CLUSTER.create();
  }

  @AfterAll
  static void remove() {
    CLUSTER.remove();
  }

  @Override
  protected SqlAdmin admin() {
    return CLUSTER.admin();
  }

  @Override
  protected Endpoint endpoint() {
    return CLUSTER.endpoint();
  }
}
