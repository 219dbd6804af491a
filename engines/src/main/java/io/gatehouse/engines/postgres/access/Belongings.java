package io.gatehouse.engines.postgres.access;

/**
 * What there is of a role in one database, as SQL: each query gives rows of {@code rank} (the order
 * of work), {@code statement} (what to do about it; null: nothing), {@code relation} (on which
 * others may hold a lock; 0 if none), {@code kind}, {@code name} and {@code note} (for a person to
 * review; {@code kind} is null where nobody needs to look).
 */
final class Belongings {
  /** What works with its owner's rights, or when others touch something. */
  static final String CODE =
      """
      SELECT 1 AS rank, format('ALTER EVENT TRIGGER %1$I DISABLE;'
            ' ALTER EVENT TRIGGER %1$I OWNER TO gatehouse', evtname) AS statement,
        0 AS relation, 'event trigger' AS kind, quote_ident(evtname) AS name,
        'disabled' AS note
      FROM pg_event_trigger WHERE evtowner = :role
      UNION ALL
      SELECT 2, format('ALTER POLICY %I ON %s TO %s', polname, polrelid::regclass,
          (SELECT string_agg(DISTINCT stays::regrole::text, ', ') FROM (
            SELECT unnest(polroles)
            UNION SELECT member FROM pg_auth_members
              WHERE roleid = :role AND :role = ANY (polroles)
                AND member <> 'gatehouse_administrators'::regrole
            UNION SELECT 'gatehouse_quarantined_views'::regrole::oid) AS all_roles (stays)
            WHERE stays <> :role)),
        polrelid, CASE WHEN :role = ANY (polroles) THEN 'policy' END,
        format('%I on %s', polname, polrelid::regclass),
        'still restricts the others that it named, and views in quarantine'
      FROM pg_policy
      WHERE NOT polpermissive AND (:role = ANY (polroles)
        OR NOT ARRAY[0::oid, 'gatehouse_quarantined_views'::regrole] && polroles
          AND EXISTS (SELECT FROM unnest(polroles) AS named
            WHERE pg_has_role(:role::oid, named, 'USAGE'))
          AND EXISTS (SELECT FROM pg_depend
              JOIN pg_rewrite ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
              JOIN pg_class AS view ON view.oid = ev_class
            WHERE refclassid = 'pg_class'::regclass AND refobjid = polrelid
              AND view.relowner = :role AND view.relkind IN ('v', 'm')))
      UNION ALL
      SELECT 3, concat(
          (SELECT string_agg(DISTINCT format('GRANT USAGE ON SCHEMA %I TO %s; ', nspname,
              'gatehouse_quarantined_views'), '')
            FROM pg_rewrite
              JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
                AND refclassid = 'pg_class'::regclass AND refobjid <> view.oid
              JOIN pg_class AS read ON read.oid = refobjid
              JOIN pg_namespace ON pg_namespace.oid = read.relnamespace
            WHERE ev_class = view.oid AND nspname NOT IN ('pg_catalog', 'information_schema')
              AND readable AND has_schema_privilege(:role::oid, pg_namespace.oid, 'USAGE')),
          (SELECT string_agg(DISTINCT format('GRANT SELECT%s ON %s TO %s; ',
              CASE WHEN NOT has_table_privilege(:role::oid, refobjid, 'SELECT')
                THEN format(' (%I)', attname) END,
              refobjid::regclass, 'gatehouse_quarantined_views'), '')
            FROM pg_rewrite
              JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
                AND refclassid = 'pg_class'::regclass AND refobjid <> view.oid
              JOIN pg_class AS read ON read.oid = refobjid AND relkind IN ('r', 'p', 'f', 'v', 'm')
              LEFT JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
            WHERE ev_class = view.oid AND read.oid >= 16384 AND readable
              AND (has_table_privilege(:role::oid, refobjid, 'SELECT') OR attnum > 0)),
          format('ALTER %s %s OWNER TO %s',
            CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, view.oid::regclass,
            CASE WHEN readable THEN 'gatehouse_quarantined_views' ELSE 'gatehouse_quarantine' END)),
        view.oid, CASE relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
        view.oid::regclass::text, CASE WHEN readable
          THEN 'in quarantine: it can read what it reads, and nothing else'
          ELSE 'in quarantine: it can read nothing, for the user could not read all of it' END
      FROM pg_class AS view CROSS JOIN LATERAL (
        SELECT NOT EXISTS (
          SELECT FROM pg_rewrite
            JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
              AND refclassid = 'pg_class'::regclass AND refobjid <> view.oid
            JOIN pg_class AS read ON read.oid = refobjid AND read.relkind IN ('r', 'p', 'f', 'v', 'm')
          WHERE ev_class = view.oid AND NOT has_table_privilege(:role::oid, refobjid, 'SELECT')
            AND NOT CASE refobjsubid
              WHEN 0 THEN has_any_column_privilege(:role::oid, refobjid, 'SELECT')
              ELSE has_column_privilege(:role::oid, refobjid, refobjsubid::smallint, 'SELECT')
              END)) AS rights (readable)
      WHERE relowner = :role AND relkind IN ('v', 'm') AND NOT coalesce((
        SELECT option_value::boolean FROM pg_options_to_table(reloptions)
        WHERE option_name = 'security_invoker'), false)
      UNION ALL
      SELECT 4, format('ALTER ROUTINE %s OWNER TO gatehouse_quarantine', oid::regprocedure), 0,
        'function', oid::regprocedure::text,
        'in quarantine: it runs without rights (SECURITY DEFINER)'
      FROM pg_proc WHERE proowner = :role AND prosecdef
      UNION ALL
      SELECT 6, format('ALTER PUBLICATION %I OWNER TO gatehouse', pubname), 0,
        'publication', quote_ident(pubname),
        'publishes all tables, also later ones; it is the superuser''s now'
      FROM pg_publication WHERE pubowner = :role AND (puballtables OR EXISTS (
        SELECT FROM pg_publication_namespace WHERE pnpubid = pg_publication.oid))
      UNION ALL
      SELECT 6, format('ALTER FOREIGN DATA WRAPPER %I OWNER TO gatehouse', fdwname), 0,
        'foreign data wrapper', quote_ident(fdwname), 'is the superuser''s now'
      FROM pg_foreign_data_wrapper WHERE fdwowner = :role
      UNION ALL
      SELECT 7, NULL, 0, 'trigger', format('%I on %s', tgname, tgrelid::regclass),
        'runs ' || tgfoid::regprocedure || ' with the rights of whoever changes the table'
      FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
      WHERE NOT tgisinternal AND proowner = :role
      UNION ALL
      SELECT 7, CASE WHEN gains THEN format('ALTER TABLE %s DISABLE RULE %I', ev_class::regclass,
            rulename) END,
        ev_class, 'rule', format('%I on %s', rulename, ev_class::regclass),
        CASE WHEN gains THEN 'disabled: it would run with the rights of administrators'
          ELSE 'runs with the rights of the table''s owner' END
      FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
        CROSS JOIN LATERAL (
          SELECT relkind <> 'v' AND NOT pg_has_role(:role::oid, :admin, 'USAGE') AND EXISTS (
            SELECT FROM pg_depend
            WHERE classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
              AND refclassid = 'pg_class'::regclass AND refobjid <> ev_class)) AS rule (gains)
      WHERE relowner = :role AND rulename <> '_RETURN'
      UNION ALL
      SELECT 7, NULL, 0, 'index', pg_class.oid::regclass::text,
        'its expression runs a function of the user with the rights of the table''s owner'
      FROM pg_class WHERE relkind = 'i' AND EXISTS (
        SELECT FROM pg_depend JOIN pg_proc ON refclassid = 'pg_proc'::regclass
          AND refobjid = pg_proc.oid
        WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND proowner = :role)
      UNION ALL
      SELECT 7, NULL, 0, 'statistics',
        format('%s.%I on %s', stxnamespace::regnamespace, stxname, stxrelid::regclass),
        'their expression runs a function of the user with the rights of the table''s owner'
      FROM pg_statistic_ext WHERE EXISTS (
        SELECT FROM pg_depend JOIN pg_proc ON refclassid = 'pg_proc'::regclass
          AND refobjid = pg_proc.oid
        WHERE classid = 'pg_statistic_ext'::regclass AND objid = pg_statistic_ext.oid
          AND proowner = :role)
      UNION ALL
      SELECT 7, NULL, 0, 'user mapping', format('%s on %I',
          CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname),
        'logs in elsewhere under the name of the user'
      FROM pg_user_mappings
      WHERE umuser <> :role AND EXISTS (
        SELECT FROM pg_options_to_table(umoptions)
        WHERE option_name = 'user' AND option_value = (
          SELECT rolname::text FROM pg_authid WHERE oid = :role))
      """;

