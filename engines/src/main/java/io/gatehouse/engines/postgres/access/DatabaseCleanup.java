package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Hands over what a role has in one database. Everything is done item by item where something can
 * stand in the way, so that one locked table does not keep the others, and committed in portions,
 * since a transaction has room for a limited number of locks.
 */
final class DatabaseCleanup {
  private static final int PORTION = 500;
  private static final int MAX_FAILURES = 25;

  /** Comes after every rank of {@link Belongings}. */
  private static final int END = 1000;

  /**
   * Works on the rows of a query of {@link Belongings}. What a person should review is noted in the
   * same transaction as what was done; see {@link RemovalNotes}.
   */
  private static final String WORK =
      """
      DO $work$
      DECLARE
        item record;
        done int := 0;
        failed int := 0;
        blocked bigint := 0;
        blocker text := '';
        noted jsonb := '[]';
        known jsonb := '{}';
        utf8 CONSTANT boolean := getdatabaseencoding() = 'UTF8'; -- other text may not be readable
      BEGIN
        SET LOCAL lock_timeout = ':timeout';
        FOR item IN
          SELECT rank, statement, relation, kind,
            CASE WHEN utf8 THEN name ELSE encode(textsend(name), 'escape') END AS name,
            CASE WHEN utf8 THEN note ELSE encode(textsend(note), 'escape') END AS note
          FROM (:items UNION ALL SELECT :end, NULL, 0, NULL, NULL, NULL)
            AS items (rank, statement, relation, kind, name, note)
          WHERE statement IS NOT NULL OR kind IS NOT NULL OR rank = :end
          ORDER BY rank
        LOOP
          BEGIN
            IF item.statement IS NOT NULL THEN
              EXECUTE item.statement;
            END IF;
            done := done + CASE WHEN item.rank < :end THEN 1 ELSE 0 END;
            IF item.kind IS NOT NULL THEN
              noted := noted || jsonb_build_object('kind', item.kind, 'database',
                CASE WHEN utf8 THEN current_database()::text ELSE
                  encode(textsend(current_database()::text), 'escape') END,
                'name', item.name, 'note', item.note);
            END IF;
          EXCEPTION WHEN OTHERS THEN
            failed := failed + 1;
            blocked := item.relation;
            blocker := format('%s: %s', item.name,
              CASE WHEN utf8 THEN SQLERRM ELSE encode(textsend(SQLERRM), 'escape') END);
          END;
          CONTINUE WHEN (done + failed) % :portion <> 0 AND failed < :failures
            AND item.rank < :end;
          IF noted <> '[]' THEN
            known := :notes;
            EXECUTE format('COMMENT ON ROLE %s IS %L', :role::oid::regrole,
              jsonb_set(known, '{review}', (SELECT coalesce(jsonb_agg(DISTINCT one), '[]')
                FROM jsonb_array_elements(coalesce(known->'review', '[]') || noted) AS one)));
            noted := '[]';
          END IF;
          COMMIT;
          EXIT WHEN failed = :failures;
          SET LOCAL lock_timeout = ':timeout';
        END LOOP;
        PERFORM set_config('gatehouse.done', done::text, false);
        PERFORM set_config('gatehouse.failed', failed::text, false);
        PERFORM set_config('gatehouse.blocked', blocked::text, false);
        PERFORM set_config('gatehouse.blocker', blocker, false);
      END $work$
      """;

  /**
   * Nothing that the role owns may be there when DROP OWNED runs, or it would be dropped: rights,
   * default privileges, policies and user mappings are what is left for it.
   */
  private static final String HAND_OVER =
      """
      DO $$
      BEGIN
        SET LOCAL lock_timeout = '1s';
        EXECUTE format('REASSIGN OWNED BY %s TO %s', :role::oid::regrole, :admin::regrole);
        IF EXISTS (SELECT FROM pg_shdepend
          WHERE refclassid = 'pg_authid'::regclass AND refobjid = :role AND deptype = 'o'
            AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid NOT IN ('pg_user_mapping'::regclass, 'pg_default_acl'::regclass))
        THEN
          RAISE EXCEPTION USING ERRCODE = 'lock_not_available',
            MESSAGE = 'the role still owns something';
        END IF;
        EXECUTE format('DROP OWNED BY %1$s', :role::oid::regrole);
      END $$
      """;

