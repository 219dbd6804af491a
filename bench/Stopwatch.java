/** Tells how long ago it was started. */
record Stopwatch(long started) {

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  double millis() {
    return (System.nanoTime() - started) / 1e6;
  }
}
