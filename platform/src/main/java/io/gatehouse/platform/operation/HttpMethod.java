package io.gatehouse.platform.operation;

/** The methods that operations use. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** Whether members of the input that are not in the path come from the body. */
  public boolean hasBody() {
    return switch (this) {
      case POST, PUT, PATCH -> true;
      case GET, DELETE -> false;
    };
  }
}
