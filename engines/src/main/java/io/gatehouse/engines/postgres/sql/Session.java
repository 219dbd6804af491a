package io.gatehouse.engines.postgres.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One open SQL session. */
public record Session(Connection connection) implements AutoCloseable {

  /** Reads one row of an answer. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done in a session. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /** Something done in a session that has no result. */
  @FunctionalInterface
  public interface Action {
    void in(Session session) throws SQLException;
  }

  /** Runs a statement whose names and values are quoted already. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** Runs statements, all of them or none; the session goes on after a failure too. */
  public void executeTogether(List<String> statements) throws SQLException {
    together(
        session -> {
          for (String statement : statements) {
            session.execute(statement);
          }
          return true;
        });
  }

  /**
   * Does all of the work in one transaction, or none of it; the session goes on after a failure.
   */
  public <T> T together(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.in(this);
      connection.commit();
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(Exception cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  public <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return rows(statement, row);
    }
  }

  /** The first row of an answer, if there is one. */
  public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    return query(sql, row, parameters).stream().findFirst();
  }

  /** Whether the answer, one boolean, is true. */
  public boolean holds(String sql, @Nullable Object... parameters) throws SQLException {
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
