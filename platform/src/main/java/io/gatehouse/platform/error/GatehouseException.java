package io.gatehouse.platform.error;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller is told about: a code with named arguments, which the protocol of the
 * route renders. Whatever else is thrown is unknown: the caller sees a trace id, the log the cause.
 */
public final class GatehouseException extends RuntimeException {
  private final ErrorCode code;
  private final transient Map<String, Object> arguments;
  private final transient List<Violation> violations;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable Duration retryAfter;
  private boolean audited;

  GatehouseException(ErrorCode code, Map<String, Object> arguments) {
    this(code, arguments, List.of());
  }

  private GatehouseException(
      ErrorCode code, Map<String, Object> arguments, List<Violation> violations) {
    super(code.message(arguments));
    this.code = code;
    this.arguments = Map.copyOf(arguments);
    this.violations = List.copyOf(violations);
  }

  /** A broken rule of one member of the input: {@code invalid argument: member: rule}. */
  public static GatehouseException invalid(String member, String rule) {
    return invalid(List.of(Violation.of(member, rule)));
  }

  /** Broken rules of members of the input, all in one message, in the order of their names. */
  public static GatehouseException invalid(List<Violation> violations) {
    String rule =
        violations.stream().map(Violation::message).sorted().collect(Collectors.joining("; "));
    return new GatehouseException(ErrorCode.INVALID_ARGUMENT, Map.of("rule", rule), violations);
  }

  public static GatehouseException notFound(String resource) {
    return ErrorCode.NOT_FOUND.with("resource", resource);
  }

  public ErrorCode code() {
    return code;
  }

  /** The same failure with its violations in other words; itself, when there are none. */
  public GatehouseException translated(UnaryOperator<Violation> translation) {
    List<Violation> others = violations.stream().map(translation).toList();
    if (others.equals(violations)) {
      return this;
    }
    GatehouseException other = invalid(others);
    other.headers.putAll(headers);
    other.retryAfter = retryAfter;
    other.audited = audited;
    other.setStackTrace(getStackTrace());
    return getCause() == null ? other : other.causedBy(getCause());
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
