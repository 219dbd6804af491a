package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.postgres.PostgresInstance.Shutdown;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.Superuser;
import io.gatehouse.engines.postgres.sql.Timeouts;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL with everything switched on that can hold access: prepared transactions, logical
 * replication, tablespaces. Clusters of the engine have less.
 */
final class FullPostgres implements AutoCloseable {
  static final Secret PASSWORD = Secret.of("correct horse");
  private static final String LOOPBACK = "127.0.0.1";

  private final Path data = Postgres.directory().resolve("full");
  private final int port = freePort();
  private final PostgresInstance instance =
      new PostgresInstance(Postgres.template().binaries(), data);

  FullPostgres() throws IOException {
    Postgres.template().copyTo(data);
    Files.writeString(
        data.resolve("postgresql.conf"),
        """
        port = %d
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 60
        superuser_reserved_connections = 8
        dynamic_shared_memory_type = mmap
        shared_buffers = 16MB
        io_method = sync
        max_prepared_transactions = 20
        wal_level = logical
        max_wal_senders = 4
        allow_in_place_tablespaces = on
        createrole_self_grant = 'set, inherit'
        log_timezone = 'UTC'
        timezone = 'UTC'
        lc_messages = 'C'
        fsync = off
        """
            .formatted(port));
    Files.writeString(
        data.resolve("pg_hba.conf"),
        "host all all all scram-sha-256\nhost replication all all scram-sha-256\n");
    start();
  }

  private void start() {
    Host.spawn(
        data.resolve("postgresql.log"),
        Postgres.template().binaries().program("postgres"),
        "-D",
        data.toString());
    assertThat(
            Await.until(
                Duration.ofSeconds(30),
                () -> instance.postmaster().filter(Postmaster::ready).isPresent()))
        .as("PostgreSQL starts")
        .isTrue();
  }

  /** Ends every process at once, and starts it again. */
  void restart() {
    instance.stop(Shutdown.IMMEDIATE);
    start();
  }

  Sessions superuser() {
    return new Sessions(
        new Endpoint(LOOPBACK, port), Postgres.template().superuser(), Timeouts.BACKGROUND);
  }

  /** Runs statements as the superuser, one after the other. */
  void run(String database, List<String> statements) {
    superuser()
        .run(
            database,
            session -> {
              session.execute("SET search_path = public, pg_catalog");
              for (String statement : statements) {
                session.execute(statement);
              }
            });
  }

  /** A session of the superuser. */
  Session session(String database) throws SQLException {
    return new Session(connect(database, Superuser.NAME, Postgres.template().superuser().reveal()));
  }

  List<String> texts(String database, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    superuser()
        .run(
            database,
            session -> texts.addAll(session.query(sql, row -> String.valueOf(row.getString(1)))));
    return texts;
  }

  /** Runs statements as a user that has the password of all users. */
  void runAs(String user, String database, String... statements) throws SQLException {
    try (Connection connection = connect(user, database)) {
      for (String statement : statements) {
        new Session(connection).execute(statement);
      }
    }
  }

  Connection connect(String user, String database) throws SQLException {
    return connect(database, user, PASSWORD.reveal());
  }

  private Connection connect(String database, String user, String password) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {LOOPBACK});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    return source.getConnection(user, password);
  }

  /** The processes that serve a user. */
  List<String> processes(String user) throws SQLException {
    return texts("postgres", "SELECT pid FROM pg_stat_activity WHERE usename = '" + user + "'");
  }

  @Override
  public void close() {
    instance.stop(Shutdown.IMMEDIATE);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
