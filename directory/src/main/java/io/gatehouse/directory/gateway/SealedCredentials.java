package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.Secret;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The secret part of an account's context, encrypted for that account and no other. */
public final class SealedCredentials {
  private final byte[] bytes;

  private SealedCredentials(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Encrypts the credentials of an account. */
  public static SealedCredentials seal(Keyset keyset, UUID account, Map<String, Secret> secrets) {
    Map<String, String> revealed = new TreeMap<>();
    secrets.forEach((name, secret) -> revealed.put(name, secret.reveal()));
    return new SealedCredentials(keyset.seal(JsonStyle.SNAKE_CASE.write(revealed), account));
  }

  /** As they came from the store. */
  public static SealedCredentials of(byte[] bytes) {
    return new SealedCredentials(bytes.clone());
  }

  /** As they go to the store. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "***";
  }

  /** Decrypts them; they were sealed for this account or they cannot be. */
  Map<String, Secret> open(Keyset keyset, UUID account) {
    return Json.MAPPER.convertValue(
        Json.tree(keyset.open(bytes, account)), new TypeReference<>() {});
  }
}
