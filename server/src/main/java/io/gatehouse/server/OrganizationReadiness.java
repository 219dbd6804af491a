package io.gatehouse.server;

import io.gatehouse.cloud.OrganizationBootstrap;
import io.gatehouse.platform.readiness.ReadinessCheck;
import io.gatehouse.platform.readiness.ReadinessStatus;

/** Before the first organization is founded no key works; once founded it stays. */
final class OrganizationReadiness implements ReadinessCheck {
  private final OrganizationBootstrap founding;
  private volatile boolean founded;

  OrganizationReadiness(OrganizationBootstrap founding) {
    this.founding = founding;
  }

  @Override
  public String name() {
    return "organization";
  }

  @Override
  public ReadinessStatus status() {
    founded = founded || !founding.isNeeded();
    return founded
        ? ReadinessStatus.ready()
        : ReadinessStatus.notReady("no organization is founded yet");
  }
}
