import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP connection kept open, on which the same GET is asked over and over. */
final class HttpConnection implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)\r\n");
  private static final int MAX_BYTES = 1 << 18;

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_BYTES);
  private int end; // of the answer that is coming in; 0 as long as its head is not there

  HttpConnection(URI server, String path, String key) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String head = "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\nAccept: */*\r\n";
    String credential = "Authorization: Bearer " + key + "\r\n\r\n";
    String text = head.formatted(path, server.getAuthority()) + credential;
    byte[] bytes = text.getBytes(ISO_8859_1);
    request = ByteBuffer.allocateDirect(bytes.length).put(bytes);
  }

  SocketChannel channel() {
    return channel;
  }

  void ask() throws IOException {
    end = 0;
    buffer.clear();
    channel.write(request.flip());
  }

  /** Reads what is there; gives whether that completes a good answer. */
  boolean receive() throws IOException {
    if (channel.read(buffer) < 0) {
      throw new EOFException("the server closed the connection");
    }
    end = end == 0 ? end() : end;
    if (end > 0 && buffer.get(9) != '2') {
      throw new IOException("the server refused: " + answer());
    }
    return end > 0 && buffer.position() == end;
  }

  /** Asks and waits for the answer; only while the channel is blocking. */
  void exchange() throws IOException {
    ask();
    boolean complete = false;
    while (!complete) {
      complete = receive();
    }
  }

  /** The last answer, head and body. */
  String answer() {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return new String(bytes, ISO_8859_1);
  }

  private int end() {
    String text = answer();
    int head = text.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(text);
    return head > 0 && length.find() ? head + 4 + Integer.parseInt(length.group(1)) : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
