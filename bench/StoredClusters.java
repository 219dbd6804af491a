import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Rows of clusters that nobody makes: they look like the row of a real cluster, the model, but
 * stand on a host that is not there.
 */
record StoredClusters(Gatehouse gatehouse, String model) {
  private static final String INSERT =
      """
      insert into cloud.cluster
      select stored.*
      from (select ?::uuid as organization, ?::uuid[] as folders, ?::uuid as host) as given
      cross join generate_series(0, ? - 1) as number
      join cloud.cluster as model on model.cluster_id = ?::uuid
      cross join lateral jsonb_populate_record(model, jsonb_build_object(
        'organization_id', given.organization,
        'cluster_id', uuidv7(),
        'parent_id', given.folders[1 + number % cardinality(given.folders)],
        'name', 'stored-' || lpad(number::text, 6, '0'),
        'host', given.host)) as stored
      """;

  private static final String FIRST =
      """
      select cluster_id from cloud.cluster where parent_id = any(?::uuid[]) order by name limit ?
      """;

  /** Stores so many in an organization, in these folders in turn. */
  void insert(String organization, List<String> folders, int count)
      throws IOException, SQLException {
    try (Connection store = gatehouse.store();
        PreparedStatement insert = store.prepareStatement(INSERT)) {
      insert.setString(1, organization);
      insert.setArray(2, array(store, folders));
      insert.setObject(3, UUID.randomUUID());
      insert.setInt(4, count);
      insert.setString(5, model);
      insert.executeUpdate();
    }
  }

  /** The ids of the first clusters in these folders, by name. */
  List<String> first(List<String> folders, int count) throws IOException, SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection store = gatehouse.store();
        PreparedStatement query = store.prepareStatement(FIRST)) {
      query.setArray(1, array(store, folders));
      query.setInt(2, count);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    return ids;
  }

  /** Does now what the store would do by and by, in the middle of a measurement. */
  void tidy() throws IOException, SQLException {
    try (Connection store = gatehouse.store();
        Statement statement = store.createStatement()) {
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    }
  }

  private static Array array(Connection store, List<String> ids) throws SQLException {
    return store.createArrayOf("text", ids.toArray());
  }
}
