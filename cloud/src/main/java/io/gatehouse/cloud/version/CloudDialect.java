package io.gatehouse.cloud.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Dialect;
import io.gatehouse.platform.operation.Operation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the Cloud API talks: errors as {@code {code, message, details}}, versions by date. */
public final class CloudDialect implements Dialect {
  private static final String VERSION_HEADER = "Cc-Version";

  /** The body of every error. */
  public record Status(int code, String message, List<Object> details) {}

  private final ApiVersion usual;
  private final Map<ApiVersion, Version> versions = new EnumMap<>(ApiVersion.class);

  /** Speaks the given version to callers who name none. */
  public CloudDialect(ApiVersion usual) {
    this.usual = usual;
    OfficialOperations official = OfficialOperations.read();
    for (ApiVersion version : ApiVersion.values()) {
      versions.put(version, new DatedVersion(version, official));
    }
  }

  @Override
  public String versionHeader() {
    return VERSION_HEADER;
  }

  @Override
  public Version version(Optional<String> requested) {
    ApiVersion version =
        requested
            .map(text -> ApiVersion.named(text).orElseThrow(ErrorCode.INVALID_VERSION::with))
            .orElse(usual);
    return Objects.requireNonNull(versions.get(version));
  }

  @Override
  public Status error(GatehouseException failure) {
    return new Status(failure.code().grpcCode(), String.valueOf(failure.getMessage()), List.of());
  }

  @Override
  public Class<Status> errorType() {
    return Status.class;
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
    public JsonNode downgrade(Operation<?, ?> operation, JsonNode answer) {
      if (answer instanceof ObjectNode object) {
        VersionChain.changesSince(version)
            .reversed()
            .forEach(change -> change.down().apply(operation, object));
      }
      return answer;
    }

    @Override
    public Optional<String> notBuilt(String method, List<String> segments) {
      return official.find(version, method, segments);
    }

    @Override
    public Map<String, String> headers() {
      return Map.of(VERSION_HEADER, version.date());
    }
  }
}
