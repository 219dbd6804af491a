package io.gatehouse.platform.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.access.Authentication;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scheme;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.operation.From;
import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Response;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.operation.Target;
import io.gatehouse.platform.protocol.Cors;
import io.gatehouse.platform.protocol.ErrorFormat;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Versions;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Tenant;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An API that does whatever the other ones do not: it proves that the platform allows it. */
final class TestProtocol {
  static final Api API = new Api("test", "/test/");
  static final Tenant TENANT = new Tenant(new UUID(0, 7));

  record Search(@Size(max = 5, message = "is too long") @Nullable String filterText) {}

  record Found(List<String> itemNames) {}

  record Create(
      String itemName,
      @From(From.Source.QUERY) @Nullable Boolean dryRun,
      @From(value = From.Source.HEADER, header = "If-Match") @Nullable String ifMatch) {}

  record Item(String itemName, @Nullable Boolean dryRun, @Nullable String ifMatch) {}

  record Remove(String itemName, @From(From.Source.BODY) @Nullable String reasonText) {}

  record Nothing() {}

  record Problem(String problem) {}

  private static final Operation<Search, Found> SEARCH =
      declare(HttpMethod.POST, "/test/items/.search", Search.class, Found.class)
          .id("SearchItems", "Items")
          .allow(Permission.READ_ORGANIZATION, Target.organization())
          .reads()
          .summary("Searches items");
  private static final Operation<Create, Item> CREATE =
      declare(HttpMethod.POST, "/test/items", Create.class, Item.class)
          .id("CreateItem", "Items")
          .allow(Permission.READ_ORGANIZATION, Target.organization())
          .audit("CREATE_ITEM")
          .status(201)
          .summary("Creates an item");
  private static final Operation<Remove, Nothing> REMOVE =
      declare(HttpMethod.DELETE, "/test/items/{itemName}", Remove.class, Nothing.class)
          .id("RemoveItem", "Items")
          .allow(Permission.READ_ORGANIZATION, Target.organization())
          .audit("REMOVE_ITEM")
          .status(204)
          .summary("Removes an item");
  private static final Operation<Nothing, Content.Stream> EVENTS =
      declare(HttpMethod.GET, "/test/events", Nothing.class, Content.Stream.class)
          .id("StreamEvents", "Events")
          .allow(Permission.READ_ORGANIZATION, Target.organization())
          .summary("Streams events");
  private static final Operation<Nothing, Content.Bytes> EXPORT =
      declare(HttpMethod.GET, "/test/export", Nothing.class, Content.Bytes.class)
          .id("Export", "Items")
          .allow(Permission.READ_ORGANIZATION, Target.organization())
          .summary("Exports items");

  private TestProtocol() {}

  private static <I, O> Operation.Declaration<I, O> declare(
      HttpMethod method, String path, Class<I> input, Class<O> output) {
    return Operation.declare(API, method, path, input, output);
  }

  /** Each answers what it was given. */
  static List<Route<?, ?>> routes(Content.Source events) {
    return List.of(
        Route.of(SEARCH, TestProtocol::search),
        Route.responding(
            CREATE,
            (call, input) ->
                Response.of(new Item(input.itemName(), input.dryRun(), input.ifMatch()))
                    .header("Location", "/test/items/" + input.itemName())),
        Route.of(REMOVE, TestProtocol::remove),
        Route.of(EVENTS, (call, input) -> new Content.Stream("text/event-stream", events)),
        Route.of(EXPORT, (call, input) -> new Content.Bytes("text/csv", "a,b\n".getBytes(UTF_8))));
  }

  private static Found search(Call call, Search input) {
    if ("gone".equals(input.filterText())) {
      throw GatehouseException.notFound("item");
    }
    return new Found(List.of("a", "" + input.filterText()));
  }

  private static Nothing remove(Call call, Remove input) {
    if (input.reasonText() == null) {
      throw GatehouseException.invalid("reasonText", "is required");
    }
    return new Nothing();
  }

  static Protocol protocol() {
    return new Protocol(
        API,
        List.of(
            authenticator(Scheme.authorization("ApiKey"), "key"),
            authenticator(Scheme.header("X-Session"), "session")),
        JsonStyle.CAMEL_CASE.as("application/test+json"),
        new TestErrors(),
        "X-Request-Id",
        new Cors(Set.of("https://app.example.com"), Set.of("Authorization"), Duration.ofHours(1)),
        Versions.single(),
        parameter -> {});
  }

  private static Authenticator authenticator(Scheme scheme, String secret) {
    return new Authenticator() {
      @Override
      public Scheme scheme() {
        return scheme;
      }

      @Override
      public Authentication authenticate(Secret presented) {
        return presented.reveal().equals(secret)
            ? new Authentication.Proven(principal())
            : Authentication.unknown();
      }
    };
  }

  private static Principal principal() {
    return new Principal(
        new UUID(0, 8),
        "tester",
        "test",
        TENANT,
        List.of(new Grant(Role.ORG_ADMIN, Scope.organization(TENANT))));
  }

  private record TestErrors() implements ErrorFormat {
    @Override
    public Object body(GatehouseException failure) {
      return new Problem(String.valueOf(failure.getMessage()));
    }

    @Override
    public Object body(int status, String reason) {
      return new Problem(status + " " + reason);
    }

    @Override
    public Class<?> type() {
      return Problem.class;
    }
  }
}
