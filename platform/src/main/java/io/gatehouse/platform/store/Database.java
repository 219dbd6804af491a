package io.gatehouse.platform.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.platform.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The connections to the metadata store, and its migrations. What watches over the store and over
 * the caches has connections of its own, so that it never waits behind requests.
 */
public final class Database implements AutoCloseable {
  private static final int WATCHING = 3;
  private static final String NOT_ALLOWED = "42501";
  private static final String READ_ONLY = "25006";

  /** What holds locks and does nothing is ended, be it that its server has lost its network. */
  private static final String LIMITS =
      "set idle_in_transaction_session_timeout = '20s'; set statement_timeout = '25s'";

  private final StoreAddress address;
  private final HikariDataSource pool;
  private final HikariDataSource watch;
  private final Jdbi jdbi;
  private final Jdbi watching;

  public Database(StoreAddress address, int size, Duration timeout) {
    this.address = address;
    this.pool = pool("metadata", address, size, timeout);
    this.watch = pool("watch", address, WATCHING, timeout);
    this.jdbi = jdbi(pool);
    this.watching = jdbi(watch);
  }

  /** What a statement was given must not stand in the messages of failures, and so in the log. */
  private static Jdbi jdbi(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }

  private static HikariDataSource pool(
      String name, StoreAddress address, int size, Duration timeout) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.url());
    address.user().ifPresent(config::setUsername);
    address.password().ifPresent(password -> config.setPassword(password.reveal()));
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(timeout.toMillis());
    config.setValidationTimeout(Math.max(250, timeout.toMillis() / 2));
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(LIMITS);
    config.setPoolName(name);
    config.addDataSourceProperty("ApplicationName", "gatehouse");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", StoreAddress.seconds(timeout));
    config.addDataSourceProperty("socketTimeout", "30");
    return new HikariDataSource(config);
  }

  public DataSource dataSource() {
    return pool;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /** For what watches: it does not wait for those who use {@link #jdbi}. */
  public Jdbi watching() {
    return watching;
  }

  /**
   * Brings each context's schema to the newest form; forward only. It may take its time, so it has
   * connections without the limits of the others.
   */
  public void migrate(List<String> schemas) {
    for (String schema : schemas) {
      try {
        Flyway.configure()
            .dataSource(address.dataSource())
            .schemas(schema)
            .locations("classpath:db/" + schema)
            .load()
            .migrate();
      } catch (FlywayException e) {
        throw explained(e);
      }
    }
  }

  private static RuntimeException explained(FlywayException failure) {
    return switch (Objects.requireNonNullElse(Transactions.sqlState(failure), "")) {
      case NOT_ALLOWED ->
          new ConfigException(
              "the user of the metadata store must be allowed to make schemas in it");
      case READ_ONLY -> new ConfigException("the metadata store accepts no changes");
      default -> failure;
    };
  }

  /** Whether it answers now. */
  public boolean answers() {
    return answers(watching);
  }

  /** Whether requests get an answer too: their connections may come back later than others. */
  public boolean answersRequests() {
    return answers(jdbi);
  }

  /** Whether it takes changes; a standby does not, nor does a server that is set to read only. */
  public boolean acceptsChanges() {
    String readOnly = "select current_setting('transaction_read_only')";
    return watching
        .withHandle(h -> h.createQuery(readOnly).mapTo(String.class).one())
        .equals("off");
  }

  private static boolean answers(Jdbi jdbi) {
    try {
      return jdbi.withHandle(h -> h.createQuery("select 1").mapTo(int.class).one()) == 1;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
    watch.close();
  }
}
