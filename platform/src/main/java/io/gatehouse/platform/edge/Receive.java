package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Dialect;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what is asked: the operation, in which version of its API. */
final class Receive implements Stage {
  private final Router router;
  private final Map<Dialect, HeaderName> versionHeaders = new HashMap<>();

  Receive(Router router, Iterable<Dialect> dialects) {
    this.router = router;
    dialects.forEach(d -> versionHeaders.put(d, HeaderNames.create(d.versionHeader())));
  }

  @Override
  public void apply(Exchange exchange) {
    if (!RawPath.isClean(exchange.rawPath())) {
      throw GatehouseException.invalid("path", "holds characters that belong escaped");
    }
    List<Router.Match> others = new ArrayList<>(0);
    boolean later = false;
    for (Router.Match match : router.match(exchange.rawPath())) {
      Dialect dialect = match.endpoint().dialect();
      Dialect.Version version = dialect.version(requestedVersion(exchange, dialect));
      boolean has = version.has(match.endpoint().operation());
      if (has && isFor(exchange, match)) {
        exchange.received(match.endpoint(), match.values(), version);
        return;
      }
      later |= !has && isFor(exchange, match);
      if (has) {
        others.add(match);
      }
    }
    throw Router.refusal(exchange.method(), exchange.rawPath(), later ? List.of() : others);
  }

  private static boolean isFor(Exchange exchange, Router.Match match) {
    return match.endpoint().operation().method().name().equals(exchange.method());
  }

  private Optional<String> requestedVersion(Exchange exchange, Dialect dialect) {
    HeaderName header = versionHeaders.get(dialect);
    return header == null ? Optional.empty() : exchange.request().headers().first(header);
  }
}
