//! What PostgreSQL's catalog is asked. Every text is printed by the server itself, so that equal
//! things have equal texts; names that the search path finds come without their schema.
//!
//! Rows are `relation, kind, place, name, text, schema, other, comment`; what each kind has in them
//! is said where it is read. No row depends on the place of another, so nothing is sorted here.

/// What stands in the way of an object that belongs to an extension.
macro_rules! of_no_extension {
    ($catalog:literal, $oid:literal) => {
        concat!(
            "NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = '",
            $catalog,
            "'::regclass AND e.objid = ",
            $oid,
            " AND e.deptype = 'e')"
        )
    };
}

/// One table, given its quoted name.
pub(super) const ONE_TABLE: &str = "c.oid = to_regclass(?) AND c.relkind IN ('r', 'p')";

/// Everything in the schemas `n`, given the names of those besides the connection's own.
pub(super) const ALL_RELATIONS: &str = concat!(
    "n.nspname = ANY (array_append(?::text[], current_schema()::text)) \
     AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition AND ",
    of_no_extension!("pg_class", "c.oid")
);

/// Tables and views with all that stands on them, those of a condition.
pub(super) fn relations(condition: &str) -> String {
    [WITH, condition, RELATIONS].concat()
}

/// `t` are the relations, `o` the sequences that number a column: counting as they do when nothing
/// is said (`plain`) or not.
const WITH: &str = "
WITH o AS MATERIALIZED (
    SELECT d.refobjid AS relation, d.refobjsubid AS place, s.seqrelid, d.deptype,
        concat_ws(' ', CASE WHEN s.seqincrement <> 1 THEN 'SET INCREMENT BY ' || s.seqincrement END,
            CASE WHEN s.seqmin <> 1 THEN 'SET MINVALUE ' || s.seqmin END,
            CASE WHEN s.seqmax <> CASE s.seqtypid WHEN 'int2'::regtype THEN 32767
                WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END
                THEN 'SET MAXVALUE ' || s.seqmax END,
            CASE WHEN s.seqstart <> 1 THEN 'SET START WITH ' || s.seqstart END,
            CASE WHEN s.seqcache <> 1 THEN 'SET CACHE ' || s.seqcache END,
            CASE WHEN s.seqcycle THEN 'SET CYCLE' END) AS counting
    FROM pg_sequence AS s JOIN pg_depend AS d ON d.objid = s.seqrelid AND d.objsubid = 0
        AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
), t AS MATERIALIZED (
    SELECT c.*, n.outside, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS qualified,
        coalesce(quote_ident(n.outside) || '.', '') || quote_ident(c.relname) AS quoted
    FROM pg_class AS c JOIN (SELECT oid, nspname,
        CASE WHEN nspname <> current_schema() THEN nspname::text END AS outside
        FROM pg_namespace) AS n ON n.oid = c.relnamespace
    WHERE ";

const RELATIONS: &str = "
)
SELECT t.oid, CASE WHEN t.relkind IN ('r', 'p') THEN 'table' ELSE t.relkind::text END,
    greatest(t.reltuples, 0)::bigint, t.relname::text,
    CASE WHEN t.relkind IN ('r', 'p') THEN concat_ws(' ',
            CASE WHEN a.amname <> 'heap' THEN 'USING ' || quote_ident(a.amname) END,
            'WITH (' || array_to_string(t.reloptions, ', ') || ')',
            'TABLESPACE ' || quote_ident(s.spcname))
        ELSE pg_get_viewdef(t.oid) END,
    t.outside,
    CASE WHEN t.relkind NOT IN ('r', 'p') THEN array_to_string(t.reloptions, ', ')
        ELSE concat(CASE WHEN t.relpersistence = 'u' THEN 'u' END,
            CASE WHEN t.relrowsecurity THEN 'r' END,
            CASE WHEN t.relrowsecurity AND t.relforcerowsecurity THEN 'f' END) END,
    m.description
FROM t LEFT JOIN pg_am AS a ON a.oid = t.relam LEFT JOIN pg_tablespace AS s ON s.oid = t.reltablespace
    LEFT JOIN pg_description AS m ON m.objoid = t.oid AND m.classoid = 'pg_class'::regclass
        AND m.objsubid = 0
UNION ALL
SELECT t.oid, 'partition', 0, '', pg_get_partkeydef(t.oid), NULL, NULL, NULL
FROM t WHERE t.relkind = 'p'
UNION ALL
SELECT t.oid, 'parent', i.inhseqno, '', coalesce(quote_ident(n.outside) || '.', '')
    || quote_ident(c.relname), NULL, NULL, NULL
