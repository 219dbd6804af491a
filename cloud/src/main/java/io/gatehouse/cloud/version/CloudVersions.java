package io.gatehouse.cloud.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
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
      List<VersionChange> changes = VersionChain.changesSince(version);
      for (int i = 0; i < changes.size(); i++) {
        try {
          changes.get(i).up().apply(operation, request);
        } catch (GatehouseException e) {
          throw older(changes.subList(0, i), e);
        }
      }
      return request;
    }

    @Override
    public GatehouseException downgrade(GatehouseException failure) {
      return older(VersionChain.changesSince(version), failure);
    }

    /** A failure after these changes in the terms before them. */
    private static GatehouseException older(
        List<VersionChange> changes, GatehouseException failure) {
      GatehouseException told = failure;
      for (VersionChange change : changes.reversed()) {
        told = told.translated(change.errors());
      }
      return told;
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
