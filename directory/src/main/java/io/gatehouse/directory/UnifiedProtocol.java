package io.gatehouse.directory;

import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.protocol.Cors;
import io.gatehouse.platform.protocol.ErrorFormat;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Versions;
import java.util.List;

/** How the unified API talks: it has one version, whichever is asked for, and its own errors. */
public final class UnifiedProtocol {
  private static final String TRACE_HEADER = "Cc-Trace-Id";
  private static final String VERSION_HEADER = "Truto-Version";

  private UnifiedProtocol() {}

  public static Protocol of(Authenticator authenticator) {
    return new Protocol(
        UnifiedApi.API,
        List.of(authenticator),
        JsonStyle.SNAKE_CASE,
        new UnifiedErrors(),
        TRACE_HEADER,
        Cors.NONE,
        Versions.single(VERSION_HEADER),
        ReservedParameters::requireOther);
  }

  private record UnifiedErrors() implements ErrorFormat {
    @Override
    public UnifiedError body(GatehouseException failure) {
      return UnifiedError.of(failure);
    }

    @Override
    public UnifiedError body(int status, String reason) {
      return UnifiedError.of(status, reason);
    }

    @Override
    public Class<UnifiedError> type() {
      return UnifiedError.class;
    }
  }
}
