import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a list of SQL users takes in a cluster whose ordinary connections are all taken and that
 * has a hundred half-open logins, against an idle cluster. Any answer but 200 ends it.
 */
final class AdminUnderFlood {
  private static final double LIMIT = 2.0;
  private static final int ROUNDS = 101;
  private static final int HALF_OPEN = 100;
  private static final int MAX_CONNECTIONS = 100;
  private static final String USER = "greedy";
  private static final long REOPENED_NANOS = Duration.ofMillis(200).toNanos();

  private AdminUnderFlood() {}

  public static void main(String[] arguments) throws Exception {
    Bench.run(AdminUnderFlood::judge);
  }

  private static Verdict judge() throws Exception {
    try (Gatehouse gatehouse = Gatehouse.start()) {
      SqlCluster flooded = SqlCluster.make(gatehouse, "flooded-cluster");
      SqlCluster idle = SqlCluster.make(gatehouse, "idle-cluster");
      flooded.addUser(USER);
      idle.addUser(USER);
      var ours = new Comparison.Side("flooded", () -> millis(flooded));
      var theirs = new Comparison.Side("idle", () -> millis(idle));
      ours.measurement().warmUp(200);
      theirs.measurement().warmUp(200);
      List<Connection> taken = takeAll(flooded);
      Flood flood = new Flood(flooded.port());
      Thread flooding = Thread.ofVirtual().start(flood);
      try {
        return Verdict.ratio(new Comparison("ms", ours, theirs).ratio(ROUNDS), LIMIT);
      } finally {
        flooding.interrupt();
        flooding.join();
        for (Connection connection : taken) {
          connection.close();
        }
      }
    }
  }

  private static double millis(SqlCluster cluster) throws IOException, InterruptedException {
    Stopwatch watch = Stopwatch.start();
    cluster.users();
    return watch.millis();
  }

  private static List<Connection> takeAll(SqlCluster cluster) {
    List<Connection> taken = new ArrayList<>();
    try {
      while (taken.size() < MAX_CONNECTIONS) {
        taken.add(cluster.connect(USER, "defaultdb"));
      }
      throw new IllegalStateException("the cluster takes any number of connections");
    } catch (SQLException e) {
      System.out.println(taken.size() + " connections are taken");
    }
    return taken;
  }

  /** Logins that never end: half of them say nothing, half of them whom they would be. */
  private record Flood(int port) implements Runnable {
    @Override
    public void run() {
      List<Socket> sockets = new ArrayList<>();
      while (!Thread.currentThread().isInterrupted()) {
        sockets.removeIf(socket -> !isOpen(socket));
        while (sockets.size() < HALF_OPEN && open(sockets)) {
          // one more
        }
        LockSupport.parkNanos(REOPENED_NANOS);
      }
      sockets.forEach(Flood::close);
    }

    private boolean open(List<Socket> sockets) {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(1);
        sockets.add(socket);
        if (sockets.size() % 2 == 0) {
          byte[] names = ("user\0" + USER + "\0\0").getBytes(StandardCharsets.UTF_8);
          ByteBuffer startup = ByteBuffer.allocate(8 + names.length);
          startup.putInt(startup.capacity()).putInt(3 << 16).put(names);
          socket.getOutputStream().write(startup.array());
        }
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    /** What the server closed answers with an end. */
    private static boolean isOpen(Socket socket) {
      try {
        int read = socket.getInputStream().read(new byte[512]);
        if (read < 0) {
          socket.close();
        }
        return read >= 0;
      } catch (SocketTimeoutException e) {
        return true;
      } catch (IOException e) {
        close(socket);
        return false;
      }
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // it is closed
      }
    }
  }
}
