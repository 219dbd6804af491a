package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A data directory that was copied carelessly is put right; what cannot be is said. */
final class RestoredDirectoryTest {
  private final Path root = Postgres.directory();
  private final UUID id = UUID.randomUUID();
  private final Path data = root.resolve(id.toString());
  private final PostgresEngine engine = Postgres.engine(root);
  private int port;

  @BeforeEach
  void create() {
    run();
    port = ((Observed.Running) engine.observe(id)).endpoint().port();
    engine.sql(id).createDatabase("kept");
    converge(Presence.STOPPED);
  }

  @AfterEach
  void remove() {
    converge(Presence.ABSENT);
    assertThat(engine.present()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx", "---------", "r-xr-xr-x", "rwxrwx---"})
  void the_mode_of_the_directory_is_put_right(String mode) throws IOException {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(mode));
    serves();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "---------", "r--r--r--"})
  void the_modes_of_all_that_is_in_it_are_put_right(String mode) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(data)) {
      all = paths.toList();
    }
    for (Path path : all) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
    serves();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pg_commit_ts",
        "pg_dynshmem",
        "pg_logical",
        "pg_logical/mappings",
        "pg_logical/snapshots",
        "pg_notify",
        "pg_replslot",
        "pg_serial",
        "pg_snapshots",
        "pg_stat",
        "pg_stat_tmp",
        "pg_subtrans",
        "pg_tblspc",
        "pg_twophase",
        "pg_wal/archive_status",
        "pg_wal/summaries"
      })
  void a_directory_that_may_be_empty_is_made_again(String name) throws IOException {
    FileTrees.delete(data.resolve(name));
    serves();
  }

  @Test
  void all_empty_directories_at_once_are_made_again() throws IOException {
    List<Path> directories;
    try (Stream<Path> paths = Files.walk(data)) {
      directories = paths.filter(Files::isDirectory).toList();
    }
    for (Path directory : directories.reversed()) {
      if (directory.toFile().list().length == 0) {
        Files.delete(directory);
      }
    }
    serves();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgresql.conf", "pg_hba.conf", "pg_ident.conf", "postgresql.auto.conf"})
  void a_missing_file_of_settings_is_written_again(String name) throws IOException {
    Files.delete(data.resolve(name));
    serves();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "torn", "1\n/elsewhere\n", "99999999999999999999\n\n\n5\n"})
  void a_lock_file_that_makes_no_sense_does_not_hinder(String content) throws IOException {
    Files.writeString(data.resolve("postmaster.pid"), content);
    serves();
  }

  @Test
  void a_lock_file_in_bytes_that_are_no_text_does_not_hinder() throws IOException {
    Files.write(data.resolve("postmaster.pid"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    serves();
  }

  @Test
  void a_directory_in_the_place_of_the_lock_file_does_not_hinder() throws IOException {
    Files.createDirectories(data.resolve("postmaster.pid").resolve("inside"));
    serves();
  }

  @Test
  void a_lock_file_that_nobody_may_read_does_not_hinder() throws IOException {
    Path lockFile = Files.writeString(data.resolve("postmaster.pid"), "1\n");
    Files.setPosixFilePermissions(lockFile, PosixFilePermissions.fromString("---------"));
    serves();
  }

  @Test
  void a_running_server_whose_lock_file_was_overwritten_is_started_anew() throws IOException {
    run();
    Files.writeString(data.resolve("postmaster.pid"), "torn");
    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());
    serves();
  }

  @Test
  void a_running_server_whose_lock_file_is_closed_is_adopted_as_it_is() throws IOException {
    run();
    long pid = Postmaster.of(data).orElseThrow().pid();
    Files.setPosixFilePermissions(
        data.resolve("postmaster.pid"), PosixFilePermissions.fromString("---------"));
    serves();
    assertThat(Postmaster.of(data).orElseThrow().pid()).isEqualTo(pid);
  }

  @Test
  void what_belongs_to_another_user_is_taken_back() throws IOException {
    assumeTrue(Host.user() == 0, "only root can give a file away");
    for (Path path : List.of(data.resolve("base"), data.resolve("PG_VERSION"), data)) {
      Files.setAttribute(path, "unix:uid", 12345);
    }
    serves();
  }

  @ParameterizedTest
  @CsvSource({"not a version, PG_VERSION", "17, initialized by PostgreSQL version 17"})
  void a_broken_version_is_told_without_paths(String version, String told) throws IOException {
    Files.writeString(data.resolve("PG_VERSION"), version + "\n");
    assertThatThrownBy(this::run)
        .hasMessageStartingWith("PostgreSQL does not start: ")
        .hasMessageContaining(told)
        .hasMessageNotContaining(root.toString())
        .hasMessageNotContaining("LOG:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"global/pg_control", "pg_xact", "PG_VERSION"})
  void data_that_is_gone_is_told(String name) throws IOException {
    FileTrees.delete(data.resolve(name));
    assertThatThrownBy(this::run).hasMessageStartingWith("PostgreSQL does not start: ");
    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());
  }

  private void serves() {
    run();
    assertThat(engine.observe(id))
        .isInstanceOfSatisfying(
            Observed.Running.class,
            running -> assertThat(running.endpoint().port()).isEqualTo(port));
    assertThat(engine.sql(id).database("kept")).isPresent();
  }

  private void run() {
    converge(Presence.RUNNING);
  }

  private void converge(Presence presence) {
    OptionalInt known = port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    engine.converge(id, new Desired(presence, new Resources(1), 0, known), Progress.SILENT);
  }
}