  private static final String HOLDER =
      """
      SELECT format(' (process %s of %s%s has it locked)', pid,
          coalesce(quote_ident(usename), 'nobody'),
          CASE WHEN xact_start IS NOT NULL
            THEN format(', in a transaction since %s UTC', date_trunc('second', xact_start)) END)
      FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE relation = ?::bigint::oid AND granted AND pid <> pg_backend_pid()
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      ORDER BY xact_start LIMIT 1
      """;

  private static final String RESULT =
      """
      SELECT current_setting('gatehouse.done')::int, current_setting('gatehouse.failed')::int,
        current_setting('gatehouse.blocked')::bigint, current_setting('gatehouse.blocker')
      """;

  private record Result(int done, int failed, long relation, String blocker) {}

  private final Session session;
  private final Removal removal;

  DatabaseCleanup(Session session, Removal removal) {
    this.session = session;
    this.removal = removal;
  }

  /** Puts the subscriptions of the database into quarantine. */
  Optional<String> quarantineSubscriptions() throws SQLException {
    Result result = work(Belongings.SUBSCRIPTIONS, "300ms", 1);
    return result.failed() > 0 ? Optional.of(told(result)) : Optional.empty();
  }

  /** Puts into quarantine what runs with the rights of the role, and keeps what it passed on. */
  Optional<String> quarantine() throws SQLException {
    Optional<String> rights = QuarantineRights.takeBack(session);
    return rights.isPresent() ? rights : quarantineCode();
  }

  private Optional<String> quarantineCode() throws SQLException {
    Result code = work(Belongings.CODE, "300ms", MAX_FAILURES);
    if (code.failed() > 0) {
      return Optional.of(told(code));
    }
    // One failure ends it: nothing is revoked before all that goes with it was granted again.
    Result rights = work(Rights.PASSED_ON, "300ms", 1);
    return rights.failed() > 0 ? Optional.of(told(rights)) : Optional.empty();
  }

  /** Hands over everything else, all at once or in portions. */
  Optional<String> handOver() throws SQLException {
    Optional<SQLException> failure = handOverAll();
    if (failure.isEmpty()) {
      return Optional.empty();
    }
    Result result;
    do {
      result = work(Belongings.REST, "50ms", MAX_FAILURES);
    } while (result.failed() > 0 && result.failed() < MAX_FAILURES && result.done() > 0);
    if (result.failed() > 0) {
      return Optional.of(told(result));
    }
    return handOverAll().map(last -> String.valueOf(last.getMessage()));
  }

  private Optional<SQLException> handOverAll() throws SQLException {
    try {
      session.execute(removal.sql(HAND_OVER));
      return Optional.empty();
    } catch (SQLException e) {
      if (SqlState.LOCK_TIMEOUT.isOf(e)
          || SqlState.OUT_OF_LOCKS.isOf(e)
          || SqlState.CANCELED.isOf(e)
          || SqlState.DEADLOCK.isOf(e)
          || SqlState.INTERNAL_ERROR.isOf(e)) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  private Result work(String items, String lockTimeout, int failures) throws SQLException {
    String sql =
        WORK.replace(":items", items)
            .replace(":timeout", lockTimeout)
            .replace(":notes", RemovalNotes.NOTES)
            .replace(":end", Integer.toString(END))
            .replace(":portion", Integer.toString(PORTION))
            .replace(":failures", Integer.toString(failures));
    try {
      session.execute(removal.sql(sql));
    } catch (SQLException e) {
      if (SqlState.CANCELED.isOf(e)) { // after a while; the portions that were done are committed
        return new Result(0, 1, 0, "There is more to hand over than one turn has time for");
      }
      throw e;
    }
    return session
        .first(
            RESULT,
            row -> new Result(row.getInt(1), row.getInt(2), row.getLong(3), row.getString(4)))
        .orElseThrow();
  }

  private String told(Result result) throws SQLException {
    String holder = session.first(HOLDER, row -> row.getString(1), result.relation()).orElse("");
    return result.blocker() + holder;
  }
}
