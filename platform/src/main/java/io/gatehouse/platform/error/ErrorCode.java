package io.gatehouse.platform.error;

import io.gatehouse.platform.secret.CredentialMask;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that can go wrong, once: its HTTP status, its gRPC code (the {@code code} member of
 * the Cloud API), whether repeating can help, and the message with named arguments. The messages
 * that clients match are those of the Cloud API.
 */
public enum ErrorCode {
  UNAUTHENTICATED(401, 16, Retry.NEVER, "unauthenticated"),
  PERMISSION_DENIED(403, 7, Retry.NEVER, "permission denied"),
  RATE_LIMITED(429, 8, Retry.LATER, "rate limit exceeded"),
  INVALID_VERSION(400, 3, Retry.NEVER, "invalid Cc-Version"),
  INVALID_ARGUMENT(400, 3, Retry.NEVER, "invalid argument: {rule}"),
  BODY_TOO_LARGE(413, 3, Retry.NEVER, "invalid argument: body: at most {limit} bytes are accepted"),
  BODY_TOO_SLOW(408, 4, Retry.LATER, "the body did not arrive within {seconds} s"),
  FAILED_PRECONDITION(400, 9, Retry.NEVER, "{rule}"),
  NO_SUCH_OPERATION(404, 5, Retry.NEVER, "no such operation: {method} {path}"),
  NOT_IMPLEMENTED(501, 12, Retry.NEVER, "{operation} is not implemented"),
  METHOD_NOT_ALLOWED(
      405, 12, Retry.NEVER, "{method} is not served at this path; allowed: {allowed}"),
  NOT_FOUND(404, 5, Retry.NEVER, "{resource} not found"),
  ALREADY_EXISTS(409, 6, Retry.NEVER, "{resource} ''{name}'' already exists"),
  NAME_TAKEN(409, 6, Retry.NEVER, "{rule}"),
  CONFLICT(409, 10, Retry.LATER, "{resource} was modified concurrently"),
  LOCKED(503, 14, Retry.LATER, "the cluster is locked: {reason}"),
  UNAVAILABLE(503, 14, Retry.LATER, "{what} is not available at the moment"),
  DISK_FULL(503, 14, Retry.LATER, "the disk of {what} is full"),
  OVERLOADED(503, 14, Retry.LATER, "too many requests are under way"),
  ENGINE_LACKS(501, 12, Retry.NEVER, "the engine of this cluster lacks {capability}"),
  EGRESS_REFUSED(400, 3, Retry.NEVER, "invalid argument: {member}: {rule}"),
  UPSTREAM_INVALID(400, 3, Retry.NEVER, "{integration} answered {status}: {message}"),
  UPSTREAM_UNAUTHENTICATED(401, 16, Retry.NEVER, "{integration} answered {status}: {message}"),
  UPSTREAM_FORBIDDEN(403, 7, Retry.NEVER, "{integration} answered {status}: {message}"),
  UPSTREAM_NOT_FOUND(404, 5, Retry.NEVER, "{integration} answered {status}: {message}"),
  UPSTREAM_CONFLICT(409, 10, Retry.LATER, "{integration} answered {status}: {message}"),
  UPSTREAM_REFUSED(502, 14, Retry.NEVER, "{integration} answered {status}: {message}"),
  UPSTREAM_RATE_LIMITED(429, 8, Retry.LATER, "{integration} limits the rate of calls"),
  UPSTREAM_FAILED(502, 14, Retry.LATER, "{integration} gave no usable answer: {message}"),
  UPSTREAM_TIMEOUT(504, 4, Retry.LATER, "{integration} did not answer within {seconds} s"),
  UPSTREAM_NOT_RECOGNIZED(
      502,
      14,
      Retry.NEVER,
      "context.base_url: {integration} answers {path} with {expected}; the answer was {message}"),
  UPSTREAM_CHECK_TIMEOUT(
      504, 4, Retry.LATER, "context.base_url: {integration} cannot be checked: {message}"),
  INTERNAL(500, 13, Retry.LATER, "internal error; trace id {trace}");

  /** Whether the same request can succeed when it is repeated later. */
  public enum Retry {
    NEVER,
    LATER
  }

  /** So much of what is filled in is told; more of it is some caller's text, repeated. */
  private static final int MAX = 500;

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private final int httpStatus;
  private final int grpcCode;
  private final Retry retry;
  private final String template;

  ErrorCode(int httpStatus, int grpcCode, Retry retry, String template) {
    this.httpStatus = httpStatus;
    this.grpcCode = grpcCode;
    this.retry = retry;
    this.template = template.replace("''", "'");
  }

  public int httpStatus() {
    return httpStatus;
  }

  public int grpcCode() {
    return grpcCode;
  }

  public boolean retryable() {
    return retry == Retry.LATER;
  }

  /** The exception for this code; {@code arguments} are name, value, name, value. */
  public GatehouseException with(Object... arguments) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      named.put((String) arguments[i], arguments[i + 1]);
    }
    return new GatehouseException(this, named);
  }

  /** Fills the template in; what is filled in may be anyone's text and is never looked through. */
  String message(Map<String, Object> arguments) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              Object argument = arguments.getOrDefault(place.group(1), place.group());
              String value = CredentialMask.mask(argument.toString());
              return Matcher.quoteReplacement(
                  value.length() > MAX ? value.substring(0, MAX) + "..." : value);
            });
  }
}
