import java.util.Locale;

/** The last lines of a bench, and its exit code: 1 when the limit is missed. */
record Verdict(String name, double figure, String unit, double limit) {

  static Verdict ratio(double figure, double limit) {
    return new Verdict("ratio", figure, "", limit);
  }

  void tell() {
    boolean kept = figure <= limit;
    System.out.printf(Locale.ROOT, "limit: %s%s (%s)%n", limit, unit, kept ? "kept" : "missed");
    System.out.printf(Locale.ROOT, "%s: %.2f%s%n", name, figure, unit);
    System.exit(kept ? 0 : 1);
  }
}
