package io.gatehouse.directory;

import java.util.Map;

final class CockroachDbCloudConnectorTest extends ConnectorContract {
  @Override
  String name() {
    return "cockroachdbcloud";
  }

  @Override
  ScriptedUpstream.Script script() {
    return new FakeCockroachDbCloud()
        .serviceAccount("s1", "robot")
        .cluster("c1", "CREATED", "amy", "bob");
  }

  @Override
  Map<String, String> parameters() {
    return Map.of("cluster_id", "c1", "folder_id", "f1");
  }
}
