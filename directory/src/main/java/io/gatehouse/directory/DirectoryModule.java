package io.gatehouse.directory;

import io.gatehouse.directory.account.IntegratedAccountOperations;
import io.gatehouse.directory.account.IntegratedAccountRoutes;
import io.gatehouse.directory.account.IntegratedAccountService;
import io.gatehouse.directory.account.IntegratedAccountStore;
import io.gatehouse.directory.account.LinkedAccounts;
import io.gatehouse.directory.account.StoredAccountHealth;
import io.gatehouse.directory.connector.ConnectorFiles;
import io.gatehouse.directory.connector.ConnectorLoader;
import io.gatehouse.directory.gateway.Gateway;
import io.gatehouse.directory.gateway.GatewayConfig;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.proxy.ProxyOperations;
import io.gatehouse.directory.proxy.ProxyRoutes;
import io.gatehouse.directory.proxy.ProxyService;
import io.gatehouse.directory.unified.UnifiedOperations;
import io.gatehouse.directory.unified.UnifiedRoutes;
import io.gatehouse.directory.unified.UnifiedService;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.store.Transactions;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The unified layer, wired together. */
public final class DirectoryModule implements AutoCloseable {
  /** What this module is given; {@code self} is where the server listens, once it does. */
  public record Given(
      Transactions transactions,
      Keyset keyset,
      AuditLog audit,
      Ids ids,
      Clock clock,
      GatewayConfig gateway,
      Supplier<InetSocketAddress> self) {}

  /** Everything that can be asked of this API. */
  public static final List<Operation<?, ?>> OPERATIONS =
      Stream.of(IntegratedAccountOperations.ALL, UnifiedOperations.ALL, ProxyOperations.ALL)
          .<Operation<?, ?>>flatMap(List::stream)
          .toList();

  private final Gateway gateway;
  private final List<Route<?, ?>> routes;

  public DirectoryModule(Given given) {
    var tx = given.transactions();
    var connectors = new ConnectorLoader(ConnectorFiles.ofThisProgram()).load();
    var store = new IntegratedAccountStore();
    var accounts = new LinkedAccounts(store, connectors, given.keyset(), tx);
    var health = new StoredAccountHealth(store, tx);
    this.gateway =
        Gateway.toTheNetwork(given.gateway(), given.self(), given.keyset(), health, given.clock());
    var pages = new ResourcePages(gateway);
    var accountService =
        new IntegratedAccountService(
            store, connectors, gateway, given.keyset(), tx, given.audit(), given.ids());
    this.routes =
        Stream.of(
                new IntegratedAccountRoutes(accountService).routes(),
                new UnifiedRoutes(new UnifiedService(accounts, pages)).routes(),
                new ProxyRoutes(new ProxyService(accounts, pages)).routes())
            .<Route<?, ?>>flatMap(List::stream)
            .toList();
  }

  public List<Route<?, ?>> routes() {
    return routes;
  }

  public Protocol protocol(Authenticator authenticator) {
    return UnifiedProtocol.of(authenticator);
  }

  /** Drops the calls under way. */
  @Override
  public void close() {
    gateway.close();
  }
}
