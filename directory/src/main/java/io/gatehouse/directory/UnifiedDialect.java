package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Dialect;
import io.gatehouse.platform.operation.Operation;
import java.util.Map;
import java.util.Optional;

/** How the unified API talks: it has one version, and errors of its own form. */
public final class UnifiedDialect implements Dialect {
  private static final Version ONLY = new OnlyVersion();

  /** Accepts whatever is asked for: there is only one. */
  @Override
  public Version version(Optional<String> requested) {
    return ONLY;
  }

  @Override
  public String versionHeader() {
    return "Truto-Version";
  }

  @Override
  public Record error(GatehouseException failure) {
    return UnifiedError.of(failure);
  }

  @Override
  public Class<? extends Record> errorType() {
    return UnifiedError.class;
  }

  @Override
  public void checkUnknownParameter(String name) {
    OwnParameters.requireOther(name);
  }

  private record OnlyVersion() implements Version {
    @Override
    public boolean has(Operation<?, ?> operation) {
      return operation.api() == Api.UNIFIED;
    }

    @Override
    public boolean isNewest() {
      return true;
    }

    @Override
    public ObjectNode upgrade(Operation<?, ?> operation, ObjectNode request) {
      return request;
    }

    @Override
    public JsonNode downgrade(Operation<?, ?> operation, JsonNode answer) {
      return answer;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }
}
