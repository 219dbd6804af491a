package io.gatehouse.directory.connector;

import java.util.Optional;

/**
 * One list of the upstream that a unified list is put together from.
 *
 * @param each the parents that there is such a list for; empty when there is just one list
 */
public record Source(
    String name, Optional<Each> each, UpstreamResource resource, Mapping responseMapping) {}
