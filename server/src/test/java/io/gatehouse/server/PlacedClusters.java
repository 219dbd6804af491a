package io.gatehouse.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.json.Json;

/** Clusters that stand in folders. */
final class PlacedClusters {
  private PlacedClusters() {}

  /** What makes a small cluster in a folder. */
  static ObjectNode body(String name, String folderId) {
    ObjectNode body = Json.MAPPER.valueToTree(TestOrganization.standardCluster(name));
    body.withObjectProperty("spec").put("parent_id", folderId);
    return body;
  }

  /** Makes a cluster in a folder and does not wait for it. */
  static String create(ApiClient client, String name, String folderId) {
    return client.post("/api/v1/clusters", body(name, folderId)).ok().path("id").asText();
  }
}
