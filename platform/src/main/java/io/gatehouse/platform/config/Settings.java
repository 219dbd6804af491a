package io.gatehouse.platform.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All settings of a program, known by their names, and the records that are made from them. */
public final class Settings {
  private static final String ENVIRONMENT_PREFIX = "GATEHOUSE_";

  /** What is known of one setting. */
  public record Known(String name, Setting setting, Type type) {
    public String environmentName() {
      return ENVIRONMENT_PREFIX + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
  }

  private final Map<String, Known> known = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  @SafeVarargs
  public Settings(Class<? extends Record>... areas) {
    for (Class<? extends Record> area : areas) {
      for (RecordComponent component : area.getRecordComponents()) {
        String name = kebabCase(component.getName());
        Setting setting = component.getAnnotation(Setting.class);
        known.put(name, new Known(name, setting, component.getGenericType()));
      }
    }
  }

  public List<Known> known() {
    return List.copyOf(known.values());
  }

  /** Takes over what one source says; a later source wins. */
  public Settings with(String source, Map<String, String> given) {
    given.forEach((name, value) -> values.put(require(source, name, name).name(), value));
    return this;
  }

  /** Takes over every variable that begins with {@code GATEHOUSE_}. */
  public Settings withEnvironment(Map<String, String> environment) {
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(ENVIRONMENT_PREFIX)) {
            String name = variable.substring(ENVIRONMENT_PREFIX.length());
            String setting = name.toLowerCase(Locale.ROOT).replace('_', '-');
            values.put(require("the environment", setting, variable).name(), value);
          }
        });
    return this;
  }

  /** What one setting says now, as text. */
  public String text(String name) {
    return values.getOrDefault(name, require("the program", name, name).setting().value());
  }

  /** Makes the record of one area. */
  public <R extends Record> R read(Class<R> area) {
    RecordComponent[] components = area.getRecordComponents();
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = kebabCase(components[i].getName());
      types[i] = components[i].getType();
      arguments[i] = convert(name, components[i].getGenericType());
    }
    try {
      var constructor = area.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new ConfigException(String.valueOf(e.getTargetException().getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(area + " is not a public record", e);
    }
  }

  private Object convert(String name, Type type) {
    String text = text(name);
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == List.class) {
        return SettingTypes.parse(name, text, List.class);
      }
      return text.isEmpty() ? Optional.empty() : Optional.of(SettingTypes.parse(name, text, inner));
    }
    return SettingTypes.parse(name, text, type, require("the program", name, name).setting());
  }

  private Known require(String source, String name, String shown) {
    Known setting = known.get(name);
    if (setting == null) {
      Known nearest = Suggestions.nearest(name, known.keySet()).map(known::get).orElseThrow();
      throw new ConfigException(
          "unknown setting '%s' in %s; did you mean '%s'?"
              .formatted(shown, source, shownLike(shown, nearest)));
    }
    return setting;
  }

  private static String shownLike(String shown, Known nearest) {
    if (shown.startsWith(ENVIRONMENT_PREFIX)) {
      return nearest.environmentName();
    }
    return nearest.name();
  }

  private static String kebabCase(String componentName) {
    return String.join("-", Arrays.asList(componentName.split("(?=[A-Z])")))
        .toLowerCase(Locale.ROOT);
  }
}
