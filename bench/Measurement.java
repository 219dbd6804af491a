/** Something that is measured over and over; the less the better. */
@FunctionalInterface
interface Measurement {
  double measure() throws Exception;

  /** Measures until it gets no better any more, that is, until all is compiled. */
  default void warmUp(int most) throws Exception {
    double best = measure();
    for (int i = 1, idle = 0; i < most && idle < 2; i++) {
      double next = measure();
      idle = next < best * 0.98 ? 0 : idle + 1;
      best = Math.min(best, next);
    }
  }
}
