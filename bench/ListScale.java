import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long one page of 100 clusters takes in an organization with 100,000 stored clusters, against
 * one with 100: for a caller who sees the whole organization and for one who sees a part of it.
 */
final class ListScale {
  private static final double LIMIT = 1.5;
  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int THOUSANDS_BEFORE = 20;
  private static final int ROUNDS = 7;
  private static final int REQUESTS = 100;

  private ListScale() {}

  /** A caller in the organization with few clusters, and its like in the one with many. */
  private record Callers(String name, Client few, Client many) {

    /** Each page of the many, with the page of the few that it has to be like. */
    List<Pages> pages() throws IOException, InterruptedException {
      Latency one = ask(few, new ClusterPages(few).first());
      ClusterPages pages = new ClusterPages(many);
      return List.of(
          new Pages(name + ", first page", ask(many, pages.first()), one),
          new Pages(name + ", page 201", ask(many, pages.afterThousands(THOUSANDS_BEFORE)), one));
    }

    private static Latency ask(Client caller, String path) {
      return new Latency(caller, path, REQUESTS);
    }
  }

  /** A page of the many and the page of the few. */
  private record Pages(String name, Latency many, Latency few) {

    void warmUp() throws Exception {
      many.warmUp(12);
      few.warmUp(12);
    }

    double compare() throws Exception {
      System.out.println(name);
      var ours = new Comparison.Side("of 100000", many);
      var theirs = new Comparison.Side("of 100", few);
      return new Comparison("ms", ours, theirs).ratio(ROUNDS);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Bench.run(ListScale::judge);
  }

  private static Verdict judge() throws Exception {
    try (Gatehouse gatehouse = Gatehouse.start()) {
      double worst = 0;
      for (Pages pages : warm(gatehouse)) {
        worst = Math.max(worst, pages.compare());
      }
      return Verdict.ratio(worst, LIMIT);
    }
  }

  /** Stores the clusters and asks for each page until it comes as fast as it can. */
  static List<Pages> warm(Gatehouse gatehouse) throws Exception {
    List<Pages> all = new ArrayList<>();
    for (Callers callers : store(gatehouse)) {
      all.addAll(callers.pages());
    }
    for (Pages pages : all) {
      pages.warmUp();
    }
    return all;
  }

  private static List<Callers> store(Gatehouse gatehouse)
      throws IOException, InterruptedException, SQLException {
    StoredClusters clusters =
        new StoredClusters(gatehouse, new Clusters(gatehouse).make("model-of-all"));
    Fleet few = Fleet.store(gatehouse, clusters, FEW);
    Fleet many = Fleet.store(gatehouse, clusters, MANY);
    clusters.tidy();
    return List.of(
        new Callers("whole organization", few.administrator(), many.administrator()),
        new Callers("folders and single clusters", few.member(), many.member()));
  }
}
