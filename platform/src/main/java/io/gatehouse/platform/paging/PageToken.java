package io.gatehouse.platform.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.json.JsonStyle;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * What an opaque token says: a format version, the list it belongs to, which way to go, and the key
 * of the row to go on from. In front of that stands a checksum, so that an altered token is not
 * taken for a token of another row.
 */
record PageToken(int version, String list, boolean backwards, List<String> key) {
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;

  PageToken {
    Objects.requireNonNull(list);
    key = List.copyOf(key);
  }

  static PageToken of(PageRequest request, boolean backwards, List<String> key) {
    return new PageToken(VERSION, name(request), backwards, key);
  }

  String encode() {
    byte[] json = JsonStyle.SNAKE_CASE.write(this);
    CRC32C checksum = new CRC32C();
    checksum.update(json);
    ByteBuffer bytes = ByteBuffer.allocate(CHECKSUM_BYTES + json.length);
    bytes.putInt((int) checksum.getValue()).put(json);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Reads a token that a caller sent; it may be anything. */
  static PageToken decode(String text, PageRequest request, SortKey sortKey) {
    PageToken token = parse(text);
    if (token.version != VERSION || !token.list.equals(name(request))) {
      throw invalid("belongs to another list or another order");
    }
    if (!sortKey.accepts(token.key)) {
      throw invalid("is not a token of this API");
    }
    return token;
  }

  private static PageToken parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String json = new String(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES, UTF_8);
      PageToken token = Json.MAPPER.readValue(json, PageToken.class);
      if (token != null && token.encode().equals(text)) {
        return token;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | JsonProcessingException e) {
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
