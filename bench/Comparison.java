import java.util.Arrays;

/** Two things measured in turn, so that what disturbs the machine disturbs both alike. */
record Comparison(String unit, String name, Measurement ours, String otherName, Measurement theirs) {

  /** Prints each round; gives the median of the rounds' ratios. */
  double ratio(int rounds) throws Exception {
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      double our = ours.measure();
      double their = theirs.measure();
      ratios[i] = our / their;
      System.out.printf(
          "round %d: %s %.3f %s, %s %.3f %s, ratio %.2f%n",
          i + 1, name, our, unit, otherName, their, unit, ratios[i]);
    }
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