FROM t JOIN pg_inherits AS i ON i.inhrelid = t.oid AND NOT t.relispartition
    JOIN pg_class AS c ON c.oid = i.inhparent
    JOIN (SELECT oid, CASE WHEN nspname <> current_schema() THEN nspname END AS outside
        FROM pg_namespace) AS n ON n.oid = c.relnamespace
UNION ALL
SELECT t.oid, 'column', a.attnum, a.attname::text, concat_ws(' ', quote_ident(a.attname),
        CASE WHEN o.deptype IS DISTINCT FROM 'a' THEN format_type(a.atttypid, a.atttypmod)
            WHEN a.atttypid = 'int2'::regtype THEN 'smallserial'
            WHEN a.atttypid = 'int4'::regtype THEN 'serial' ELSE 'bigserial' END,
        CASE WHEN a.attcollation <> y.typcollation AND a.attcollation <> 0
            THEN 'COLLATE ' || quote_ident(l.collname) END,
        CASE WHEN a.attnotnull THEN 'NOT NULL' END,
        CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY'
            WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' END,
        CASE WHEN o.deptype = 'a' THEN NULL
            WHEN a.attgenerated <> ''
            THEN 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid)
                || CASE a.attgenerated WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END
            ELSE 'DEFAULT (' || pg_get_expr(d.adbin, d.adrelid) || ')' END),
    o.counting, o.seqrelid::bigint::text, m.description
FROM t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND t.relkind IN ('r', 'p')
    JOIN pg_type AS y ON y.oid = a.atttypid
    LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
    LEFT JOIN pg_attrdef AS d ON d.adrelid = t.oid AND d.adnum = a.attnum
    LEFT JOIN o ON o.relation = t.oid AND o.place = a.attnum AND (o.deptype = 'i'
        OR o.counting = '' AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
        AND pg_get_expr(d.adbin, d.adrelid)
            = 'nextval(' || quote_literal(o.seqrelid::regclass::text) || '::regclass)')
    LEFT JOIN pg_description AS m ON m.objoid = t.oid AND m.classoid = 'pg_class'::regclass
        AND m.objsubid = a.attnum
UNION ALL
SELECT t.oid, 'constraint', position(k.contype::text IN 'puxcf'), k.conname::text,
    'CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid),
    CASE WHEN n.nspname <> current_schema() THEN n.nspname::text END, r.relname::text, NULL
FROM t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
        AND (k.conparentid = 0 OR t.relispartition)
    LEFT JOIN pg_class AS r ON r.oid = k.confrelid
    LEFT JOIN pg_namespace AS n ON n.oid = r.relnamespace
UNION ALL
SELECT t.oid, 'index', 0, c.relname::text, concat(x.opening, t.quoted,
        substr(pg_get_indexdef(c.oid), char_length(concat(x.opening,
            CASE WHEN c.relkind = 'I' THEN 'ONLY ' END, t.qualified)) + 1)),
    NULL, CASE WHEN NOT i.indisvalid THEN 'invalid' END, NULL
FROM t JOIN pg_index AS i ON i.indrelid = t.oid JOIN pg_class AS c ON c.oid = i.indexrelid
    CROSS JOIN LATERAL (SELECT concat('CREATE ', CASE WHEN i.indisunique THEN 'UNIQUE ' END,
        'INDEX ', quote_ident(c.relname), ' ON ') AS opening) AS x
WHERE NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = c.oid
    AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT t.oid, 'beside', 0, c.relname::text, concat_ws(', ',
        CASE WHEN k.oid IS NOT NULL THEN 'SET (' || array_to_string(c.reloptions, ', ') || ')' END,
        'SET TABLESPACE ' || quote_ident(s.spcname)), NULL, NULL, NULL
FROM t JOIN pg_index AS i ON i.indrelid = t.oid JOIN pg_class AS c ON c.oid = i.indexrelid
        AND (c.reltablespace <> 0 OR c.reloptions IS NOT NULL)
    LEFT JOIN pg_tablespace AS s ON s.oid = c.reltablespace
    LEFT JOIN pg_constraint AS k ON k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')
