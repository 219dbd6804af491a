package io.gatehouse.engines.postgres.sql;

import io.gatehouse.engines.EngineException;
import java.sql.SQLException;

/** The errors of PostgreSQL that mean something here. */
public enum SqlState {
  NO_SUCH_ROLE("42704"),
  /** The same code. */
  NO_SUCH_PREPARED_TRANSACTION("42704"),
  NO_SUCH_DATABASE("3D000"),
  CLOSED_DATABASE("55000"),
  DATABASE_IN_USE("55006"),
  DUPLICATE_ROLE("42710"),
  DUPLICATE_DATABASE("42P04"),
  /** Someone else made the same at the same moment. */
  UNIQUE_VIOLATION("23505"),
  RESERVED_NAME("42939"),
  WRONG_PASSWORD("28P01"),
  NO_RIGHT("42501"),
  /** Someone ended the session, as a forced drop of its database does. */
  SESSION_ENDED("57P01"),
  LOCK_TIMEOUT("55P03"),
  /** It took longer than a statement may take. */
  CANCELED("57014"),
  TOO_MANY_CONNECTIONS("53300"),
  /** Among others, that two sessions changed the same row of a catalog at once. */
  INTERNAL_ERROR("XX000"),
  SYNTAX_ERROR("42601"),
  INVALID_TEXT("22P02"),
  INVALID_PARAMETER("22023"),
  /** Among others, that there is nothing that could be put into a statement. */
  NULL_NOT_ALLOWED("22004"),
  DEADLOCK("40P01"),
  OUT_OF_LOCKS("53200"),
  DISK_FULL("53100");

  private final String code;

  SqlState(String code) {
    this.code = code;
  }

  public boolean isOf(SQLException failure) {
    return code.equals(failure.getSQLState());
  }

  /** Whether the session cannot be used any more. */
  public static boolean isConnectionFailure(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** The exception for whatever no caller can make sense of. */
  public static EngineException failure(SQLException cause) {
    String told = String.valueOf(cause.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    if (DISK_FULL.isOf(cause)) {
      return EngineException.lasting("The disk is full: " + told, cause);
    }
    String what =
        isConnectionFailure(cause) ? "The cluster cannot be reached: " : "The cluster refused: ";
    return EngineException.passing(what + told, cause);
  }
}
