package io.gatehouse.server;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.MetadataPostgres;
import io.gatehouse.engines.postgres.PostgresTemplate;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.readiness.ReadinessStatus;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.store.Database;
import io.gatehouse.platform.store.StoreAddress;
import io.gatehouse.platform.store.StoreConfig;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata store of this server: an embedded PostgreSQL that it looks after, or a given one.
 */
final class MetadataStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataStore.class);
  private static final String WRONG_PASSWORD = "28P01";
  private static final List<String> SCHEMAS = List.of("platform", "cloud", "directory");

  private final Optional<MetadataPostgres> embedded;
  private final Database database;
  private final boolean startedHere;
  private volatile boolean answering = true;
  private volatile boolean requestsPass;
  private boolean closed;

  private MetadataStore(
      Optional<MetadataPostgres> embedded, Database database, boolean startedHere) {
    this.embedded = embedded;
    this.database = database;
    this.startedHere = startedHere;
  }

  static MetadataStore open(
      StoreConfig config, DataDirectory directory, PostgresTemplate template, Keyset keyset) {
    if (config.databaseUrl().isPresent()) {
      StoreAddress address = StoreAddress.parse(config.databaseUrl().get());
      return new MetadataStore(Optional.empty(), database(config, address), false);
    }
    MetadataPostgres postgres =
        new MetadataPostgres(
            directory.metadata(), template, keyset.derive("metadata", directory.serverId()));
    boolean startedHere = !postgres.runs();
    try {
      MetadataPostgres.Access access = postgres.start();
      StoreAddress address =
          new StoreAddress(
              access.jdbcUrl(), Optional.of(access.user()), Optional.of(access.secret()));
      return new MetadataStore(Optional.of(postgres), database(config, address), startedHere);
    } catch (RuntimeException e) {
      if (startedHere) {
        postgres.stop();
      }
      throw isRefusal(e) ? KeysetVerification.wrong(directory.keyset()) : e;
    }
  }

  /** Whether the store knows another secret than the one that this keyset gives. */
  private static boolean isRefusal(RuntimeException failure) {
    return failure.getCause() instanceof SQLException cause
        && WRONG_PASSWORD.equals(cause.getSQLState());
  }

  private static Database database(StoreConfig config, StoreAddress address) {
    address
        .problem(config.databaseTimeout())
        .ifPresent(
            problem -> {
              throw new ConfigException(problem);
            });
    return new Database(address, config.databasePool(), config.databaseTimeout());
  }

  Database database() {
    return database;
  }

  void migrate() {
    database.migrate(SCHEMAS);
  }

  /**
   * Finds out whether the store answers, and starts the embedded one again when it does not; called
   * every second.
   */
  synchronized void lookAfter() {
    if (closed) {
      return;
    }
    if (!answers()) {
      embedded.ifPresent(MetadataStore::startAgain);
    }
  }

  private boolean answers() {
    boolean answers = database.answers();
    if (answers != answering) {
      LOG.warn(answers ? "the metadata store answers again" : "the metadata store does not answer");
    }
    answering = answers;
    requestsPass &= answers;
    return answers;
  }

  /** Whether requests can use it; after a loss only once one of their connections is back. */
  ReadinessStatus readiness() {
    if (!answers()) {
      return ReadinessStatus.notReady("the metadata store does not answer");
    }
    if (!requestsPass && !database.answersRequests()) {
      return ReadinessStatus.notReady("the connections to the metadata store are not back yet");
    }
    requestsPass = true;
    return database.acceptsChanges()
        ? ReadinessStatus.ready()
        : ReadinessStatus.degraded("the metadata store accepts no changes");
  }

  private static void startAgain(MetadataPostgres embedded) {
    try {
      embedded.startAgain();
    } catch (EngineException e) {
      LOG.error("the metadata store cannot be started", e);
    }
  }

  /** Whether this program started what serves it. */
  boolean isStartedHere() {
    return startedHere;
  }

  /** Closes the connections; what serves them goes on. */
  void disconnect() {
    database.close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
    embedded.ifPresent(MetadataPostgres::stop);
  }
}
