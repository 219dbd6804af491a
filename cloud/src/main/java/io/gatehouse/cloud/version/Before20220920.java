package io.gatehouse.cloud.version;

import static io.gatehouse.cloud.version.VersionChange.inAnswers;

import java.util.List;

/** What was different in 2022-07-12. */
final class Before20220920 {
  private Before20220920() {}

  static final List<VersionChange> CHANGES =
      List.of(
          inAnswers(
              "clusters showed nothing of their network or upgrades",
              (operation, answer) ->
                  Members.remove(
                      Members.clusters(answer),
                      "egress_traffic_policy",
                      "network_visibility",
                      "sql_dns",
                      "upgrade_status")),
          inAnswers(
              "regions had no internal name, and none was primary",
              (operation, answer) ->
                  Members.remove(Members.regionsOfClusters(answer), "internal_dns", "primary")));
}