  /** Subscriptions belong to the cluster as a whole, but are changed in their own database. */
  static final String SUBSCRIPTIONS =
      """
      SELECT 1 AS rank, format('ALTER SUBSCRIPTION %1$I DISABLE;'
          ' ALTER SUBSCRIPTION %1$I SET (slot_name = NONE);'
          ' ALTER SUBSCRIPTION %1$I OWNER TO gatehouse_quarantine', subname) AS statement,
        0 AS relation, 'subscription' AS kind, quote_ident(subname) AS name,
        'disabled, in quarantine; its slot ' || coalesce(quote_ident(subslotname), '')
          || ' is to be dropped at the publisher' AS note
      FROM pg_subscription
      WHERE subowner = :role
        AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
      """;

  /** Objects and rights one by one, for when all at once is too much or one of them is locked. */
  static final String REST =
      """
      SELECT 1 AS rank, CASE
          WHEN deptype = 'o' AND relkind IN ('r', 'p', 'f', 'S', 'v', 'm')
            THEN format('ALTER %s %s OWNER TO %s', CASE relkind WHEN 'S' THEN 'SEQUENCE'
              WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
              ELSE 'TABLE' END, objid::regclass, :admin::regrole)
          WHEN deptype = 'a' AND relkind IS NOT NULL
            THEN format('REVOKE ALL ON %s %s FROM %s',
              CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, objid::regclass,
              :role::oid::regrole)
          WHEN deptype = 'o' AND classid = 'pg_proc'::regclass
            THEN format('ALTER ROUTINE %s OWNER TO %s', objid::regprocedure, :admin::regrole)
          WHEN deptype = 'o' AND classid = 'pg_type'::regclass AND typrelid = 0
            THEN format('ALTER TYPE %s OWNER TO %s', objid::regtype, :admin::regrole)
          WHEN deptype = 'o' AND classid = 'pg_namespace'::regclass
            THEN format('ALTER SCHEMA %s OWNER TO %s', objid::regnamespace, :admin::regrole)
          WHEN deptype = 'o' AND classid = 'pg_largeobject'::regclass
            THEN format('ALTER LARGE OBJECT %s OWNER TO %s', objid, :admin::regrole)
          WHEN deptype = 'a' AND classid = 'pg_largeobject'::regclass
            THEN format('REVOKE ALL ON LARGE OBJECT %s FROM %s', objid, :role::oid::regrole)
        END AS statement,
        coalesce(pg_class.oid, 0) AS relation, NULL::text AS kind,
        coalesce(objid::regclass::text, '') AS name, NULL::text AS note
      FROM pg_shdepend
        LEFT JOIN pg_class ON classid = 'pg_class'::regclass AND objid = pg_class.oid
        LEFT JOIN pg_type ON classid = 'pg_type'::regclass AND objid = pg_type.oid
      WHERE refclassid = 'pg_authid'::regclass AND refobjid = :role
        AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND NOT (classid = 'pg_class'::regclass AND relkind = 'S' AND deptype = 'o' AND EXISTS (
          SELECT FROM pg_depend WHERE pg_depend.classid = 'pg_class'::regclass
            AND pg_depend.objid = pg_shdepend.objid AND refclassid = 'pg_class'::regclass
            AND pg_depend.deptype IN ('a', 'i')))
      """;

  private Belongings() {}
}
