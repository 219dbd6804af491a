package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which cluster is restricted, after a restart of the server too, and when clusters are measured.
 */
final class DiskGuardTest {
  private static final long MEGABYTE = 1L << 20;
  private static final DiskLimits LIMITS = new DiskLimits(100 * MEGABYTE, 50 * MEGABYTE);
  private static final UUID GREEDY = new UUID(0, 1);
  private static final UUID BIG = new UUID(0, 2);
  private static final Set<UUID> BOTH = Set.of(GREEDY, BIG);

  private final Map<UUID, Long> sizes = new ConcurrentHashMap<>();
  private final AtomicInteger measured = new AtomicInteger();
  private long free = 500 * MEGABYTE;
  private long seconds;
  @TempDir private Path directory;

  @BeforeEach
  void sizes() {
    sizes.put(GREEDY, 100 * MEGABYTE);
    sizes.put(BIG, 300 * MEGABYTE);
  }

  private DiskGuard guard(Map<UUID, ClientAccess> found) {
    return new DiskGuard(
        LIMITS,
        () -> free,
        id -> {
          measured.incrementAndGet();
          return sizes.getOrDefault(id, 0L);
        },
        new DiskBaseline(file()),
        found,
        () -> TimeUnit.SECONDS.toNanos(seconds));
  }

  private Path file() {
    return directory.resolve("clusters.sizes");
  }

  private void grow(UUID id, long megabytes) {
    sizes.merge(id, megabytes * MEGABYTE, Long::sum);
    free -= megabytes * MEGABYTE;
  }

  private static Map<UUID, ClientAccess> access(DiskGuard guard) {
    Map<UUID, ClientAccess> access = new HashMap<>();
    BOTH.forEach(id -> access.put(id, guard.accessOf(id)));
    access.values().removeIf(ClientAccess.FULL::equals);
    return access;
  }

  @Test
  void what_grew_is_restricted_although_the_server_was_restarted_since() {
    guard(Map.of()).look(BOTH);
    free = 160 * MEGABYTE;
    grow(GREEDY, 70);

    DiskGuard restarted = guard(Map.of());
    restarted.look(BOTH);

    assertThat(access(restarted)).containsExactly(Map.entry(GREEDY, ClientAccess.READ_ONLY));
  }

  @Test
  void what_is_restricted_stays_so_over_a_restart_and_no_other_joins_it() {
    guard(Map.of()).look(BOTH);
    grow(BIG, 20);
    free = 90 * MEGABYTE;

    DiskGuard restarted = guard(Map.of(GREEDY, ClientAccess.READ_ONLY, BIG, ClientAccess.FULL));
    assertThat(restarted.isShort()).isTrue();
    assertThat(restarted.limitation(GREEDY)).isPresent();
    restarted.look(BOTH);
    assertThat(access(restarted)).containsExactly(Map.entry(GREEDY, ClientAccess.READ_ONLY));

    grow(GREEDY, 10);
    restarted.look(BOTH);
    assertThat(restarted.accessOf(GREEDY)).isEqualTo(ClientAccess.NONE);

    free = 500 * MEGABYTE;
    restarted.look(BOTH);
    assertThat(access(restarted)).isEmpty();
    assertThat(restarted.isShort()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "total 7\n",
        "nonsense\ntotal 1\n",
        "00000000-0000-0000-0000-000000000001 12\n",
        "00000000-0000-0000-0000-000000000001 x\ntotal 1\n"
      })
  void without_a_whole_file_growth_counts_from_the_first_look(String content) throws IOException {
    Files.writeString(file(), content);
    free = 60 * MEGABYTE;
    DiskGuard guard = guard(Map.of());
    guard.look(BOTH);
    assertThat(access(guard)).isEmpty();

    free = 90 * MEGABYTE;
    guard.look(BOTH);
    grow(GREEDY, 20);
    guard.look(BOTH);
    assertThat(access(guard)).containsExactly(Map.entry(GREEDY, ClientAccess.READ_ONLY));
  }

  @Test
  void a_file_that_cannot_be_written_hinders_nothing() throws IOException {
    Files.createDirectories(directory.resolve("clusters.sizes.new").resolve("in the way"));
    DiskGuard guard = guard(Map.of());
    guard.look(BOTH);
    free = 110 * MEGABYTE;
    grow(GREEDY, 20);
    guard.look(BOTH);

    assertThat(access(guard)).containsExactly(Map.entry(GREEDY, ClientAccess.READ_ONLY));
    assertThat(file()).doesNotExist();
  }

  @Test
  void no_file_is_left_without_clusters() {
    DiskGuard guard = guard(Map.of());
    guard.look(BOTH);
    assertThat(file()).exists();
    seconds += 301;
    guard.look(Set.of());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void clusters_are_measured_when_the_baseline_is_old_or_little_is_free() {
    DiskGuard guard = guard(Map.of());
    guard.look(BOTH);
    guard.look(BOTH);
    assertThat(measured.getAndSet(0)).as("baseline").isEqualTo(2);

    seconds += 301;
    guard.look(BOTH);
    assertThat(measured.getAndSet(0)).as("baseline after five minutes").isEqualTo(2);

    free = 90 * MEGABYTE;
    guard.look(BOTH);
    assertThat(measured.getAndSet(0)).as("little free").isEqualTo(2);
    guard.look(BOTH);
    guard.look(BOTH);
    assertThat(measured.getAndSet(0)).as("as much free as before").isZero();
    seconds += 6;
    guard.look(BOTH);
    assertThat(measured.getAndSet(0)).as("after some time").isEqualTo(2);
    grow(GREEDY, 2);
    guard.look(BOTH);
    assertThat(measured.getAndSet(0)).as("less free than before").isEqualTo(2);
  }

  @Test
  void a_slow_fall_counts_too() {
    DiskGuard guard = guard(Map.of());
    guard.look(BOTH);
    grow(GREEDY, 30);
    grow(BIG, 20);
    free = 90 * MEGABYTE;
    guard.look(BOTH);
    assertThat(access(guard)).containsOnlyKeys(GREEDY);
    for (int i = 0; i < 4; i++) {
      free -= MEGABYTE / 3;
      seconds += 6;
      guard.look(BOTH);
    }
    assertThat(access(guard)).containsOnlyKeys(GREEDY, BIG);
  }

  @Test
  @Timeout(30)
  void clusters_are_measured_at_once_while_others_ask_what_they_may_do() {
    CyclicBarrier together = new CyclicBarrier(3);
    DiskGuard[] guards = new DiskGuard[1];
    guards[0] =
        new DiskGuard(
            LIMITS,
            () -> free,
            id -> {
              await(together);
              return sizes.getOrDefault(id, 0L);
            },
            new DiskBaseline(file()),
            Map.of(),
            System::nanoTime);
    Thread looking = Thread.ofVirtual().start(() -> guards[0].look(BOTH));
    assertThat(guards[0].accessOf(GREEDY)).isEqualTo(ClientAccess.FULL);
    assertThat(guards[0].isShort()).isFalse();
    await(together);
    assertThat(List.of(looking)).allSatisfy(thread -> thread.join());
    assertThat(file()).content().contains("total 2");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the others do not come", e);
    }
  }
}
