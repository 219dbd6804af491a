package io.gatehouse.engines.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out of the log of a PostgreSQL why it does not start. */
final class ServerLog {
  private static final int MAX_LENGTH = 300;

  /** A line such as {@code 2026-01-01 00:00:00.000 UTC [1] FATAL: lock file is empty}. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:\\d{4}-\\d\\d-\\d\\d \\S+ \\S+ \\[\\d+] )?(FATAL|PANIC|ERROR|DETAIL|HINT): +(.*)");

  /** What a client was told that came too early or was not let in. */
  private static final Pattern OF_A_CLIENT =
      Pattern.compile(
          "the database system is .*|.* authentication failed .*|role \".*|database \".*");

  private ServerLog() {}

  /** The first failure with its detail; else the last line. Paths of this machine are left out. */
  static String reason(String log, Path dataDirectory) {
    List<String> lines = log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String told = failure(lines).orElseGet(() -> lines.isEmpty() ? "" : lines.getLast());
    String shown = told.replace(dataDirectory.toString(), "<data>");
    return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "..." : shown;
  }

  private static Optional<String> failure(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (line.matches() && isFailure(line)) {
        return Optional.of(line.group(2) + detail(lines, i + 1));
      }
    }
    return Optional.empty();
  }

  private static boolean isFailure(Matcher line) {
    return switch (line.group(1)) {
      case "DETAIL", "HINT" -> false;
      default -> !OF_A_CLIENT.matcher(line.group(2)).matches();
    };
  }

  private static String detail(List<String> lines, int index) {
    if (index >= lines.size()) {
      return "";
    }
    Matcher line = LINE.matcher(lines.get(index));
    return line.matches() && line.group(1).equals("DETAIL") ? "; " + line.group(2) : "";
  }
}
