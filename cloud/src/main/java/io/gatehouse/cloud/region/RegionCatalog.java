package io.gatehouse.cloud.region;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.config.Suggestions;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The known regions, from {@code regions.csv} beside this class. */
public final class RegionCatalog {
  private static final List<Region> ALL = load();

  private RegionCatalog() {}

  public static List<Region> all() {
    return ALL;
  }

  /** The regions of a provider in which such clusters can be made. */
  private static List<String> names(CloudProvider provider, boolean serverless) {
    return ALL.stream()
        .filter(region -> region.provider() == provider)
        .filter(region -> !serverless || region.serverless())
        .map(Region::name)
        .toList();
  }

  /** Refuses a name that is none of the provider's regions, and says which is near. */
  public static void require(CloudProvider provider, boolean serverless, String name) {
    List<String> names = names(provider, serverless);
    if (!names.contains(name)) {
      throw unknown(provider, name, names);
    }
  }

  private static GatehouseException unknown(
      CloudProvider provider, String name, List<String> names) {
    String rule =
        Suggestions.nearest(name, names)
            .map(
                near ->
                    "invalid region name '%s' for %s. Did you mean to use '%s'"
                        .formatted(name, provider, near))
            .orElse("no such clusters can be made on " + provider);
    return ErrorCode.INVALID_ARGUMENT.with("rule", rule);
  }

  private static List<Region> load() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RegionCatalog.class.getResourceAsStream("regions.csv")),
                UTF_8))) {
      return lines.lines().skip(1).map(RegionCatalog::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Region parse(String line) {
    String[] cells = line.split(",", -1);
    return new Region(
        CloudProvider.valueOf(cells[0]), cells[1], cells[2], Boolean.parseBoolean(cells[3]));
  }
}
