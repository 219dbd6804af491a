package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlAdminFixture;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rights on relations of the system are taken back, whoever granted them. */
final class SystemRelationsTest extends SqlAdminFixture {
  private static final OneCluster CLUSTER = new OneCluster();

  private static final String RIGHTS =
      """
      SELECT acl.grantor::regrole || ' to ' || acl.grantee::regrole || ': ' || acl.privilege_type
      FROM pg_class CROSS JOIN LATERAL (
        SELECT a.* FROM aclexplode(relacl) AS a
        UNION ALL
        SELECT a.* FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) AS a
        WHERE attrelid = pg_class.oid) AS acl
      WHERE pg_class.oid IN ('pg_description'::regclass, 'pg_statistic'::regclass)
        AND acl.grantee <> 10 AND acl.privilege_type <> 'SELECT'
      ORDER BY 1
      """;

  @BeforeAll
  static void createCluster() {
    CLUSTER.create();
  }

  @AfterAll
  static void removeCluster() {
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

  private void createUsers(String... names) {
    for (String name : names) {
      create(name);
    }
  }

  private static void asSuperuser(String... statements) {
    CLUSTER
        .superuser()
        .run(
            "defaultdb",
            session -> {
              for (String statement : statements) {
                session.execute(statement);
              }
            });
  }

  @AfterEach
  void takeBack() {
    try (ClusterAccess access = new ClusterAccess(InstantSource.system())) {
      access.setUp(CLUSTER.superuser());
    }
  }

  private static List<String> rights() {
    return CLUSTER.texts("defaultdb", RIGHTS);
  }

  @Test
  void rights_that_were_passed_on_from_user_to_user_go() throws SQLException {
    createUsers("ann", "bob", "eve");
    asSuperuser("GRANT UPDATE, DELETE ON pg_description TO ann WITH GRANT OPTION");
    run("ann", "defaultdb", "GRANT UPDATE, DELETE ON pg_description TO bob WITH GRANT OPTION");
    run("bob", "defaultdb", "GRANT UPDATE, DELETE ON pg_description TO eve, PUBLIC");
    assertThat(rights()).hasSize(8);

    takeBack();

    assertThat(rights()).isEmpty();
  }

  @Test
  void rights_on_columns_that_were_passed_on_from_a_right_on_the_relation_go() throws SQLException {
    createUsers("ann", "bob");
    asSuperuser("GRANT UPDATE, REFERENCES ON pg_description TO ann WITH GRANT OPTION");
    run(
        "ann",
        "defaultdb",
        "GRANT UPDATE (description), REFERENCES (objoid) ON pg_description TO PUBLIC",
        "GRANT UPDATE (description) ON pg_description TO bob");
    assertThat(rights()).contains("ann to bob: UPDATE").hasSize(5);

    takeBack();

    assertThat(rights()).isEmpty();
  }

  @Test
  void rights_whose_grantor_has_lost_its_own_go() throws SQLException {
    createUsers("ann", "bob");
    asSuperuser("GRANT UPDATE ON pg_statistic TO ann WITH GRANT OPTION");
    run("ann", "defaultdb", "GRANT UPDATE (stanullfrac) ON pg_statistic TO bob");
    asSuperuser("REVOKE UPDATE ON pg_statistic FROM ann CASCADE");
    assertThat(rights()).containsExactly("ann to bob: UPDATE");

    takeBack();

    assertThat(rights()).isEmpty();
  }

  @Test
  void rights_of_a_grantor_that_has_the_option_through_its_group_too_go() throws SQLException {
    createUsers("ann", "bob", "eve");
    run("eve", "defaultdb", "CREATE ROLE team", "GRANT team TO ann WITH INHERIT TRUE");
    asSuperuser(
        "GRANT UPDATE ON pg_statistic TO ann WITH GRANT OPTION",
        "GRANT UPDATE (stanullfrac) ON pg_statistic TO team WITH GRANT OPTION");
    run("ann", "defaultdb", "GRANT UPDATE (stanullfrac) ON pg_statistic TO bob");
    assertThat(rights()).hasSize(3);

    takeBack();

    assertThat(rights()).isEmpty();
  }
}
