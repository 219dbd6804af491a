package io.gatehouse.cloud.folder;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A folder.
 *
 * @param parentId the folder it stands in, or the organization
 */
public record Folder(
    UUID id,
    UUID parentId,
    String name,
    Map<String, String> labels,
    Instant createdAt,
    long version) {}
