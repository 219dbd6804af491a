package io.gatehouse.cloud.apikey;

import java.time.Instant;
import java.util.UUID;

/** An API key; {@code id} is its public part, {@code hash} the keyed hash of the whole secret. */
public record ApiKey(
    String id, UUID serviceAccountId, String name, String hash, Instant createdAt) {}
