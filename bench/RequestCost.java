import java.time.Duration;

/** The processor time of a server for each answer under load, in microseconds. */
record RequestCost(LinuxProcess server, Load load, Duration duration) implements Measurement {

  @Override
  public double measure() throws Exception {
    double before = server.processorMicros();
    long answers = load.run(duration);
    return (server.processorMicros() - before) / answers;
  }
}
