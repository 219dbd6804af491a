package io.gatehouse.directory.gateway;

import io.gatehouse.directory.connector.Connector;
import io.gatehouse.platform.store.Tenant;
import java.net.URI;
import java.util.UUID;

/**
 * An account at an upstream, as the gateway needs it.
 *
 * @param needsReauth whether the upstream refused its credentials the last time
 */
public record UpstreamAccount(
    UUID id,
    Tenant tenant,
    Connector connector,
    URI baseUrl,
    SealedCredentials credentials,
    boolean needsReauth) {}
