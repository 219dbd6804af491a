package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.cluster.ClusterRequests.HardwareWanted;
import io.gatehouse.cloud.cluster.ClusterRequests.Machine;
import io.gatehouse.cloud.cluster.ClusterSpec.RegionMachine;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.error.GatehouseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The machine types of the providers, as names for numbers of virtual CPUs. */
final class Machines {
  private static final int GIB_PER_CPU = 4;
  private static final int MIN_STORAGE_GIB = 15;
  private static final int IOPS_PER_GIB = 30;
  private static final int MAX_CPUS = 256;
  private static final String MACHINE = "spec.dedicated.hardware.machine_spec";
  private static final Pattern GCP_TYPE = Pattern.compile("[a-z][a-z0-9]*-standard-([0-9]{1,3})");
  private static final Pattern AZURE_TYPE =
      Pattern.compile("Standard_D([0-9]{1,3})[a-z]*(?:_v[0-9]+)?");
  private static final Pattern AWS_TYPE =
      Pattern.compile("[a-z][a-z0-9-]*\\.([0-9]{0,2})(large|xlarge)");

  private Machines() {}

  /** The hardware that is wanted; what is not said stays as it is or takes the usual value. */
  static Hardware hardware(CloudProvider provider, HardwareWanted wanted, @Nullable Hardware now) {
    int storage = storage(wanted.storageGib(), now);
    int iops = iops(provider, wanted.diskIops(), storage, now);
    String type = type(provider, wanted.machineSpec(), now);
    int cpus = cpus(provider, type, MACHINE);
    return new Hardware(type, cpus, storage, cpus * (double) GIB_PER_CPU, iops);
  }

  private static int storage(@Nullable Integer wanted, @Nullable Hardware now) {
    if (wanted != null && wanted > 0) {
      return wanted;
    }
    return now == null ? MIN_STORAGE_GIB : now.storageGib();
  }

  /** Only on AWS it is chosen; the usual speed follows the size of the storage. */
  private static int iops(
      CloudProvider provider, @Nullable Integer wanted, int storage, @Nullable Hardware now) {
    if (provider != CloudProvider.AWS || (wanted != null && wanted == 0)) {
      return storage * IOPS_PER_GIB;
    }
    if (wanted != null) {
      return wanted;
    }
    if (now == null || now.diskIops() == now.storageGib() * IOPS_PER_GIB) {
      return storage * IOPS_PER_GIB;
    }
    return now.diskIops();
  }

  private static String type(
      CloudProvider provider, @Nullable Machine wanted, @Nullable Hardware now) {
    if (now != null && (wanted == null || wanted.asksForNothing())) {
      return now.machineType();
    }
    return machine(provider, wanted == null ? Machine.NONE : wanted, MACHINE).machineType();
  }

  /**
   * The machine that is wanted: as it was asked for, else one of the wanted size.
   *
   * @param member where it stands in the request
   */
  static RegionMachine machine(CloudProvider provider, Machine wanted, String member) {
    String type = wanted.machineType();
    Integer cpus = wanted.numVirtualCpus();
    if (type != null) {
      int has = cpus(provider, type, member);
      if (cpus != null && cpus != has) {
        throw GatehouseException.invalid(
            member + ".num_virtual_cpus", "is not what machine_type has; give one of them");
      }
      return new RegionMachine(type, has);
    }
    if (cpus != null) {
      return new RegionMachine(type(provider, cpus, member), cpus);
    }
    throw GatehouseException.invalid(member, "needs machine_type or num_virtual_cpus");
  }

  private static int cpus(CloudProvider provider, String type, String member) {
    int cpus =
        switch (provider) {
          case GCP -> number(GCP_TYPE.matcher(type));
          case AZURE -> number(AZURE_TYPE.matcher(type));
          case AWS -> awsCpus(AWS_TYPE.matcher(type));
        };
    if (cpus < 1 || cpus > MAX_CPUS) {
      throw GatehouseException.invalid(
          member + ".machine_type",
          "'%s' is not a machine type of %s that is known".formatted(type, provider));
    }
    return cpus;
  }

  /** Zero when it is no type of theirs. */
  private static int number(Matcher type) {
    return type.matches() ? Integer.parseInt(type.group(1)) : 0;
  }

  /** A {@code large} has two, an {@code xlarge} four, and others as many times that as they say. */
  private static int awsCpus(Matcher type) {
    if (!type.matches()) {
      return 0;
    }
    String times = type.group(1);
    if (type.group(2).equals("large")) {
      return times.isEmpty() ? 2 : 0;
    }
    return 4 * (times.isEmpty() ? 1 : Integer.parseInt(times));
  }

  private static String type(CloudProvider provider, int cpus, String member) {
    return switch (provider) {
      case GCP -> "n2-standard-" + cpus;
      case AZURE -> "Standard_D" + cpus + "s_v5";
      case AWS -> "m6i." + awsSize(cpus, member);
    };
  }

  private static String awsSize(int cpus, String member) {
    if (cpus == 2) {
      return "large";
    }
    if (cpus % 4 != 0) {
      throw GatehouseException.invalid(
          member + ".num_virtual_cpus", "machines of AWS have 2, or a multiple of 4");
    }
    return cpus == 4 ? "xlarge" : cpus / 4 + "xlarge";
  }
}
