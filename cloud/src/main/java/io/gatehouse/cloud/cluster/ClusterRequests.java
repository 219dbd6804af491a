package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.paging.SortOrder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the operations of clusters take in, member by member as callers write it. */
public final class ClusterRequests {
  static final String NAME_RULE =
      "must have 6 to 40 lower-case letters, digits and dashes, and no dash at either end";

  /** No name of a region, machine or version is longer. */
  private static final int MAX_LENGTH = 63;

  private ClusterRequests() {}

  /** A page of clusters; unlike other lists this one can be sorted by different keys. */
  public record ListClusters(@Nullable Boolean showInactive, @Nullable Paging pagination) {}

  /** What a list of clusters can be sorted by. */
  public enum SortBy {
    NAME,
    CREATED_AT,
    DELETED_AT
  }

  public record Paging(
      @Nullable String page,
      @Nullable Integer limit,
      @Nullable Instant asOfTime,
      @Nullable SortOrder sortOrder,
      @Nullable SortBy sortBy) {
    Pagination plain() {
      return new Pagination(page, limit, asOfTime, sortOrder);
    }
  }

  /** {@code plan} may stand here or in {@code spec}; official examples do both. */
  public record CreateCluster(
      @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{4,38}[a-z0-9]", message = NAME_RULE)
          String name,
      @NotNull CloudProvider provider,
      @Nullable Plan plan,
      @NotNull @Valid Spec spec) {}

  public record Spec(
      @Nullable Plan plan,
      @Nullable @Valid Serverless serverless,
      @Nullable @Valid Dedicated dedicated,
      @Nullable Map<String, String> labels,
      @Nullable String parentId,
      @Nullable DeleteProtection deleteProtection,
      @Nullable Map<String, Object> customerCloudAccount) {}

  public record Serverless(
      @NotEmpty(message = "must name at least one region")
          List<@NotNull @Size(max = MAX_LENGTH) String> regions,
      @Nullable @Size(max = MAX_LENGTH) String primaryRegion,
      @Nullable UpgradeType upgradeType,
      @Nullable @Valid UsageLimits usageLimits) {}

  public record Dedicated(
      @NotEmpty(message = "must name at least one region")
          Map<@Size(max = MAX_LENGTH) String, @NotNull @Min(1) @Max(100) Integer> regionNodes,
      @NotNull @Valid HardwareWanted hardware,
      @Nullable Map<@Size(max = MAX_LENGTH) String, @NotNull @Valid Machine> regionMachineSpecs,
      @Nullable @Size(max = MAX_LENGTH) String cockroachVersion,
      @Nullable @Size(max = MAX_LENGTH) String cidrRange,
      @Nullable NetworkVisibility networkVisibility,
      @Nullable Boolean restrictEgressTraffic) {}

  public record HardwareWanted(
      @Nullable @Valid Machine machineSpec,
      @Nullable @Min(0) @Max(100_000) Integer storageGib,
      @Nullable @Min(0) Integer diskIops) {
    static final HardwareWanted NONE = new HardwareWanted(null, null, null);
  }

  public record Machine(
      @Nullable @Size(max = MAX_LENGTH) String machineType,
      @Nullable @Min(1) @Max(256) Integer numVirtualCpus) {
    static final Machine NONE = new Machine(null, null);

    boolean asksForNothing() {
      return machineType == null && numVirtualCpus == null;
    }
  }

  public record GetCluster(UUID clusterId) {}

  /**
   * What to change; what is absent stays. The changes may stand here, in {@code spec}, or (the
   * limits) by themselves, as the documentation shows all three.
   */
  public record UpdateCluster(
      UUID clusterId,
      @Nullable Plan plan,
      @Nullable @Valid ServerlessChange serverless,
      @Nullable @Valid DedicatedChange dedicated,
      @Nullable @Valid UsageLimits usageLimits,
      @Nullable Map<String, String> labels,
      @Nullable String parentId,
      @Nullable DeleteProtection deleteProtection,
      @Nullable @Size(max = MAX_LENGTH) String cockroachVersion,
      @Nullable UpgradeStatus upgradeStatus,
      @Nullable @Valid UpdateSpec spec) {}

  /** How far the upgrade of a cluster to another major version is. */
  public enum UpgradeStatus {
    FINALIZED,
    MAJOR_UPGRADE_RUNNING,
    UPGRADE_AVAILABLE,
    PENDING_FINALIZATION,
    ROLLBACK_RUNNING
  }

  public record UpdateSpec(
      @Nullable Plan plan,
      @Nullable @Valid ServerlessChange serverless,
      @Nullable @Valid DedicatedChange dedicated,
      @Nullable @Valid UsageLimits usageLimits,
      @Nullable Map<String, String> labels,
      @Nullable String parentId,
      @Nullable DeleteProtection deleteProtection,
      @Nullable @Size(max = MAX_LENGTH) String cockroachVersion,
      @Nullable UpgradeStatus upgradeStatus) {
    static final UpdateSpec EMPTY =
        new UpdateSpec(null, null, null, null, null, null, null, null, null);
  }

  public record ServerlessChange(
      @Nullable List<@NotNull @Size(max = MAX_LENGTH) String> regions,
      @Nullable @Size(max = MAX_LENGTH) String primaryRegion,
      @Nullable UpgradeType upgradeType,
      @Nullable @Valid UsageLimits usageLimits) {}

  public record DedicatedChange(
      @Nullable Map<@Size(max = MAX_LENGTH) String, @NotNull @Min(1) @Max(100) Integer> regionNodes,
      @Nullable @Valid HardwareWanted hardware,
      @Nullable Map<@Size(max = MAX_LENGTH) String, @NotNull @Valid Machine> regionMachineSpecs) {}

  public record DeleteCluster(UUID clusterId) {}

  public record ListNodes(
      UUID clusterId,
      @Nullable @Size(max = MAX_LENGTH) String regionName,
      @Nullable Pagination pagination) {}

  /** {@code os} is accepted for its form; no certificate path depends on it here. */
  public record GetConnectionString(
      UUID clusterId,
      @Nullable String database,
      @Nullable String sqlUser,
      @Nullable OperatingSystem os) {}

  /** For which system a certificate path would be written. */
  public enum OperatingSystem {
    MAC,
    LINUX,
    WINDOWS
  }
}
