import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What one {@code GET /api/v1/clusters/{id}} costs the server's processor, against a bare handler
 * that answers the same.
 */
final class ApiRead {
  private static final double LIMIT = 2.0;
  private static final int CONNECTIONS = 16;
  private static final int ROUNDS = 7;
  private static final Duration WARM_UP = Duration.ofMillis(1500);
  private static final Duration ROUND = Duration.ofSeconds(3);

  private ApiRead() {}

  public static void main(String[] arguments) throws Exception {
    double ratio;
    try (Gatehouse gatehouse = Gatehouse.start()) {
      String path = "/api/v1/clusters/" + new Clusters(gatehouse).make("read-often");
      try (Bare bare = Bare.start(gatehouse, answer(gatehouse.url(), path, gatehouse.key()))) {
        requireSame(gatehouse, bare, path);
        ratio = compare(gatehouse, bare, path);
      }
    }
    Verdict.ratio(ratio, LIMIT).tell();
  }

  private static double compare(Gatehouse gatehouse, Bare bare, String path) throws Exception {
    Load ours = new Load(CONNECTIONS, gatehouse.url(), path, gatehouse.key());
    Load theirs = new Load(CONNECTIONS, bare.url(), path, gatehouse.key());
    cost(gatehouse.process(), ours, WARM_UP).warmUp(12);
    cost(bare.process(), theirs, WARM_UP).warmUp(8);
    Measurement our = cost(gatehouse.process(), ours, ROUND);
    Measurement their = cost(bare.process(), theirs, ROUND);
    return new Comparison("us a request", "gatehouse", our, "bare", their).ratio(ROUNDS);
  }

  /** The processor time of a server for each answer. */
  private static Measurement cost(LinuxProcess process, Load load, Duration duration) {
    return () -> {
      double before = process.processorMicros();
      long answers = load.run(duration);
      return (process.processorMicros() - before) / answers;
    };
  }

  private static String answer(URI server, String path, String key) throws IOException {
    try (Connection connection = new Connection(server, path, key)) {
      connection.exchange();
      return connection.answer();
    }
  }

  private static void requireSame(Gatehouse gatehouse, Bare bare, String path) throws IOException {
    List<String> ours = constant(answer(gatehouse.url(), path, gatehouse.key()));
    List<String> theirs = constant(answer(bare.url(), path, gatehouse.key()));
    if (!ours.equals(theirs)) {
      throw new IllegalStateException("answers differ: " + ours + theirs);
    }
  }

  /** The lines of an answer without those that tell of one request. */
  private static List<String> constant(String answer) {
    return answer
        .lines()
        .filter(line -> !line.startsWith("Date: ") && !line.startsWith("Cc-Trace-Id: "))
        .sorted()
        .toList();
  }
}
