package io.gatehouse.platform.error;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller is told about: a code with named arguments, which the protocol of the
 * route renders. Whatever else is thrown is unknown: the caller sees a trace id, the log the cause.
 */
public final class GatehouseException extends RuntimeException {
  private final ErrorCode code;
  private final transient Map<String, Object> arguments;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable Duration retryAfter;
  private boolean audited;

  GatehouseException(ErrorCode code, Map<String, Object> arguments) {
    super(code.message(arguments));
    this.code = code;
    this.arguments = Map.copyOf(arguments);
  }

  /** A broken rule of one member of the input: {@code invalid argument: member: rule}. */
  public static GatehouseException invalid(String member, String rule) {
    return ErrorCode.INVALID_ARGUMENT.with("rule", member + ": " + rule);
  }

  public static GatehouseException notFound(String resource) {
    return ErrorCode.NOT_FOUND.with("resource", resource);
  }

  public ErrorCode code() {
    return code;
  }

  public Map<String, Object> arguments() {
    return arguments;
  }

  /** Says when the caller should try again; rendered as {@code Retry-After}. */
  public GatehouseException retryAfter(Duration wait) {
    this.retryAfter = wait;
    return this;
  }

  /** Says something that stands in a header of the answer, beside what the body says. */
  public GatehouseException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  public GatehouseException causedBy(Throwable cause) {
    initCause(cause);
    return this;
  }

  /** Says that the audit log knows of this failure already. */
  public GatehouseException audited() {
    this.audited = true;
    return this;
  }

  public boolean isAudited() {
    return audited;
  }

  /** How long to wait before trying again; null when that cannot help. */
  public @Nullable Duration retryAfter() {
    return retryAfter == null && code.retryable() ? Duration.ofSeconds(1) : retryAfter;
  }

  /** A wait as headers say it: in whole seconds, at least one. */
  public static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
