//! The statements that give a view back what stood around it.

/// Given the quoted name of a view and what it will be (`VIEW`, `MATERIALIZED VIEW`): its owner, the
/// rights of others in it and in its columns, what is said of it, of its columns and of its indexes.
/// What is about a column or an index is behind a question for that, because the new view may lack it.
///
/// The new view has all rights for who makes it and what `ALTER DEFAULT PRIVILEGES` gives to others.
/// Where that is not what was there, it is taken away before.
pub(in super::super) const AROUND_VIEW: &str = "
WITH v AS (SELECT c.oid, c.relowner, c.relnamespace, given.name, given.kind,
        coalesce(c.relacl, acldefault('r', c.relowner)) AS acl
    FROM (SELECT ?::text AS name, ?::text AS kind) AS given
        JOIN pg_class AS c ON c.oid = to_regclass(given.name) AND c.relkind IN ('v', 'm')),
defaults AS (
    SELECT g.defaclnamespace AS space, a.grantee, a.privilege_type AS kind
    FROM v JOIN pg_default_acl AS g ON g.defaclobjtype = 'r'
            AND g.defaclrole = to_regrole(quote_ident(current_user))
            AND g.defaclnamespace IN (0, v.relnamespace)
        LEFT JOIN LATERAL aclexplode(g.defaclacl) AS a ON true),
own AS (
    SELECT ARRAY(SELECT a.privilege_type FROM aclexplode(acldefault('r', v.relowner)) AS a ORDER BY 1)
            AS every, ARRAY(SELECT a.privilege_type FROM aclexplode(v.acl) AS a
                WHERE a.grantee = v.relowner ORDER BY 1) AS kept,
        ARRAY(SELECT kind FROM defaults
            WHERE space = 0 AND grantee = to_regrole(quote_ident(current_user)) ORDER BY 1) AS new
    FROM v),
taken AS (
    SELECT grantee FROM defaults WHERE grantee <> to_regrole(quote_ident(current_user))
    UNION
    SELECT v.relowner FROM v, own
    WHERE kept <> every OR (new <> every AND EXISTS (SELECT FROM defaults WHERE space = 0))),
rights AS (
    SELECT 0 AS attribute, NULL::name AS part, a.* FROM v, aclexplode(v.acl) AS a
    WHERE a.grantee <> v.relowner OR v.relowner IN (SELECT grantee FROM taken)
    UNION ALL
    SELECT t.attnum, t.attname, a.*
    FROM v JOIN pg_attribute AS t ON t.attrelid = v.oid, aclexplode(t.attacl) AS a),
said AS (
    SELECT 0 AS number, 0 AS place, NULL::name AS part,
        format('ALTER %s %s OWNER TO %I', v.kind, v.name, pg_get_userbyid(v.relowner)) AS statement
    FROM v WHERE pg_get_userbyid(v.relowner) <> current_user
    UNION ALL
    SELECT 1, 0, NULL, format('REVOKE ALL ON %s FROM %s', v.name, CASE t.grantee WHEN 0 THEN 'PUBLIC'
        ELSE quote_ident(pg_get_userbyid(t.grantee)) END)
    FROM v, taken AS t
    UNION ALL
    SELECT 2, r.attribute, r.part, format('GRANT %s ON %s TO %s%s',
        string_agg(r.privilege_type || coalesce(' (' || quote_ident(r.part) || ')', ''), ', '
            ORDER BY r.privilege_type), v.name,
        CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END,
        CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' END)
    FROM v, rights AS r
    GROUP BY r.attribute, r.part, r.grantee, v.name, r.is_grantable
    UNION ALL
    SELECT 3, d.objsubid, t.attname, CASE d.objsubid
        WHEN 0 THEN format('COMMENT ON %s %s IS %L', v.kind, v.name, d.description)
        ELSE format('COMMENT ON COLUMN %s.%I IS %L', v.name, t.attname, d.description) END
    FROM v JOIN pg_description AS d ON d.objoid = v.oid AND d.classoid = 'pg_class'::regclass
        LEFT JOIN pg_attribute AS t ON t.attrelid = v.oid AND t.attnum = d.objsubid)
SELECT CASE WHEN part IS NULL THEN statement ELSE format(
        'DO %L', format('BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = %L::regclass AND attname = %L) THEN
        %s;
    ELSE
        RAISE NOTICE ''column %% is gone, and with it its rights and comments'', %L;
    END IF;
END', v.name, part, statement, concat(v.name, '.', part))) END
FROM (SELECT * FROM said
    UNION ALL
    SELECT 4, 0, NULL, format('DO %L', format('BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(%1$L) AND relkind IN (''i'', ''I'')) THEN
        COMMENT ON INDEX %1$s IS %2$L;
    ELSE
        RAISE NOTICE ''index %% is gone, and with it its comment'', %1$L;
    END IF;
END', concat(CASE WHEN n.nspname <> current_schema() THEN quote_ident(n.nspname) || '.' END,
            quote_ident(i.relname)), d.description))
    FROM v JOIN pg_index AS x ON x.indrelid = v.oid JOIN pg_class AS i ON i.oid = x.indexrelid
        JOIN pg_namespace AS n ON n.oid = i.relnamespace
        JOIN pg_description AS d ON d.objoid = i.oid AND d.classoid = 'pg_class'::regclass
) AS all_of_it CROSS JOIN v ORDER BY number, place, statement";
