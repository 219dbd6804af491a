package io.gatehouse.directory.account;

import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.secret.Keyset;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an account's context says beside its credentials, encrypted for that account and no other:
 * it may be shown to those who administer it, and to no one who reads the store.
 */
final class SealedContext {
  private final byte[] bytes;

  /** What is encrypted: it has a form of its own, so that credentials can never be taken for it. */
  private record Content(Map<String, String> context) {
    Content {
      context = new TreeMap<>(Objects.requireNonNull(context, "this is no context"));
    }
  }

  private SealedContext(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Encrypts the context of an account. */
  static SealedContext seal(Keyset keyset, UUID account, Map<String, String> context) {
    return new SealedContext(
        keyset.seal(JsonStyle.SNAKE_CASE.write(new Content(context)), account));
  }

  /** As it came from the store. */
  static SealedContext of(byte[] bytes) {
    return new SealedContext(bytes.clone());
  }

  /** As it goes to the store. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Decrypts it; it was sealed for this account or it cannot be. */
  Map<String, String> open(Keyset keyset, UUID account) {
    return Json.MAPPER
        .convertValue(Json.tree(keyset.open(bytes, account)), Content.class)
        .context();
  }

  @Override
  public String toString() {
    return "***";
  }
}
