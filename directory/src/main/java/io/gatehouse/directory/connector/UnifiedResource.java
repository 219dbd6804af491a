package io.gatehouse.directory.connector;

import io.gatehouse.platform.config.Suggestions;
import io.gatehouse.platform.error.GatehouseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A unified list as a connector makes it: its sources, one after the other.
 *
 * @param name the model and the resource, such as {@code user-directory/users}
 * @param selectBy the query parameter that chooses one source by its name
 */
public record UnifiedResource(String name, String selectBy, List<Source> sources) {

  /** The source of that name, or all; a name that no source has is an error of the caller. */
  public List<Source> selected(Optional<String> wanted) {
    return wanted.map(name -> List.of(require(name))).orElse(sources);
  }

  private Source require(String wanted) {
    return sources.stream()
        .filter(source -> source.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> noSuchSource(wanted));
  }

  private GatehouseException noSuchSource(String wanted) {
    List<String> names = sources.stream().map(Source::name).toList();
    String near =
        Suggestions.nearest(wanted, names).map(n -> "; did you mean '" + n + "'?").orElse("");
    return GatehouseException.invalid(
        selectBy, names.stream().collect(Collectors.joining(", ", "must be one of ", near)));
  }
}
