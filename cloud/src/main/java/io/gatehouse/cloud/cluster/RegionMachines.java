package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.cluster.ClusterRequests.HardwareWanted;
import io.gatehouse.cloud.cluster.ClusterRequests.Machine;
import io.gatehouse.cloud.cluster.ClusterSpec.Dedicated;
import io.gatehouse.cloud.cluster.ClusterSpec.RegionMachine;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.error.GatehouseException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The machines of an ADVANCED cluster whose regions may have different ones. For the cluster as a
 * whole the most common is shown (the first by name of several).
 */
final class RegionMachines {
  private static final String MEMBER = "spec.dedicated.region_machine_specs";

  private RegionMachines() {}

  /** The machines and the hardware of a cluster. */
  record Choice(SortedMap<String, RegionMachine> machines, Hardware hardware) {}

  /** For a new cluster: the same machines everywhere, or an entry for each region. */
  static Choice create(
      CloudProvider provider,
      Set<String> regions,
      HardwareWanted hardware,
      @Nullable Map<String, Machine> requested) {
    if (requested == null || requested.isEmpty()) {
      return new Choice(new TreeMap<>(), Machines.hardware(provider, hardware, null));
    }
    refuseBoth(hardware);
    SortedMap<String, RegionMachine> machines = read(provider, regions, requested);
    regions.stream()
        .filter(region -> !machines.containsKey(region))
        .findFirst()
        .ifPresent(
            region -> {
              throw GatehouseException.invalid(
                  MEMBER, "has no entry for the region '%s' of region_nodes".formatted(region));
            });
    return choice(provider, machines, hardware, null);
  }

  /**
   * For a change: regions that are not named keep their machines, and new ones get those of the
   * cluster. A machine for the whole cluster is that of every region.
   */
  static Choice change(
      CloudProvider provider,
      Dedicated now,
      Set<String> regions,
      @Nullable HardwareWanted hardware,
      @Nullable Map<String, Machine> requested) {
    HardwareWanted change = hardware == null ? HardwareWanted.NONE : hardware;
    Map<String, Machine> entries = requested == null ? Map.of() : requested;
    if (!entries.isEmpty()) {
      refuseBoth(change);
    }
    if (change.machineSpec() != null && !change.machineSpec().asksForNothing()) {
      return new Choice(new TreeMap<>(), Machines.hardware(provider, change, now.hardware()));
    }
    SortedMap<String, RegionMachine> machines = new TreeMap<>();
    regions.forEach(region -> machines.put(region, now.machine(region)));
    machines.putAll(read(provider, regions, entries));
    return choice(provider, machines, change, now.hardware());
  }

  private static void refuseBoth(HardwareWanted hardware) {
    if (hardware.machineSpec() != null) {
      throw GatehouseException.invalid(MEMBER, "stands beside hardware.machine_spec; give one");
    }
  }

  private static SortedMap<String, RegionMachine> read(
      CloudProvider provider, Set<String> regions, Map<String, Machine> requested) {
    SortedMap<String, RegionMachine> machines = new TreeMap<>();
    requested.forEach(
        (region, machine) -> {
          String member = MEMBER + "." + region;
          if (!regions.contains(region)) {
            throw GatehouseException.invalid(member, "is not a region of region_nodes");
          }
          machines.put(region, Machines.machine(provider, machine, member));
        });
    return machines;
  }

  /** Regions with the same machines all over need no entries. */
  private static Choice choice(
      CloudProvider provider,
      SortedMap<String, RegionMachine> machines,
      HardwareWanted hardware,
      @Nullable Hardware now) {
    Machine common = new Machine(mostCommon(machines), null);
    HardwareWanted whole = new HardwareWanted(common, hardware.storageGib(), hardware.diskIops());
    boolean same = Set.copyOf(machines.values()).size() == 1;
    return new Choice(same ? new TreeMap<>() : machines, Machines.hardware(provider, whole, now));
  }

  private static String mostCommon(SortedMap<String, RegionMachine> machines) {
    SortedMap<String, Long> counts =
        machines.values().stream()
            .map(RegionMachine::machineType)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    String most = counts.firstKey();
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      if (count.getValue() > counts.getOrDefault(most, 0L)) {
        most = count.getKey();
      }
    }
    return most;
  }
}
