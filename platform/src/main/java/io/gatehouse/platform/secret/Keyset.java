package io.gatehouse.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The three keys of an installation: one seals credentials (AES-256-GCM), one makes the keyed hash
 * under which API keys are stored (HMAC-SHA-256), one derives the secrets of the clusters (HKDF),
 * so that these need no storage at all. Made by {@link KeysetFile}.
 */
public final class Keyset {
  private final Aead seal;
  private final Mac hash;
  private final PrfSet derive;

  Keyset(KeysetHandle seal, KeysetHandle hash, KeysetHandle derive) {
    try {
      this.seal = seal.getPrimitive(RegistryConfiguration.get(), Aead.class);
      this.hash = hash.getPrimitive(RegistryConfiguration.get(), Mac.class);
      this.derive = derive.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keyset cannot be used", e);
    }
  }

  /** Encrypts {@code plain} so that only {@link #open} with the same owner reads it again. */
  public byte[] seal(byte[] plain, UUID owner) {
    try {
      return seal.encrypt(plain, bytes(owner));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @throws DecryptionException when it was sealed by another keyset, for another owner, or changed
   */
  public byte[] open(byte[] sealed, UUID owner) {
    try {
      return seal.decrypt(sealed, bytes(owner));
    } catch (GeneralSecurityException e) {
      throw new DecryptionException(e);
    }
  }

  /** The keyed hash under which a secret is stored, in hexadecimal. */
  public String hash(Secret secret) {
    try {
      return HexFormat.of().formatHex(hash.computeMac(secret.reveal().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("hashing failed", e);
    }
  }

  /** Whether {@code hash} was made from this secret; compared in constant time. */
  public boolean matches(Secret secret, String stored) {
    try {
      hash.verifyMac(HexFormat.of().parseHex(stored), secret.reveal().getBytes(UTF_8));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** A secret that follows from the purpose and the id alone: always the same for the same two. */
  public Secret derive(String purpose, UUID id) {
    try {
      byte[] derived = derive.computePrimary((purpose + "/" + id).getBytes(UTF_8), 32);
      return Secret.of(HexFormat.of().formatHex(derived));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("deriving failed", e);
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
