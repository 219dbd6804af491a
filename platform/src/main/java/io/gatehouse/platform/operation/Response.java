package io.gatehouse.platform.operation;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a handler answers: the output, and headers of this one response. */
public record Response<O>(O output, Map<String, String> headers) {
  public static <O> Response<O> of(O output) {
    return new Response<>(output, Map.of());
  }

  /** The same with one more header. */
  public Response<O> header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Response<>(output, all);
  }
}
