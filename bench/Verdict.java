import java.util.Locale;

/** How a bench ended: its figure, which its last line tells, and the most that it may be. */
record Verdict(String form, double figure, double limit) {

  static Verdict ratio(double figure, double limit) {
    return new Verdict("ratio: %.2f", figure, limit);
  }

  static Verdict memory(double mebibytes, double limit) {
    return new Verdict("memory: %.0f MiB", mebibytes, limit);
  }

  /** The other one if only that is missed. */
  Verdict orMissed(Verdict other) {
    return isKept() && !other.isKept() ? other : this;
  }

  private boolean isKept() {
    return figure <= limit;
  }

  /** Prints the last lines; gives the exit code. */
  int tell() {
    boolean kept = isKept();
    System.out.printf(Locale.ROOT, "%s: at most %s%n", kept ? "kept" : "missed", limit);
    System.out.printf(Locale.ROOT, form + "%n", figure);
    return kept ? 0 : 1;
  }
}
