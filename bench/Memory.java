import java.util.Locale;

/** How much memory the server's process has in use after the load of the other benches. */
final class Memory {
  private static final double LIMIT = 350;
  private static final int CREATIONS = 5;

  private Memory() {}

  public static void main(String[] arguments) throws Exception {
    Bench.run(Memory::judge);
  }

  private static Verdict judge() throws Exception {
    try (Gatehouse gatehouse = Gatehouse.start()) {
      tell("after the start", gatehouse);
      ApiRead.warmUp(gatehouse);
      tell("after reading", gatehouse);
      for (int i = 0; i < CREATIONS; i++) {
        new Creation(gatehouse).measure();
      }
      tell("after making clusters", gatehouse);
      ListScale.warm(gatehouse);
      return Verdict.memory(gatehouse.process().residentMemory(), LIMIT);
    }
  }

  private static void tell(String when, Gatehouse gatehouse) {
    double memory = gatehouse.process().residentMemory();
    System.out.printf(Locale.ROOT, "%s: %.0f MiB%n", when, memory);
  }
}
