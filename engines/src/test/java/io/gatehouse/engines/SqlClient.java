package io.gatehouse.engines;

import io.gatehouse.platform.secret.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.ds.PGSimpleDataSource;

/** A client of a cluster, as any application could be: every user of it has the same password. */
record SqlClient(Endpoint endpoint, Secret password) {

  Connection connect(String user, String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {endpoint.host()});
    source.setPortNumbers(new int[] {endpoint.port()});
    source.setDatabaseName(database);
    return source.getConnection(user, password.reveal());
  }

  void run(String user, String database, String... statements) throws SQLException {
    try (Connection connection = connect(user, database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  long number(String user, String database, String sql) throws SQLException {
    try (Connection connection = connect(user, database);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getLong(1);
    }
  }

  /** Does the same several times at once. */
  static List<Boolean> together(int times, Callable<Boolean> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(times, work))) {
        results.add(one.get());
      }
      return results;
    }
  }
}
