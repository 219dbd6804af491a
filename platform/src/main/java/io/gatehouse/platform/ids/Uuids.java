package io.gatehouse.platform.ids;

import java.util.Optional;
import java.util.UUID;

/** Reads ids that someone wrote. */
public final class Uuids {
  private Uuids() {}

  /** The id; empty unless the text has all of its digits and dashes: Java itself takes fewer. */
  public static Optional<UUID> parse(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
