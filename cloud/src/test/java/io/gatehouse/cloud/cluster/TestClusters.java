package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.TestStore;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Makes and changes clusters of an organization, as a server does; nothing makes them real. */
public final class TestClusters {
  static final ClusterSpec SPEC =
      new ClusterSpec.Serverless(
          Plan.STANDARD, List.of("us-central1"), null, UpgradeType.AUTOMATIC, null);
  static final Instant CREATED_AT = Instant.parse("2026-01-01T00:00:00.123456Z");
  static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 26257);

  private final ClusterStore store = new ClusterStore();
  private final Ids ids = Ids.timeOrdered();
  private final Tenant tenant;
  private final Transactions transactions;
  private final UUID host = UUID.randomUUID();

  public TestClusters(Tenant tenant) {
    this(tenant, TestStore.transactions());
  }

  /** Works through the transactions of one server. */
  public TestClusters(Tenant tenant, Transactions transactions) {
    this.tenant = tenant;
    this.transactions = transactions;
  }

  /** The id of a new cluster in a parent. */
  public UUID add(String name, UUID parentId) {
    return add(fresh(name, parentId, CREATED_AT, SPEC)).id();
  }

  /** Deletes a cluster; its row stays. */
  public void delete(UUID id) {
    change(id, now -> now.deleted(CREATED_AT.plusSeconds(60)));
  }

  UUID host() {
    return host;
  }

  Cluster fresh(String name, UUID parentId, Instant createdAt, ClusterSpec spec) {
    return new Cluster(
        ids.next(),
        tenant,
        name,
        CloudProvider.GCP,
        "v25.4.0",
        ids.next(),
        host,
        new Cluster.Placement(parentId, Map.of("team", "blue"), true),
        new Cluster.Goal(Cluster.Wanted.PRESENT, spec, 1),
        Cluster.Condition.creating(),
        createdAt,
        createdAt,
        1);
  }

  Cluster add(Cluster cluster) {
    return transactions.write(
        tx -> {
          store.insert(tenant, tx, cluster);
          return cluster;
        });
  }

  Cluster find(UUID id) {
    return transactions.read(session -> store.find(tenant, session, id)).orElseThrow();
  }

  /** Writes a cluster as it is given, by whoever read it at whatever time. */
  boolean write(Cluster cluster) {
    return transactions.write(tx -> store.update(tenant, tx, cluster));
  }

  Cluster change(UUID id, UnaryOperator<Cluster> change) {
    if (!write(change.apply(find(id)))) {
      throw new AssertionError("someone else changes the clusters of " + tenant);
    }
    return find(id);
  }

  Cluster settle(UUID id) {
    return change(id, now -> now.serving(ENDPOINT));
  }
}
