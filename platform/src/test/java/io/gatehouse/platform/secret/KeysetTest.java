package io.gatehouse.platform.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetTest {
  private static final byte[] PLAIN = "an API key".getBytes(UTF_8);

  @TempDir Path directory;

  private KeysetFile file() {
    return new KeysetFile(directory.resolve("keyset.json"));
  }

  @Test
  void a_keyset_read_again_opens_what_it_sealed() {
    UUID owner = UUID.randomUUID();
    byte[] sealed = file().create().seal(PLAIN, owner);

    assertThat(new String(sealed, ISO_8859_1)).doesNotContain("an API key");
    assertThat(file().read().open(sealed, owner)).isEqualTo(PLAIN);
  }

  @Test
  void what_is_sealed_for_one_owner_opens_for_no_other() {
    Keyset keyset = file().create();
    byte[] sealed = keyset.seal(PLAIN, UUID.randomUUID());

    assertThatThrownBy(() -> keyset.open(sealed, UUID.randomUUID()))
        .isInstanceOf(DecryptionException.class);
  }

  @Test
  void the_file_is_its_owners_alone() throws IOException {
    file().create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
        .isEqualTo("rw-------");
  }

  @Test
  void a_hash_tells_the_secret_from_any_other_and_does_not_tell_the_secret() {
    Keyset keyset = file().create();
    String hash = keyset.hash(Secret.of("the secret"));

    assertThat(keyset.matches(Secret.of("the secret"), hash)).isTrue();
    assertThat(keyset.matches(Secret.of("the secreu"), hash)).isFalse();
    assertThat(
            new KeysetFile(directory.resolve("other"))
                .create()
                .matches(Secret.of("the secret"), hash))
        .isFalse();
  }

  @Test
  void derived_secrets_are_stable_and_different_for_each_purpose_and_id() {
    Keyset keyset = file().create();
    UUID id = UUID.randomUUID();

    assertThat(keyset.derive("cluster", id)).isEqualTo(file().read().derive("cluster", id));
    assertThat(keyset.derive("cluster", id)).isNotEqualTo(keyset.derive("metadata", id));
    assertThat(keyset.derive("cluster", id))
        .isNotEqualTo(keyset.derive("cluster", UUID.randomUUID()));
  }
}
