import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of a process. */
record LinuxProcess(long id) {
  private static final int MICROS_A_TICK = 10_000; // the kernel tells user space 100 ticks a second
  private static final int USER_TIME = 11; // fields of stat, counted from the one after the name
  private static final int SYSTEM_TIME = 12;

  /** The processor time that it has used so far, its own and the kernel's on its behalf. */
  double processorMicros() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    return ticks * MICROS_A_TICK;
  }

  /** Its resident memory, in MiB. */
  double residentMemory() {
    return read("status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.substring("VmRSS:".length()).replace("kB", "").strip())
        .mapToDouble(kibibytes -> Long.parseLong(kibibytes) / 1024.0)
        .findFirst()
        .orElseThrow();
  }

  /** The command that it was started by. */
  List<String> command() {
    return List.of(read("cmdline").split("\0"));
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(id), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
