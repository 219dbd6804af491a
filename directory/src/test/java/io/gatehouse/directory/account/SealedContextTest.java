package io.gatehouse.directory.account;

import static io.gatehouse.directory.GatewayKit.KEYSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.directory.gateway.SealedCredentials;
import io.gatehouse.platform.secret.DecryptionException;
import io.gatehouse.platform.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SealedContextTest {
  private final UUID account = UUID.randomUUID();
  private final Map<String, String> context = Map.of("base_url", "https://inside.example");
  private final SealedContext sealed = SealedContext.seal(KEYSET, account, context);

  @Test
  void a_context_is_opened_for_its_account() {
    assertThat(SealedContext.of(sealed.bytes()).open(KEYSET, account)).isEqualTo(context);
  }

  @Test
  void a_context_cannot_be_opened_for_another_account() {
    assertThatThrownBy(() -> sealed.open(KEYSET, UUID.randomUUID()))
        .isInstanceOf(DecryptionException.class);
  }

  @Test
  void neither_bytes_nor_text_show_the_context() {
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("inside");
    assertThat(sealed).hasToString("***");
  }

  @Test
  void credentials_put_in_the_place_of_a_context_are_not_shown() {
    Map<String, Secret> secrets = Map.of("api_key", Secret.of("hush-hush"));
    byte[] credentials = SealedCredentials.seal(KEYSET, account, secrets).bytes();
    assertThatThrownBy(() -> SealedContext.of(credentials).open(KEYSET, account))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hush");
  }
}
