package io.gatehouse.server;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.MetadataPostgres;
import io.gatehouse.engines.postgres.PostgresTemplate;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.store.Database;
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

  private MetadataStore(
      Optional<MetadataPostgres> embedded, Database database, boolean startedHere) {
    this.embedded = embedded;
    this.database = database;
    this.startedHere = startedHere;
  }

  static MetadataStore open(
      StoreConfig config, DataDirectory directory, PostgresTemplate template, Keyset keyset) {
    if (config.databaseUrl().isPresent()) {
      Database.Address address = Database.Address.parse(config.databaseUrl().get());
      return new MetadataStore(Optional.empty(), database(config, address), false);
    }
    MetadataPostgres postgres =
        new MetadataPostgres(
            directory.metadata(), template, keyset.derive("metadata", directory.serverId()));
    boolean startedHere = !postgres.runs();
    try {
      MetadataPostgres.Access access = postgres.start();
      Database.Address address =
          new Database.Address(
              access.jdbcUrl(), Optional.of(access.user()), Optional.of(access.secret()));
      return new MetadataStore(Optional.of(postgres), database(config, address), startedHere);
    } catch (RuntimeException e) {
      if (startedHere) {
        postgres.stop();
      }
      throw isRefusal(e) ? KeysetProof.wrong(directory.keyset()) : e;
    }
  }

  /** Whether the store knows another secret than the one that this keyset gives. */
  private static boolean isRefusal(RuntimeException failure) {
    return failure.getCause() instanceof SQLException cause
        && WRONG_PASSWORD.equals(cause.getSQLState());
  }

  private static Database database(StoreConfig config, Database.Address address) {
    Database database = new Database(address, config.databasePool(), config.databaseTimeout());
    if (!database.answers()) {
      database.close();
      throw new ConfigException("the metadata store does not answer at the configured URL");
    }
    return database;
  }

  Database database() {
    return database;
  }

  void migrate() {
    database.migrate(SCHEMAS);
  }

  /** Starts the embedded store again when it does not answer; called every second. */
  void lookAfter() {
    if (embedded.isPresent() && !database.answers()) {
      try {
        LOG.warn("the metadata store does not answer; starting it");
        embedded.get().start();
      } catch (EngineException e) {
        LOG.error("the metadata store cannot be started", e);
      }
    }
  }

  /** Leaves things as they were found, because the start failed. */
  void giveUp() {
    if (startedHere) {
      close();
    } else {
      disconnect();
    }
  }

  /** Closes the connections; what serves them goes on. */
  void disconnect() {
    database.close();
  }

  @Override
  public void close() {
    disconnect();
    embedded.ifPresent(MetadataPostgres::stop);
  }
}
