package io.gatehouse.engines.postgres.access;

/**
 * Rights on the objects of one database, and on what belongs to the cluster as a whole, in which a
 * role has a part: it holds them, or has passed them on.
 */
final class Rights {
  /** Rights in which the role has a part, as owner's grants have them; with who owns the object. */
  private static final String RIGHTS =
      """
      WITH parts AS MATERIALIZED (
        SELECT classid, objid, objsubid FROM pg_shdepend
        WHERE refclassid = 'pg_authid'::regclass AND refobjid = :role AND deptype = 'a'
          AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))),
      rights AS (
        SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END
            || ' ' || pg_class.oid::regclass AS target,
          pg_class.oid AS relation, '' AS part, relowner AS owner, acl.*
        FROM parts JOIN pg_class ON classid = 'pg_class'::regclass AND objid = pg_class.oid
            AND objsubid = 0
          CROSS JOIN LATERAL aclexplode(relacl) AS acl
        UNION ALL
        SELECT 'TABLE ' || pg_class.oid::regclass, pg_class.oid, format(' (%I)', attname),
          relowner, acl.*
        FROM parts JOIN pg_class ON classid = 'pg_class'::regclass AND objid = pg_class.oid
          JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = objsubid AND objsubid <> 0
          CROSS JOIN LATERAL aclexplode(attacl) AS acl
        UNION ALL
        SELECT 'ROUTINE ' || pg_proc.oid::regprocedure, 0, '', proowner, acl.*
        FROM parts JOIN pg_proc ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid
          CROSS JOIN LATERAL aclexplode(proacl) AS acl
        UNION ALL
        SELECT format('SCHEMA %I', nspname), 0, '', nspowner, acl.*
        FROM parts JOIN pg_namespace ON classid = 'pg_namespace'::regclass
            AND objid = pg_namespace.oid
          CROSS JOIN LATERAL aclexplode(nspacl) AS acl
        UNION ALL
        SELECT 'TYPE ' || pg_type.oid::regtype, 0, '', typowner, acl.*
        FROM parts JOIN pg_type ON classid = 'pg_type'::regclass AND objid = pg_type.oid
          CROSS JOIN LATERAL aclexplode(typacl) AS acl
        UNION ALL
        SELECT format('LANGUAGE %I', lanname), 0, '', lanowner, acl.*
        FROM parts JOIN pg_language ON classid = 'pg_language'::regclass
            AND objid = pg_language.oid
          CROSS JOIN LATERAL aclexplode(lanacl) AS acl
        UNION ALL
        SELECT format('FOREIGN DATA WRAPPER %I', fdwname), 0, '', fdwowner, acl.*
        FROM parts JOIN pg_foreign_data_wrapper ON classid = 'pg_foreign_data_wrapper'::regclass
            AND objid = pg_foreign_data_wrapper.oid
          CROSS JOIN LATERAL aclexplode(fdwacl) AS acl
        UNION ALL
        SELECT format('FOREIGN SERVER %I', srvname), 0, '', srvowner, acl.*
        FROM parts JOIN pg_foreign_server ON classid = 'pg_foreign_server'::regclass
            AND objid = pg_foreign_server.oid
          CROSS JOIN LATERAL aclexplode(srvacl) AS acl
        UNION ALL
        SELECT 'LARGE OBJECT ' || lob.oid, 0, '', lomowner, acl.*
        FROM parts JOIN pg_largeobject_metadata AS lob ON classid = 'pg_largeobject'::regclass
            AND objid = lob.oid
          CROSS JOIN LATERAL aclexplode(lomacl) AS acl
        UNION ALL
        SELECT format('DATABASE %I', datname), 0, '', datdba, acl.*
        FROM parts JOIN pg_database ON classid = 'pg_database'::regclass
            AND objid = pg_database.oid
          CROSS JOIN LATERAL aclexplode(datacl) AS acl
        UNION ALL
        SELECT format('TABLESPACE %I', spcname), 0, '', spcowner, acl.*
        FROM parts JOIN pg_tablespace ON classid = 'pg_tablespace'::regclass
            AND objid = pg_tablespace.oid
          CROSS JOIN LATERAL aclexplode(spcacl) AS acl
        UNION ALL
        SELECT 'PARAMETER ' || parname, 0, '', 10, acl.*
        FROM parts JOIN pg_parameter_acl ON classid = 'pg_parameter_acl'::regclass
            AND objid = pg_parameter_acl.oid
          CROSS JOIN LATERAL aclexplode(paracl) AS acl)
      """;

  /**
   * Rows as {@link Belongings} has them. What the role passed on is granted again, by the owner, to
   * whom it had passed it on to. What others passed on to the role is revoked as each of them: a
   * REVOKE by the owner would say success and leave it. What the role itself had granted goes with
   * its grant option, which it may have to be given once more for that; as long as a group gives it
   * the option too, nothing goes, so this is done again when the role is in no group any more. A
   * grantor that has the option through a group only would revoke what the group granted, so it is
   * given the option meanwhile.
   */
  static final String PASSED_ON =
      RIGHTS
          + """
          , held AS MATERIALIZED (
            SELECT grantee AS holder, target AS on_target, part AS on_part,
              privilege_type AS privilege, bool_or(is_grantable) AS own_option,
              bool_or(grantor = owner) AS from_owner,
              bool_or(grantor = owner AND is_grantable) AS option_from_owner
            FROM rights GROUP BY 1, 2, 3, 4)
          SELECT 1 AS rank, format('GRANT %s%s ON %s TO %s%s', privilege_type, part, target,
              CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
              CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END) AS statement,
            relation, NULL::text AS kind, target AS name, NULL::text AS note
          FROM rights JOIN held ON holder = grantee AND on_target = target AND on_part = part
            AND privilege = privilege_type
          WHERE grantor = :role AND grantee <> :role AND owner <> :role
            AND NOT CASE WHEN is_grantable THEN option_from_owner ELSE from_owner END
          UNION ALL
          SELECT 2, concat(
              CASE WHEN NOT coalesce(own_option, false) THEN
                format('GRANT %s%s ON %s TO %s WITH GRANT OPTION; ',
                  privilege_type, part, target, grantor::regrole) END,
              format('SET LOCAL ROLE %s; REVOKE %s%s ON %s FROM %s CASCADE; RESET ROLE',
                grantor::regrole, privilege_type, part, target, grantee::regrole),
              CASE WHEN NOT coalesce(own_option, false) THEN format('; REVOKE %s%s%s ON %s FROM %s',
                CASE WHEN from_owner THEN 'GRANT OPTION FOR ' END,
                privilege_type, part, target, grantor::regrole) END),
            relation, NULL, target, NULL
          FROM rights LEFT JOIN held ON holder = grantor AND on_target = target
            AND on_part = part AND privilege = privilege_type
          WHERE grantee = :role AND grantor NOT IN (owner, :role)
          UNION ALL
          SELECT 3, format('GRANT %1$s%2$s ON %3$s TO %4$s WITH GRANT OPTION;'
              ' REVOKE %1$s%2$s ON %3$s FROM %4$s CASCADE',
              privilege_type, part, target, :role::oid::regrole),
            relation, NULL, target, NULL
          FROM rights
          WHERE grantor = :role AND grantee <> :role AND owner <> :role
          """;

  private Rights() {}

  /** A query's beginning that defines {@code rights}: those in which a role has a part. */
  static String of(String role) {
    return RIGHTS.replace(":role", role);
  }
}
