package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.cluster.ClusterRequests.DedicatedChange;
import io.gatehouse.cloud.cluster.ClusterRequests.ServerlessChange;
import io.gatehouse.cloud.cluster.ClusterRequests.UpdateCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.UpdateSpec;
import io.gatehouse.cloud.cluster.ClusterRequests.UpgradeStatus;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.error.GatehouseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a PATCH asks for, whichever of the three documented shapes it has; what is empty
 * stays as it is.
 */
record ClusterPatch(
    Optional<Plan> plan,
    Optional<ServerlessChange> serverless,
    Optional<DedicatedChange> dedicated,
    Optional<Map<String, String>> labels,
    Optional<String> parentId,
    Optional<DeleteProtection> deleteProtection,
    Optional<String> cockroachVersion,
    Optional<UpgradeStatus> upgradeStatus) {

  static ClusterPatch of(UpdateCluster request) {
    UpdateSpec spec = Objects.requireNonNullElse(request.spec(), UpdateSpec.EMPTY);
    return new ClusterPatch(
        either("plan", request.plan(), spec.plan()),
        either(
            "serverless",
            serverless(request.serverless(), request.usageLimits()),
            serverless(spec.serverless(), spec.usageLimits())),
        either("dedicated", request.dedicated(), spec.dedicated()),
        either("labels", request.labels(), spec.labels()),
        either("parent_id", request.parentId(), spec.parentId()),
        either("delete_protection", request.deleteProtection(), spec.deleteProtection()),
        either("cockroach_version", request.cockroachVersion(), spec.cockroachVersion()),
        either("upgrade_status", request.upgradeStatus(), spec.upgradeStatus()));
  }

  /** Refuses another version than the cluster has; what it has already is no change. */
  void checkVersion(String now) {
    if (cockroachVersion.isPresent() && upgradeStatus.isPresent()) {
      throw GatehouseException.invalid(
          "upgrade_status", "stands beside cockroach_version; give one");
    }
    cockroachVersion.ifPresent(wanted -> ClusterVersions.checkChange(now, wanted));
    upgradeStatus
        .filter(status -> status != UpgradeStatus.FINALIZED)
        .ifPresent(
            status -> {
              throw GatehouseException.invalid(
                  "upgrade_status",
                  "cannot be set to %s: no upgrade of this cluster is under way".formatted(status));
            });
  }

  /** Limits that stand by themselves are those of {@code serverless}. */
  private static @Nullable ServerlessChange serverless(
      @Nullable ServerlessChange change, @Nullable UsageLimits limits) {
    if (limits == null) {
      return change;
    }
    if (change != null) {
      throw GatehouseException.invalid("usage_limits", "stands beside 'serverless'; give one");
    }
    return new ServerlessChange(null, null, null, limits);
  }

  private static <T> Optional<T> either(String member, @Nullable T here, @Nullable T inSpec) {
    if (here != null && inSpec != null) {
      throw GatehouseException.invalid(member, "stands in 'spec' too; give one");
    }
    return Optional.ofNullable(here == null ? inSpec : here);
  }

  /** The spec with the changes. */
  ClusterSpec applyTo(CloudProvider provider, ClusterSpec now) {
    return switch (now) {
      case ClusterSpec.Serverless spec -> applyTo(provider, spec);
      case ClusterSpec.Dedicated spec -> applyTo(provider, spec);
    };
  }

  private ClusterSpec applyTo(CloudProvider provider, ClusterSpec.Serverless now) {
    refuse(dedicated.isPresent(), "dedicated", "belongs to plan ADVANCED");
    refuse(
        plan.filter(wanted -> !wanted.isServerless()).isPresent(),
        "plan",
        "a cluster cannot be moved between plan ADVANCED and the others");
    ServerlessChange change =
        serverless.orElseGet(() -> new ServerlessChange(null, null, null, null));
    List<String> regions =
        change.regions() == null || change.regions().isEmpty()
            ? now.regions()
            : ClusterSpecFactory.regions(provider, change.regions());
    refuse(!regions.containsAll(now.regions()), "serverless.regions", "regions cannot be removed");
    String primary = change.primaryRegion() == null ? now.primaryRegion() : change.primaryRegion();
    Plan wantedPlan = plan.orElse(now.plan());
    return ClusterSpecFactory.checked(
        new ClusterSpec.Serverless(
            wantedPlan,
            regions,
            ClusterSpecFactory.primary(regions, primary),
            change.upgradeType() == null ? now.upgradeType() : change.upgradeType(),
            change.usageLimits() == null
                ? limits(now, wantedPlan)
                : ClusterSpecFactory.limits(change.usageLimits())));
  }

  /** Limits of another plan do not move along. */
  private static @Nullable UsageLimits limits(ClusterSpec.Serverless now, Plan wanted) {
    return wanted == now.plan() ? now.usageLimits() : null;
  }

  private ClusterSpec applyTo(CloudProvider provider, ClusterSpec.Dedicated now) {
    refuse(serverless.isPresent(), "serverless", "belongs to plans BASIC and STANDARD");
    refuse(
        plan.filter(Plan::isServerless).isPresent(),
        "plan",
        "a cluster cannot be moved between plan ADVANCED and the others");
    DedicatedChange change = dedicated.orElseGet(() -> new DedicatedChange(null, null, null));
    SortedMap<String, Integer> nodes =
        change.regionNodes() == null || change.regionNodes().isEmpty()
            ? now.regionNodes()
            : regionNodes(provider, now, change.regionNodes());
    RegionMachines.Choice choice =
        RegionMachines.change(
            provider, now, nodes.keySet(), change.hardware(), change.regionMachineSpecs());
    return new ClusterSpec.Dedicated(
        nodes, choice.hardware(), now.cidrRange(), now.networkVisibility(), choice.machines());
  }

  private static SortedMap<String, Integer> regionNodes(
      CloudProvider provider, ClusterSpec.Dedicated now, Map<String, Integer> wanted) {
    SortedMap<String, Integer> next = ClusterSpecFactory.regionNodes(provider, wanted);
    refuse(
        ClusterSpecFactory.isOneNode(next) && !ClusterSpecFactory.isOneNode(now.regionNodes()),
        "dedicated.region_nodes",
        "a cluster of several nodes cannot go back to one");
    return next;
  }

  private static void refuse(boolean broken, String member, String rule) {
    if (broken) {
      throw GatehouseException.invalid(member, rule);
    }
  }
}
