package io.gatehouse.platform.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves a protocol on connections whose {@link BufferedBytes} are bounded, and that end by a
 * {@link LingeringClose}.
 */
final class BoundedConnections implements ServerConnectionSelector {
  private static final long MAX_TOGETHER = 64 << 20;

  private final ServerConnectionSelector protocol;
  private final int most;
  private final ConnectionWatchdog watchdog;
  private final Duration timeout;
  private final AtomicLong together = new AtomicLong();

  /**
   * Bounds the connections of a protocol.
   *
   * @param most what one of them may have received and not used up, in bytes
   * @param timeout how long the rest of a refused request may take to arrive
   */
  BoundedConnections(
      ServerConnectionSelector protocol, int most, ConnectionWatchdog watchdog, Duration timeout) {
    this.protocol = protocol;
    this.most = most;
    this.watchdog = watchdog;
    this.timeout = timeout;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return protocol.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData begin) {
    return protocol.supports(begin);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return protocol.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var bytes = new BufferedBytes(context.dataReader(), most, MAX_TOGETHER, together);
    return new Bounded(
        protocol.connection(new Context(context, bytes.reader())),
        bytes,
        new LingeringClose(context.dataReader(), watchdog, timeout));
  }

  /** A connection that forgets its bytes when it ends. */
  private record Bounded(ServerConnection connection, BufferedBytes bytes, LingeringClose end)
      implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      end.after(
          () -> {
            try (bytes) {
              connection.handle(limit);
            }
          });
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }

  /** The context of a connection, but for where its bytes come from. */
  private record Context(ConnectionContext context, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return context.dataWriter();
    }

    @Override
    public Router router() {
      return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return context.localPeer();
    }

    @Override
    public boolean isSecure() {
      return context.isSecure();
    }

    @Override
    public String socketId() {
      return context.socketId();
    }

    @Override
    public String childSocketId() {
      return context.childSocketId();
    }
  }
}
