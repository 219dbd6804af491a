import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/** Asks a server the same on several connections, on each again as soon as the answer is there. */
record Load(int connections, Client client, String path) {

  /** Asks for so long; gives how many answers there were. */
  long run(Duration duration) throws IOException {
    try (Selector selector = Selector.open()) {
      try {
        open(selector);
        return answers(selector, System.nanoTime() + duration.toNanos());
      } finally {
        close(selector);
      }
    }
  }

  private void open(Selector selector) throws IOException {
    for (int i = 0; i < connections; i++) {
      HttpConnection connection = client.connect(path);
      connection.channel().configureBlocking(false);
      connection.channel().register(selector, SelectionKey.OP_READ, connection);
      connection.ask();
    }
  }

  private static long answers(Selector selector, long end) throws IOException {
    long answers = 0;
    while (System.nanoTime() < end) {
      selector.select();
      answers += receive(selector);
    }
    return answers;
  }

  private static int receive(Selector selector) throws IOException {
    int answers = 0;
    for (SelectionKey ready : selector.selectedKeys()) {
      HttpConnection connection = (HttpConnection) ready.attachment();
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
      ((HttpConnection) open.attachment()).close();
    }
  }
}
