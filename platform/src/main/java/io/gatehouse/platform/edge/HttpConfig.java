package io.gatehouse.platform.edge;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Setting;
import java.time.Duration;

/** Where the server listens and what it accepts. */
public record HttpConfig(
    @Setting(value = "127.0.0.1", help = "address to listen on") String host,
    @Setting(
            value = "8080",
            max = "65535",
            help = "port to listen on; 0 picks a free one and prints it")
        int port,
    @Setting(
            value = "10",
            max = "1000000",
            help = "requests a second for each service account; 0: no limit")
        int rateLimit,
    @Setting(
            value = "5s",
            max = "60s",
            help = "how long a request over the rate limit waits for its turn; 0: refused at once")
        Duration rateLimitWait,
    @Setting(
            value = "1048576",
            min = "1",
            max = "1073741824",
            help = "largest request body, in bytes")
        int maxBodyBytes,
    @Setting(
            value = "16384",
            min = "1",
            max = "16777216",
            help = "largest request header, in bytes")
        int maxHeaderBytes,
    @Setting(
            value = "256",
            min = "1",
            max = "1000000",
            help = "requests carried out at the same time, at most")
        int maxConcurrentRequests,
    @Setting(
            value = "64",
            min = "1",
            max = "1000000",
            help = "requests of one organization at the same time, at most")
        int maxConcurrentOfOrganization,
    @Setting(
            value = "0",
            max = "1000000",
            help =
                "requests of one service account at the same time, at most;"
                    + " 0: half of its organization's")
        int maxConcurrentOfPrincipal,
    @Setting(value = "12000", min = "1", max = "1000000", help = "open connections, at most")
        int maxConnections,
    @Setting(value = "10s", min = "1ms", help = "how long a request's body may take to arrive")
        Duration bodyTimeout,
    @Setting(value = "30s", min = "1ms", help = "how long a connection may be silent")
        Duration idleTimeout,
    @Setting(value = "10s", help = "how long requests under way may take at shutdown")
        Duration drainTimeout) {

  public HttpConfig {
    if (host.isBlank()) {
      throw new ConfigException("setting 'host' must name an address to listen on");
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
