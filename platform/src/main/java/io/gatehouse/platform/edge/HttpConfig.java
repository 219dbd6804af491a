package io.gatehouse.platform.edge;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Setting;
import java.time.Duration;

/** Where the server listens and what it accepts. */
public record HttpConfig(
    @Setting(value = "127.0.0.1", help = "address to listen on") String host,
    @Setting(value = "8080", help = "port to listen on; 0 picks a free one and prints it") int port,
    @Setting(value = "10", help = "requests a second for each service account; 0: no limit")
        int rateLimit,
    @Setting(
            value = "5s",
            help = "how long a request over the rate limit waits for its turn; 0: refused at once")
        Duration rateLimitWait,
    @Setting(value = "1048576", help = "largest request body, in bytes") int maxBodyBytes,
    @Setting(value = "16384", help = "largest request header, in bytes") int maxHeaderBytes,
    @Setting(value = "256", help = "requests carried out at the same time, at most")
        int maxConcurrentRequests,
    @Setting(value = "64", help = "requests of one organization at the same time, at most")
        int maxConcurrentOfOrganization,
    @Setting(
            value = "0",
            help =
                "requests of one service account at the same time, at most;"
                    + " 0: half of its organization's")
        int maxConcurrentOfPrincipal,
    @Setting(value = "12000", help = "open connections, at most") int maxConnections,
    @Setting(value = "10s", help = "how long a request's body may take to arrive")
        Duration bodyTimeout,
    @Setting(value = "30s", help = "how long a connection may be silent") Duration idleTimeout,
    @Setting(value = "10s", help = "how long requests under way may take at shutdown")
        Duration drainTimeout) {

  /** Longer than that hardly any client waits for an answer. */
  private static final Duration MAX_RATE_LIMIT_WAIT = Duration.ofSeconds(60);

  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw new ConfigException("setting 'port' must be between 0 and 65535");
    }
    if (rateLimit < 0) {
      throw new ConfigException("setting 'rate-limit' must not be negative");
    }
    if (rateLimitWait.isNegative() || rateLimitWait.compareTo(MAX_RATE_LIMIT_WAIT) > 0) {
      throw new ConfigException("setting 'rate-limit-wait' must be between 0 and 60s");
    }
    if (maxBodyBytes < 1
        || maxHeaderBytes < 1
        || maxConcurrentRequests < 1
        || maxConcurrentOfOrganization < 1
        || maxConcurrentOfPrincipal < 0
        || maxConnections < 1) {
      throw new ConfigException("the limits of the HTTP server must be at least 1");
    }
    if (!bodyTimeout.isPositive() || !idleTimeout.isPositive() || drainTimeout.isNegative()) {
      throw new ConfigException(
          "settings 'body-timeout' and 'idle-timeout' must be positive, 'drain-timeout' not negative");
    }
  }

  Places.Bounds places() {
    int principal =
        maxConcurrentOfPrincipal > 0
            ? maxConcurrentOfPrincipal
            : Math.ceilDiv(maxConcurrentOfOrganization, 2);
    return new Places.Bounds(maxConcurrentRequests, maxConcurrentOfOrganization, principal);
  }
}
