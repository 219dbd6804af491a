package io.gatehouse.engines.postgres;

import io.gatehouse.engines.ClusterSecrets;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** What the tests of this engine share: one template for all of them, kept between runs. */
final class Postgres {
  static final ClusterSecrets SECRETS = id -> Secret.of("the secret of " + id);
  private static final Path PLACE = Path.of("target", "postgres").toAbsolutePath();
  private static final PostgresTemplate TEMPLATE = new PostgresTemplate(PLACE);

  private Postgres() {}

  static PostgresTemplate template() {
    TEMPLATE.prepare();
    return TEMPLATE;
  }

  /** A new empty directory on the disk of the build. */
  static Path directory() {
    try {
      Files.createDirectories(PLACE);
      return Files.createTempDirectory(PLACE, "clusters-").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PostgresEngine engine(Path directory) {
    return new PostgresEngine(
        PostgresConfig.in(directory), template(), SECRETS, InstantSource.system());
  }
}
