package io.gatehouse.engines.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One open SQL session. */
record Session(Connection connection) implements AutoCloseable {

  /** Reads one row of an answer. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement whose names and values are quoted already. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** Runs statements, all of them or none; the session goes on after a failure too. */
  void executeTogether(List<String> statements) throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (String statement : statements) {
        execute(statement);
      }
      connection.commit();
    } catch (SQLException e) {
      rollBack(e);
      throw e;
    }
    connection.setAutoCommit(true);
  }

  private void rollBack(SQLException cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return rows(statement, row);
    }
  }

  /** Whether the answer, one boolean, is true. */
  boolean holds(String sql, Object... parameters) throws SQLException {
    return query(sql, row -> row.getBoolean(1), parameters).getFirst();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static <T> List<T> rows(PreparedStatement statement, Row<T> row) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet answer = statement.executeQuery()) {
      while (answer.next()) {
        rows.add(row.read(answer));
      }
    }
    return rows;
  }
}
