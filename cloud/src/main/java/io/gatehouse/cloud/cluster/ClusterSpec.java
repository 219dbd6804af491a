package io.gatehouse.cloud.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** The machines of one region. */
  record RegionMachine(String machineType, int numVirtualCpus) {}

  /** BASIC and STANDARD. */
  record Serverless(
      Plan plan,
      List<String> regions,
      @Nullable String primaryRegion,
      UpgradeType upgradeType,
      @Nullable UsageLimits usageLimits)
      implements ClusterSpec {
    private static final int DEFAULT_CPUS = 2;

    /** Where the cluster's one node is shown. */
    String primaryRegionOrFirst() {
      return primaryRegion == null ? regions.getFirst() : primaryRegion;
    }

    @Override
    public int virtualCpus() {
      return usageLimits == null || usageLimits.provisionedVirtualCpus() == null
          ? DEFAULT_CPUS
          : usageLimits.provisionedVirtualCpus().intValue();
    }
  }

  /**
   * ADVANCED.
   *
   * @param hardware what the cluster as a whole is said to have
   * @param regionMachines the machines of each region; empty when all have those of {@code
   *     hardware}
   */
  record Dedicated(
      SortedMap<String, Integer> regionNodes,
      Hardware hardware,
      String cidrRange,
      NetworkVisibility networkVisibility,
      SortedMap<String, RegionMachine> regionMachines)
      implements ClusterSpec {

    /** Clusters of earlier versions say nothing of the machines of a region. */
    public Dedicated {
      regionMachines =
          Collections.unmodifiableSortedMap(
              new TreeMap<>(Objects.requireNonNullElse(regionMachines, Map.of())));
    }

    /** With the same machines in every region. */
    Dedicated(
        SortedMap<String, Integer> regionNodes,
        Hardware hardware,
        String cidrRange,
        NetworkVisibility networkVisibility) {
      this(regionNodes, hardware, cidrRange, networkVisibility, new TreeMap<>());
    }

    /** The machines of a region. */
    RegionMachine machine(String region) {
      return regionMachines.getOrDefault(
          region, new RegionMachine(hardware.machineType(), hardware.numVirtualCpus()));
    }

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
