import java.sql.Connection;

/**
 * How long it takes, in milliseconds, from asking Gatehouse for a cluster to the first query of a
 * SQL user in it. The cluster is removed again.
 */
record Creation(Gatehouse gatehouse) implements Measurement {
  private static final String USER = "maxroach";
  private static final String PASSWORD = "correct-horse-battery";

  @Override
  public double measure() throws Exception {
    Clusters clusters = new Clusters(gatehouse);
    Stopwatch watch = Stopwatch.start();
    String id = clusters.make("made-anew");
    clusters.addUser(id, USER, PASSWORD);
    double millis;
    try (Connection connection = clusters.connect(id, USER, PASSWORD)) {
      FirstQuery.on(connection);
      millis = watch.millis();
    }
    clusters.remove(id);
    return millis;
  }
}
