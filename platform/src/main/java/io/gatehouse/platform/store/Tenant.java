package io.gatehouse.platform.store;

import java.util.UUID;

/** The organization on whose behalf a store is asked; the first argument of every store method. */
public record Tenant(UUID organization) {}
