package io.gatehouse.directory.unified;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.MappingFailedException;
import io.gatehouse.directory.gateway.UpstreamFailures;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Brings what was found at the upstream into the shape that all systems share. */
final class UnifiedShape<T> {
  private static final String REMOTE_DATA = "remote_data";

  /** Their items refer to something else at the upstream. */
  private static final List<String> LISTS_WITH_IDS =
      List.of("roles", "organizations", "licenses", "groups", "workspaces");

  private final Connector connector;
  private final ObjectReader reader;
  private final boolean withRemoteData;

  /** {@code withRemoteData} says whether each record has the upstream's own record with it. */
  UnifiedShape(Connector connector, Class<T> shape, boolean withRemoteData) {
    this.connector = connector;
    this.reader =
        Json.MAPPER.readerFor(shape).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    this.withRemoteData = withRemoteData;
  }

  T of(NestedPages.Found found) {
    try {
      JsonNode mapped = found.source().responseMapping().map(found.record(), found.parent());
      if (mapped instanceof ObjectNode unified) {
        requireIds(found, unified);
        if (withRemoteData) {
          unified.set(REMOTE_DATA, found.record());
        }
        return reader.readValue(unified);
      }
    } catch (JsonMappingException e) {
      throw unusable(found, member(e) + " has a value of another type").causedBy(e);
    } catch (MappingFailedException | IOException e) {
      throw unusable(found, String.valueOf(e.getMessage())).causedBy(e);
    }
    throw unusable(found, "it has no id");
  }

  private void requireIds(NestedPages.Found found, ObjectNode unified) {
    if (!hasId(unified)) {
      throw unusable(found, "it has no id");
    }
    for (String list : LISTS_WITH_IDS) {
      if (!unified.path(list).valueStream().allMatch(UnifiedShape::hasId)) {
        throw unusable(found, "one of its " + list + " has no id");
      }
    }
  }

  private static boolean hasId(JsonNode unified) {
    return unified.path("id").isTextual() && !unified.path("id").textValue().isEmpty();
  }

  /** Where it is, as {@code roles.name}; the library's own words name our classes. */
  private static String member(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }

  private GatehouseException unusable(NestedPages.Found found, String reason) {
    return UpstreamFailures.unusable(
        connector, "a record of %s is not understood: %s".formatted(found.source().name(), reason));
  }
}
