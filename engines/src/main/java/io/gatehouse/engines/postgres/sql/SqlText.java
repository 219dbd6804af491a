package io.gatehouse.engines.postgres.sql;

import io.gatehouse.platform.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.postgresql.util.PasswordUtil;

/** Puts names and passwords into statements that take no parameters. */
public final class SqlText {
  private static final int MAX_NAME = 63;

  /** As many as PostgreSQL uses by default. */
  private static final int ITERATIONS = 4096;

  private SqlText() {}

  /**
   * A name in quotes. PostgreSQL would cut a longer name without a word, and so mean another thing.
   *
   * @throws IllegalArgumentException if PostgreSQL cannot have that name
   */
  public static String name(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0 || bytes(name) > MAX_NAME) {
      throw new IllegalArgumentException("a name has 1 to 63 bytes in UTF-8, and no NUL");
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text as a literal, for sessions with standard_conforming_strings. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A DO statement of that body, whatever text is in it. */
  public static String block(String body) {
    String quote = "$do$";
    for (int number = 1; body.contains(quote); number++) {
      quote = "$do" + number + "$";
    }
    return "DO " + quote + " " + body + " " + quote;
  }

  /**
   * What PostgreSQL keeps to verify a password, as a literal; the password cannot be read from it.
   */
  public static String verifier(Secret password) {
    return "'" + PasswordUtil.encodeScramSha256(password.reveal().toCharArray()) + "'";
  }

  /** The same for a secret of full strength, always with the same salt. */
  static String verifier(Secret secret, byte[] salt) {
    char[] text = secret.reveal().toCharArray();
    return "'" + PasswordUtil.encodeScramSha256(text, ITERATIONS, salt) + "'";
  }

  private static int bytes(String name) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      return encoded.remaining();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a name is Unicode text", e);
    }
  }
}
