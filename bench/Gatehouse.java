import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.KeysetFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A Gatehouse of this checkout with a new data directory and practically no limit of requests. */
record Gatehouse(Path directory, Running running, URI url, String key) implements AutoCloseable {

  static Gatehouse start() throws IOException, InterruptedException {
    Path directory = Directories.make();
    List<String> command =
        List.of(
            Checkout.PROGRAM.toString(),
            "start",
            "--port=0",
            "--rate-limit=1000000",
            "--data-dir=" + directory.resolve("data"));
    Running running = Running.start(directory, command);
    URI url = URI.create(running.await("URL +(http\\S+)"));
    return new Gatehouse(directory, running, url, running.await("API key +(\\S+)"));
  }

  Path data() {
    return directory.resolve("data");
  }

  LinuxProcess process() {
    return running.process();
  }

  /** A client with the key of the administrator. */
  Client administrator() {
    return new Client(url, key);
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
  public void close() throws IOException, InterruptedException {
    running.close();
    Directories.remove(directory);
  }
}
