import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/** Asks a server the same on several connections, on each again as soon as the answer is there. */
record Load(int connections, URI server, String path, String key) {

  /** Asks for so long; gives how many answers there were. */
  long run(Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        open(selector).ask();
      }
      long answers = 0;
      while (System.nanoTime() < end) {
        if (Boolean.getBoolean("spin")) selector.selectNow(); else selector.select();
        answers += receive(selector);
      }
      close(selector);
      return answers;
    }
  }

  private Connection open(Selector selector) throws IOException {
    Connection connection = new Connection(server, path, key);
    connection.channel().configureBlocking(false);
    connection.channel().register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  private static int receive(Selector selector) throws IOException {
    int answers = 0;
    for (SelectionKey ready : selector.selectedKeys()) {
      Connection connection = (Connection) ready.attachment();
      if (connection.receive()) {
        answers++;
        connection.ask();
      }
    }
    selector.selectedKeys().clear();
    return answers;
  }

  private static void close(Selector selector) throws IOException {
    for (SelectionKey open : selector.keys()) {
      ((Connection) open.attachment()).close();
    }
  }
}
