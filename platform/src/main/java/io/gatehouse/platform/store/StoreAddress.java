package io.gatehouse.platform.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** How to reach the metadata store; user and password may also stand in the URL. */
public record StoreAddress(String url, Optional<String> user, Optional<Secret> password) {
  private static final String SETTING = "setting 'database-url' ";
  private static final String SILENT = "the metadata store does not answer at the configured URL";
  private static final String JDBC = "jdbc:postgresql:";

  /** The port of each of several hosts; the address of one may have colons, within brackets. */
  private static final Pattern PORT = Pattern.compile("(?:^|,)(?:\\[[^]]*]|[^,:\\[\\]]*):([^,]*)");

  /**
   * Reads a URL as JDBC writes it, or as libpq does: {@code postgresql://user:word@host/db}.
   *
   * @throws ConfigException when it is none; the message shows nothing of it but a port
   */
  public static StoreAddress parse(String url) {
    StoreAddress address = url.startsWith(JDBC) ? ofJdbc(url) : ofLibpq(url);
    try {
      address.dataSource();
    } catch (IllegalArgumentException e) { // its message has the whole URL
      throw new ConfigException(SETTING + "is not a URL of a PostgreSQL database");
    }
    return address;
  }

  private static StoreAddress ofJdbc(String url) {
    String rest = url.substring(JDBC.length());
    if (rest.startsWith("//")) {
      requirePorts(rest.substring(2).split("[/?]", 2)[0]);
    }
    return new StoreAddress(url, Optional.empty(), Optional.empty());
  }

  private static StoreAddress ofLibpq(String url) {
    if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
      throw new ConfigException(SETTING + "must begin with postgresql://");
    }
    URI uri = uri(url);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String authority = Objects.requireNonNullElse(uri.getRawAuthority(), "");
    int at = authority.lastIndexOf('@');
    if (at == authority.length() - 1) {
      throw new ConfigException(SETTING + "names no host");
    }
    String hosts = authority.substring(at + 1);
    requirePorts(hosts);
    String[] user = authority.substring(0, Math.max(at, 0)).split(":", 2);
    return new StoreAddress(
        "jdbc:postgresql://" + hosts + uri.getRawPath() + query,
        Optional.of(decode(user[0])).filter(name -> !name.isEmpty()),
        user.length > 1 ? Optional.of(Secret.of(decode(user[1]))) : Optional.empty());
  }

  private static void requirePorts(String hosts) {
    Matcher ports = PORT.matcher(hosts);
    while (ports.find()) {
      String port = ports.group(1);
      if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535 || port.matches("0+")) {
        throw new ConfigException(SETTING + "must have a port between 1 and 65535");
      }
    }
  }

  private static String decode(String escaped) {
    return URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new ConfigException(SETTING + "is not a URL");
    }
  }

  /** Why nobody can work there now, asked without a pool; empty when somebody can. */
  public Optional<String> problem(Duration timeout) {
    PGSimpleDataSource source = dataSource();
    source.setConnectTimeout(seconds(timeout));
    source.setSocketTimeout(seconds(timeout));
    try (Connection connection = source.getConnection()) {
      return connection.isValid(seconds(timeout)) ? Optional.empty() : Optional.of(SILENT);
    } catch (SQLException e) {
      return Optional.of(problem(Objects.requireNonNullElse(e.getSQLState(), "")));
    }
  }

  private static String problem(String sqlState) {
    return switch (sqlState) {
      case "28000", "28P01" -> "the metadata store refuses the configured user or password";
      case "3D000" -> "the metadata store has no database of the configured name";
      case "53300" -> "the metadata store has no connection left";
      default -> SILENT;
    };
  }

  PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    user.ifPresent(source::setUser);
    password.ifPresent(secret -> source.setPassword(secret.reveal()));
    return source;
  }

  static int seconds(Duration timeout) {
    return Math.toIntExact(Math.max(1, timeout.toSeconds()));
  }
}
