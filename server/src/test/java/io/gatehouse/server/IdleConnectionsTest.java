package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections on which nothing happens cost next to nothing, and not for long. */
class IdleConnectionsTest {
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(12);
  private static final int WANTED = 10_000;
  private static final int OTHER_FILES = 500;

  @Test
  void thousands_of_idle_connections_are_borne_and_closed_in_time() throws Exception {
    try (Product product = product().start()) {
      List<SocketChannel> idle = open(product.port(), number());
      try {
        for (int i = 0; i < 20; i++) {
          product.admin().get("/api/v1/clusters").ok();
        }
        assertThat(idle).noneMatch(IdleConnectionsTest::isClosed);
        Await.until(
            () -> idle.stream().filter(one -> !isClosed(one)).count(), left -> left.equals(0L));
      } finally {
        for (SocketChannel one : idle) {
          one.close();
        }
      }
      product.admin().get("/api/v1/clusters").ok();
    }
  }

  private static Product product() {
    return Product.create()
        .with("idle-timeout", IDLE_TIMEOUT)
        .with("max-connections", WANTED + OTHER_FILES);
  }

  /** As many as are wanted, unless the system allows fewer files. */
  private static int number() {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return (int) Math.min(WANTED, system.getMaxFileDescriptorCount() - OTHER_FILES);
  }

  private static List<SocketChannel> open(int port, int number) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      SocketChannel channel = SocketChannel.open(address);
      channel.configureBlocking(false);
      channels.add(channel);
    }
    return channels;
  }

  private static boolean isClosed(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
