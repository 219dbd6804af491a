import java.io.IOException;
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
    Bench.run(ApiRead::judge);
  }

  private static Verdict judge() throws Exception {
    try (Gatehouse gatehouse = Gatehouse.start()) {
      String path = path(gatehouse);
      try (Bare bare = Bare.start(gatehouse, answer(gatehouse.administrator(), path))) {
        return Verdict.ratio(compare(gatehouse, bare, path), LIMIT);
      }
    }
  }

  /** Asks a server for one cluster until it answers as fast as it can. */
  static void warmUp(Gatehouse gatehouse) throws Exception {
    warmUp(gatehouse.process(), load(gatehouse.administrator(), path(gatehouse)));
  }

  private static double compare(Gatehouse gatehouse, Bare bare, String path) throws Exception {
    Client bareClient = new Client(bare.url(), gatehouse.administrator().key());
    requireSame(answer(gatehouse.administrator(), path), answer(bareClient, path));
    Load our = load(gatehouse.administrator(), path);
    Load their = load(bareClient, path);
    warmUp(gatehouse.process(), our);
    warmUp(bare.process(), their);
    var ours = new Comparison.Side("gatehouse", new RequestCost(gatehouse.process(), our, ROUND));
    var theirs = new Comparison.Side("bare", new RequestCost(bare.process(), their, ROUND));
    return new Comparison("us a request", ours, theirs).ratio(ROUNDS);
  }

  private static String path(Gatehouse gatehouse) throws IOException, InterruptedException {
    return "/clusters/" + new Clusters(gatehouse).make("read-often");
  }

  private static Load load(Client client, String path) {
    return new Load(CONNECTIONS, client, path);
  }

  private static void warmUp(LinuxProcess server, Load load) throws Exception {
    new RequestCost(server, load, WARM_UP).warmUp(12);
  }

  private static String answer(Client client, String path) throws IOException {
    try (HttpConnection connection = client.connect(path)) {
      connection.exchange();
      return connection.answer();
    }
  }

  private static void requireSame(String ours, String theirs) {
    if (!constant(ours).equals(constant(theirs))) {
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
