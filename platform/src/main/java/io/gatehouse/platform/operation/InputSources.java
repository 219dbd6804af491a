package io.gatehouse.platform.operation;

import io.gatehouse.platform.operation.From.Source;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where each component of an input record comes from, by the name of the component. */
final class InputSources {
  private InputSources() {}

  /** Those of the components that say so themselves. */
  static Collection<Source> of(Operation<?, ?> operation) {
    return declared(operation.input()).values().stream().map(From::value).toList();
  }

  /** What the components of an input record say. */
  static Map<String, From> declared(Class<?> input) {
    Map<String, From> sources = new LinkedHashMap<>();
    for (RecordComponent component : input.getRecordComponents()) {
      From from = component.getAnnotation(From.class);
      if (from != null) {
        sources.put(component.getName(), from);
      }
    }
    return sources;
  }
}
