package io.gatehouse.cloud.organization;

import java.time.Instant;
import java.util.UUID;

/** An organization; {@code label} is its short name in URLs. */
public record Organization(UUID id, String label, String name, Instant createdAt) {}
