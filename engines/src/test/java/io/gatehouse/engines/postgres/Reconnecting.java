package io.gatehouse.engines.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Clients that connect again as soon as they are thrown out, until they are closed. */
final class Reconnecting implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch connected;
  private volatile boolean closed;

  /** Opens a connection of a client. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  Reconnecting(int clients, Connector connector) {
    this(clients, clients, connector);
  }

  /**
   * @param room so many of the clients find a connection at the same time
   */
  Reconnecting(int clients, int room, Connector connector) {
    this.connected = new CountDownLatch(room);
    for (int i = 0; i < clients; i++) {
      threads.execute(() -> stayConnected(connector));
    }
  }

  private void stayConnected(Connector connector) {
    while (!closed) {
      try (Connection connection = connector.connect()) {
        connected.countDown();
        while (!closed && connection.isValid(1)) {
          LockSupport.parkNanos(5_000_000);
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  void awaitConnected() throws InterruptedException {
    connected.await();
  }

  @Override
  public void close() {
    closed = true;
    threads.close();
  }
}
