import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.KeysetFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Gatehouse of this checkout with a new data directory and practically no limit of requests. */
record Gatehouse(Running running, Client administrator) implements AutoCloseable {
  private static final String KEY = "API key +(\\S+)";

  static Gatehouse start() throws IOException, InterruptedException {
    Running running = Running.start(Gatehouse::program);
    URI url = URI.create(running.await("URL +(http\\S+)"));
    return new Gatehouse(running, new Client(url, running.await(KEY)));
  }

  private static Program program(Path directory) {
    String data = "--data-dir=" + data(directory);
    return Program.of(Checkout.PROGRAM, "start", "--port=0", "--rate-limit=1000000", data);
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  Path data() {
    return data(running.directory());
  }

  LinuxProcess process() {
    return running.process();
  }

  /** Makes a further organization; gives a client with the key of its administrator. */
  Client foundOrganization(String name) throws IOException {
    String data = "--data-dir=" + data();
    String told = Program.of(Checkout.PROGRAM, "organization", "create", name, data).run();
    Matcher key = Pattern.compile(KEY).matcher(told);
    if (!key.find()) {
      throw new IOException("no organization was made: " + told);
    }
    return new Client(administrator.server(), key.group(1));
  }

  /** Where the programs of PostgreSQL are that it has unpacked for itself. */
  Path postgresPrograms() throws IOException {
    try (Stream<Path> versions = Files.list(data().resolve("postgres/binaries"))) {
      return versions.findFirst().orElseThrow().resolve("bin");
    }
  }

  /** A way past the API into the metadata store. */
  Connection store() throws IOException, SQLException {
    Keyset keyset = new KeysetFile(data().resolve("keyset.json")).read();
    UUID server = UUID.fromString(Files.readString(data().resolve("server-id")).strip());
    String lock = Files.readString(data().resolve("metadata/postmaster.pid"));
    String port = lock.lines().skip(3).findFirst().orElseThrow();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/gatehouse",
        "gatehouse",
        keyset.derive("metadata", server).reveal());
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
