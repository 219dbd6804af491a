package io.gatehouse.directory.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known of one kind of upstream.
 *
 * @param baseUrl where it is, unless an account says otherwise
 * @param headers what every request carries
 * @param check how an account is tried before it is linked
 * @param resources its lists, by name
 * @param unified the unified lists that can be made of them, by name
 */
public record Connector(
    String name,
    String label,
    String category,
    URI baseUrl,
    String authenticationMethod,
    List<CredentialField> credentials,
    Authorization authorization,
    Map<String, String> headers,
    Check check,
    Paging paging,
    RateLimit rateLimit,
    Map<String, UpstreamResource> resources,
    Map<String, UnifiedResource> unified) {}
