import java.util.Locale;

/** Two things measured in turn, so that what disturbs the machine disturbs both alike. */
record Comparison(String unit, Side ours, Side theirs) {

  /** One of the two. */
  record Side(String name, Measurement measurement) {}

  /** Prints each round and the medians; gives the median of the rounds' ratios. */
  double ratio(int rounds) throws Exception {
    double[] our = new double[rounds];
    double[] their = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      our[i] = ours.measurement().measure();
      their[i] = theirs.measurement().measure();
      ratios[i] = our[i] / their[i];
      tell("round " + (i + 1), our[i], their[i], ratios[i]);
    }
    tell("median", Median.of(our), Median.of(their), Median.of(ratios));
    return Median.of(ratios);
  }

  private void tell(String what, double our, double their, double ratio) {
    System.out.printf(
        Locale.ROOT,
        "%s: %s %.2f %s, %s %.2f %s, ratio %.2f%n",
        what,
        ours.name(),
        our,
        unit,
        theirs.name(),
        their,
        unit,
        ratio);
  }
}
