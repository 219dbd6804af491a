package io.gatehouse.cloud.serviceaccount;

import java.time.Instant;
import java.util.UUID;

/** A service account; what it may do stands in its role grants. */
public record ServiceAccount(
    UUID id,
    String name,
    String description,
    String creatorName,
    Instant createdAt,
    long version) {}
