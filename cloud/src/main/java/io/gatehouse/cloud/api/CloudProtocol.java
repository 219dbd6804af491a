package io.gatehouse.cloud.api;

import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.protocol.Cors;
import io.gatehouse.platform.protocol.ErrorFormat;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Versions;
import java.util.List;

/** How the Cloud API talks: errors as {@code {code, message, details}}, versions by date. */
public final class CloudProtocol {
  private static final String TRACE_HEADER = "Cc-Trace-Id";

  /** The codes of gRPC for what HTTP itself refuses. */
  private static final int INVALID_ARGUMENT = 3;

  private static final int INTERNAL = 13;

  /** The body of every error. */
  public record Status(int code, String message, List<Object> details) {}

  private CloudProtocol() {}

  public static Protocol of(Authenticator authenticator, Versions versions) {
    return new Protocol(
        CloudApi.API,
        List.of(authenticator),
        JsonStyle.SNAKE_CASE,
        new StatusFormat(),
        TRACE_HEADER,
        Cors.NONE,
        versions,
        parameter -> {});
  }

  private record StatusFormat() implements ErrorFormat {
    @Override
    public Status body(GatehouseException failure) {
      String message = String.valueOf(failure.getMessage());
      return new Status(failure.code().grpcCode(), message, List.of());
    }

    @Override
    public Status body(int status, String reason) {
      return new Status(status >= 500 ? INTERNAL : INVALID_ARGUMENT, reason, List.of());
    }

    @Override
    public Class<Status> type() {
      return Status.class;
    }
  }
}
