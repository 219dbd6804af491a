package io.gatehouse.cloud.role;

import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import java.util.UUID;

/** Knows who can hold roles. */
@FunctionalInterface
public interface Principals {
  boolean exists(Tenant tenant, Session session, UUID id);
}
