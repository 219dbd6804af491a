package io.gatehouse.platform.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import java.util.Base64;
import java.util.List;

/**
 * What an opaque token says: a format version, the list it belongs to, which way to go, and the key
 * of the row to go on from.
 */
record PageToken(int version, String list, boolean backwards, List<String> key) {
  private static final int VERSION = 1;

  static PageToken of(PageRequest request, boolean backwards, List<String> key) {
    return new PageToken(VERSION, name(request), backwards, key);
  }

  String encode() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.writeBytes(this));
  }

  /** Reads a token that a caller sent; it may be anything. */
  static PageToken decode(String text, PageRequest request) {
    PageToken token = parse(text);
    if (token.version != VERSION || !token.list.equals(name(request)) || token.key.isEmpty()) {
      throw invalid("belongs to another list or another order");
    }
    return token;
  }

  @SuppressWarnings("NullAway") // members that are missing in foreign JSON are null
  private static PageToken parse(String text) {
    try {
      String json = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      PageToken token = Json.MAPPER.readValue(json, PageToken.class);
      if (token != null && token.list != null && token.key != null && !token.key.contains(null)) {
        return token;
      }
    } catch (IllegalArgumentException | JsonProcessingException | NullPointerException e) {
      throw invalid("is not a token of this API").causedBy(e);
    }
    throw invalid("is not a token of this API");
  }

  private static String name(PageRequest request) {
    return request.list() + ":" + request.order();
  }

  private static GatehouseException invalid(String rule) {
    return GatehouseException.invalid("pagination.page", rule);
  }
}
