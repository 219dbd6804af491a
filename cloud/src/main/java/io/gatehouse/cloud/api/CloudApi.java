package io.gatehouse.cloud.api;

import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Operation.Declaration;

/** Begins the declarations of this API's operations; paths stand below {@code /api/v1}. */
public final class CloudApi {
  private static final String BASE = "/api/v1";

  private CloudApi() {}

  public static <I, O> Declaration<I, O> get(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.CLOUD, HttpMethod.GET, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> post(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.CLOUD, HttpMethod.POST, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> put(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.CLOUD, HttpMethod.PUT, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> patch(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.CLOUD, HttpMethod.PATCH, BASE + path, input, output);
  }

  public static <I, O> Declaration<I, O> delete(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.CLOUD, HttpMethod.DELETE, BASE + path, input, output);
  }
}
