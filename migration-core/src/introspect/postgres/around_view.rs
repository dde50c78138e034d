//! The statements that give a view back what stood around it.

/// Given the quoted name of a view: its owner, the rights of others in it and in its columns, what is
/// said of it, of its columns and of its indexes.
pub(in super::super) const AROUND_VIEW: &str = "
WITH v AS (SELECT c.oid, c.relacl, c.relowner, given.name,
        CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS kind
    FROM (SELECT ?::text AS name) AS given
        JOIN pg_class AS c ON c.oid = to_regclass(given.name) AND c.relkind IN ('v', 'm')),
rights AS (
    SELECT v.oid, 0 AS attribute, a.*, '' AS columns FROM v, aclexplode(v.relacl) AS a
    UNION ALL
    SELECT v.oid, t.attnum, a.*, format(' (%I)', t.attname)
    FROM v JOIN pg_attribute AS t ON t.attrelid = v.oid, aclexplode(t.attacl) AS a)
SELECT statement FROM (
    SELECT 0 AS part, 0 AS place, '' AS name,
        format('ALTER %s %s OWNER TO %I', v.kind, v.name, pg_get_userbyid(v.relowner)) AS statement
    FROM v WHERE pg_get_userbyid(v.relowner) <> current_user
    UNION ALL
    SELECT 1, r.attribute, coalesce(o.rolname::text, ''), format('GRANT %s ON %s TO %s%s',
        string_agg(r.privilege_type || r.columns, ', ' ORDER BY r.privilege_type), v.name,
        coalesce(quote_ident(o.rolname), 'PUBLIC'),
        CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' END)
    FROM v JOIN rights AS r ON r.oid = v.oid LEFT JOIN pg_roles AS o ON o.oid = r.grantee
    WHERE r.grantee <> v.relowner
    GROUP BY r.attribute, o.rolname, v.name, r.is_grantable
    UNION ALL
    SELECT 2, d.objsubid, '', CASE d.objsubid
        WHEN 0 THEN format('COMMENT ON %s %s IS %L', v.kind, v.name, d.description)
        ELSE format('COMMENT ON COLUMN %s.%I IS %L', v.name, t.attname, d.description) END
    FROM v JOIN pg_description AS d ON d.objoid = v.oid AND d.classoid = 'pg_class'::regclass
        LEFT JOIN pg_attribute AS t ON t.attrelid = v.oid AND t.attnum = d.objsubid
    UNION ALL
    SELECT 3, 0, i.relname::text, format('COMMENT ON INDEX %s%I IS %L',
        CASE WHEN n.nspname <> current_schema() THEN quote_ident(n.nspname) || '.' END,
        i.relname, d.description)
    FROM v JOIN pg_index AS x ON x.indrelid = v.oid JOIN pg_class AS i ON i.oid = x.indexrelid
        JOIN pg_namespace AS n ON n.oid = i.relnamespace
        JOIN pg_description AS d ON d.objoid = i.oid AND d.classoid = 'pg_class'::regclass
) AS all_of_it ORDER BY part, place, name, statement";
