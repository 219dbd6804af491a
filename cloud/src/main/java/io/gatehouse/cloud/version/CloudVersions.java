package io.gatehouse.cloud.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.protocol.Version;
import io.gatehouse.platform.protocol.Versions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The dated versions of the Cloud API. */
public final class CloudVersions implements Versions {
  private static final String HEADER = "Cc-Version";

  private final ApiVersion defaultVersion;
  private final Map<ApiVersion, Version> versions = new EnumMap<>(ApiVersion.class);

  /** Speaks the default version to callers who name none. */
  public CloudVersions(ApiVersion defaultVersion) {
    this.defaultVersion = defaultVersion;
    OfficialOperations official = OfficialOperations.read();
    for (ApiVersion version : ApiVersion.values()) {
      versions.put(version, new DatedVersion(version, official));
    }
  }

  @Override
  public Optional<String> header() {
    return Optional.of(HEADER);
  }

  @Override
  public Version agree(Optional<String> requested) {
    ApiVersion version =
        requested
            .map(text -> ApiVersion.named(text).orElseThrow(ErrorCode.INVALID_VERSION::with))
            .orElse(defaultVersion);
    return Objects.requireNonNull(versions.get(version));
  }

  /** One dated version: the changes of every step between it and the newest. */
  private record DatedVersion(ApiVersion version, OfficialOperations official) implements Version {
    @Override
    public boolean has(Operation<?, ?> operation) {
      return operation.since().compareTo(version.date()) <= 0;
    }

    @Override
    public boolean isNewest() {
      return version == ApiVersion.NEWEST;
    }

    @Override
    public ObjectNode upgrade(Operation<?, ?> operation, ObjectNode request) {
      VersionChain.changesSince(version).forEach(change -> change.up().apply(operation, request));
      return request;
    }

    @Override
    public JsonNode downgrade(Operation<?, ?> operation, JsonNode response) {
      if (response instanceof ObjectNode object) {
        VersionChain.changesSince(version)
            .reversed()
            .forEach(change -> change.down().apply(operation, object));
      }
      return response;
    }

    @Override
    public Optional<String> notBuilt(String method, List<String> segments) {
      return official.find(version, method, segments);
    }

    @Override
    public Map<String, String> headers() {
      return Map.of(HEADER, version.date());
    }
  }
}
