package io.gatehouse.directory.gateway;

/** One step on the way of a call: it does its part before, after or around the rest of the way. */
interface Step {
  Outcome apply(UpstreamCall call, Rest rest);

  /** What comes after a step; going on twice means calling twice. */
  @FunctionalInterface
  interface Rest {
    Outcome proceed(UpstreamCall call);
  }
}
