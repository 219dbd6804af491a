import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a new database is asked first. */
final class FirstQuery {
  private FirstQuery() {}

  static void on(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1")) {
      if (!rows.next() || rows.getInt(1) != 1) {
        throw new SQLException("the database does not answer");
      }
    }
  }
}
