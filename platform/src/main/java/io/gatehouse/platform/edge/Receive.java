package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Dialect;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out what is asked: the operation, in which version of its API. One that its API has but
 * that is not built is refused by {@link Built}, once it is known who asks.
 */
final class Receive implements Stage {
  private final Router router;
  private final Map<Api, Dialect> dialects;
  private final Map<Dialect, HeaderName> versionHeaders = new HashMap<>();

  Receive(Router router, Map<Api, Dialect> dialects) {
    this.router = router;
    this.dialects = dialects;
    dialects.values().forEach(d -> versionHeaders.put(d, HeaderNames.create(d.versionHeader())));
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
    if (!isNotBuilt(exchange)) {
      throw refusal(exchange, later ? List.of() : others);
    }
  }

  private boolean isNotBuilt(Exchange exchange) {
    Dialect dialect = Objects.requireNonNull(dialects.get(Api.of(exchange.rawPath())));
    Dialect.Version version = dialect.version(requestedVersion(exchange, dialect));
    Optional<String> name =
        version.notBuilt(exchange.method(), Router.segments(exchange.rawPath()));
    name.ifPresent(operation -> exchange.receivedNotBuilt(operation, version));
    return name.isPresent();
  }

  private static GatehouseException refusal(Exchange exchange, List<Router.Match> others) {
    return Router.refusal(exchange.method(), exchange.rawPath(), others);
  }

  private static boolean isFor(Exchange exchange, Router.Match match) {
    return match.endpoint().operation().method().name().equals(exchange.method());
  }

  private Optional<String> requestedVersion(Exchange exchange, Dialect dialect) {
    HeaderName header = versionHeaders.get(dialect);
    return header == null ? Optional.empty() : exchange.request().headers().first(header);
  }
}
