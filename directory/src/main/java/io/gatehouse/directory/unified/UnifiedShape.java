package io.gatehouse.directory.unified;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.MappingFailedException;
import io.gatehouse.directory.gateway.UpstreamFailures;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import java.io.IOException;

/** Brings what was found at the upstream into the shape that all systems share. */
final class UnifiedShape<T> {
  private static final String REMOTE_DATA = "remote_data";

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

  T of(Walk.Found found) {
    try {
      JsonNode mapped = found.source().responseMapping().map(found.record(), found.parent());
      if (mapped instanceof ObjectNode unified && unified.path("id").isTextual()) {
        if (withRemoteData) {
          unified.set(REMOTE_DATA, found.record());
        }
        return reader.readValue(unified);
      }
    } catch (JsonProcessingException e) {
      throw unusable(found, e.getOriginalMessage()).causedBy(e);
    } catch (MappingFailedException | IOException e) {
      throw unusable(found, String.valueOf(e.getMessage())).causedBy(e);
    }
    throw unusable(found, "it has no id");
  }

  private GatehouseException unusable(Walk.Found found, String reason) {
    return UpstreamFailures.unusable(
        connector, "a record of %s is not understood: %s".formatted(found.source().name(), reason));
  }
}
