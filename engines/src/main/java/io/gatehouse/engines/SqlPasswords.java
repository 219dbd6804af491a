package io.gatehouse.engines;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import com.ongres.stringprep.Tables;
import io.gatehouse.platform.secret.Secret;
import java.util.Optional;

/**
 * Which passwords a SQL user can have: those that every client prepares alike before it proves
 * them. SCRAM wants SASLprep (RFC 4013); PostgreSQL and libpq take the password as it is where
 * SASLprep fails, and map the zero-width space to a space where other clients drop it.
 */
public final class SqlPasswords {
  private static final int MAX_LENGTH = 256;
  private static final Profile SASLPREP = new SASLprep();

  private SqlPasswords() {}

  /** The rule that a password breaks, if it breaks one; never the password. */
  public static Optional<String> brokenRule(Secret password) {
    String text = password.reveal();
    if (text.isEmpty() || text.length() > MAX_LENGTH || text.indexOf('\0') >= 0) {
      return Optional.of("must have 1 to 256 characters, the NUL character excluded");
    }
    if (text.codePoints().anyMatch(SqlPasswords::isControl)) {
      return Optional.of("must not have control characters");
    }
    boolean alike =
        text.codePoints().noneMatch(SqlPasswords::isAmbiguous)
            && !text.codePoints().allMatch(Tables::mapToNothing)
            && (isPrepared(text) || isUnchanged(text));
    return alike
        ? Optional.empty()
        : Optional.of(
            "must not have characters that clients prepare differently (SASLprep, RFC 4013):"
                + " zero-width or unpaired ones, private ones, or nothing but invisible ones");
  }

  private static boolean isControl(int codePoint) {
    return Tables.prohibitionAsciiControl(codePoint)
        || Tables.prohibitionNonAsciiControl(codePoint);
  }

  /** RFC 3454 has it in two tables that say different things. */
  private static boolean isAmbiguous(int codePoint) {
    return (Tables.mapToNothing(codePoint) && Tables.prohibitionNonAsciiSpace(codePoint))
        || Tables.prohibitionSurrogateCodes(codePoint);
  }

  private static boolean isPrepared(String text) {
    try {
      SASLPREP.prepareStored(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Letters younger than Unicode 3.2 are taken as they are by everyone. */
  private static boolean isUnchanged(String text) {
    try {
      return SASLPREP.prepareQuery(text).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
