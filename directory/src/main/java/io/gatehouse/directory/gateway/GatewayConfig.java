package io.gatehouse.directory.gateway;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Setting;
import java.time.Duration;
import java.util.List;

/** Whom linked systems may be, and how long they may take. */
public record GatewayConfig(
    @Setting(
            value = "",
            help = "networks that linked systems may be in beside public ones, such as 10.0.0.0/8")
        List<String> egressAllow,
    @Setting(value = "5s", min = "1ms", help = "how long connecting to a linked system may take")
        Duration upstreamConnectTimeout,
    @Setting(value = "10s", min = "1ms", help = "how long a linked system may take for one answer")
        Duration upstreamTimeout,
    @Setting(
            value = "25s",
            min = "1ms",
            help = "how long all calls to linked systems for one request may take together")
        Duration upstreamPatience,
    @Setting(
            value = "2097152",
            min = "1",
            max = "268435456",
            help = "largest answer of a linked system, in bytes")
        int upstreamMaxBytes) {

  public GatewayConfig {
    egressAllow = List.copyOf(egressAllow);
    networks(egressAllow);
    if (!upstreamConnectTimeout.isPositive() || !upstreamTimeout.isPositive()) {
      throw new ConfigException("the time-outs of linked systems must be longer than nothing");
    }
    if (!upstreamPatience.isPositive() || upstreamMaxBytes < 1) {
      throw new ConfigException("'upstream-patience' and 'upstream-max-bytes' must be positive");
    }
  }

  /** The networks of {@code egress-allow}. */
  List<Network> allowed() {
    return networks(egressAllow);
  }

  private static List<Network> networks(List<String> texts) {
    try {
      return texts.stream().map(Network::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigException("setting 'egress-allow' " + e.getMessage());
    }
  }
}
