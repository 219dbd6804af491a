package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Response;
import io.gatehouse.platform.operation.Revocation;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Version;
import io.gatehouse.platform.store.Tenant;
import io.helidon.webserver.http.ServerRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on its way: what came in, and what each stage has learned so far. */
final class Exchange {
  private static final Content.Bytes NO_CONTENT = new Content.Bytes("", new byte[0]);

  private final ServerRequest request;
  private final String traceId;
  private Protocol protocol;
  private @Nullable Endpoint<?, ?> endpoint;
  private Map<String, String> pathValues = Map.of();
  private @Nullable Version version;
  private @Nullable Principal principal;
  private Optional<Tenant> claimed = Optional.empty();
  private boolean upgraded;
  private @Nullable Object input;
  private @Nullable Call call;
  private @Nullable Response<?> response;
  private Content content = NO_CONTENT;
  private boolean bodyBroken;
  private Places.@Nullable Place place;
  private boolean waited;
  private @Nullable String notBuilt;

  /** Begins one, with the protocol that its path belongs to. */
  Exchange(ServerRequest request, Protocol protocol, String traceId) {
    this.request = request;
    this.protocol = protocol;
    this.traceId = traceId;
  }

  ServerRequest request() {
    return request;
  }

  String traceId() {
    return traceId;
  }

  String rawPath() {
    return request.prologue().uriPath().rawPath();
  }

  String method() {
    return request.prologue().method().text();
  }

  /** How to talk to the caller. */
  Protocol protocol() {
    return protocol;
  }

  void received(Endpoint<?, ?> endpoint, Map<String, String> pathValues, Version version) {
    this.endpoint = endpoint;
    this.protocol = endpoint.protocol();
    this.pathValues = pathValues;
    this.version = version;
  }

  /** Its API has this operation, but it is not built. */
  void receivedNotBuilt(String operation, Version version) {
    this.notBuilt = operation;
    this.version = version;
  }

  /** The name of the operation that is not built; null when it is built. */
  @Nullable String notBuilt() {
    return notBuilt;
  }

  void authenticated(Principal principal) {
    this.principal = principal;
    if (endpoint != null) {
      this.call = new Call(operation(), principal, clientAddress(), traceId);
    }
  }

  /** Nobody proved who they are; the organization is that of the credential they named. */
  void claimed(Optional<Tenant> organization) {
    this.claimed = organization;
  }

  Optional<Tenant> claimed() {
    return claimed;
  }

  /** It counts among those of its principal and organization. */
  void tookPlace(Places.Place taken) {
    this.place = taken;
  }

  /** It is no longer carried out; it may never have been. */
  void leavePlace() {
    if (place != null) {
      place.release();
      place = null;
    }
  }

  /** Time has passed since its caller was authenticated. */
  void waited() {
    this.waited = true;
  }

  boolean hasWaited() {
    return waited;
  }

  Revocation revocation() {
    return endpoint == null ? Revocation.NO : operation().revocation();
  }

  /** Its input has the newest form from now on, and failures speak of that. */
  void upgraded() {
    this.upgraded = true;
  }

  /** A failure in the terms of the version that the caller speaks. */
  GatehouseException inCallersTerms(GatehouseException failure) {
    return upgraded ? version().downgrade(failure) : failure;
  }

  void parsed(Object input) {
    this.input = input;
  }

  /** The body could not be read to its end, so nothing can follow it. */
  void bodyBroken() {
    this.bodyBroken = true;
  }

  boolean isBodyBroken() {
    return bodyBroken;
  }

  void executed(Response<?> response) {
    this.response = response;
  }

  void rendered(Content content) {
    this.content = content;
  }

  Endpoint<?, ?> endpoint() {
    return Objects.requireNonNull(endpoint);
  }

  @Nullable Endpoint<?, ?> endpointIfKnown() {
    return endpoint;
  }

  Operation<?, ?> operation() {
    return endpoint().operation();
  }

  Map<String, String> pathValues() {
    return pathValues;
  }

  Version version() {
    return Objects.requireNonNull(version);
  }

  @Nullable Version versionIfKnown() {
    return version;
  }

  Principal principal() {
    return Objects.requireNonNull(principal);
  }

  @Nullable Principal principalIfKnown() {
    return principal;
  }

  Call call() {
    return Objects.requireNonNull(call);
  }

  @Nullable Call callIfKnown() {
    return call;
  }

  Object input() {
    return Objects.requireNonNull(input);
  }

  boolean isParsed() {
    return input != null;
  }

  Response<?> response() {
    return Objects.requireNonNull(response);
  }

  /** What the body of the response is. */
  Content content() {
    return content;
  }

  String clientAddress() {
    return request.remotePeer().address() instanceof java.net.InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }
}
