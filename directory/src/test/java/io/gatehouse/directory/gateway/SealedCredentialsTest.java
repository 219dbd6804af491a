package io.gatehouse.directory.gateway;

import static io.gatehouse.directory.GatewayKit.KEYSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.secret.DecryptionException;
import io.gatehouse.platform.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SealedCredentialsTest {
  private final UUID account = UUID.randomUUID();
  private final SealedCredentials sealed =
      SealedCredentials.seal(KEYSET, account, Map.of("api_key", Secret.of("hush")));

  @Test
  void credentials_are_opened_for_their_account() {
    Map<String, Secret> opened = SealedCredentials.of(sealed.bytes()).open(KEYSET, account);
    assertThat(opened).containsExactly(Map.entry("api_key", Secret.of("hush")));
  }

  @Test
  void credentials_cannot_be_opened_for_another_account() {
    assertThatThrownBy(() -> sealed.open(KEYSET, UUID.randomUUID()))
        .isInstanceOf(DecryptionException.class);
  }

  @Test
  void neither_bytes_nor_texts_show_the_secret() {
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("hush");
    assertThat(sealed).hasToString("***");
    assertThat(sealed.open(KEYSET, account).toString()).isEqualTo("{api_key=***}");
  }
}
