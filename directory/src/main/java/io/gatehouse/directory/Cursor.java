package io.gatehouse.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.json.JsonStyle;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The opaque text in {@code next_cursor}: a format version, the list that it belongs to, and where
 * in that list to go on.
 */
public final class Cursor {
  private static final String MEMBER = "next_cursor";
  private static final int VERSION = 1;

  private record Content(int version, @Nullable String list, @Nullable JsonNode at) {}

  private Cursor() {}

  /** Writes one. */
  public static String encode(String list, Object at) {
    byte[] json =
        JsonStyle.SNAKE_CASE.write(new Content(VERSION, list, Json.MAPPER.valueToTree(at)));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /**
   * Reads what a caller sent, which may be anything; an empty one counts as none.
   *
   * @throws GatehouseException when it is not one of this list
   */
  public static <T> Optional<T> decode(@Nullable String text, String list, Class<T> type) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    Content content = content(text);
    if (content.version() != VERSION || !list.equals(content.list())) {
      throw invalid("belongs to another list");
    }
    return Optional.of(position(content, type));
  }

  /** Says what is wrong with a cursor. */
  public static GatehouseException invalid(String rule) {
    return GatehouseException.invalid(MEMBER, rule);
  }

  private static Content content(String text) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      return orNoCursor(Json.MAPPER.readValue(json, Content.class));
    } catch (IllegalArgumentException | IOException e) {
      throw noCursor().causedBy(e);
    }
  }

  private static <T> T position(Content content, Class<T> type) {
    try {
      return orNoCursor(Json.MAPPER.treeToValue(content.at(), type));
    } catch (JsonProcessingException e) {
      throw noCursor().causedBy(e);
    }
  }

  /** JSON may say null anywhere. */
  private static <T> T orNoCursor(@Nullable T read) {
    if (read == null) {
      throw noCursor();
    }
    return read;
  }

  private static GatehouseException noCursor() {
    return invalid("is not a cursor of this API");
  }
}
