import java.sql.Connection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long it takes to remove a SQL user until it is proven gone, through the API, against the same
 * steps by hand over one session for each database of an identical cluster.
 */
final class RemoveUser {
  private static final double LOADED_LIMIT = 1.3;
  private static final double IDLE_LIMIT = 1.5;
  private static final int LOADED_ROUNDS = 5;
  private static final int IDLE_ROUNDS = 15;
  private static final int RECONNECTING = 100;
  private static final int IDLE = 20;
  private static final int DATABASES = 5;
  private static final int TABLES = 6000 / DATABASES;
  private static final String USER = "leaver";

  /** Removes the user from a cluster. */
  @FunctionalInterface
  private interface Removal {
    void from(SqlCluster cluster) throws Exception;
  }

  private RemoveUser() {}

  public static void main(String[] arguments) throws Exception {
    Bench.run(RemoveUser::judge);
  }

  private static Verdict judge() throws Exception {
    try (Gatehouse gatehouse = Gatehouse.start()) {
      SqlCluster ours = SqlCluster.make(gatehouse, "removed-by-api");
      SqlCluster theirs = SqlCluster.make(gatehouse, "removed-by-hand");
      System.out.println(IDLE + " idle sessions, nothing owned");
      Verdict idle =
          Verdict.ratio(
              new Comparison(
                      "ms",
                      new Comparison.Side("api", () -> idle(ours, RemoveUser::byApi)),
                      new Comparison.Side("by hand", () -> idle(theirs, RemoveUser::byHand)))
                  .ratio(IDLE_ROUNDS),
              IDLE_LIMIT);
      System.out.printf(
          "%d reconnecting sessions, %d databases, %d owned tables%n",
          RECONNECTING, DATABASES, DATABASES * TABLES);
      Verdict loaded =
          Verdict.ratio(
              new Comparison(
                      "ms",
                      new Comparison.Side("api", () -> loaded(ours, RemoveUser::byApi)),
                      new Comparison.Side("by hand", () -> loaded(theirs, RemoveUser::byHand)))
                  .ratio(LOADED_ROUNDS),
              LOADED_LIMIT);
      return loaded.orMissed(idle);
    }
  }

  private static double idle(SqlCluster cluster, Removal removal) throws Exception {
    cluster.addUser(USER);
    try (Sessions _ = Sessions.idle(cluster, USER, IDLE)) {
      return millis(cluster, removal);
    }
  }

  private static double loaded(SqlCluster cluster, Removal removal) throws Exception {
    cluster.addUser(USER);
    for (String database : databases()) {
      cluster.run("postgres", "CREATE DATABASE " + database + " OWNER admin TEMPLATE template0");
      cluster.run(
          database,
          """
          DO $$ BEGIN
            FOR i IN 1..%d LOOP
              EXECUTE format('CREATE TABLE public.owned_%%s (n int)', i);
              EXECUTE format('ALTER TABLE public.owned_%%s OWNER TO %s', i);
            END LOOP;
          END $$
          """
              .formatted(TABLES, USER));
    }
    try (Sessions _ = Sessions.reconnecting(cluster, USER, RECONNECTING)) {
      return millis(cluster, removal);
    } finally {
      for (String database : databases()) {
        cluster.run("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
      }
    }
  }

  private static List<String> databases() {
    return IntStream.rangeClosed(1, DATABASES).mapToObj(i -> "loaded_" + i).toList();
  }

  private static double millis(SqlCluster cluster, Removal removal) throws Exception {
    Stopwatch watch = Stopwatch.start();
    removal.from(cluster);
    double millis = watch.millis();
    try (Connection connection = cluster.superuser("postgres")) {
      String left = "SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'";
      if (!SqlCluster.column(connection, left).isEmpty()) {
        throw new IllegalStateException("the user is still there");
      }
    }
    return millis;
  }

  private static void byApi(SqlCluster cluster) throws Exception {
    cluster.removeUser(USER);
  }

  private static void byHand(SqlCluster cluster) throws Exception {
    new HandRemoval(cluster, USER).run();
  }
}
