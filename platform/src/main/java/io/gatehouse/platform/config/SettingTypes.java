package io.gatehouse.platform.config;

import io.gatehouse.platform.secret.Secret;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** How the text of a setting becomes a value. */
final class SettingTypes {
  /** Longer than that nothing here waits, and much longer ones overflow where they are used. */
  private static final String MAX_DURATION = "24h";

  private record Parser(String expected, Function<String, Object> parse) {}

  private static final Map<Type, Parser> PARSERS =
      Map.of(
          String.class, new Parser("text", text -> text),
          Secret.class, new Parser("text", Secret::of),
          int.class, new Parser("a whole number", Integer::valueOf),
          long.class, new Parser("a whole number", Long::valueOf),
          boolean.class, new Parser("true or false", SettingTypes::bool),
          Path.class, new Parser("a path", SettingTypes::path),
          Duration.class, new Parser("a duration such as 500ms, 30s or 5m", SettingTypes::duration),
          List.class, new Parser("a list with commas", SettingTypes::list));

  private SettingTypes() {}

  static Object parse(String name, String text, Type type) {
    Parser parser = PARSERS.get(type);
    if (parser == null) {
      throw new IllegalStateException("setting " + name + " has a type that cannot be read");
    }
    try {
      return parser.parse().apply(text.strip());
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new ConfigException(
          "setting '%s' must be %s, not '%s'".formatted(name, parser.expected(), text));
    }
  }

  /** The same, but refused when it is not within the bounds of the setting. */
  static Object parse(String name, String text, Type type, Setting setting) {
    Object value = parse(name, text, type);
    if (value instanceof Number || value instanceof Duration) {
      boolean isDuration = value instanceof Duration;
      String min = setting.min().isEmpty() ? "0" : setting.min();
      String max = setting.max().isEmpty() && isDuration ? MAX_DURATION : setting.max();
      if (compare(value, parse(name, min, type)) < 0
          || (!max.isEmpty() && compare(value, parse(name, max, type)) > 0)) {
        throw new ConfigException(
            "setting '%s' must be %s, not '%s'".formatted(name, bounds(min, max), text));
      }
    }
    return value;
  }

  private static int compare(Object value, Object bound) {
    return value instanceof Duration duration
        ? duration.compareTo((Duration) bound)
        : Long.compare(((Number) value).longValue(), ((Number) bound).longValue());
  }

  private static String bounds(String min, String max) {
    return max.isEmpty() ? "at least " + min : "between %s and %s".formatted(min, max);
  }

  private static Object bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Object path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("it would be wherever the program was started");
    }
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home")).resolve(text.substring(2))
        : Path.of(text);
  }

  private static Object list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static Object duration(String text) {
    if (text.startsWith("P")) {
      return Duration.parse(text);
    }
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    return text.endsWith("ms")
        ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
        : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
