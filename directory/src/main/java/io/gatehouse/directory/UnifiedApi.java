package io.gatehouse.directory;

import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Operation.Declaration;

/** Begins the declarations of this API's operations. */
public final class UnifiedApi {
  /** The API, as its operations and its protocol name it. */
  public static final Api API = new Api("unified", "/");

  private UnifiedApi() {}

  public static <I, O> Declaration<I, O> get(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.GET, path, input, output);
  }

  public static <I, O> Declaration<I, O> post(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.POST, path, input, output);
  }

  public static <I, O> Declaration<I, O> delete(String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, HttpMethod.DELETE, path, input, output);
  }
}
