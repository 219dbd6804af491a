package io.gatehouse.directory.gateway;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.secret.Keyset;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The only way out to the upstreams: every call goes through the same steps, in one list. */
public final class Gateway implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final List<Step> steps;
  private final CheckEgress checkEgress;
  private final MapResponse interpret;
  private final InterpretCheck interpretCheck;
  private final GatewayTime time;
  private final Duration timeout;

  /** What the gateway is given. */
  public record Given(
      GatewayConfig config,
      EgressPolicy egress,
      Keyset keyset,
      AccountHealth health,
      GatewayTime time,
      Clock clock) {}

  /** A gateway to the network; {@code self} is where this server listens, once it does. */
  public static Gateway toTheNetwork(
      GatewayConfig config,
      Supplier<InetSocketAddress> self,
      Keyset keyset,
      AccountHealth health,
      Clock clock) {
    EgressPolicy egress = new EgressPolicy(config, self, HostResolver.ofThisMachine());
    return new Gateway(new Given(config, egress, keyset, health, GatewayTime.real(), clock));
  }

  public Gateway(Given given) {
    GatewayConfig config = given.config();
    this.client = UpstreamClient.of(config, executor);
    this.checkEgress = new CheckEgress(given.egress());
    this.steps =
        List.of(
            new LimitConcurrency(),
            new ReportHealth(given.health()),
            new Retry(given.time(), given.clock()),
            new WaitForRateLimit(given.time()),
            checkEgress,
            new InjectCredentials(given.keyset()),
            new SendRequest(client, config.upstreamTimeout(), config.upstreamMaxBytes()));
    this.interpret = new MapResponse(given.clock());
    this.interpretCheck = new InterpretCheck(given.clock());
    this.time = given.time();
    this.timeout = config.upstreamPatience();
  }

  /** The deadline of all calls for something that begins now. */
  public Deadline deadline() {
    return Deadline.in(timeout, time);
  }

  /**
   * Reads from an upstream.
   *
   * @throws GatehouseException when there is no answer that the asker can go on with
   */
  public UpstreamAnswer read(UpstreamRequest request) {
    UpstreamCall call = new UpstreamCall(request, request.url(), Optional.empty());
    return interpret.read(request, proceed(0, call));
  }

  /**
   * Tries a new account: returns when its upstream is at its address and accepts its credentials.
   *
   * @throws GatehouseException naming {@code context.base_url} unless the credentials are why
   */
  public void check(UpstreamAccount account) {
    UpstreamRequest request = UpstreamRequest.check(account, deadline());
    checkEgress.requirePermittedOrUnknown(request.url());
    UpstreamCall call = new UpstreamCall(request, request.url(), Optional.empty());
    interpretCheck.require(request, proceed(0, call));
  }

  private Outcome proceed(int index, UpstreamCall call) {
    return steps.get(index).apply(call, next -> proceed(index + 1, next));
  }

  /** Drops the calls under way. */
  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
