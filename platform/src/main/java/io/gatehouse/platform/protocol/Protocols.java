package io.gatehouse.platform.protocol;

import io.gatehouse.platform.operation.Api;
import java.util.Comparator;
import java.util.List;

/** The protocols that a server speaks on its one port. */
public final class Protocols {
  private final List<Protocol> byPrefix;

  /**
   * Takes any number of them.
   *
   * @throws IllegalStateException when two have one prefix, or none has the prefix {@code /}, so
   *     that nobody would answer for the other paths
   */
  public Protocols(List<Protocol> protocols) {
    this.byPrefix =
        protocols.stream()
            .sorted(
                Comparator.comparingInt((Protocol one) -> one.api().prefix().length()).reversed())
            .toList();
    long prefixes = protocols.stream().map(one -> one.api().prefix()).distinct().count();
    if (prefixes < protocols.size() || !byPrefix.getLast().api().prefix().equals("/")) {
      throw new IllegalStateException("the prefixes of protocols must differ; one must be '/'");
    }
  }

  /** The one that answers for a path, whether an operation serves it or not. */
  public Protocol at(String path) {
    for (Protocol one : byPrefix) { // for every request, so without a stream
      if (path.startsWith(one.api().prefix())) {
        return one;
      }
    }
    return byPrefix.getLast();
  }

  /** The one of an API. */
  public Protocol of(Api api) {
    return byPrefix.stream()
        .filter(one -> one.api().equals(api))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no protocol speaks the API " + api.name()));
  }

  public List<Protocol> all() {
    return byPrefix;
  }
}
