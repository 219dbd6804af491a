package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.cluster.ClusterRequests.HardwareWanted;
import io.gatehouse.cloud.cluster.ClusterRequests.Machine;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.error.GatehouseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The machine types of the providers, as names for numbers of virtual CPUs. */
final class Machines {
  private static final int GIB_PER_CPU = 4;
  private static final int LEAST_STORAGE_GIB = 15;
  private static final int IOPS_PER_GIB = 30;
  private static final int MOST_CPUS = 256;
  private static final String TYPE = "spec.dedicated.hardware.machine_spec.machine_type";
  private static final List<String> AWS_SIZES =
      List.of("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge");
  private static final Pattern NUMBER = Pattern.compile("(?:standard-|Standard_D)(\\d{1,3})\\b");

  private Machines() {}

  /** The hardware that is wanted; what is not said stays as it is or takes the usual value. */
  static Hardware hardware(CloudProvider provider, HardwareWanted wanted, @Nullable Hardware now) {
    String type = type(provider, wanted.machineSpec(), now);
    int cpus = cpus(wanted.machineSpec(), now);
    int storage = storage(wanted.storageGib(), now);
    Integer iopsWanted = provider == CloudProvider.AWS ? wanted.diskIops() : null;
    int iops = iopsWanted == null || iopsWanted == 0 ? storage * IOPS_PER_GIB : iopsWanted;
    return new Hardware(type, cpus, storage, cpus * (double) GIB_PER_CPU, iops);
  }

  private static int storage(@Nullable Integer wanted, @Nullable Hardware now) {
    if (wanted != null && wanted > 0) {
      return wanted;
    }
    return now == null ? LEAST_STORAGE_GIB : now.storageGib();
  }

  private static int cpus(@Nullable Machine wanted, @Nullable Hardware now) {
    if (wanted != null && wanted.numVirtualCpus() != null) {
      return wanted.numVirtualCpus();
    }
    if (wanted != null && wanted.machineType() != null) {
      return cpus(wanted.machineType());
    }
    if (now != null) {
      return now.numVirtualCpus();
    }
    throw GatehouseException.invalid(
        "spec.dedicated.hardware.machine_spec", "needs machine_type or num_virtual_cpus");
  }

  private static int cpus(String machineType) {
    Matcher number = NUMBER.matcher(machineType);
    int cpus = number.find() ? Integer.parseInt(number.group(1)) : cpusOfAws(machineType);
    if (cpus < 1 || cpus > MOST_CPUS) {
      throw GatehouseException.invalid(
          TYPE, "'%s' is not a machine type that is known".formatted(machineType));
    }
    return cpus;
  }

  /** Zero when it is no size of theirs. */
  private static int cpusOfAws(String machineType) {
    int size = AWS_SIZES.indexOf(machineType.substring(machineType.indexOf('.') + 1));
    return size < 0 ? 0 : 2 << size;
  }

  /** As it was asked for; else one of the wanted size. */
  private static String type(
      CloudProvider provider, @Nullable Machine wanted, @Nullable Hardware now) {
    if (wanted != null && wanted.machineType() != null) {
      return wanted.machineType();
    }
    return wanted == null && now != null ? now.machineType() : type(provider, cpus(wanted, now));
  }

  private static String type(CloudProvider provider, int cpus) {
    return switch (provider) {
      case GCP -> "n2-standard-" + cpus;
      case AZURE -> "Standard_D" + cpus + "s_v5";
      case AWS -> "m6i." + AWS_SIZES.get(awsSize(cpus));
    };
  }

  private static int awsSize(int cpus) {
    int size = Math.max(0, 31 - Integer.numberOfLeadingZeros(cpus) - 1);
    return Math.min(size, AWS_SIZES.size() - 1);
  }
}
