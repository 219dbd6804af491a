package io.gatehouse.cloud.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** How a cluster is meant to be, by the family of its plan. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClusterSpec.Serverless.class, name = "serverless"),
  @JsonSubTypes.Type(value = ClusterSpec.Dedicated.class, name = "dedicated")
})
public sealed interface ClusterSpec {
  Plan plan();

  /** The regions' names, sorted. */
  List<String> regions();

  /** How many virtual CPUs the engine is to give it. */
  int virtualCpus();

  /** BASIC and STANDARD. */
  record Serverless(
      Plan plan,
      List<String> regions,
      @Nullable String primaryRegion,
      UpgradeType upgradeType,
      @Nullable UsageLimits usageLimits)
      implements ClusterSpec {
    private static final int USUAL_CPUS = 2;

    /** Where the cluster's one node is shown. */
    String primaryRegionOrFirst() {
      return primaryRegion == null ? regions.getFirst() : primaryRegion;
    }

    @Override
    public int virtualCpus() {
      return usageLimits == null || usageLimits.provisionedVirtualCpus() == null
          ? USUAL_CPUS
          : usageLimits.provisionedVirtualCpus().intValue();
    }
  }

  /** ADVANCED. */
  record Dedicated(
      SortedMap<String, Integer> regionNodes,
      Hardware hardware,
      String cidrRange,
      NetworkVisibility networkVisibility)
      implements ClusterSpec {
    @Override
    public Plan plan() {
      return Plan.ADVANCED;
    }

    @Override
    public List<String> regions() {
      return List.copyOf(regionNodes.keySet());
    }

    @Override
    public int virtualCpus() {
      return hardware.numVirtualCpus();
    }
  }
}
