package io.gatehouse.cloud.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.cloud.cluster.ClusterRequests.HardwareWanted;
import io.gatehouse.cloud.cluster.ClusterRequests.Machine;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.error.GatehouseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachinesTest {
  private static final Hardware SMALL = new Hardware("n1-standard-4", 4, 50, 16.0, 1500);

  private static Hardware fresh(CloudProvider provider, Machine machine) {
    return Machines.hardware(provider, new HardwareWanted(machine, null, null), null);
  }

  private static Machine type(String name) {
    return new Machine(name, null);
  }

  private static HardwareWanted storage(@Nullable Integer gib, @Nullable Integer iops) {
    return new HardwareWanted(new Machine(null, 4), gib, iops);
  }

  @ParameterizedTest
  @CsvSource({
    "GCP, n2-standard-2, 2",
    "GCP, n1-standard-64, 64",
    "GCP, n2-standard-256, 256",
    "AWS, m6i.large, 2",
    "AWS, m5.xlarge, 4",
    "AWS, m5.2xlarge, 8",
    "AWS, m6i.16xlarge, 64",
    "AWS, m6i.32xlarge, 128",
    "AZURE, Standard_D4s_v5, 4",
    "AZURE, Standard_D64s_v3, 64"
  })
  void a_machine_type_is_kept_and_tells_the_virtual_cpus(
      CloudProvider provider, String name, int cpus) {
    Hardware hardware = fresh(provider, type(name));

    assertThat(hardware.machineType()).isEqualTo(name);
    assertThat(hardware.numVirtualCpus()).isEqualTo(cpus);
    assertThat(hardware.memoryGib()).isEqualTo(4.0 * cpus);
  }

  @ParameterizedTest
  @CsvSource({
    "GCP, 2",
    "GCP, 4",
    "GCP, 8",
    "GCP, 16",
    "GCP, 32",
    "GCP, 64",
    "AZURE, 2",
    "AZURE, 4",
    "AZURE, 64",
    "AWS, 12",
    "AWS, 2",
    "AWS, 4",
    "AWS, 8",
    "AWS, 16",
    "AWS, 32",
    "AWS, 64"
  })
  void a_machine_type_that_is_shown_for_virtual_cpus_means_as_many_when_it_is_asked_for(
      CloudProvider provider, int cpus) {
    Hardware shown = fresh(provider, new Machine(null, cpus));

    assertThat(fresh(provider, type(shown.machineType()))).isEqualTo(shown);
    assertThat(shown.numVirtualCpus()).isEqualTo(cpus);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m6i.huge",
        "m6i.65xlarge",
        "m6i.2large",
        "Standard_D4s_v5",
        "n2-standard-0",
        "n2-standard-257",
        "n2-standard-1000",
        "n2-standard-four",
        "n2-standard-4x"
      })
  void what_names_no_number_of_virtual_cpus_is_no_machine_type(String name) {
    assertThatThrownBy(() -> fresh(CloudProvider.AWS, type(name)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("'%s' is not a machine type of AWS that is known", name);
  }

  @Test
  void a_type_and_a_number_must_not_contradict_each_other() {
    assertThat(fresh(CloudProvider.GCP, new Machine("n2-standard-4", 4)).numVirtualCpus())
        .isEqualTo(4);
    assertThatThrownBy(() -> fresh(CloudProvider.GCP, new Machine("n2-standard-4", 64)))
        .hasMessageContaining("num_virtual_cpus: is not what machine_type has");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 255})
  void there_are_not_machines_of_every_number_on_AWS(int cpus) {
    assertThatThrownBy(() -> fresh(CloudProvider.AWS, new Machine(null, cpus)))
        .hasMessageContaining("num_virtual_cpus: machines of AWS have 2, or a multiple of 4");
  }

  @Test
  void what_a_change_does_not_name_stays() {
    Hardware now = new Hardware("m5.xlarge", 4, 100, 16.0, 5000);

    var nothing = new HardwareWanted(new Machine(null, null), null, null);
    assertThat(Machines.hardware(CloudProvider.AWS, nothing, now)).isEqualTo(now);
    var larger = new HardwareWanted(new Machine(null, 8), 200, null);
    assertThat(Machines.hardware(CloudProvider.AWS, larger, now))
        .isEqualTo(new Hardware("m6i.2xlarge", 8, 200, 32.0, 5000));
  }

  @Test
  void a_new_cluster_says_how_large_its_machines_are() {
    assertThatThrownBy(() -> fresh(CloudProvider.GCP, new Machine(null, null)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("needs machine_type or num_virtual_cpus");
    assertThatThrownBy(
            () -> Machines.hardware(CloudProvider.GCP, new HardwareWanted(null, 20, null), null))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("needs machine_type or num_virtual_cpus");
  }

  @ParameterizedTest
  @CsvSource({", 15", "0, 15", "1, 1", "500, 500"})
  void storage_of_zero_or_none_is_the_least(@Nullable Integer wanted, int expected) {
    Hardware hardware = Machines.hardware(CloudProvider.GCP, storage(wanted, null), null);

    assertThat(hardware.storageGib()).isEqualTo(expected);
    assertThat(hardware.diskIops()).isEqualTo(30 * expected);
  }

  @ParameterizedTest
  @EnumSource(CloudProvider.class)
  void only_on_AWS_the_speed_of_the_disk_is_chosen(CloudProvider provider) {
    int chosen = Machines.hardware(provider, storage(100, 5000), null).diskIops();
    int zero = Machines.hardware(provider, storage(100, 0), null).diskIops();

    assertThat(chosen).isEqualTo(provider == CloudProvider.AWS ? 5000 : 3000);
    assertThat(zero).isEqualTo(3000);
  }

  @Test
  void a_change_of_storage_leaves_the_machine_as_it_is() {
    Hardware next =
        Machines.hardware(CloudProvider.GCP, new HardwareWanted(null, 100, null), SMALL);

    assertThat(next).isEqualTo(new Hardware("n1-standard-4", 4, 100, 16.0, 3000));
  }

  @Test
  void a_change_of_virtual_cpus_leaves_the_storage_and_takes_a_machine_of_that_size() {
    HardwareWanted wanted = new HardwareWanted(new Machine(null, 8), 0, null);

    assertThat(Machines.hardware(CloudProvider.GCP, wanted, SMALL))
        .isEqualTo(new Hardware("n2-standard-8", 8, 50, 32.0, 1500));
  }
}
