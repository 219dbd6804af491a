import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Clients of a user that stay connected until they are closed. */
final class Sessions implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Connection> idle = new ArrayList<>();
  private volatile boolean closed;

  /** Sessions that do nothing, and do not come back. */
  static Sessions idle(SqlCluster cluster, String user, int number) throws SQLException {
    Sessions sessions = new Sessions();
    for (int i = 0; i < number; i++) {
      sessions.idle.add(cluster.connect(user, "defaultdb"));
    }
    return sessions;
  }

  /** Sessions that come back as soon as they were ended; returns when half of them are there. */
  static Sessions reconnecting(SqlCluster cluster, String user, int number)
      throws InterruptedException {
    Sessions sessions = new Sessions();
    CountDownLatch connected = new CountDownLatch(number / 2);
    for (int i = 0; i < number; i++) {
      sessions.threads.execute(() -> sessions.stay(cluster, user, connected));
    }
    connected.await();
    return sessions;
  }

  private void stay(SqlCluster cluster, String user, CountDownLatch connected) {
    while (!closed) {
      try (Connection connection = cluster.connect(user, "defaultdb")) {
        connected.countDown();
        while (!closed && connection.isValid(5)) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    threads.close();
    for (Connection connection : idle) {
      connection.close();
    }
  }
}
