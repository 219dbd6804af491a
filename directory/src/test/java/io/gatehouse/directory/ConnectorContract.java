package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.UnifiedResource;
import io.gatehouse.directory.connector.UpstreamResource;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.ResourcePages.PageRequest;
import io.gatehouse.directory.gateway.ResourcePages.Reading;
import io.gatehouse.directory.unified.UnifiedContract;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every connector must keep: each capability that it declares works against an upstream that
 * speaks as the real one does. The upstream must have at least one item of everything.
 */
abstract class ConnectorContract {
  private final Connector connector = GatewayKit.connector(name());
  private final ScriptedUpstream upstream = new ScriptedUpstream(script());
  private final GatewayKit kit = new GatewayKit(upstream);

  abstract String name();

  abstract ScriptedUpstream.Script script();

  /** Values for the parameters in paths that the upstream knows. */
  abstract Map<String, String> parameters();

  @AfterEach
  void close() {
    kit.close();
    upstream.close();
  }

  /** It says so by throwing nothing; what it does not accept is tried below. */
  @Test
  void the_check_accepts_valid_credentials() {
    kit.gateway().check(kit.account(connector));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "null", "true", "{\"ok\":true}", "{\"data\":[]}", "<html></html>"})
  void the_check_does_not_accept_what_anything_may_answer(String body) {
    upstream.now(request -> Answer.ok(body));
    var failure =
        catchThrowableOfType(
            GatehouseException.class, () -> kit.gateway().check(kit.account(connector)));
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_NOT_RECOGNIZED);
    assertThat(failure)
        .hasMessageStartingWith("context.base_url: " + connector.label())
        .hasMessageContainingAll(connector.check().path(), connector.check().answer());
  }

  @TestFactory
  Stream<DynamicTest> every_resource_is_listed() {
    return connector.resources().values().stream()
        .map(resource -> DynamicTest.dynamicTest(resource.name(), () -> list(resource)));
  }

  private void list(UpstreamResource resource) {
    var wanted = new PageRequest(resource, parameters(), Map.of(), "", 1, Set.of());
    ResourcePages pages = new ResourcePages(kit.gateway());
    Reading reading = pages.read(kit.account(connector), wanted, pages.deadline());
    assertThat(((Reading.Page) reading).items()).hasSize(1);
  }

  @TestFactory
  Stream<DynamicTest> every_unified_resource_is_listed_from_every_source() {
    return connector.unified().values().stream()
        .map(resource -> DynamicTest.dynamicTest(resource.name(), () -> listUnified(resource)));
  }

  private void listUnified(UnifiedResource resource) {
    resource
        .sources()
        .forEach(
            source ->
                UnifiedContract.requireEverySourceGives(
                    new ResourcePages(kit.gateway()), kit.account(connector), resource, source));
  }
}
