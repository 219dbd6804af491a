package io.gatehouse.directory.account;

import io.gatehouse.directory.gateway.SealedCredentials;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An account at an upstream.
 *
 * @param integration the name of its connector
 * @param tenantId whose account it is, in the caller's words; not the organization
 * @param context what its context says beside its credentials
 * @param lastError why the upstream refused the credentials the last time
 */
public record IntegratedAccount(
    UUID id,
    String integration,
    String tenantId,
    String authenticationMethod,
    SealedContext context,
    SealedCredentials credentials,
    AccountStatus status,
    Optional<String> lastError,
    Instant createdAt,
    Instant updatedAt) {}
