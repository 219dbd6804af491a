package io.gatehouse.platform.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers: the output, and headers of this one response. One that is answered again
 * is rendered once, until somebody asks for it in another form.
 */
public final class Response<O> {
  private record Rendered(Object form, Content content) {}

  private final O output;
  private final Map<String, String> headers;
  private volatile @Nullable Rendered rendered;

  private Response(O output, Map<String, String> headers) {
    this.output = output;
    this.headers = headers;
  }

  public static <O> Response<O> of(O output) {
    return new Response<>(output, Map.of());
  }

  /** The same with one more header. */
  public Response<O> header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Response<>(output, all);
  }

  public O output() {
    return output;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /**
   * What is sent.
   *
   * @param form what the content depends on besides the output, such as the version of the API
   */
  public Content content(Object form, Supplier<Content> render) {
    Rendered last = rendered;
    if (last == null || !last.form().equals(form)) {
      last = new Rendered(form, render.get());
      rendered = last;
    }
    return last.content();
  }
}
