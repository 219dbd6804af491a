package io.gatehouse.platform.operation;

/** An operation with the method that carries it out. */
public record Route<I, O>(Operation<I, O> operation, Responder<I, O> responder) {

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

  public static <I, O> Route<I, O> responding(
      Operation<I, O> operation, Responder<I, O> responder) {
    return new Route<>(operation, responder);
  }
}
