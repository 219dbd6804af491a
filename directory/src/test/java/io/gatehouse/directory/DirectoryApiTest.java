package io.gatehouse.directory;

import static io.gatehouse.directory.DirectoryServer.link;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.DirectoryServer.Reply;
import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.platform.audit.AuditEvent;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The unified API over the wire, with a real store and a scripted upstream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DirectoryApiTest {
  private final FakeCockroachDbCloud cloud =
      new FakeCockroachDbCloud()
          .serviceAccount("s1", "robot")
          .cluster("c1", "CREATED", "amy", "bob")
          .cluster("c2", "CREATED", "cid");
  private final ScriptedUpstream upstream = new ScriptedUpstream(cloud);
  private final TestStore store = new TestStore();
  private final DirectoryServer server = new DirectoryServer(store, upstream.address());
  private final String organization = "of this class";
  private String account = "";

  @BeforeAll
  void linkAnAccount() {
    account = create("acme").path("id").textValue();
  }

  @AfterAll
  void close() {
    server.close();
    store.close();
    upstream.close();
  }

  @Test
  void a_linked_account_is_shown_without_its_secret() {
    Reply reply = get("/integrated-account/" + account);
    assertThat(reply.text()).doesNotContain(GatewayKit.API_KEY);
    JsonNode shown = reply.json();
    assertThat(shown.path("tenant_id").textValue()).isEqualTo("acme");
    assertThat(shown.path("status").textValue()).isEqualTo("active");
    assertThat(shown.path("authentication_method").textValue()).isEqualTo("api_key");
    assertThat(shown.path("context")).hasToString("{\"base_url\":\"" + upstream.url() + "\"}");
    assertThat(shown.path("integration"))
        .hasToString(
            "{\"name\":\"cockroachdbcloud\",\"label\":\"CockroachDB Cloud\",\"category\":\"Default\"}");
    assertThat(shown.has("created_at") && shown.has("updated_at")).isTrue();
  }

  @Test
  void credentials_that_the_upstream_refuses_are_not_stored() {
    Reply reply = post(link("refused", upstream.url(), "wrong-key"));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("truto_is_remote_error").booleanValue()).isTrue();
    assertThat(reply.json().path("raw_response").path("message").textValue())
        .isEqualTo("unauthenticated");
    assertThat(reply.json().path("message").textValue())
        .isEqualTo("CockroachDB Cloud answered 401: unauthenticated");
    assertThat(reply.text()).doesNotContain("wrong-key");
    assertThat(get("/integrated-account?tenant_id=refused").json().path("result")).isEmpty();
  }

  @Test
  void an_address_that_must_not_be_called_is_refused_by_the_name_of_its_member() {
    Reply reply = post(link("evil", URI.create("http://169.254.169.254"), "key"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").textValue())
        .startsWith("invalid argument: context.base_url: must be an https URL of a host");
    for (String host : List.of("http://127.0.0.1:1", "https://localhost:1", "http://x.invalid")) {
      assertThat(message(post(link("evil", URI.create(host), "key"))))
          .isEqualTo(reply.json().path("message").textValue());
    }
  }

  @Test
  void what_is_wrong_with_a_request_is_told_by_member_and_rule() {
    var typo = link("acme", upstream.url(), "key").put("integration", "cockroachdbclout");
    assertThat(message(post(typo))).contains("did you mean 'cockroachdbcloud'?");
    var method = link("acme", upstream.url(), "key").put("authentication_method", "oauth2");
    assertThat(message(post(method))).contains("authentication_method: ");
    var noKey = link("acme", upstream.url(), "");
    assertThat(message(post(noKey))).contains("context.api_key: is required");
    var unknown = link("acme", upstream.url(), "key");
    unknown.withObject("context").put("api_keys", "x");
    assertThat(message(post(unknown))).contains("context.api_keys: ", "did you mean 'api_key'?");
    var noUrl = link("acme", URI.create("mailto:x"), "key");
    assertThat(message(post(noUrl))).contains("context.base_url: must be a URL");
    for (String port : List.of("0", "65536", "99999")) {
      var noPort = link("acme", URI.create("https://cloud.example:" + port), "key");
      assertThat(message(post(noPort))).contains("context.base_url: must have a port between 1");
    }
    var longKey = link("acme", upstream.url(), "k".repeat(4097));
    assertThat(message(post(longKey))).contains("context.api_key: must have at most 4096");
    var number = link("acme", upstream.url(), "key");
    number.withObject("context").put("api_key", 5);
    assertThat(message(post(number))).contains("context.api_key: must be");
    var newline = link("acme", upstream.url(), "a\nb");
    assertThat(message(post(newline))).contains("context.api_key: must consist of");
    assertThat(message(server.send("POST", "/integrated-account", admin(), "{}")))
        .contains("integration: is required", "tenant_id: is required", "context: is required");
  }

  @Test
  void what_a_caller_wrote_is_told_back_in_part() {
    String text = "x".repeat(10_000);
    String shown = "x".repeat(64) + "…";
    var integration = link("acme", upstream.url(), "key").put("integration", text);
    assertThat(message(post(integration))).contains("no integration '" + shown + "'");
    var member = link("acme", upstream.url(), "key");
    member.withObject("context").put(text, "x");
    assertThat(message(post(member))).contains("context." + shown + ": is not known");
    String longName = "x".repeat(1000);
    assertThat(message(get(proxy(longName, "")))).contains("resource '" + shown + "'");
    assertThat(message(get(users("&truto_" + longName + "=1"))))
        .contains("truto_" + "x".repeat(58) + "…: is not supported");
  }

  @Test
  void accounts_are_listed_by_tenant_id_and_page_by_page() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(create("many").path("id").textValue());
    }
    JsonNode first = get("/integrated-account?tenant_id=many&limit=2&next_cursor=").json();
    assertThat(first.path("limit").intValue()).isEqualTo(2);
    String cursor = first.path("next_cursor").textValue();
    JsonNode second =
        get("/integrated-account?tenant_id=many&limit=2&next_cursor=" + cursor).json();
    assertThat(second.has("next_cursor") && second.path("next_cursor").isNull()).isTrue();
    List<String> listed = new ArrayList<>();
    first.path("result").forEach(a -> listed.add(a.path("id").textValue()));
    second.path("result").forEach(a -> listed.add(a.path("id").textValue()));
    assertThat(listed).isEqualTo(ids);
    assertThat(get("/integrated-account?limit=2&next_cursor=" + cursor).status()).isEqualTo(400);
    assertThat(get("/integrated-account?limit=9999").json().path("limit").intValue())
        .isEqualTo(5000);
    assertThat(message(get("/integrated-account?limit=0"))).contains("limit: must be at least 1");
  }

  @Test
  void a_deleted_account_is_gone() {
    String id = create("leaving").path("id").textValue();
    Reply deleted = server.send("DELETE", "/integrated-account/" + id, admin(), "");
    assertThat(deleted.text()).isEqualTo("{\"id\":\"" + id + "\"}");
    assertThat(get("/integrated-account/" + id).text())
        .isEqualTo(
            "{\"statusCode\":404,\"error\":\"Not Found\","
                + "\"message\":\"integrated account not found\"}");
    assertThat(get("/unified/user-directory/users?integrated_account_id=" + id).status())
        .isEqualTo(404);
  }

  @Test
  void an_account_of_another_organization_does_not_exist() {
    for (String path :
        List.of("/integrated-account/" + account, users(""), proxy("clusters", ""))) {
      assertThat(server.send("GET", path, "ORG_ADMIN@another", "").status()).isEqualTo(404);
    }
    Reply deleted =
        server.send("DELETE", "/integrated-account/" + account, "ORG_ADMIN@another", "");
    assertThat(deleted.status()).isEqualTo(404);
    assertThat(server.send("GET", "/integrated-account", "ORG_ADMIN@another", "").text())
        .isEqualTo("{\"result\":[],\"next_cursor\":null,\"limit\":5000}");
  }

  @Test
  void who_does_not_administer_the_organization_is_refused() {
    for (String path : List.of("/integrated-account", users(""), proxy("clusters", ""))) {
      Reply reply = server.send("GET", path, "CLUSTER_ADMIN@" + organization, "");
      assertThat(reply.status()).isEqualTo(403);
    }
  }

  @Test
  void users_of_every_kind_are_listed_in_one_shape() {
    JsonNode list = get(users("")).json();
    assertThat(list.path("result"))
        .extracting(user -> user.path("id").textValue())
        .containsExactly("s1", "c1:amy", "c1:bob", "c2:cid");
    assertThat(list.path("result").get(1))
        .hasToString(
            "{\"id\":\"c1:amy\",\"name\":\"amy\",\"username\":\"amy\",\"status\":\"active\","
                + "\"user_type\":\"sql-user\",\"workspaces\":[{\"id\":\"c1\",\"name\":\"name of c1\"}],"
                + "\"remote_data\":{\"name\":\"amy\"}}");
    assertThat(list.has("next_cursor") && list.path("next_cursor").isNull()).isTrue();
    assertThat(list.has("prev_cursor") && list.path("prev_cursor").isNull()).isTrue();
    assertThat(list.path("result_count").intValue()).isEqualTo(4);
    assertThat(list.path("is_partial_response").booleanValue()).isFalse();
  }

  @Test
  void users_are_listed_without_the_records_of_the_upstream_where_they_are_not_wanted() {
    JsonNode users = get(users("&truto_ignore_remote_data=true")).json().path("result");
    assertThat(users).hasSize(4).noneMatch(user -> user.has("remote_data"));
    assertThat(users).allMatch(user -> user.has("name"));
    assertThat(get(users("&truto_ignore_remote_data=false")).json().path("result"))
        .allMatch(user -> user.has("remote_data"));
    assertThat(message(get(users("&truto_ignore_remote_data=maybe"))))
        .contains("truto_ignore_remote_data: must be true or false");
  }

  @Test
  void users_are_listed_page_by_page_and_by_type() {
    JsonNode first = get(users("&limit=2")).json();
    String cursor = first.path("next_cursor").textValue();
    assertThat(get(users("&limit=2&next_cursor=" + cursor)).json().path("result"))
        .extracting(user -> user.path("id").textValue())
        .containsExactly("c1:bob", "c2:cid");
    assertThat(get(users("&user_type=service-account")).json().path("result")).hasSize(1);
    assertThat(message(get(users("&user_type=person")))).contains("user_type: must be one of");
    assertThat(message(get(users("&user_type=sql-user&next_cursor=" + cursor))))
        .contains("next_cursor: belongs to another list");
    assertThat(message(get(users("&next_cursor=nonsense")))).contains("next_cursor: ");
    assertThat(message(get(users("&limit=0")))).contains("limit: must be at least 1");
  }

  @Test
  void a_cursor_of_one_account_is_refused_for_another() {
    String cursor = get(users("&limit=1")).json().path("next_cursor").textValue();
    String other = create("other").path("id").textValue();
    Reply reply =
        get(
            "/unified/user-directory/users?integrated_account_id=%s&next_cursor=%s"
                .formatted(other, cursor));
    assertThat(message(reply)).contains("next_cursor: belongs to another list");
  }

  @Test
  void the_account_must_be_named() {
    Reply reply = get("/unified/user-directory/users");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(message(reply)).contains("integrated_account_id: is required");
    assertThat(
            get("/unified/user-directory/users?integrated_account_id=" + UUID.randomUUID())
                .status())
        .isEqualTo(404);
  }

  @Test
  void the_proxy_shows_what_the_upstream_has_as_it_is() {
    JsonNode first = get(proxy("clusters", "&limit=1")).json();
    assertThat(first.path("result").get(0).path("state").textValue()).isEqualTo("CREATED");
    String cursor = first.path("next_cursor").textValue();
    JsonNode second = get(proxy("clusters", "&limit=1&next_cursor=" + cursor)).json();
    assertThat(second.path("result").get(0).path("id").textValue()).isEqualTo("c2");
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertThat(message(get(proxy("folders", "&next_cursor=" + cursor))))
        .contains("next_cursor: belongs to another list");
  }

  @Test
  void the_proxy_fills_the_parameters_of_a_path() {
    JsonNode list = get(proxy("sql-users", "&cluster_id=c1")).json();
    assertThat(list.path("result")).hasToString("[{\"name\":\"amy\"},{\"name\":\"bob\"}]");
    assertThat(message(get(proxy("sql-users", ""))))
        .contains("cluster_id: is required for this resource");
    Reply absent = get(proxy("sql-users", "&cluster_id=c9"));
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.json().path("truto_is_remote_error").booleanValue()).isTrue();
  }

  @Test
  void the_proxy_hands_on_the_query_but_for_its_paging() {
    upstream.forget();
    String query =
        "&show_inactive=true&pagination.sort_order=DESC&pagination.page=after-9&x%5By%5D=z";
    JsonNode list = get(proxy("clusters", "&limit=1" + query)).json();
    assertThat(upstream.requests().getFirst().query())
        .containsOnly(
            Map.entry("show_inactive", "true"),
            Map.entry("pagination.sort_order", "DESC"),
            Map.entry("pagination.limit", "1"),
            Map.entry("x[y]", "z"));
    String cursor = list.path("next_cursor").textValue();
    assertThat(message(get(proxy("clusters", "&limit=1&next_cursor=" + cursor))))
        .contains("next_cursor: belongs to another list");
  }

  @Test
  void what_is_said_to_this_api_and_not_supported_is_refused_by_its_name() {
    upstream.forget();
    for (String name :
        List.of(
            "truto_exclude_fields[]",
            "truto_key_by",
            "truto_ignore_limit",
            "truto_others_too",
            "truto_ignore_remote_date")) {
      String query = "&" + URLEncoder.encode(name, UTF_8) + "=true";
      for (String path : List.of(users(query), proxy("clusters", query))) {
        Reply reply = get(path);
        assertThat(reply.status()).as(path).isEqualTo(400);
        assertThat(message(reply)).contains(name + ": is not supported here");
      }
    }
    for (String query : List.of("&truto_ignore_remote_data=maybe", "&truto_response_format=raw")) {
      assertThat(get(proxy("clusters", query)).status()).isEqualTo(400);
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "others.truto_key_by",
        "truto_others.truto_key_by",
        "truto_others.x",
        "others.others.truto_key_by",
        "query.truto_key_by",
        "a.b.c.truto_key_by",
        "x[truto_key_by]",
        "x[a][truto_key_by]",
        "truto[key_by]",
        "truto.key_by",
        "TRUTO_KEY_BY",
        "Truto_Key_By",
        "TRUTO_IGNORE_REMOTE_DATA",
        "trutoKeyBy",
        "truto-key-by",
        " truto_key_by",
        "%74ruto_key_by",
        "%2574ruto_key_by",
        "others%2Etruto_key_by",
        "\uff54ruto_key_by",
      })
  void what_is_said_to_this_api_is_known_in_whatever_spelling(String name) {
    upstream.forget();
    String query = "&" + URLEncoder.encode(name, UTF_8) + "=true";
    for (String path : List.of(users(query), proxy("clusters", query))) {
      Reply reply = get(path);
      assertThat(reply.status()).as(path + reply.text()).isEqualTo(400);
      assertThat(message(reply)).contains("is not supported here");
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void what_is_said_to_this_api_and_not_supported_is_refused_by_every_operation(String method) {
    String one = "/integrated-account" + (method.equals("POST") ? "" : "/" + account);
    String body = link("acme", upstream.url(), GatewayKit.API_KEY).toString();

    Reply reply = server.send(method, one + "?truto_ignore_limit=true", admin(), body);

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(message(reply)).contains("truto_ignore_limit: is not supported here");
    assertThat(get("/integrated-account?truto_key_by=id").status()).isEqualTo(400);
    assertThat(get("/integrated-account/" + account + "?truto_key_by=").status()).isEqualTo(200);
  }

  @Test
  void what_only_looks_like_it_goes_to_the_upstream() {
    upstream.forget();
    String query = "&trutother=1&my_truth=2&others.x=3&a.truth_b=5";
    assertThat(get(proxy("clusters", query)).status()).isEqualTo(200);
    assertThat(upstream.requests().getFirst().query())
        .containsEntry("trutother", "1")
        .containsEntry("others.x", "3")
        .containsEntry("a.truth_b", "5");
    upstream.forget();
    assertThat(get(proxy("clusters", "&others=4")).status()).isEqualTo(200);
    assertThat(upstream.requests().getFirst().query()).containsEntry("others", "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"..\"", "\".\"", "\" \"", "null", "{}", "[\"c1\"]"})
  void what_an_upstream_says_wrongly_is_not_blamed_on_the_caller(String clusterId) {
    try (ScriptedUpstream odd = new ScriptedUpstream(cloud);
        DirectoryServer its = new DirectoryServer(store, odd.address())) {
      String body = link("odd", odd.url(), GatewayKit.API_KEY).toString();
      String id =
          its.send("POST", "/integrated-account", admin(), body).json().path("id").textValue();
      odd.now(
          request ->
              request.path().endsWith("/clusters")
                  ? Answer.ok(
                      "{\"clusters\":[{\"id\":%s,\"state\":\"CREATED\"}]}".formatted(clusterId))
                  : cloud.answer(request));
      Reply reply =
          its.send(
              "GET",
              "/unified/user-directory/users?user_type=sql-user&integrated_account_id=" + id,
              admin(),
              "");
      assertThat(reply.status()).as(reply.text()).isEqualTo(502);
      assertThat(message(reply)).startsWith("CockroachDB Cloud gave no usable answer: a record of");
      assertThat(reply.json().path("truto_is_remote_error").booleanValue()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/clusters | {\"clusters\":[null]} | a record of clusters has no usable id",
        "/clusters | {\"clusters\":[[]]} | a record of clusters has no usable id",
        "/clusters | {\"clusters\":[\"c1\"]} | a record of clusters has no usable id",
        "/clusters | {\"clusters\":[{\"id\":null}]} | a record of clusters has no usable id",
        "/clusters | {\"clusters\":[{\"id\":\"c1\"}]} | a record of clusters has no usable state",
        "/clusters | {\"clusters\":[],\"pagination\":5} | no token of a page",
        "/clusters | {\"clusters\":[],\"pagination\":{\"next_page\":{}}} | no token of a page",
        "/clusters | {\"clusters\":[],\"pagination\":{\"next_page\":true}} | no token of a page",
        "/sql-users | {\"users\":[],\"pagination\":\"more\"} | no token of a page",
        "/sql-users | {\"users\":[null]} | it has no id",
        "/service-accounts | {\"service_accounts\":[{\"id\":\"\"}]} | it has no id",
        "/service-accounts | {\"service_accounts\":[{\"id\":\"s\",\"name\":[1]}]}"
            + " | name has a value of another type",
        "/service-accounts | {\"service_accounts\":[{\"id\":\"s\",\"created_at\":\"once\"}]}"
            + " | created_at has a value of another type",
        "/service-accounts | {\"service_accounts\":[{\"id\":\"s\",\"created_at\":5}]}"
            + " | created_at has a value of another type",
        "/service-accounts | {\"service_accounts\":[{\"id\":\"s\",\"created_at\":\"1700000000\"}]}"
            + " | created_at has a value of another type",
        "/service-accounts | {\"service_accounts\":[{\"id\":\"s\",\"roles\":[{\"name\":5}]}]}"
            + " | one of its roles has no id",
        "/service-accounts | {\"service_accounts\":[{\"id\":\"s\",\"roles\":\"all\"}]}"
            + " | one of its roles has no id",
      })
  void nonsense_of_an_upstream_is_not_taken_for_fewer_users(
      String path, String answer, String expected) {
    try (ScriptedUpstream odd = new ScriptedUpstream(cloud);
        DirectoryServer its = new DirectoryServer(store, odd.address())) {
      String body = link("odd", odd.url(), GatewayKit.API_KEY).toString();
      String id =
          its.send("POST", "/integrated-account", admin(), body).json().path("id").textValue();
      odd.now(request -> request.path().endsWith(path) ? Answer.ok(answer) : cloud.answer(request));
      Reply reply =
          its.send("GET", "/unified/user-directory/users?integrated_account_id=" + id, admin(), "");
      assertThat(reply.status()).as(reply.text()).isEqualTo(502);
      assertThat(message(reply))
          .startsWith("CockroachDB Cloud gave no usable answer: ")
          .contains(expected)
          .doesNotContain("java", "Jackson");
    }
  }

  @Test
  void a_page_without_a_token_is_the_last_one() {
    for (String end : List.of("", ",\"pagination\":null", ",\"pagination\":{\"next_page\":null}")) {
      try (ScriptedUpstream odd = new ScriptedUpstream(cloud);
          DirectoryServer its = new DirectoryServer(store, odd.address())) {
        String body = link("odd", odd.url(), GatewayKit.API_KEY).toString();
        String id =
            its.send("POST", "/integrated-account", admin(), body).json().path("id").textValue();
        odd.now(request -> Answer.ok("{\"clusters\":[{\"id\":\"c1\"}]%s}".formatted(end)));
        Reply reply = its.send("GET", "/proxy/clusters?integrated_account_id=" + id, admin(), "");
        assertThat(reply.json().path("result")).hasSize(1);
        assertThat(reply.json().path("next_cursor").isNull()).isTrue();
      }
    }
  }

  @Test
  void a_token_that_no_caller_could_send_back_is_no_token() {
    String token = "t".repeat(1501);
    try (ScriptedUpstream odd = new ScriptedUpstream(cloud);
        DirectoryServer its = new DirectoryServer(store, odd.address())) {
      String body = link("odd", odd.url(), GatewayKit.API_KEY).toString();
      String id =
          its.send("POST", "/integrated-account", admin(), body).json().path("id").textValue();
      odd.now(
          request ->
              Answer.ok(
                  "{\"clusters\":[{\"id\":\"c1\"}],\"pagination\":{\"next_page\":\"%s\"}}"
                      .formatted(token)));
      Reply reply = its.send("GET", "/proxy/clusters?integrated_account_id=" + id, admin(), "");
      assertThat(reply.status()).isEqualTo(502);
      assertThat(message(reply)).contains("token of the next page of clusters has more than 1500");
    }
  }

  @Test
  void an_upstream_that_answers_anything_is_not_linked() {
    try (ScriptedUpstream empty = new ScriptedUpstream(request -> Answer.ok("{}"));
        DirectoryServer its = new DirectoryServer(store, empty.address())) {
      String body = link("empty", empty.url(), GatewayKit.API_KEY).toString();
      Reply reply = its.send("POST", "/integrated-account", admin(), body);
      assertThat(reply.status()).isEqualTo(502);
      assertThat(message(reply))
          .isEqualTo(
              "context.base_url: CockroachDB Cloud answers /api/v1/organization with an organization"
                  + " with an id and a name; the answer was status 200 and other JSON");
      assertThat(reply.json().path("truto_is_remote_error").booleanValue()).isTrue();
      assertThat(reply.json().path("raw_response")).hasToString("{}");
      assertThat(get("/integrated-account?tenant_id=empty").json().path("result")).isEmpty();
    }
  }

  @Test
  void what_is_not_said_to_this_api_changes_nothing_of_unified_lists() {
    assertThat(get(users("&others=1&unknown=2&x%5By%5D=z")).json().path("result")).hasSize(4);
    assertThat(message(get(users("&truto_others=1")))).contains("truto_others: ");
  }

  @Test
  void the_format_of_unified_answers_may_be_named_but_not_changed() {
    assertThat(get(users("&truto_response_format=unified")).json().path("result")).hasSize(4);
    Reply raw = get(users("&truto_response_format=raw"));
    assertThat(raw.status()).isEqualTo(400);
    assertThat(message(raw)).contains("truto_response_format: must be unified");
  }

  @Test
  void an_unknown_resource_is_told_with_those_that_exist() {
    Reply reply = get(proxy("cluster", ""));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(message(reply)).contains("did you mean 'clusters'?", "service-accounts, sql-users");
  }

  @Test
  void an_account_whose_credentials_are_refused_says_so_until_they_are_accepted() {
    try (ScriptedUpstream moody = new ScriptedUpstream(cloud);
        DirectoryServer its = new DirectoryServer(store, moody.address())) {
      String body = link("moody", moody.url(), GatewayKit.API_KEY).toString();
      String id =
          its.send("POST", "/integrated-account", admin(), body).json().path("id").textValue();
      String users = "/unified/user-directory/users?integrated_account_id=" + id;

      moody.now(request -> Answer.of(401, "{\"message\":\"key\\u0000revoked\"}"));
      assertThat(its.send("GET", users, admin(), "").status()).isEqualTo(401);
      JsonNode account = get("/integrated-account/" + id).json();
      assertThat(account.path("status").textValue()).isEqualTo("needs_reauth");
      assertThat(account.path("last_error").textValue()).isEqualTo("key revoked");

      moody.now(cloud);
      assertThat(its.send("GET", users, admin(), "").status()).isEqualTo(200);
      account = get("/integrated-account/" + id).json();
      assertThat(account.path("status").textValue()).isEqualTo("active");
      assertThat(account.has("last_error")).isFalse();
    }
  }

  @Test
  void numbers_of_the_upstream_are_handed_on_as_they_are() {
    try (ScriptedUpstream precise = new ScriptedUpstream(cloud);
        DirectoryServer its = new DirectoryServer(store, precise.address())) {
      String body = link("precise", precise.url(), GatewayKit.API_KEY).toString();
      String id =
          its.send("POST", "/integrated-account", admin(), body).json().path("id").textValue();
      String numbers = "[1.5,100.0,0.12345678901234567890123,1E+400,12345678901234567890123]";
      precise.now(
          request ->
              request.path().endsWith("/service-accounts")
                  ? Answer.ok(
                      "{\"service_accounts\":[{\"id\":\"s1\",\"name\":\"x\",\"n\":%s}]}"
                          .formatted(numbers))
                  : cloud.answer(request));
      for (String path :
          List.of("/proxy/service-accounts?", "/unified/user-directory/users?limit=1&")) {
        assertThat(its.send("GET", path + "integrated_account_id=" + id, admin(), "").text())
            .contains("\"n\":" + numbers);
      }
    }
  }

  @Test
  void a_limit_of_the_upstream_is_told_in_the_usual_headers() {
    try (ScriptedUpstream busy = new ScriptedUpstream(cloud);
        DirectoryServer its = new DirectoryServer(store, busy.address())) {
      busy.now(request -> Answer.of(429, "{\"message\":\"slow\"}").with("Retry-After", "60"));
      String body = link("busy", busy.url(), GatewayKit.API_KEY).toString();
      Reply reply = its.send("POST", "/integrated-account", admin(), body);
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.headers().map())
          .containsEntry("retry-after", List.of("60"))
          .containsEntry("ratelimit-limit", List.of("10;w=1"))
          .containsEntry("ratelimit-remaining", List.of("0"))
          .containsEntry("ratelimit-reset", List.of("60"));
    }
  }

  @Test
  void every_operation_is_described() {
    JsonNode document = get("/openapi.json").json();
    assertThat(document.path("paths").propertyStream().map(path -> path.getKey()))
        .containsExactly(
            "/integrated-account",
            "/integrated-account/{id}",
            "/proxy/{resource}",
            "/unified/user-directory/users");
    JsonNode proxy = document.path("paths").path("/proxy/{resource}").path("get");
    assertThat(proxy.path("parameters").valueStream().map(p -> p.path("name").textValue()))
        .as("an object stands for parameters of any name")
        .containsExactly(
            "Truto-Version",
            "resource",
            "integrated_account_id",
            "limit",
            "next_cursor",
            "truto_others");
    JsonNode users = document.path("paths").path("/unified/user-directory/users").path("get");
    assertThat(users.path("parameters").valueStream().map(p -> p.path("name").textValue()))
        .containsExactly(
            "Truto-Version",
            "integrated_account_id",
            "limit",
            "next_cursor",
            "truto_ignore_remote_data",
            "truto_response_format",
            "user_type");
    assertThat(document.toString())
        .contains("\"is_2fa_enabled\"", "\"is_partial_response\"", "\"workspaces\"")
        .doesNotContain("reveal");
  }

  @Test
  void linking_and_unlinking_stand_in_the_audit_log_without_the_context() {
    String key = "ORG_ADMIN@audited";
    String body = link("acme", upstream.url(), GatewayKit.API_KEY).toString();
    String id = server.send("POST", "/integrated-account", key, body).json().path("id").textValue();
    server.send("DELETE", "/integrated-account/" + id, key, "");
    List<AuditEvent> events = server.auditEvents("audited");
    assertThat(events)
        .extracting(AuditEvent::action)
        .containsExactly(
            "AUDIT_LOG_ACTION_CREATE_INTEGRATED_ACCOUNT",
            "AUDIT_LOG_ACTION_DELETE_INTEGRATED_ACCOUNT");
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.payload()).containsEntry("integrated_account_id", id);
              assertThat(event.toString())
                  .doesNotContain(GatewayKit.API_KEY, upstream.url().toString());
            });
  }

  @Test
  void nothing_of_a_context_stands_in_the_store_in_clear() {
    String rows = store.contentOf("directory.integrated_account");
    assertThat(rows)
        .contains("acme", "api_key")
        .doesNotContain(GatewayKit.API_KEY, upstream.url().toString(), "base_url");
  }

  private JsonNode create(String tenantId) {
    Reply reply = post(link(tenantId, upstream.url(), GatewayKit.API_KEY));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private Reply post(JsonNode body) {
    return server.send("POST", "/integrated-account", admin(), body.toString());
  }

  private Reply get(String path) {
    return server.send("GET", path, admin(), "");
  }

  private String admin() {
    return "ORG_ADMIN@" + organization;
  }

  private String users(String more) {
    return "/unified/user-directory/users?integrated_account_id=" + account + more;
  }

  private String proxy(String resource, String more) {
    return "/proxy/" + resource + "?integrated_account_id=" + account + more;
  }

  private static String message(Reply reply) {
    return reply.json().path("message").asText();
  }
}
