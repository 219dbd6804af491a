package io.gatehouse.directory;

import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.ConnectorFiles;
import io.gatehouse.directory.connector.ConnectorLoader;
import io.gatehouse.directory.gateway.AccountHealth;
import io.gatehouse.directory.gateway.EgressPolicy;
import io.gatehouse.directory.gateway.Gateway;
import io.gatehouse.directory.gateway.GatewayConfig;
import io.gatehouse.directory.gateway.HostResolver;
import io.gatehouse.directory.gateway.SealedCredentials;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.directory.gateway.UpstreamRequest;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.KeysetFile;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real gateway to a scripted upstream, with time that does not take any. */
public final class GatewayKit implements AutoCloseable {
  public static final String API_KEY = "CCDB1_theSecretOfTheAccount";
  public static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  public static final GatewayConfig CONFIG = config(Duration.ofSeconds(5), 65_536);
  public static final Keyset KEYSET = keyset();

  private final FakeTime time = new FakeTime();
  private final List<String> health = Collections.synchronizedList(new ArrayList<>());
  private final ScriptedUpstream upstream;
  private final Gateway gateway;

  public GatewayKit(ScriptedUpstream upstream) {
    this(upstream, CONFIG);
  }

  public GatewayKit(ScriptedUpstream upstream, GatewayConfig config) {
    this(upstream, config, HostResolver.ofThisMachine());
  }

  public GatewayKit(ScriptedUpstream upstream, GatewayConfig config, HostResolver resolver) {
    this.upstream = upstream;
    this.gateway =
        new Gateway(
            new Gateway.Given(
                config,
                new EgressPolicy(config, upstream::address, resolver),
                KEYSET,
                new RecordedHealth(),
                time,
                Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  public static GatewayConfig config(Duration timeout, int maxBytes) {
    return new GatewayConfig(
        List.of(), Duration.ofSeconds(5), timeout, Duration.ofSeconds(15), maxBytes);
  }

  public static Connector connector(String name) {
    return new ConnectorLoader(ConnectorFiles.ofThisProgram()).load().require(name);
  }

  public Gateway gateway() {
    return gateway;
  }

  /** The request that shows whether an account's credentials are valid. */
  public UpstreamRequest check(UpstreamAccount account) {
    return UpstreamRequest.check(account, gateway.deadline());
  }

  public FakeTime time() {
    return time;
  }

  /** What the gateway told of accounts: {@code accepted}, or {@code refused:} and why. */
  public List<String> health() {
    return List.copyOf(health);
  }

  /** An account at the upstream. */
  public UpstreamAccount account(Connector connector) {
    return account(connector, upstream.url(), false);
  }

  /** Another account of the same organization at the same upstream. */
  public static UpstreamAccount sibling(UpstreamAccount account) {
    return account(account.tenant(), account.connector(), account.baseUrl(), false);
  }

  public static UpstreamAccount account(Connector connector, URI baseUrl, boolean needsReauth) {
    return account(new Tenant(UUID.randomUUID()), connector, baseUrl, needsReauth);
  }

  private static UpstreamAccount account(
      Tenant tenant, Connector connector, URI baseUrl, boolean needsReauth) {
    UUID id = UUID.randomUUID();
    Map<String, Secret> secrets = Map.of("api_key", Secret.of(API_KEY));
    return new UpstreamAccount(
        id, tenant, connector, baseUrl, SealedCredentials.seal(KEYSET, id, secrets), needsReauth);
  }

  private static Keyset keyset() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "keyset-");
      return new KeysetFile(directory.resolve("keyset.json")).create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }

  private final class RecordedHealth implements AccountHealth {
    @Override
    public void accepted(UpstreamAccount account) {
      health.add("accepted");
    }

    @Override
    public void refused(UpstreamAccount account, String message) {
      health.add("refused: " + message);
    }
  }
}
