package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.cluster.ClusterRequests.CreateCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.Spec;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.cloud.region.RegionCatalog;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From what a caller writes to how a cluster is meant to be; plan and spec must fit. */
final class ClusterSpecFactory {
  private static final long MIN_CPUS = 2;
  private static final long MAX_CPUS = 200;
  private static final int MAX_REGIONS = 9;
  private static final int MIN_NODES = 3;
  private static final Pattern CIDR_RANGE =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!/)|(?=/))){4}/([89]|1\\d)");

  private ClusterSpecFactory() {}

  static ClusterSpec of(CreateCluster request) {
    Spec spec = request.spec();
    if (spec.customerCloudAccount() != null) {
      throw ErrorCode.ENGINE_LACKS.with("capability", "cloud accounts of customers");
    }
    Plan plan = plan(request);
    if (plan.isServerless() == (spec.serverless() == null)
        || plan.isServerless() != (spec.dedicated() == null)) {
      throw GatehouseException.invalid(
          "spec",
          "plan %s takes exactly the member '%s'"
              .formatted(plan, plan.isServerless() ? "serverless" : "dedicated"));
    }
    return spec.serverless() != null
        ? serverless(plan, request.provider(), spec.serverless())
        : dedicated(request.provider(), Objects.requireNonNull(spec.dedicated()));
  }

  /**
   * The plan where it is given; else the one that the limits belong to, of which those of BASIC may
   * be none at all; without limits STANDARD.
   */
  private static Plan plan(CreateCluster request) {
    Spec spec = request.spec();
    if (request.plan() != null && spec.plan() != null && request.plan() != spec.plan()) {
      throw GatehouseException.invalid("plan", "differs from spec.plan");
    }
    if (request.plan() != null) {
      return request.plan();
    }
    if (spec.plan() != null) {
      return spec.plan();
    }
    if (spec.dedicated() != null) {
      return Plan.ADVANCED;
    }
    UsageLimits limits = spec.serverless() == null ? null : spec.serverless().usageLimits();
    return limits == null || limits.isOfStandard() ? Plan.STANDARD : Plan.BASIC;
  }

  private static ClusterSpec.Serverless serverless(
      Plan plan, CloudProvider provider, ClusterRequests.Serverless wanted) {
    List<String> regions = regions(provider, wanted.regions());
    return checked(
        new ClusterSpec.Serverless(
            plan,
            regions,
            primary(regions, wanted.primaryRegion()),
            wanted.upgradeType() == null ? UpgradeType.AUTOMATIC : wanted.upgradeType(),
            limits(wanted.usageLimits())));
  }

  /** Limits that say nothing are none. */
  static @Nullable UsageLimits limits(@Nullable UsageLimits wanted) {
    return wanted == null || (!wanted.isOfBasic() && !wanted.isOfStandard()) ? null : wanted;
  }

  static List<String> regions(CloudProvider provider, List<String> names) {
    names.forEach(name -> RegionCatalog.require(provider, true, name));
    return names.stream().distinct().sorted().toList();
  }

  static @Nullable String primary(List<String> regions, @Nullable String wanted) {
    if (wanted == null || wanted.isEmpty()) {
      if (regions.size() > 1) {
        throw GatehouseException.invalid(
            "spec.serverless.primary_region", "is needed with more than one region");
      }
      return null;
    }
    if (!regions.contains(wanted)) {
      throw GatehouseException.invalid(
          "spec.serverless.primary_region", "must be one of the cluster's regions");
    }
    return regions.size() > 1 ? wanted : null;
  }

  /** Refuses what does not fit the plan. */
  static ClusterSpec.Serverless checked(ClusterSpec.Serverless spec) {
    UsageLimits limits = spec.usageLimits();
    if (spec.plan() == Plan.BASIC && spec.upgradeType() == UpgradeType.MANUAL) {
      throw ErrorCode.INVALID_ARGUMENT.with(
          "rule", "plan type BASIC does not allow upgrade_type MANUAL");
    }
    if (limits != null) {
      checkLimits(spec.plan(), limits);
    }
    return spec;
  }

  private static void checkLimits(Plan plan, UsageLimits limits) {
    if (plan == Plan.BASIC && limits.isOfStandard()) {
      throw GatehouseException.invalid(
          "spec.serverless.usage_limits.provisioned_virtual_cpus",
          "belongs to plan STANDARD, not to BASIC");
    }
    if (plan == Plan.STANDARD && limits.isOfBasic()) {
      throw GatehouseException.invalid(
          "spec.serverless.usage_limits",
          "request units and storage belong to plan BASIC, not to STANDARD");
    }
    Long cpus = limits.provisionedVirtualCpus();
    if (cpus != null && (cpus < MIN_CPUS || cpus > MAX_CPUS)) {
      throw GatehouseException.invalid(
          "spec.serverless.usage_limits.provisioned_virtual_cpus",
          "must be between %d and %d".formatted(MIN_CPUS, MAX_CPUS));
    }
  }

  private static ClusterSpec.Dedicated dedicated(
      CloudProvider provider, ClusterRequests.Dedicated wanted) {
    if (Boolean.TRUE.equals(wanted.restrictEgressTraffic())) {
      throw ErrorCode.ENGINE_LACKS.with("capability", "restriction of egress traffic");
    }
    SortedMap<String, Integer> regionNodes = regionNodes(provider, wanted.regionNodes());
    RegionMachines.Choice choice =
        RegionMachines.create(
            provider, regionNodes.keySet(), wanted.hardware(), wanted.regionMachineSpecs());
    return new ClusterSpec.Dedicated(
        regionNodes,
        choice.hardware(),
        cidrRange(provider, wanted.cidrRange()),
        wanted.networkVisibility() == null ? NetworkVisibility.PUBLIC : wanted.networkVisibility(),
        choice.machines());
  }

  static SortedMap<String, Integer> regionNodes(
      CloudProvider provider, Map<String, Integer> wanted) {
    wanted.keySet().forEach(name -> RegionCatalog.require(provider, false, name));
    if (wanted.size() > MAX_REGIONS) {
      throw GatehouseException.invalid(
          "spec.dedicated.region_nodes", "a cluster has at most " + MAX_REGIONS + " regions");
    }
    if (!isOneNode(wanted) && wanted.values().stream().anyMatch(nodes -> nodes < MIN_NODES)) {
      throw GatehouseException.invalid(
          "spec.dedicated.region_nodes",
          "a region has at least 3 nodes, unless the cluster is a single node");
    }
    return new TreeMap<>(wanted);
  }

  static boolean isOneNode(Map<String, Integer> regionNodes) {
    return regionNodes.size() == 1 && regionNodes.containsValue(1);
  }

  private static String cidrRange(CloudProvider provider, @Nullable String wanted) {
    if (provider != CloudProvider.GCP) {
      if (wanted != null && !wanted.isEmpty()) {
        throw GatehouseException.invalid("spec.dedicated.cidr_range", "is for GCP only");
      }
      return "";
    }
    if (wanted == null || wanted.isEmpty()) {
      return "172.28.0.0/14";
    }
    if (!CIDR_RANGE.matcher(wanted).matches()) {
      throw GatehouseException.invalid(
          "spec.dedicated.cidr_range", "must be an IPv4 network of /19 or larger, as 10.0.0.0/16");
    }
    return wanted;
  }
}
