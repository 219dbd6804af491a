package io.gatehouse.directory;

import io.gatehouse.platform.error.GatehouseException;
import org.jspecify.annotations.Nullable;

/** The {@code limit} of a list: 100 unless asked otherwise, and never above 1000. */
public final class ListLimit {
  private static final int USUAL = 100;
  private static final int MOST = 1000;

  private ListLimit() {}

  public static int of(@Nullable Integer given) {
    if (given == null) {
      return USUAL;
    }
    if (given < 1) {
      throw GatehouseException.invalid("limit", "must be at least 1");
    }
    return Math.min(given, MOST);
  }
}
