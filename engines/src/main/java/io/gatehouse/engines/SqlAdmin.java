package io.gatehouse.engines;

import io.gatehouse.platform.secret.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users and databases of one running cluster, as they really are: nothing is remembered between
 * calls.
 *
 * <p>What an engine keeps for itself (its superuser, group roles, templates, its maintenance
 * database) is neither listed nor found, but its names are taken. A name is any Unicode text of 1
 * to 63 bytes in UTF-8 without NUL; other names are refused with {@link IllegalArgumentException}.
 * Lists are ordered by the bytes of the name. Every method throws {@link EngineException} when the
 * cluster does not answer.
 */
public interface SqlAdmin {

  /**
   * Which part of a list is wanted.
   *
   * @param after the names strictly after this one in the direction of the list; null: from its
   *     start
   * @param descending from the last name to the first
   * @param limit at most so many
   */
  record Page(@Nullable String after, boolean descending, int limit) {}

  /** How renaming a database ended. */
  enum Renamed {
    DONE,
    NO_SUCH_DATABASE,
    NAME_TAKEN
  }

  /** Names of the users, which are the roles that can log in. */
  List<String> users(Page page);

  /**
   * Makes a user that administers the cluster's SQL: it makes users and databases, and reads and
   * writes all tables. It is no superuser.
   *
   * @return false if the name is taken or reserved; of callers at the same moment one gets true
   */
  boolean createUser(String name, Secret password);

  /**
   * Sets a user's password; open sessions stay.
   *
   * @return false if there is no such user
   */
  boolean changePassword(String name, Secret password);

  /**
   * Takes a user's access away for certain, then the user: it cannot log in any more and its
   * sessions have ended before anything else happens. What it owned belongs to the administrators
   * afterwards, in every database. If this throws half-way, the user is unlisted and call it again.
   *
   * @return false if there is no such user
   */
  boolean dropUser(String name);

  /** The databases; looks into each one of the page. */
  List<SqlDatabase> databases(Page page);

  /** One database, if it is there. */
  Optional<SqlDatabase> database(String name);

  /**
   * Makes an empty database that belongs to the administrators.
   *
   * @return false if the name is taken
   */
  boolean createDatabase(String name);

  /** Renames a database and ends the sessions in it. */
  Renamed renameDatabase(String name, String newName);

  /**
   * Drops a database with its data, whoever is connected to it.
   *
   * @return what was dropped; empty if there is no such database
   */
  Optional<SqlDatabase> dropDatabase(String name);
}
