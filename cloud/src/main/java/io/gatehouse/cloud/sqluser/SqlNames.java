package io.gatehouse.cloud.sqluser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.engines.SqlPasswords;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which names new SQL users and databases can have. What is there already keeps its name, however
 * it came by it. Anything goes that a database can name, since it is always quoted, but for what
 * the cluster keeps for itself and what no person could tell apart.
 */
public final class SqlNames {
  private static final int MAX_BYTES = 63;
  private static final Set<String> RESERVED_USERS =
      Set.of("admin", "root", "node", "postgres", "gatehouse", "public", "none");
  private static final List<String> RESERVED_PREFIXES = List.of("pg_", "crdb_", "gatehouse_");
  private static final Set<String> RESERVED_DATABASES =
      Set.of("postgres", "template0", "template1", "system");

  /** Letters and signs that show nothing. */
  private static final String BLANKS = "\u034F\u115F\u1160\u2800\u3164\uFFA0";

  private SqlNames() {}

  static void checkUser(String name) {
    refuse("name", userRule(name));
  }

  public static void checkDatabase(String member, String name) {
    refuse(member, databaseRule(name));
  }

  static void checkPassword(Secret password) {
    refuse("password", SqlPasswords.brokenRule(password));
  }

  private static Optional<String> userRule(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (RESERVED_USERS.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
      return Optional.of("'" + name + "' is a reserved name");
    }
    return textRule(name);
  }

  private static Optional<String> databaseRule(String name) {
    if (RESERVED_DATABASES.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of("'" + name + "' is a reserved name");
    }
    return textRule(name);
  }

  private static Optional<String> textRule(String name) {
    if (name.isEmpty() || name.getBytes(UTF_8).length > MAX_BYTES) {
      return Optional.of("must have 1 to 63 bytes in UTF-8");
    }
    boolean spaceAtAnEnd =
        Character.isSpaceChar(name.codePointAt(0))
            || Character.isSpaceChar(name.codePointBefore(name.length()));
    if (name.codePoints().anyMatch(SqlNames::isInvisible) || spaceAtAnEnd) {
      return Optional.of(
          "must not have control characters, unpaired surrogates, or space at either end");
    }
    return Optional.empty();
  }

  private static boolean isInvisible(int codePoint) {
    if (BLANKS.indexOf(codePoint) >= 0) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void refuse(String member, Optional<String> rule) {
    if (rule.isPresent()) {
      throw GatehouseException.invalid(member, rule.get());
    }
  }
}
