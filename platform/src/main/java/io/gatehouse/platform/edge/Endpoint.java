package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Response;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.operation.Target;
import io.gatehouse.platform.protocol.Protocol;
import io.helidon.http.Status;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A route made ready to serve: its operation, its responder, its protocol and its input's binding.
 */
final class Endpoint<I, O> {
  private final Route<I, O> route;
  private final Protocol protocol;
  private final Binding<I> binding;
  private final Permission permission;
  private final Status success;

  Endpoint(Route<I, O> route, Protocol protocol) {
    this.route = route;
    this.protocol = protocol;
    this.binding = new Binding<>(route.operation(), protocol.json());
    this.permission = Objects.requireNonNull(route.operation().permission());
    this.success = Status.create(route.operation().status());
  }

  Operation<I, O> operation() {
    return route.operation();
  }

  Protocol protocol() {
    return protocol;
  }

  Binding<I> binding() {
    return binding;
  }

  /** The status of a response that tells no error. */
  Status success() {
    return success;
  }

  Permission permission() {
    return permission;
  }

  Response<O> execute(Call call, Object input) {
    return route.responder().respond(call, operation().input().cast(input));
  }

  /** The resource that an input names. */
  Aim aim(Object input) {
    return switch (operation().target()) {
      case Target.Organization<I> organization -> new Aim.Organization();
      case Target.Anywhere<I> anywhere -> new Aim.Anywhere();
      case Target.Resource<I>(ResourceType type, var id) ->
          new Aim.Resource(type, id.apply(operation().input().cast(input)));
      case Target.InBody<I>(ResourceType type, var id) ->
          id.apply(operation().input().cast(input))
              .<Aim>map(named -> new Aim.Resource(type, named))
              .orElseGet(Aim.Organization::new);
    };
  }

  /** As much of {@link #aim} as is known before the body: somewhere, when the body names it. */
  Aim aimBeforeBody(Map<String, String> pathValues) {
    return switch (operation().target()) {
      case Target.Organization<I> organization -> new Aim.Organization();
      case Target.Anywhere<I> anywhere -> new Aim.Anywhere();
      case Target.Resource<I> resource -> aim(binding.ofPath(pathValues));
      case Target.InBody<I> inBody -> new Aim.Anywhere();
    };
  }

  /** Where the permission is to be decided. */
  sealed interface Aim {
    record Organization() implements Aim {}

    record Anywhere() implements Aim {}

    record Resource(ResourceType type, UUID id) implements Aim {}
  }
}
