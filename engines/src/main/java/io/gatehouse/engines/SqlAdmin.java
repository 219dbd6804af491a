package io.gatehouse.engines;

import io.gatehouse.platform.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users and databases of one running cluster, as they really are: nothing is remembered between
 * calls.
 *
 * <p>What an engine keeps for itself (its superuser, group roles, templates, its maintenance
 * database) is neither listed nor found, but its names are taken. A name for something new is any
 * Unicode text of 1 to 63 bytes in UTF-8 without NUL; other names are refused with {@link
 * IllegalArgumentException}. Whatever is listed can be changed and removed under the name that the
 * list gives. Lists are ordered by the bytes of the name. Every method throws {@link
 * EngineException} when the cluster does not answer.
 */
public interface SqlAdmin {

  /**
   * Which part of a list is asked for.
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

  /** The users, and those that are being removed. */
  List<SqlUser> users(Page page);

  /**
   * Makes a user that administers the cluster's SQL: it makes users and databases, and works with
   * the tables of all. It is no superuser.
   *
   * @param wait how long to wait for the removal of a user of that name
   * @return empty if it was made; otherwise who has the name, or one that differs in case only. Of
   *     callers at the same moment one succeeds
   */
  Optional<SqlUser> createUser(String name, Secret password, Duration wait);

  /**
   * Sets a user's password; open sessions stay. Of several at once, the last one counts.
   *
   * @return false if there is no such user, or it is being removed
   */
  boolean changePassword(String name, Secret password);

  /**
   * Takes a user's access away for certain, then the user: it cannot log in and its sessions have
   * ended before anything else happens. In every database, what it owned belongs to the
   * administrators afterwards, what it had passed on to others stays with them, and what runs with
   * its owner's rights is put into quarantine.
   *
   * @param wait how long to wait; what is not done by then is gone on with by {@link #sweep}
   * @return empty if there is no such user; one that is done is to be confirmed
   */
  Optional<UserRemoval> removeUser(String name, Duration wait);

  /**
   * Goes on with removals, and tells which ones are done, however they ended, until that is
   * confirmed. Idempotent.
   */
  AccessSweep sweep();

  /** Forgets a removal that is done, because it is recorded elsewhere now. Idempotent. */
  void confirmRemoval(SqlUser removed);

  /**
   * Puts group roles and system rights right, shares what users made among the administrators, and
   * ends sessions that no listed user has. Idempotent.
   *
   * @return how many sessions were ended
   */
  int repair();

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
