package io.gatehouse.platform.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import com.google.crypto.tink.prf.HkdfPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.json.JsonStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The file that holds the keyset, in Tink's JSON form and readable by its owner only. Whoever has
 * it and the store can read every sealed credential; whoever loses it, none.
 */
public final class KeysetFile {
  private final Path path;

  public KeysetFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /** Makes a new keyset and writes it, whole or not at all. */
  public Keyset create() {
    register();
    try {
      ObjectNode file = Json.MAPPER.createObjectNode();
      file.set("seal", generate(PredefinedAeadParameters.AES256_GCM));
      file.set("hash", generate(PredefinedMacParameters.HMAC_SHA256_256BITTAG));
      file.set("derive", generate(derivation()));
      write(file);
      return read();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keyset cannot be made", e);
    }
  }

  /** Reads the keyset of an installation that was started before. */
  public Keyset read() {
    register();
    try {
      JsonNode file = Json.tree(Files.readAllBytes(path));
      return new Keyset(parse(file, "seal"), parse(file, "hash"), parse(file, "derive"));
    } catch (IOException e) {
      throw new UncheckedIOException("keyset " + path + " cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keyset " + path + " is not a valid keyset", e);
    }
  }

  private void write(ObjectNode file) {
    try {
      Path fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(fresh, JsonStyle.SNAKE_CASE.write(file), StandardOpenOption.SYNC);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("keyset " + path + " cannot be written", e);
    }
  }

  private static JsonNode generate(Parameters parameters) throws GeneralSecurityException {
    KeysetHandle handle = KeysetHandle.generateNew(parameters);
    String json = TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
    return Json.read(json, JsonNode.class);
  }

  private static KeysetHandle parse(JsonNode file, String purpose) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(
        file.path(purpose).toString(), InsecureSecretKeyAccess.get());
  }

  private static Parameters derivation() throws GeneralSecurityException {
    return HkdfPrfParameters.builder()
        .setKeySizeBytes(32)
        .setHashType(HkdfPrfParameters.HashType.SHA256)
        .build();
  }

  private static void register() {
    try {
      AeadConfig.register();
      MacConfig.register();
      PrfConfig.register();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cryptography is not available", e);
    }
  }
}
