package io.gatehouse.directory.account;

import io.gatehouse.directory.connector.Connector;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An integrated account as the API shows it; its secrets are not there. */
public record IntegratedAccountView(
    UUID id,
    String tenantId,
    String status,
    String authenticationMethod,
    Map<String, String> context,
    @Nullable String lastError,
    Integration integration,
    Instant createdAt,
    Instant updatedAt) {

  /** The connector of an account; label and category as long as there is such a connector. */
  public record Integration(String name, @Nullable String label, @Nullable String category) {
    static Integration of(Connector connector) {
      return new Integration(connector.name(), connector.label(), connector.category());
    }
  }

  static IntegratedAccountView of(
      IntegratedAccount account, Map<String, String> context, Integration integration) {
    return new IntegratedAccountView(
        account.id(),
        account.tenantId(),
        account.status().shown(),
        account.authenticationMethod(),
        context,
        account.lastError().orElse(null),
        integration,
        account.createdAt(),
        account.updatedAt());
  }
}
