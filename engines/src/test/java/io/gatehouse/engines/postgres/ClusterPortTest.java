package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster keeps the port that clients know, whatever else has it for a while. */
final class ClusterPortTest {
  private final Path root = Postgres.directory();
  private final UUID id = UUID.randomUUID();
  private PostgresEngine engine = Postgres.engine(root);

  @AfterEach
  void removeEverything() {
    engine.present().forEach(left -> converge(left, Presence.ABSENT, OptionalInt.empty()));
  }

  @Test
  void a_known_port_that_is_taken_is_waited_for_and_never_changed() throws IOException {
    int port = create(id);
    stop(id);
    try (ServerSocket _ = listen("127.0.0.1", port)) {
      assertThatThrownBy(() -> run(id, port))
          .isInstanceOfSatisfying(
              EngineException.class, failure -> assertThat(failure.permanent()).isFalse())
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("the cluster starts when it is free");
      assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());
    }
    run(id, port);
    assertThat(port(id)).isEqualTo(port);
  }

  @Test
  void a_port_that_no_client_knows_yet_may_change() throws IOException {
    int port = create(id);
    stop(id);
    try (ServerSocket _ = listen("127.0.0.1", port)) {
      converge(id, Presence.RUNNING, OptionalInt.empty());
      assertThat(port(id)).isNotEqualTo(port);
    }
  }

  @Test
  void an_outgoing_connection_that_has_the_port_is_waited_for() throws IOException {
    int first = create(id);
    stop(id);
    int port = freePort(); // sessions that were closed wait out their time on the first one
    Path settings = root.resolve(id.toString()).resolve("postgresql.conf");
    Files.writeString(
        settings, Files.readString(settings).replace("port = " + first, "port = " + port));
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket _ =
            new Socket("127.0.0.1", peer.getLocalPort(), InetAddress.getLoopbackAddress(), port);
        Socket _ = peer.accept()) {
      assertThatThrownBy(() -> run(id, port)).hasMessageContaining("Port " + port);
    }
    run(id, port); // what is left of the connection waits out its time, and does not matter
    assertThat(port(id)).isEqualTo(port);
  }

  @Test
  void the_known_port_survives_the_loss_of_the_settings() throws IOException {
    int port = create(id);
    stop(id);
    Files.delete(root.resolve(id.toString()).resolve("postgresql.conf"));
    engine = Postgres.engine(root);

    run(id, port);

    assertThat(port(id)).isEqualTo(port);
  }

  @Test
  void an_existing_cluster_keeps_a_port_outside_of_the_range() throws IOException {
    int port = freePort();
    engine = engine("127.0.0.1", port, port);
    assertThat(create(id)).isEqualTo(port);
    stop(id);
    engine = Postgres.engine(root);

    run(id, port);

    assertThat(port(id)).isEqualTo(port);
  }

  @Test
  void a_port_that_another_data_directory_serves_is_not_taken_for_its_own() throws IOException {
    int port = create(id);
    stop(id);
    UUID other = UUID.randomUUID();
    create(other);
    stop(other);
    Path settings = root.resolve(other.toString()).resolve("postgresql.conf");
    Files.writeString(
        settings, Files.readString(settings).replaceFirst("(?m)^port = \\d+$", "port = " + port));
    run(other, port);

    assertThatThrownBy(() -> run(id, port)).hasMessageContaining("Port " + port);

    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());
    assertThat(engine.observe(other)).isInstanceOf(Observed.Running.class);
  }

  @Test
  void what_answers_at_the_address_of_a_cluster_without_being_its_process_is_not_talked_to()
      throws IOException {
    engine = engine("127.0.0.2", 22200, 23999);
    int port = create(id);
    try (ServerSocket squatter = listen("127.0.0.1", port)) {
      engine = engine("127.0.0.1,127.0.0.2", 22200, 23999);

      assertThat(engine.observe(id))
          .isInstanceOfSatisfying(
              Observed.Unresponsive.class,
              found -> assertThat(found.reason()).contains("Port " + port));
      assertThatThrownBy(() -> engine.sql(id).database("defaultdb"))
          .hasMessageContaining("" + port);
      assertThatThrownBy(() -> run(id, port)).hasMessageContaining("Port " + port);
      squatter.setSoTimeout(1);
      assertThatThrownBy(squatter::accept).isInstanceOf(IOException.class);
    }
    run(id, port);
    assertThat(port(id)).isEqualTo(port);
  }

  private PostgresEngine engine(String addresses, int first, int last) {
    PostgresConfig config = new PostgresConfig(root, addresses, "", first, last, 0);
    return new PostgresEngine(
        config, Postgres.template(), Postgres.SECRETS, InstantSource.system());
  }

  private int create(UUID cluster) {
    converge(cluster, Presence.RUNNING, OptionalInt.empty());
    return port(cluster);
  }

  private void run(UUID cluster, int port) {
    converge(cluster, Presence.RUNNING, OptionalInt.of(port));
  }

  private void stop(UUID cluster) {
    converge(cluster, Presence.STOPPED, OptionalInt.empty());
  }

  private void converge(UUID cluster, Presence presence, OptionalInt port) {
    engine.converge(cluster, new Desired(presence, new Resources(1), 0, port), Progress.SILENT);
  }

  private int port(UUID cluster) {
    return ((Observed.Running) engine.observe(cluster)).endpoint().port();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = listen("127.0.0.1", 0)) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket listen(String address, int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByName(address));
  }
}
