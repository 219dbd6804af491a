package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.postgres.EphemeralPorts.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PortsTest {
  private static final EphemeralPorts NONE = new EphemeralPorts(new Range(0, 0), List.of());

  @Test
  void the_ports_of_outgoing_connections_are_given_to_clusters_last() {
    EphemeralPorts most = new EphemeralPorts(new Range(28100, 28108), List.of());
    Ports ports = new Ports("127.0.0.1", 28100, 28109, most);
    UUID first = UUID.randomUUID();

    assertThat(ports.choose(first)).isEqualTo(28109);
    assertThat(ports.choose(UUID.randomUUID())).isBetween(28100, 28108);
    assertThat(ports.warnIfEphemeral()).isTrue();
  }

  @Test
  void ports_that_the_kernel_was_told_to_reserve_are_not_ephemeral() {
    EphemeralPorts reserved =
        new EphemeralPorts(new Range(28000, 29000), List.of(new Range(28100, 28109)));

    assertThat(new Ports("127.0.0.1", 28100, 28109, reserved).warnIfEphemeral()).isFalse();
  }

  @Test
  void the_default_ports_are_not_ephemeral_on_a_kernel_as_it_comes() {
    EphemeralPorts usual = new EphemeralPorts(new Range(32768, 60999), List.of());
    int first = PostgresConfig.DEFAULT_FIRST_PORT;
    int last = PostgresConfig.DEFAULT_LAST_PORT;

    assertThat(new Ports("127.0.0.1", first, last, usual).warnIfEphemeral()).isFalse();
  }

  @Test
  void no_two_clusters_are_given_one_port() {
    Ports ports = new Ports("127.0.0.1", 28110, 28119, NONE);
    List<Integer> given =
        IntStream.range(0, 10).mapToObj(i -> ports.choose(UUID.randomUUID())).toList();

    assertThat(given).doesNotHaveDuplicates().allMatch(port -> port >= 28110 && port <= 28119);
  }

  @Test
  void the_kernel_settings_are_read_as_the_kernel_writes_them(@TempDir Path directory)
      throws IOException {
    Path range = Files.writeString(directory.resolve("range"), "15000\t61000\n");
    Path reserved = Files.writeString(directory.resolve("reserved"), "15010,15020-15030\n");

    EphemeralPorts ports = EphemeralPorts.read(range, reserved);

    assertThat(IntStream.of(15000, 15011, 15019, 15031, 61000)).allMatch(ports::contains);
    assertThat(IntStream.of(14999, 15010, 15020, 15025, 15030, 61001)).noneMatch(ports::contains);
    assertThat(EphemeralPorts.read(directory.resolve("none"), directory.resolve("none")))
        .isEqualTo(new EphemeralPorts(new Range(32768, 60999), List.of()));
  }
}
