import java.nio.file.Path;

/**
 * How long a cluster takes from the request for it to the first query of a SQL user, against a
 * PostgreSQL made by hand with the same programs.
 */
final class ClusterCreate {
  private static final double LIMIT = 0.7;
  private static final int ROUNDS = 7;

  private ClusterCreate() {}

  public static void main(String[] arguments) throws Exception {
    Bench.run(ClusterCreate::judge);
  }

  private static Verdict judge() throws Exception {
    try (Gatehouse gatehouse = Gatehouse.start()) {
      Path programs = gatehouse.postgresPrograms();
      var ours = new Comparison.Side("gatehouse", new Creation(gatehouse));
      var theirs = new Comparison.Side("by hand", () -> HandMade.millis(programs));
      ours.measurement().measure();
      theirs.measurement().measure();
      return Verdict.ratio(new Comparison("ms", ours, theirs).ratio(ROUNDS), LIMIT);
    }
  }
}
