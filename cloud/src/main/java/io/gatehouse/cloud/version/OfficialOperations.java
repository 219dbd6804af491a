package io.gatehouse.cloud.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.operation.PathTemplate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the official API can be asked, in which of its versions, whether it is built here or not.
 */
public final class OfficialOperations {
  private static final String FILE = "official-operations.txt";

  /** An operation; {@code since} and {@code until} are the first and last version that have it. */
  public record Official(
      String method, PathTemplate path, String name, String since, String until) {
    private boolean isIn(ApiVersion version) {
      return since.compareTo(version.date()) <= 0 && version.date().compareTo(until) <= 0;
    }
  }

  private final List<Official> operations;

  private OfficialOperations(List<Official> operations) {
    this.operations = operations;
  }

  /** Reads them. */
  public static OfficialOperations read() {
    try (var in = Objects.requireNonNull(OfficialOperations.class.getResourceAsStream(FILE));
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return new OfficialOperations(
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" ", -1))
              .map(f -> new Official(f[0], PathTemplate.of(f[1]), f[2], f[3], f[4]))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Official> all() {
    return operations;
  }

  /** The name of the operation that a version has for a method and the segments of a path. */
  Optional<String> find(ApiVersion version, String method, List<String> segments) {
    return operations.stream()
        .filter(official -> official.method().equals(method) && official.isIn(version))
        .filter(official -> official.path().matches(segments))
        .map(Official::name)
        .findFirst();
  }
}
