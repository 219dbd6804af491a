package io.gatehouse.directory;

import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Operation.Declaration;

/** Begins the declarations of this API's operations. */
public final class UnifiedApi {
  private UnifiedApi() {}

  public static <I, O> Declaration<I, O> get(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.UNIFIED, HttpMethod.GET, path, input, output);
  }

  public static <I, O> Declaration<I, O> post(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.UNIFIED, HttpMethod.POST, path, input, output);
  }

  public static <I, O> Declaration<I, O> delete(String path, Class<I> input, Class<O> output) {
    return Operation.declare(Api.UNIFIED, HttpMethod.DELETE, path, input, output);
  }
}
