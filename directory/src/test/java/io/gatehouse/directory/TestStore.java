package io.gatehouse.directory;

import io.gatehouse.engines.postgres.MetadataPostgres;
import io.gatehouse.engines.postgres.PostgresTemplate;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Database;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.StoreAddress;
import io.gatehouse.platform.store.Transactions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real metadata store with the schemas of platform and directory, new for each test class. */
final class TestStore implements AutoCloseable {
  private final Path directory;
  private final MetadataPostgres postgres;
  private final Database database;
  private final Transactions transactions;

  TestStore() {
    Path place = Path.of("target", "postgres").toAbsolutePath();
    this.directory = newDirectory(place);
    this.postgres =
        new MetadataPostgres(
            directory.resolve("metadata"),
            new PostgresTemplate(place),
            Secret.of("the secret of the store"));
    MetadataPostgres.Access access = postgres.start();
    this.database =
        new Database(
            new StoreAddress(
                access.jdbcUrl(), Optional.of(access.user()), Optional.of(access.secret())),
            4,
            Duration.ofSeconds(5));
    database.migrate(List.of("platform", "directory"));
    this.transactions =
        new Transactions(database.jdbi(), new Epochs(database.jdbi(), Clock.systemUTC()));
  }

  Transactions transactions() {
    return transactions;
  }

  /** All columns of all rows of a table as text, whatever they are. */
  String contentOf(String table) {
    return transactions.read(
        session ->
            session
                .handle()
                .createQuery("select * from " + table)
                .mapToMap()
                .map(TestStore::text)
                .list()
                .toString());
  }

  private static String text(Map<String, Object> row) {
    return row.values().stream()
        .map(
            value ->
                value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : String.valueOf(value))
        .collect(Collectors.joining(" "));
  }

  private static Path newDirectory(Path place) {
    try {
      Files.createDirectories(place);
      return Files.createTempDirectory(place, "store-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    database.close();
    postgres.stop();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
