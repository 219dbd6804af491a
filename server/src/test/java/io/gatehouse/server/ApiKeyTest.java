package io.gatehouse.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.secret.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
  private static final String KEYS = "/api/v1/api-keys";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private final String account = account("key holder");

  private String account(String name) {
    return admin.post("/api/v1/service-accounts", Map.of("name", name)).ok().path("id").asText();
  }

  /** A key as it was shown when it was made. */
  private record NewKey(JsonNode shown, String secret) {
    static NewKey of(ApiClient.Answer answer) {
      return new NewKey(answer.ok().path("api_key"), answer.body().path("secret").asText());
    }

    String id() {
      return shown.path("id").asText();
    }

    /** The part that nobody else knows. */
    String hidden() {
      return secret.substring(secret.length() - 40);
    }
  }

  private NewKey create(String name) {
    return NewKey.of(admin.post(KEYS, Map.of("name", name, "service_account_id", account)));
  }

  private ApiClient as(NewKey key) {
    return server.as(Secret.of(key.secret()));
  }

  private static String key(String id) {
    return KEYS + "/" + id;
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.path("api_keys").forEach(key -> names.add(key.path("name").asText()));
    return names;
  }

  @Test
  void a_new_key_is_shown_with_its_secret_and_works_at_once() {
    NewKey key = create("first");

    assertThat(key.secret()).matches("CCDB1_[0-9A-Za-z]{22}_[0-9A-Za-z]{40}").startsWith(key.id());
    assertThat(key.id()).matches("CCDB1_[0-9A-Za-z]{22}");
    assertThat(key.shown().path("name").asText()).isEqualTo("first");
    assertThat(key.shown().path("service_account_id").asText()).isEqualTo(account);
    assertThat(Instant.parse(key.shown().path("created_at").asText())).isBefore(Instant.now());
    assertThat(as(key).get("/api/v1/organization").ok().path("id").asText())
        .isEqualTo(organization.id());
  }

  @Test
  void the_secret_is_never_shown_again() {
    NewKey key = create("secretive");
    List<ApiClient.Answer> answers =
        List.of(
            admin.get(key(key.id())),
            admin.get(KEYS),
            admin.patch(key(key.id()), Map.of("name", "renamed")),
            as(key).post(KEYS, Map.of("name", "refused", "service_account_id", account)),
            admin.delete(key(key.id())),
            as(key).get("/api/v1/organization"),
            Await.until(
                () -> admin.get("/api/v1/auditlogevents?limit=1000"),
                log -> log.response().body().contains("AUDIT_LOG_ACTION_DELETE_API_KEY")));

    assertThat(answers.getLast().response().body()).contains(key.id());
    assertThat(answers).noneMatch(answer -> answer.response().body().contains(key.hidden()));
  }

  @Test
  void the_store_holds_no_secret() {
    NewKey key = create("stored");
    as(key).get("/api/v1/organization").ok();
    String founding = organization.founded().key().reveal();

    assertThat(columnsWith(key.id())).contains("cloud.api_key.api_key_id");
    assertThat(columnsWith(key.hidden())).isEmpty();
    assertThat(columnsWith(founding.substring(founding.length() - 40))).isEmpty();
  }

  /** The columns of the metadata store in which a text stands anywhere. */
  private List<String> columnsWith(String text) {
    Jdbi jdbi = server.installation().store().database().jdbi();
    return jdbi.withHandle(
        handle -> {
          List<String> columns =
              handle
                  .createQuery(
                      """
                      select table_schema || '.' || table_name || '.' || column_name
                      from information_schema.columns
                      where table_schema in ('cloud', 'platform')
                      """)
                  .mapTo(String.class)
                  .list();
          assertThat(columns).hasSizeGreaterThan(50);
          return columns.stream().filter(column -> holds(handle, column, text)).toList();
        });
  }

  private static boolean holds(Handle handle, String column, String text) {
    int dot = column.lastIndexOf('.');
    return handle
        .createQuery(
            "select exists (select 1 from <table> where <text> like :plain or <text> like :bytes)")
        .define("table", column.substring(0, dot))
        .define("text", "cast(" + column.substring(dot + 1) + " as text)")
        .bind("plain", "%" + text + "%")
        .bind("bytes", "%" + HexFormat.of().formatHex(text.getBytes(US_ASCII)) + "%")
        .mapTo(Boolean.class)
        .one();
  }

  @Test
  void keys_are_listed_in_the_order_of_their_making() {
    List.of("zebra", "ape", "marten").forEach(this::create);

    assertThat(names(admin.get(KEYS).ok())).containsExactly("first key", "zebra", "ape", "marten");
    assertThat(names(admin.get(KEYS + "?pagination.sort_order=DESC").ok()))
        .containsExactly("marten", "ape", "zebra", "first key");
  }

  @Test
  void keys_are_listed_for_one_account_on_request() {
    create("mine");
    organization.key(account("someone else"));

    assertThat(names(admin.get(KEYS + "?service_account_id=" + account).ok()))
        .containsExactly("mine");
    assertThat(names(admin.get(KEYS + "?service_account_id=" + UUID.randomUUID()).ok())).isEmpty();
    assertThat(admin.get(KEYS + "?service_account_id=not-an-id").isRefused(400, 3).message())
        .isEqualTo("invalid argument: service_account_id: must be a UUID");
  }

  @Test
  void a_renamed_key_is_the_same_key() {
    NewKey key = create("before");

    JsonNode renamed = admin.patch(key(key.id()), Map.of("name", "after")).ok();

    assertThat(renamed.path("name").asText()).isEqualTo("after");
    assertThat(admin.get(key(key.id())).ok()).isEqualTo(renamed);
    assertThat(admin.patch(key(key.id()), Map.of()).ok()).isEqualTo(renamed);
    as(key).get("/api/v1/organization").ok();
  }

  @Test
  void a_revoked_key_is_nobodys_at_the_very_next_request_and_others_stay() {
    NewKey revoked = create("revoked");
    NewKey kept = create("kept");
    as(revoked).get("/api/v1/organization").ok();

    assertThat(admin.delete(key(revoked.id())).ok()).isEqualTo(revoked.shown());

    as(revoked).get("/api/v1/organization").isRefused(401, 16);
    as(kept).get("/api/v1/organization").ok();
    admin.get(key(revoked.id())).isRefused(404, 5);
    admin.delete(key(revoked.id())).isRefused(404, 5);
    assertThat(names(admin.get(KEYS).ok())).containsExactly("first key", "kept");
  }

  @Test
  void only_the_whole_secret_opens() {
    NewKey key = create("whole");
    NewKey other = create("other");
    as(key).get("/api/v1/organization").ok();

    for (String presented :
        List.of(
            key.id(),
            key.id() + "_",
            key.id() + "_" + other.hidden(),
            key.secret().substring(0, key.secret().length() - 1),
            key.secret() + "x",
            key.secret().toLowerCase(Locale.ROOT),
            key.hidden(),
            "null")) {
      server.as(Secret.of(presented)).get("/api/v1/organization").isRefused(401, 16);
    }
  }

  @Test
  void what_is_not_there_is_not_found() {
    String foreign = server.organization().founded().key().reveal().substring(0, 28);

    for (String id :
        List.of("CCDB1_0000000000000000000000", foreign, "not-a-key", "%00", "a%2Fb")) {
      assertThat(admin.get(key(id)).isRefused(404, 5).message()).isEqualTo("API key not found");
      admin.patch(key(id), Map.of("name", "found")).isRefused(404, 5);
      admin.delete(key(id)).isRefused(404, 5);
    }
    var body = Map.of("name", "a key", "service_account_id", UUID.randomUUID());
    assertThat(admin.post(KEYS, body).isRefused(404, 5).message())
        .isEqualTo("service account not found");
  }

  @Test
  void an_account_of_another_organization_gets_no_key_here() {
    String foreign = server.organization().founded().serviceAccountId().toString();

    admin.post(KEYS, Map.of("name", "a key", "service_account_id", foreign)).isRefused(404, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n", "nul\0"})
  void a_name_that_cannot_be_seen_is_refused_when_it_is_given_and_when_it_is_changed(String name) {
    NewKey key = create("visible");
    var body = Map.of("name", name, "service_account_id", account);

    for (var answer :
        List.of(admin.post(KEYS, body), admin.patch(key(key.id()), Map.of("name", name)))) {
      assertThat(answer.isRefused(400, 3).message()).startsWith("invalid argument: name: must ");
    }
  }

  @Test
  void a_body_that_breaks_a_rule_is_refused_with_the_member_and_the_rule() {
    assertThat(admin.post(KEYS, Map.of()).isRefused(400, 3).message())
        .isEqualTo(
            "invalid argument: name: must not be blank; service_account_id: must not be null");
    var malformed = Map.of("name", "a key", "service_account_id", "not-an-id");
    assertThat(admin.post(KEYS, malformed).isRefused(400, 3).message())
        .isEqualTo("invalid argument: service_account_id: must be a UUID");
    var tooLong = Map.of("name", "x".repeat(101), "service_account_id", account);
    assertThat(admin.post(KEYS, tooLong).isRefused(400, 3).message())
        .isEqualTo("invalid argument: name: must have at most 100 characters");
    assertThat(names(admin.get(KEYS).ok())).containsExactly("first key");
  }
}
