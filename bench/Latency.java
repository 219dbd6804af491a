import java.io.IOException;

/** How long an answer takes, in milliseconds: the median of many, asked for one after the other. */
record Latency(Client client, String path, int times) implements Measurement {

  @Override
  public double measure() throws IOException {
    double[] millis = new double[times];
    try (HttpConnection connection = client.connect(path)) {
      for (int i = 0; i < times; i++) {
        Stopwatch watch = Stopwatch.start();
        connection.exchange();
        millis[i] = watch.millis();
      }
    }
    return Median.of(millis);
  }
}
