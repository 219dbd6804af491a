package io.gatehouse.cloud.api;

import io.gatehouse.platform.error.GatehouseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of labels: at most 50, short lower-case keys, short values. */
public final class Labels {
  private static final int MAX = 50;
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{0,63}");

  private Labels() {}

  /** The labels in the order of their keys, or an error that names the one that breaks a rule. */
  public static Map<String, String> check(@Nullable Map<String, String> given) {
    return check("labels", given);
  }

  /** The same for labels that stand in another member of the request. */
  public static Map<String, String> check(String member, @Nullable Map<String, String> given) {
    if (given == null) {
      return Map.of();
    }
    if (given.size() > MAX) {
      throw GatehouseException.invalid(member, "at most 50 are allowed");
    }
    given.forEach((key, value) -> check(member + "[" + key + "]", key, value));
    return new TreeMap<>(given);
  }

  private static void check(String member, String key, @Nullable String value) {
    if (!KEY.matcher(key).matches()) {
      throw GatehouseException.invalid(
          member,
          "a key has 1 to 63 lower-case letters, digits, dashes and underscores and begins with a"
              + " letter");
    }
    if (value == null || !VALUE.matcher(value).matches()) {
      throw GatehouseException.invalid(
          member, "a value has at most 63 lower-case letters, digits, dashes and underscores");
    }
  }
}
