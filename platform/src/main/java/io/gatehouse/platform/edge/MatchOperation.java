package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.gatehouse.platform.protocol.Version;
import io.gatehouse.platform.protocol.Versions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what is asked: the operation, in which version of its API. One that its API has but
 * that is not built is refused by {@link Built}, once it is known who asks.
 */
final class MatchOperation implements Stage {
  private final Router router;
  private final IdentityHashMap<Versions, HeaderName> versionHeaders = new IdentityHashMap<>();

  MatchOperation(Router router, Protocols protocols) {
    this.router = router;
    for (Protocol protocol : protocols.all()) {
      Versions versions = protocol.versions();
      versions.header().ifPresent(name -> versionHeaders.put(versions, HeaderNames.create(name)));
    }
  }

  @Override
  public void apply(Exchange exchange) {
    if (!RawPath.isClean(exchange.rawPath())) {
      throw GatehouseException.invalid("path", "contains characters that must be percent-encoded");
    }
    List<Router.Match> others = new ArrayList<>(0);
    boolean later = false;
    for (Router.Match match : router.match(exchange.rawPath())) {
      Version version = version(exchange, match.endpoint().protocol());
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
    Version version = version(exchange, exchange.protocol());
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

  private Version version(Exchange exchange, Protocol protocol) {
    HeaderName header = versionHeaders.get(protocol.versions());
    return protocol
        .versions()
        .agree(header == null ? Optional.empty() : exchange.request().headers().first(header));
  }
}
