package io.gatehouse.directory.account;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Transactions;
import java.net.URI;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class StoredAccountHealthTest {
  @Test
  void a_store_that_is_not_there_does_not_spoil_an_answer() {
    Jdbi nowhere = Jdbi.create("jdbc:postgresql://127.0.0.1:1/nowhere");
    Transactions transactions = new Transactions(nowhere, new Epochs(nowhere, Clock.systemUTC()));
    StoredAccountHealth health =
        new StoredAccountHealth(new IntegratedAccountStore(), transactions);
    UpstreamAccount account =
        GatewayKit.account(
            GatewayKit.connector("cockroachdbcloud"), URI.create("https://example.com"), true);
    assertThatCode(() -> health.accepted(account)).doesNotThrowAnyException();
    assertThatCode(() -> health.refused(account, "no")).doesNotThrowAnyException();
  }
}
