package io.gatehouse.engines.postgres;

import io.gatehouse.engines.SqlAdmin.Page;
import java.sql.SQLException;
import java.util.List;

/** Reads a page of names, ordered by their bytes. */
final class NamePage {
  private static final String UP =
      """
      SELECT name FROM (%s) AS names (name)
      WHERE ?::text IS NULL OR name > ?::text
      ORDER BY name LIMIT ?
      """;
  private static final String DOWN =
      """
      SELECT name FROM (%s) AS names (name)
      WHERE ?::text IS NULL OR name < ?::text
      ORDER BY name DESC LIMIT ?
      """;

  private NamePage() {}

  /** Reads from a query of one column of names of collation C. */
  static List<String> read(Session session, String names, Page page) throws SQLException {
    String sql = (page.descending() ? DOWN : UP).formatted(names);
    return session.query(sql, row -> row.getString(1), page.after(), page.after(), page.limit());
  }
}
