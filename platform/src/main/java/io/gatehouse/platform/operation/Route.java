package io.gatehouse.platform.operation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/** An operation with the method that carries it out. */
public record Route<I, O>(Operation<I, O> operation, Responder<I, O> responder) {
  private static final int MAX_SHOWN = 1000;

  /** Carries out an operation: a use case of a service, with records in and out. */
  @FunctionalInterface
  public interface Handler<I, O> {
    O handle(Call call, I input);
  }

  /** Carries out an operation whose response has headers of its own. */
  @FunctionalInterface
  public interface Responder<I, O> {
    Response<O> respond(Call call, I input);
  }

  public static <I, O> Route<I, O> of(Operation<I, O> operation, Handler<I, O> handler) {
    return new Route<>(operation, (call, input) -> Response.of(handler.handle(call, input)));
  }

  /**
   * Shows a thing, which is immutable and alone decides how it looks. As long as the handler gives
   * the very same object, from a cache, its view is made and rendered once.
   */
  public static <I, T, O> Route<I, O> showing(
      Operation<I, O> operation, Handler<I, T> handler, Function<T, O> view) {
    Cache<T, Response<O>> shown =
        Caffeine.newBuilder().weakKeys().maximumSize(MAX_SHOWN).executor(Runnable::run).build();
    return new Route<>(
        operation,
        (call, input) ->
            shown.get(handler.handle(call, input), thing -> Response.of(view.apply(thing))));
  }

  public static <I, O> Route<I, O> responding(
      Operation<I, O> operation, Responder<I, O> responder) {
    return new Route<>(operation, responder);
  }
}
