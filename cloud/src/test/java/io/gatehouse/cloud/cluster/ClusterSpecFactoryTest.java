package io.gatehouse.cloud.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.cloud.cluster.ClusterRequests.CreateCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.Dedicated;
import io.gatehouse.cloud.cluster.ClusterRequests.HardwareWanted;
import io.gatehouse.cloud.cluster.ClusterRequests.Machine;
import io.gatehouse.cloud.cluster.ClusterRequests.Serverless;
import io.gatehouse.cloud.cluster.ClusterRequests.Spec;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.error.GatehouseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSpecFactoryTest {
  private static final Serverless SERVERLESS =
      new Serverless(List.of("us-central1"), null, null, null);
  private static final Dedicated DEDICATED = dedicated(Map.of("us-central1", 3), null);

  private static ClusterSpec of(
      CloudProvider provider,
      @Nullable Plan plan,
      @Nullable Plan planInSpec,
      @Nullable Serverless serverless,
      @Nullable Dedicated dedicated) {
    Spec spec = new Spec(planInSpec, serverless, dedicated, null, null, null, null);
    return ClusterSpecFactory.of(new CreateCluster("a-cluster", provider, plan, spec));
  }

  private static ClusterSpec of(@Nullable Plan plan, Serverless serverless) {
    return of(CloudProvider.GCP, plan, null, serverless, null);
  }

  private static ClusterSpec.Dedicated of(CloudProvider provider, Dedicated dedicated) {
    return (ClusterSpec.Dedicated) of(provider, null, null, null, dedicated);
  }

  private static Serverless limited(@Nullable UsageLimits limits) {
    return new Serverless(List.of("us-central1"), null, null, limits);
  }

  private static Dedicated dedicated(Map<String, Integer> nodes, @Nullable String cidrRange) {
    HardwareWanted hardware = new HardwareWanted(new Machine(null, 4), null, null);
    return new Dedicated(nodes, hardware, null, null, cidrRange, null, null);
  }

  static List<Arguments> limitsAndTheirPlans() {
    return List.of(
        Arguments.of(null, Plan.STANDARD),
        Arguments.of(new UsageLimits(null, null, null), Plan.BASIC),
        Arguments.of(new UsageLimits(1L, null, null), Plan.BASIC),
        Arguments.of(new UsageLimits(null, 1L, null), Plan.BASIC),
        Arguments.of(new UsageLimits(null, null, 2L), Plan.STANDARD));
  }

  @ParameterizedTest
  @MethodSource("limitsAndTheirPlans")
  void without_a_plan_it_is_the_one_that_the_limits_belong_to(
      @Nullable UsageLimits limits, Plan plan) {
    assertThat(of(null, limited(limits)).plan()).isEqualTo(plan);
  }

  @Test
  void without_a_plan_a_cluster_with_machines_is_advanced() {
    assertThat(of(CloudProvider.GCP, DEDICATED).plan()).isEqualTo(Plan.ADVANCED);
  }

  @Test
  void a_plan_stands_at_the_top_or_in_the_spec_and_says_the_same_in_both() {
    assertThat(of(CloudProvider.GCP, null, Plan.BASIC, SERVERLESS, null).plan())
        .isEqualTo(Plan.BASIC);
    assertThat(of(CloudProvider.GCP, Plan.BASIC, Plan.BASIC, SERVERLESS, null).plan())
        .isEqualTo(Plan.BASIC);
    assertThatThrownBy(() -> of(CloudProvider.GCP, Plan.BASIC, Plan.STANDARD, SERVERLESS, null))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("differs from spec.plan");
  }

  @ParameterizedTest
  @CsvSource({
    "BASIC, false, false, serverless",
    "BASIC, true, true, serverless",
    "BASIC, false, true, serverless",
    "STANDARD, false, false, serverless",
    "STANDARD, true, true, serverless",
    "STANDARD, false, true, serverless",
    "ADVANCED, false, false, dedicated",
    "ADVANCED, true, true, dedicated",
    "ADVANCED, true, false, dedicated"
  })
  void a_plan_takes_exactly_its_own_member(
      Plan plan, boolean serverless, boolean dedicated, String member) {
    assertThatThrownBy(
            () ->
                of(
                    CloudProvider.GCP,
                    plan,
                    null,
                    serverless ? SERVERLESS : null,
                    dedicated ? DEDICATED : null))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("plan %s takes exactly the member '%s'", plan, member);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true", "200, true", "201, false"})
  void a_standard_cluster_has_2_to_200_virtual_cpus(long cpus, boolean allowed) {
    Serverless wanted = limited(new UsageLimits(null, null, cpus));

    if (allowed) {
      assertThat(of(Plan.STANDARD, wanted).virtualCpus()).isEqualTo((int) cpus);
    } else {
      assertThatThrownBy(() -> of(Plan.STANDARD, wanted))
          .isInstanceOf(GatehouseException.class)
          .hasMessageContaining("must be between 2 and 200");
    }
  }

  static List<Arguments> limitsOfTheOtherPlan() {
    return List.of(
        Arguments.of(Plan.BASIC, new UsageLimits(null, null, 2L)),
        Arguments.of(Plan.BASIC, new UsageLimits(1L, 1L, 2L)),
        Arguments.of(Plan.STANDARD, new UsageLimits(1L, null, null)),
        Arguments.of(Plan.STANDARD, new UsageLimits(null, 1L, null)),
        Arguments.of(Plan.STANDARD, new UsageLimits(null, 1L, 2L)));
  }

  @ParameterizedTest
  @MethodSource("limitsOfTheOtherPlan")
  void limits_of_the_other_plan_are_refused_even_beside_its_own(Plan plan, UsageLimits limits) {
    assertThatThrownBy(() -> of(plan, limited(limits)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("usage_limits");
  }

  @Test
  void limits_that_say_nothing_are_none() {
    ClusterSpec empty = of(Plan.STANDARD, limited(new UsageLimits(null, null, null)));

    assertThat(empty).isEqualTo(of(Plan.STANDARD, limited(null)));
  }

  @Test
  void only_a_basic_cluster_cannot_be_upgraded_by_hand() {
    Serverless manual = new Serverless(List.of("us-central1"), null, UpgradeType.MANUAL, null);

    assertThat(of(Plan.STANDARD, manual))
        .isInstanceOfSatisfying(
            ClusterSpec.Serverless.class,
            spec -> assertThat(spec.upgradeType()).isEqualTo(UpgradeType.MANUAL));
    assertThatThrownBy(() -> of(Plan.BASIC, manual))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("BASIC does not allow upgrade_type MANUAL");
  }

  @Test
  void regions_are_a_sorted_set_of_which_one_is_primary() {
    Serverless wanted =
        new Serverless(
            List.of("us-west2", "us-east1", "us-west2", "us-central1"), "us-east1", null, null);

    assertThat(of(Plan.STANDARD, wanted))
        .isInstanceOfSatisfying(
            ClusterSpec.Serverless.class,
            spec -> {
              assertThat(spec.regions()).containsExactly("us-central1", "us-east1", "us-west2");
              assertThat(spec.primaryRegion()).isEqualTo("us-east1");
            });
  }

  @Test
  void a_region_named_twice_is_one_and_needs_no_primary() {
    Serverless twice = new Serverless(List.of("us-east1", "us-east1"), "", null, null);

    assertThat(of(Plan.STANDARD, twice))
        .isEqualTo(of(Plan.STANDARD, new Serverless(List.of("us-east1"), "us-east1", null, null)));
  }

  @Test
  void a_primary_region_is_named_and_is_one_of_the_regions() {
    List<String> two = List.of("us-east1", "us-west2");

    assertThatThrownBy(() -> of(Plan.STANDARD, new Serverless(two, null, null, null)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("is needed with more than one region");
    assertThatThrownBy(() -> of(Plan.STANDARD, new Serverless(two, "us-central1", null, null)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("must be one of the cluster's regions");
  }

  @Test
  void a_region_of_machines_alone_is_none_for_serverless_clusters() {
    assertThat(of(CloudProvider.GCP, dedicated(Map.of("asia-east1", 3), null)).regions())
        .containsExactly("asia-east1");
    assertThatThrownBy(
            () -> of(Plan.STANDARD, new Serverless(List.of("asia-east1"), null, null, null)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("invalid region name 'asia-east1' for GCP");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, true", "2, 0, false", "3, 0, true", "100, 0, true",
    "1, 1, false", "1, 3, false", "3, 2, false", "3, 3, true"
  })
  void a_region_has_3_nodes_or_more_unless_one_node_is_the_whole_cluster(
      int here, int there, boolean allowed) {
    Map<String, Integer> nodes = new TreeMap<>(Map.of("us-central1", here));
    if (there > 0) {
      nodes.put("us-east1", there);
    }
    Dedicated wanted = dedicated(nodes, null);

    if (allowed) {
      assertThat(of(CloudProvider.GCP, wanted).regionNodes()).isEqualTo(nodes);
    } else {
      assertThatThrownBy(() -> of(CloudProvider.GCP, wanted))
          .isInstanceOf(GatehouseException.class)
          .hasMessageContaining("a region has at least 3 nodes");
    }
  }

  @Test
  void a_cluster_has_at_most_9_regions() {
    Map<String, Integer> nodes = new TreeMap<>();
    for (String region :
        List.of(
            "asia-east1",
            "asia-east2",
            "asia-northeast1",
            "asia-northeast2",
            "asia-southeast1",
            "europe-west1",
            "europe-west2",
            "us-central1",
            "us-east1")) {
      nodes.put(region, 3);
    }

    assertThat(of(CloudProvider.GCP, dedicated(nodes, null)).regions()).hasSize(9);

    nodes.put("us-west2", 3);
    assertThatThrownBy(() -> of(CloudProvider.GCP, dedicated(nodes, null)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("at most 9 regions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0/8", "10.0.0.0/9", "10.0.0.0/10", "172.28.0.0/14", "255.255.255.255/19"})
  void a_network_of_8_to_19_bits_is_kept_as_it_was_written(String range) {
    assertThat(of(CloudProvider.GCP, dedicated(Map.of("us-central1", 3), range)).cidrRange())
        .isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/7", "10.0.0.0/20", "10.0.0.0/08", "10.0.0.0", "10.0.0/16", "10.0.0.0.0/16",
        "256.0.0.0/16", "10.0.0.300/16", "10.0.0.0./16", "::/16", " 10.0.0.0/16", "10.0.0.0/16\n"
      })
  void what_is_no_such_network_is_refused(String range) {
    assertThatThrownBy(() -> of(CloudProvider.GCP, dedicated(Map.of("us-central1", 3), range)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("must be an IPv4 network of /19 or larger");
  }

  @Test
  void only_GCP_has_a_network_and_has_one_even_when_none_is_named() {
    Map<String, Integer> nodes = Map.of("us-east-1", 3);

    assertThat(of(CloudProvider.GCP, DEDICATED).cidrRange()).isEqualTo("172.28.0.0/14");
    assertThat(of(CloudProvider.AWS, dedicated(nodes, "")).cidrRange()).isEmpty();
    assertThatThrownBy(() -> of(CloudProvider.AWS, dedicated(nodes, "10.0.0.0/16")))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("is for GCP only");
  }
}
