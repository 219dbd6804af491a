package io.gatehouse.directory.account;

import io.gatehouse.directory.CallersText;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.CredentialField;
import io.gatehouse.platform.config.Suggestions;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an account's context says, divided into what may be shown and what may not. */
record AccountContext(Map<String, String> open, Map<String, Secret> secret) {

  private static final int MAX_CHARACTERS = 4096;

  /**
   * Divides what a caller gave by the fields of the connector; nothing is taken as not given.
   *
   * @throws GatehouseException when a field is missing, unknown, or not what it must be
   */
  static AccountContext of(Connector connector, Map<String, @Nullable Secret> given) {
    Map<String, String> open = new TreeMap<>();
    Map<String, Secret> secret = new TreeMap<>();
    requireKnown(connector, given);
    given.forEach(AccountContext::requireShort);
    for (CredentialField field : connector.credentials()) {
      @Nullable Secret value = given.get(field.name());
      if (value == null || value.reveal().isBlank()) {
        requireOptional(field);
      } else if (field.secret()) {
        secret.put(field.name(), plainText(field, value));
      } else {
        open.put(field.name(), value.reveal().strip());
      }
    }
    requireUrl(open.getOrDefault(CredentialField.BASE_URL, connector.baseUrl().toString()));
    return new AccountContext(open, secret);
  }

  /** Where the upstream of an account is: where its context says, or else its connector. */
  static URI baseUrl(Map<String, String> open, Connector connector) {
    @Nullable String given = open.get(CredentialField.BASE_URL);
    return given == null ? connector.baseUrl() : URI.create(given);
  }

  private static void requireKnown(Connector connector, Map<String, @Nullable Secret> given) {
    List<String> known = connector.credentials().stream().map(CredentialField::name).toList();
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        String near =
            Suggestions.nearest(name, known).map(n -> "; did you mean '" + n + "'?").orElse("");
        throw invalid(CallersText.shortened(name), "is not known to " + connector.name() + near);
      }
    }
  }

  /** Longer ones no upstream takes in a header or a path. */
  private static void requireShort(String name, @Nullable Secret value) {
    if (value != null && value.reveal().length() > MAX_CHARACTERS) {
      throw invalid(name, "must have at most " + MAX_CHARACTERS + " characters");
    }
  }

  private static void requireOptional(CredentialField field) {
    if (field.required()) {
      throw invalid(field.name(), "is required: " + field.label());
    }
  }

  /** Anything else could not be sent in a header. */
  private static Secret plainText(CredentialField field, Secret value) {
    String text = value.reveal().strip();
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw invalid(field.name(), "must consist of printable ASCII characters");
    }
    return Secret.of(text);
  }

  private static void requireUrl(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
        throw invalid(CredentialField.BASE_URL, "must be a URL with a host and without a query");
      }
      if (url.getPort() == 0 || url.getPort() > 65_535) {
        throw invalid(CredentialField.BASE_URL, "must have a port between 1 and 65535");
      }
    } catch (URISyntaxException e) {
      throw invalid(CredentialField.BASE_URL, "is not a URL").causedBy(e);
    }
  }

  private static GatehouseException invalid(String field, String rule) {
    return GatehouseException.invalid("context." + field, rule);
  }
}
