package io.gatehouse.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.cloud.OrganizationBootstrap;
import io.gatehouse.platform.secret.Secret;
import java.util.List;
import java.util.Map;

/** An organization for a test, with helpers for what most tests need in it. */
record TestOrganization(OrganizationBootstrap.Founded founded, ApiClient admin) {

  String id() {
    return founded.organization().id().toString();
  }

  /** Makes a cluster and waits until it serves SQL. */
  String cluster(String name) {
    String id = clusterInCreation(name);
    awaitState(id, "CREATED");
    return id;
  }

  String clusterInCreation(String name) {
    return admin.post("/api/v1/clusters", standardCluster(name)).ok().path("id").asText();
  }

  static Map<String, Object> standardCluster(String name) {
    return Map.of(
        "name",
        name,
        "provider",
        "GCP",
        "plan",
        "STANDARD",
        "spec",
        Map.of(
            "serverless",
            Map.of(
                "regions",
                List.of("us-central1"),
                "usage_limits",
                Map.of("provisioned_virtual_cpus", "2"))));
  }

  JsonNode awaitState(String clusterId, String state) {
    return Await.until(
            () -> admin.get("/api/v1/clusters/" + clusterId),
            answer -> answer.status() == 200 && answer.body().path("state").asText().equals(state))
        .body();
  }

  String folder(String name, String parentId) {
    return admin
        .post("/api/v1/folders", Map.of("name", name, "parent_id", parentId))
        .ok()
        .path("resource_id")
        .asText();
  }

  /** A service account with one role more than membership; gives its key. */
  Account account(String role, String resourceType, String resourceId) {
    JsonNode account =
        admin
            .post(
                "/api/v1/service-accounts",
                Map.of(
                    "name",
                    role + " on " + resourceType,
                    "description",
                    "",
                    "roles",
                    List.of(
                        Map.of(
                            "name",
                            role,
                            "resource",
                            Map.of("type", resourceType, "id", resourceId)))))
            .ok();
    return new Account(account.path("id").asText(), key(account.path("id").asText()));
  }

  /** A new key for a service account. */
  Secret key(String serviceAccountId) {
    return Secret.of(
        admin
            .post(
                "/api/v1/api-keys", Map.of("name", "a key", "service_account_id", serviceAccountId))
            .ok()
            .path("secret")
            .asText());
  }

  /** A service account and its key. */
  record Account(String id, Secret key) {}
}
