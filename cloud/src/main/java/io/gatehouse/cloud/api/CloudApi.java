package io.gatehouse.cloud.api;

import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Operation.Declaration;

/** Begins the declarations of this API's operations; paths stand below {@code /api/v1}. */
public final class CloudApi {
  /** The API, as its operations and its protocol name it. */
  public static final Api API = new Api("cloud", "/api/");

  private static final String BASE = "/api/v1";

  private CloudApi() {}

  public static <I, O> Declaration<I, O> get(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.GET, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> post(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.POST, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> put(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.PUT, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> patch(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.PATCH, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> delete(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.DELETE, BASE + path, input, output);
  }
}