UNION ALL
SELECT t.oid, 'trigger', 0, g.tgname::text, pg_get_triggerdef(g.oid, true), NULL, NULL, NULL
FROM t JOIN pg_trigger AS g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION ALL
SELECT t.oid, 'policy', 0, p.polname::text, concat('CREATE POLICY ', quote_ident(p.polname),
        ' ON ', t.quoted, CASE WHEN NOT p.polpermissive THEN ' AS RESTRICTIVE' END,
        CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT'
            WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' END,
        ' TO ' || (SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
            FROM pg_roles AS r WHERE r.oid = ANY (p.polroles)),
        ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'), NULL, NULL, NULL
FROM t JOIN pg_policy AS p ON p.polrelid = t.oid
UNION ALL
SELECT DISTINCT t.oid, 'reads', d.refobjid::bigint, '', NULL, NULL, NULL, NULL
FROM t JOIN pg_rewrite AS r ON r.ev_class = t.oid AND t.relkind IN ('v', 'm')
    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> t.oid";

/// Schemas, enumerated types, sequences, functions and procedures of the schemas `n`, given the
/// names of those besides the connection's own.
pub(super) const OBJECTS: &str = concat!(
    "
WITH n AS MATERIALIZED (SELECT oid, nspname,
    CASE WHEN nspname <> current_schema() THEN nspname::text END AS outside FROM pg_namespace
    WHERE nspname = ANY (array_append(?::text[], current_schema()::text)))
SELECT n.oid, 'schema', 0, n.nspname::text, NULL, n.outside, NULL, NULL FROM n
UNION ALL
SELECT y.oid, 'enum', row_number() OVER (ORDER BY e.enumsortorder), y.typname::text,
    e.enumlabel::text, n.outside, NULL, NULL
FROM n JOIN pg_type AS y ON y.typnamespace = n.oid AND y.typtype = 'e'
    LEFT JOIN pg_enum AS e ON e.enumtypid = y.oid
WHERE ",
    of_no_extension!("pg_type", "y.oid"),
    "
UNION ALL
SELECT c.oid, 'sequence', 0, c.relname::text, concat_ws(' ', 'CREATE SEQUENCE s',
        CASE WHEN s.seqtypid <> 'int8'::regtype THEN 'AS ' || format_type(s.seqtypid, NULL) END,
        CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement END,
        CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE s.least END
            THEN 'MINVALUE ' || s.seqmin END,
        CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN s.greatest ELSE -1 END
            THEN 'MAXVALUE ' || s.seqmax END,
        CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END
            THEN 'START WITH ' || s.seqstart END,
        CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
        CASE WHEN s.seqcycle THEN 'CYCLE' END,
        'OWNED BY ' || o.owner), n.outside, NULL, NULL
FROM n JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relkind = 'S'
    JOIN (SELECT *,
        CASE seqtypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648
            ELSE -9223372036854775808 END AS least,
        CASE seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
            ELSE 9223372036854775807 END AS greatest
        FROM pg_sequence) AS s ON s.seqrelid = c.oid
    LEFT JOIN (SELECT d.objid, d.deptype, r.relispartition, concat(CASE WHEN m.nspname
            <> current_schema() THEN quote_ident(m.nspname) || '.' END, quote_ident(r.relname), '.',
            quote_ident(a.attname)) AS owner
        FROM pg_depend AS d JOIN pg_class AS r ON r.oid = d.refobjid
            JOIN pg_namespace AS m ON m.oid = r.relnamespace
            JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
            AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')) AS o ON o.objid = c.oid
WHERE o.deptype IS DISTINCT FROM 'i' AND o.relispartition IS NOT TRUE
    AND c.relpersistence <> 't' AND ",
    of_no_extension!("pg_class", "c.oid"),
    "
UNION ALL
SELECT p.oid, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, 0, p.proname::text,
    concat(x.opening, quote_ident(n.outside) || '.', quote_ident(p.proname),
        substr(pg_get_functiondef(p.oid), char_length(concat(x.opening, quote_ident(n.nspname), '.',
            quote_ident(p.proname))) + 1)),
    n.outside, oidvectortypes(p.proargtypes), NULL
FROM n JOIN pg_proc AS p ON p.pronamespace = n.oid AND p.prokind <> 'a'
    CROSS JOIN LATERAL (SELECT CASE p.prokind WHEN 'p' THEN 'CREATE OR REPLACE PROCEDURE '
        ELSE 'CREATE OR REPLACE FUNCTION ' END AS opening) AS x
WHERE ",
    of_no_extension!("pg_proc", "p.oid")
);
