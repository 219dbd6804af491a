package io.gatehouse.platform.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RouteTest {
  private record Nothing() {}

  private record Thing(String name) {}

  private record View(String shownName) {}

  private static final Operation<Nothing, View> GET =
      Operation.declare(
              new Api("test", "/test/"), HttpMethod.GET, "/test/thing", Nothing.class, View.class)
          .id("GetThing", "Things")
          .allow(Permission.READ_ORGANIZATION, Target.organization())
          .summary("Shows the thing");
  private static final Call CALL =
      new Call(
          GET,
          new Principal(new UUID(0, 1), "ci", "key", new Tenant(new UUID(0, 7)), List.of()),
          "127.0.0.1",
          "trace");

  private Thing thing = new Thing("one");
  private final List<Thing> viewed = new ArrayList<>();
  private final Route<Nothing, View> route =
      Route.showing(
          GET,
          (call, input) -> thing,
          shown -> {
            viewed.add(shown);
            return new View(shown.name());
          });

  private Response<View> answer() {
    return route.responder().respond(CALL, new Nothing());
  }

  @Test
  void the_same_object_is_viewed_and_rendered_once() {
    Content first = answer().content("v1", () -> bytes("first"));
    Content second = answer().content("v1", () -> bytes("second"));

    assertThat(second).isSameAs(first);
    assertThat(viewed).containsExactly(thing);
  }

  @Test
  void an_object_that_took_its_place_is_shown_as_it_is_even_when_it_is_equal() {
    Content first = answer().content("v1", () -> bytes("first"));
    thing = new Thing("one");
    Content second = answer().content("v1", () -> bytes("second"));

    assertThat(second).isNotSameAs(first);
    assertThat(viewed).hasSize(2);
    thing = new Thing("two");
    assertThat(answer().output()).isEqualTo(new View("two"));
  }

  @Test
  void another_form_is_rendered_anew() {
    Content newer = answer().content("v2", () -> bytes("newer"));
    Content older = answer().content("v1", () -> bytes("older"));
    Content again = answer().content("v2", () -> bytes("newer"));

    assertThat(List.of(newer, older, again))
        .extracting(content -> new String(((Content.Bytes) content).bytes(), UTF_8))
        .containsExactly("newer", "older", "newer");
  }

  private static Content bytes(String text) {
    return new Content.Bytes("text/plain", text.getBytes(UTF_8));
  }
}
