import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A PostgreSQL of its own, made as a person makes it: initdb, pg_ctl start, a first query. */
record HandMade(Path programs, Path directory, int port) implements AutoCloseable {

  /** Makes nothing but an empty directory yet. */
  static HandMade with(Path programs) throws IOException {
    return new HandMade(programs, Directories.make(), freePort());
  }

  /** How long it takes, in milliseconds, from nothing to the first query. */
  static double millis(Path programs) throws IOException, SQLException {
    try (HandMade postgres = HandMade.with(programs)) {
      Stopwatch watch = Stopwatch.start();
      postgres.initialise();
      postgres.start();
      try (Connection connection = postgres.connect()) {
        FirstQuery.on(connection);
        return watch.millis();
      }
    }
  }

  private void initialise() throws IOException {
    run("initdb", "-D", data().toString(), "-U", "postgres", "--auth=trust");
  }

  private void start() throws IOException {
    String options = "-p " + port + " -k ''";
    run("pg_ctl", "-D", data().toString(), "-l", log().toString(), "-o", options, "-w", "start");
  }

  private Connection connect() throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    return DriverManager.getConnection(url, "postgres", "");
  }

  private void run(String program, String... arguments) throws IOException {
    Program.of(programs.resolve(program), arguments).unprivileged().run();
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path log() {
    return directory.resolve("log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(data().resolve("postmaster.pid"))) {
      run("pg_ctl", "-D", data().toString(), "-m", "fast", "-w", "stop");
    }
    Directories.remove(directory);
  }
}
