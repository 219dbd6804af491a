package io.gatehouse.platform.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections to the metadata store, and its migrations. What watches over the store and over
 * the caches has connections of its own, so that it never waits behind requests.
 */
public final class Database implements AutoCloseable {
  private static final int WATCHING = 2;

  /** What holds locks and does nothing is ended, be it that its server has lost its network. */
  private static final String LIMITS =
      "set idle_in_transaction_session_timeout = '20s'; set statement_timeout = '25s'";

  private final Address address;
  private final HikariDataSource pool;
  private final HikariDataSource watch;
  private final Jdbi jdbi;
  private final Jdbi watching;

  /** How to reach it; user and password may also stand in the URL. */
  public record Address(String url, Optional<String> user, Optional<Secret> password) {

    /** Reads a URL as JDBC writes it, or as libpq does: {@code postgresql://user:word@host/db}. */
    public static Address parse(String url) {
      if (url.startsWith("jdbc:postgresql:")) {
        return new Address(url, Optional.empty(), Optional.empty());
      }
      if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
        throw new ConfigException("setting 'database-url' must begin with postgresql://");
      }
      URI uri = uri(url);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String authority = Objects.requireNonNullElse(uri.getRawAuthority(), "");
      int at = authority.lastIndexOf('@');
      if (at == authority.length() - 1) {
        throw new ConfigException("setting 'database-url' names no host");
      }
      String[] user = authority.substring(0, Math.max(at, 0)).split(":", 2);
      return new Address(
          "jdbc:postgresql://" + authority.substring(at + 1) + uri.getRawPath() + query,
          Optional.of(decode(user[0])).filter(name -> !name.isEmpty()),
          user.length > 1 ? Optional.of(Secret.of(decode(user[1]))) : Optional.empty());
    }

    private static String decode(String escaped) {
      return URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
    }

    /** Whether anything answers there now, asked without a pool. */
    public boolean answers(Duration timeout) {
      PGSimpleDataSource source = dataSource();
      source.setConnectTimeout(seconds(timeout));
      source.setSocketTimeout(seconds(timeout));
      try (Connection connection = source.getConnection()) {
        return connection.isValid(seconds(timeout));
      } catch (SQLException e) {
        return false;
      }
    }

    private PGSimpleDataSource dataSource() {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(url);
      user.ifPresent(source::setUser);
      password.ifPresent(secret -> source.setPassword(secret.reveal()));
      return source;
    }

    private static URI uri(String url) {
      try {
        return new URI(url);
      } catch (URISyntaxException e) {
        throw new ConfigException("setting 'database-url' is not a URL");
      }
    }
  }

  public Database(Address address, int size, Duration timeout) {
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

  private static HikariDataSource pool(String name, Address address, int size, Duration timeout) {
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
    config.addDataSourceProperty("connectTimeout", seconds(timeout));
    config.addDataSourceProperty("socketTimeout", "30");
    return new HikariDataSource(config);
  }

  private static int seconds(Duration timeout) {
    return Math.toIntExact(Math.max(1, timeout.toSeconds()));
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
      Flyway.configure()
          .dataSource(address.dataSource())
          .schemas(schema)
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
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
