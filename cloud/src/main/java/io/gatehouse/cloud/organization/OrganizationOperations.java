package io.gatehouse.cloud.organization;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import java.util.List;

/** What can be asked of an organization. */
public final class OrganizationOperations {
  /** The organization is the caller's own, so there is nothing to name. */
  public record GetOrganization() {}

  public static final Operation<GetOrganization, OrganizationView> GET =
      CloudApi.get("/organization", GetOrganization.class, OrganizationView.class)
          .id("GetOrganizationInfo", "Organizations")
          .allow(Permission.READ_ORGANIZATION, Target.organization())
          .since(ApiVersion.V2022_09_20.date())
          .summary("Shows the caller's organization");

  public static final List<Operation<?, ?>> ALL = List.of(GET);

  private OrganizationOperations() {}
}
