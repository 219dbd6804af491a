package io.gatehouse.cloud.organization;

import java.time.Instant;

/** An organization as the API shows it. */
public record OrganizationView(String id, String label, String name, Instant createdAt) {
  static OrganizationView of(Organization organization) {
    return new OrganizationView(
        organization.id().toString(),
        organization.label(),
        organization.name(),
        organization.createdAt());
  }
}
