package io.gatehouse.directory.account;

import io.gatehouse.directory.gateway.SealedCredentials;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An account at an upstream.
 *
 * @param integration the name of its connector
 * @param tenantId whose account it is, in the caller's words; not the organization
 * @param context what may be shown of its context
 * @param credentials the rest of it
 * @param lastError why the upstream refused the credentials the last time
 */
public record IntegratedAccount(
    UUID id,
    String integration,
    String tenantId,
    String authenticationMethod,
    Map<String, String> context,
    SealedCredentials credentials,
    AccountStatus status,
    Optional<String> lastError,
    Instant createdAt,
    Instant updatedAt) {}
