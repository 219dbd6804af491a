package io.gatehouse.cloud.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.secret.Secret;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeySecretTest {
  private static final String ID = "CCDB1_aZ0aZ0aZ0aZ0aZ0aZ0aZ0b";
  private static final String SECRET = ID + "_0123456789012345678901234567890123456789";

  @Test
  void a_new_key_has_the_documented_shape_and_is_read_back() {
    ApiKeySecret key = ApiKeySecret.generate();

    assertThat(key.secret().reveal()).matches("CCDB1_[0-9A-Za-z]{22}_[0-9A-Za-z]{40}");
    assertThat(key.secret().reveal()).startsWith(key.id() + "_");
    assertThat(ApiKeySecret.isId(key.id())).isTrue();
    assertThat(ApiKeySecret.read(key.secret())).contains(key);
  }

  @Test
  void no_two_new_keys_share_a_part_or_an_alphabet_smaller_than_promised() {
    Set<String> ids = new HashSet<>();
    Set<Integer> characters = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      ApiKeySecret key = ApiKeySecret.generate();
      ids.add(key.id());
      key.secret().reveal().substring(ID.length() + 1).chars().forEach(characters::add);
    }

    assertThat(ids).hasSize(200);
    assertThat(characters).hasSize(62);
  }

  @Test
  void the_public_part_tells_nothing_of_the_rest_and_nothing_prints_it() {
    ApiKeySecret key = ApiKeySecret.read(Secret.of(SECRET)).orElseThrow();

    assertThat(key.id()).isEqualTo(ID);
    assertThat(key.toString()).contains(ID).doesNotContain(SECRET.substring(ID.length() + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CCDB1_",
        ID,
        ID + "_",
        SECRET + "0",
        " " + SECRET,
        SECRET + "\n",
        ID + "-0123456789012345678901234567890123456789",
        ID + "_012345678901234567890123456789012345678",
        ID + "_012345678901234567890123456789012345678_",
        ID + "_012345678901234567890123456789012345678é",
        ID + "_012345678901234567890123456789012345678 ",
        "ccdb1_aZ0aZ0aZ0aZ0aZ0aZ0aZ0b_0123456789012345678901234567890123456789",
        "CCDB2_aZ0aZ0aZ0aZ0aZ0aZ0aZ0b_0123456789012345678901234567890123456789",
        "CCDB1_aZ0aZ0aZ0aZ0aZ0aZ0aZ0_0_123456789012345678901234567890123456789",
        "CCDB1_aZ0aZ0aZ0aZ0aZ0aZ0aZ0%_0123456789012345678901234567890123456789"
      })
  void what_has_another_shape_is_no_key(String text) {
    assertThat(ApiKeySecret.read(Secret.of(SECRET))).isPresent();
    assertThat(ApiKeySecret.read(Secret.of(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CCDB1_",
        "CCDB1_aZ0aZ0aZ0aZ0aZ0aZ0aZ0",
        "CCDB1_aZ0aZ0aZ0aZ0aZ0aZ0aZ0bb",
        "CCDB1_aZ0aZ0aZ0aZ0aZ0aZ0aZ0_",
        "aZ0aZ0aZ0aZ0aZ0aZ0aZ0baZ0aZ0"
      })
  void what_is_no_public_part_is_the_id_of_no_key(String text) {
    assertThat(ApiKeySecret.isId(text)).isFalse();
  }
}
