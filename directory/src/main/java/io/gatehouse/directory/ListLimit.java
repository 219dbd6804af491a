package io.gatehouse.directory;

import io.gatehouse.platform.error.GatehouseException;
import org.jspecify.annotations.Nullable;

/** The {@code limit} of a list. */
public final class ListLimit {
  private static final int DEFAULT = 100;
  private static final int MAX = 1000;
  private static final int MAX_OF_OURS = 5000;

  private ListLimit() {}

  /** For what is read at an upstream: 100 unless asked otherwise, and never above 1000. */
  public static int ofData(@Nullable Integer given) {
    return Math.min(requirePositive(given, DEFAULT), MAX);
  }

  /** For what this server itself keeps: 5000 unless less is asked for. */
  public static int ofAdministration(@Nullable Integer given) {
    return Math.min(requirePositive(given, MAX_OF_OURS), MAX_OF_OURS);
  }

  private static int requirePositive(@Nullable Integer given, int usual) {
    if (given == null) {
      return usual;
    }
    if (given < 1) {
      throw GatehouseException.invalid("limit", "must be at least 1");
    }
    return given;
  }
}
