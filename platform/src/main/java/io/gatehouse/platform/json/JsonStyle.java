package io.gatehouse.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** How an API writes JSON: the names of members, and the mapper that uses them. */
public final class JsonStyle {
  /** Members are snake_case; lowerCamelCase is read too. */
  public static final JsonStyle SNAKE_CASE =
      new JsonStyle(Json.MAPPER, PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE::translate);

  /** Members are lowerCamelCase, as the components of records are. */
  public static final JsonStyle CAMEL_CASE =
      new JsonStyle(
          Json.MAPPER
              .rebuild()
              .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
              .build(),
          UnaryOperator.identity());

  private final JsonMapper mapper;
  private final UnaryOperator<String> memberName;
  private final String mediaType;

  private JsonStyle(JsonMapper mapper, UnaryOperator<String> memberName) {
    this(mapper, memberName, "application/json");
  }

  private JsonStyle(JsonMapper mapper, UnaryOperator<String> memberName, String mediaType) {
    this.mapper = mapper;
    this.memberName = memberName;
    this.mediaType = mediaType;
  }

  /** The same under another media type, such as {@code application/scim+json}. */
  public JsonStyle as(String otherMediaType) {
    return new JsonStyle(mapper, memberName, otherMediaType);
  }

  /** As in {@code Content-Type}. */
  public String mediaType() {
    return mediaType;
  }

  public JsonMapper mapper() {
    return mapper;
  }

  /** The member for a name in Java's spelling; a member's name stays as it is. */
  public String memberName(String name) {
    return memberName.apply(name);
  }

  /** Writes a value that this program made; it cannot fail for a reason of the caller's. */
  public byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
