//! What PostgreSQL's catalog is asked. Every text is printed by the server itself, so that equal
//! things have equal texts; names that the search path finds come without their schema. Keys and
//! indexes of which the server would print nothing but names of columns come as the numbers of these:
//! to print them it loads their tables, which takes longer than everything else.
//!
//! Rows are `relation, kind, place, name, text, schema, other`; what each kind has in them
//! is said where it is read. No row depends on the place of another, so nothing is sorted here.

/// What stands in the way of an object that belongs to an extension. Extensions are asked for what
/// they have, which is less than there are objects.
macro_rules! of_no_extension {
    ($catalog:literal, $oid:literal) => {
        concat!(
            $oid,
            " NOT IN (SELECT e.objid FROM pg_depend AS e \
             WHERE e.refclassid = 'pg_extension'::regclass AND e.classid = '",
            $catalog,
            "'::regclass AND e.deptype = 'e')"
        )
    };
}

/// The policies of relations, given the name of what has these.
macro_rules! policies {
    ($of:literal) => {
        concat!(
            "SELECT r.oid, 'policy', 0, g.polname::text, concat('CREATE POLICY ', quote_ident(g.polname),
        ' ON ', quote_ident(r.outside) || '.', quote_ident(r.relname),
        CASE WHEN NOT g.polpermissive THEN ' AS RESTRICTIVE' END,
        CASE g.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT'
            WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' END,
        ' TO ' || (SELECT string_agg(quote_ident(name), ', ' ORDER BY name)
            FROM unnest(g.polroles) AS o CROSS JOIN LATERAL pg_get_userbyid(o) AS name
            WHERE o <> 0),
        ' USING (' || pg_get_expr(g.polqual, g.polrelid) || ')',
        ' WITH CHECK (' || pg_get_expr(g.polwithcheck, g.polrelid) || ')'), NULL, NULL
FROM ",
            $of,
            " AS r JOIN pg_policy AS g ON g.polrelid = r.oid\n"
        )
    };
}

/// One table, given its quoted name.
pub(super) const ONE_TABLE: &str = "c.oid = to_regclass(?) AND c.relkind IN ('r', 'p')";

/// Tables, given an array of their quoted names.
pub(super) const NAMED_TABLES: &str = "c.oid = ANY (?::regclass[]) AND c.relkind IN ('r', 'p')";

/// Everything in the schemas `n`, given the names of those besides the connection's own.
pub(super) const ALL_RELATIONS: &str = concat!(
    "n.nspname = ANY (array_append(?::text[], current_schema()::text)) \
     AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition AND ",
    of_no_extension!("pg_class", "c.oid")
);

/// Tables and views with all that stands on them, those of a condition.
pub(super) fn relations(condition: &str) -> String {
    [RELATIONS, condition, INDEXES, COLUMNS, OTHERS].concat()
}

/// The same with nothing but columns, which is planned in a third of the time.
pub(super) fn columns(condition: &str) -> String {
    [RELATIONS, condition, "\n)", COLUMNS].concat()
}

/// `t` are the relations. How many there are the planner can only guess, so what is joined to them
/// is joined by one key each. `OFFSET 0` has what it stands behind computed once.
const RELATIONS: &str = "
WITH t AS MATERIALIZED (
    SELECT c.*, n.nspname, n.outside
    FROM pg_class AS c JOIN (SELECT oid, nspname,
        CASE WHEN nspname <> current_schema() THEN nspname::text END AS outside
        FROM pg_namespace) AS n ON n.oid = c.relnamespace
    WHERE ";

/// `x` are their indexes, those of keys among them: found once, because each of a thousand is a
/// search in the catalog. The access method `btree` has the number 403 on every server, `heap` 2.
const INDEXES: &str = "
),
x AS MATERIALIZED (
    SELECT i.*, c.relname, c.relkind, c.relnatts, c.reloptions, c.reltablespace,
        c.relam = 403 AS is_btree
    FROM t JOIN pg_index AS i ON i.indrelid = t.oid JOIN pg_class AS c ON c.oid = i.indexrelid
)";

/// Tables and views with their columns, which `attributes` reads. A default has no variables, so that
/// it is printed without its table. Usual is a type with a number below 10,000, which the server's own
/// types have, where it has no collation or the database's (100), and nothing need be looked up to
/// know that this is the type's own.
const COLUMNS: &str = "
SELECT t.oid, CASE WHEN t.relkind IN ('r', 'p') THEN 'table' ELSE t.relkind::text END,
    greatest(t.reltuples, 0)::bigint, t.relname::text,
    CASE WHEN t.relkind IN ('r', 'p') THEN concat_ws(' ',
            CASE WHEN t.relam NOT IN (0, 2)
                THEN (SELECT 'USING ' || quote_ident(amname) FROM pg_am WHERE oid = t.relam) END,
            'WITH (' || array_to_string(t.reloptions, ', ') || ')',
            'TABLESPACE ' || (SELECT quote_ident(spcname) FROM pg_tablespace
                WHERE oid = t.reltablespace))
        ELSE pg_get_viewdef(t.oid) END,
    t.outside,
    CASE WHEN t.relkind NOT IN ('r', 'p') THEN array_to_string(t.reloptions, ', ')
        ELSE concat(CASE WHEN t.relpersistence = 'u' THEN 'u' END,
            CASE WHEN t.relrowsecurity THEN 'r' END,
            CASE WHEN t.relrowsecurity AND t.relforcerowsecurity THEN 'f' END) END
FROM t
UNION ALL
SELECT a.attrelid, 'attributes', 0, '', string_agg(concat(a.attnum, ' ', quote_ident(a.attname), ' ',
        CASE WHEN a.is_usual AND NOT a.atthasdef AND a.attidentity = ''
            THEN concat_ws(' ', format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN 'NOT NULL' END)
            ELSE replace(replace(concat_ws(' ', format_type(a.atttypid, a.atttypmod),
                CASE WHEN NOT a.is_usual AND a.attcollation <> 0 THEN
                    (SELECT 'COLLATE ' || quote_ident(l.collname)
                        FROM pg_type AS y JOIN pg_collation AS l ON l.oid <> y.typcollation
                        WHERE y.oid = a.atttypid AND l.oid = a.attcollation) END,
                CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY'
                    WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' END,
                CASE WHEN a.attgenerated <> ''
                    THEN 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid)
                        || CASE a.attgenerated WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END
                    ELSE 'DEFAULT (' || pg_get_expr(d.adbin, 0) || ')' END),
                chr(92), chr(92) || chr(92)), chr(10), chr(92) || 'n') END), chr(10)),
    NULL, NULL
FROM (SELECT *, atttypid < 10000 AND atttypid NOT IN ('name'::regtype, 'name[]'::regtype)
        AND attcollation IN (0, 100) AS is_usual
    FROM pg_attribute) AS a
    LEFT JOIN pg_attrdef AS d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid IN (SELECT oid FROM t)
GROUP BY a.attrelid
UNION ALL
SELECT t.oid, CASE d.deptype WHEN 'i' THEN 'identity' ELSE 'numbering' END, d.refobjsubid, '',
    'nextval(' || quote_literal(s.seqrelid::regclass::text) || '::regclass)',
    concat_ws(' ', CASE WHEN s.seqincrement <> 1 THEN 'SET INCREMENT BY ' || s.seqincrement END,
        CASE WHEN s.seqmin <> 1 THEN 'SET MINVALUE ' || s.seqmin END,
        CASE WHEN s.seqmax <> CASE s.seqtypid WHEN 'int2'::regtype THEN 32767
            WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END
            THEN 'SET MAXVALUE ' || s.seqmax END,
        CASE WHEN s.seqstart <> 1 THEN 'SET START WITH ' || s.seqstart END,
        CASE WHEN s.seqcache <> 1 THEN 'SET CACHE ' || s.seqcache END,
        CASE WHEN s.seqcycle THEN 'SET CYCLE' END),
    s.seqrelid::bigint::text
FROM pg_sequence AS s CROSS JOIN LATERAL (SELECT * FROM pg_depend
        WHERE classid = 'pg_class'::regclass AND objid = s.seqrelid AND objsubid = 0
            AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
            AND deptype IN ('a', 'i') OFFSET 0) AS d
    JOIN t ON t.oid = d.refobjid";

/// Constraints, what stands on tables, and what few of them have. An operator class is not said where
/// it is the default one of the type itself, and `VARCHAR` has that of `TEXT`.
const OTHERS: &str = concat!(
    "
UNION ALL
SELECT k.conrelid, CASE WHEN k.is_plain THEN 'key' ELSE 'constraint' END,
    position(k.contype::text IN 'puxcf'), k.conname::text,
    CASE WHEN k.is_plain THEN concat_ws(' ', k.conkey::text, CASE k.contype WHEN 'f' THEN
            concat_ws(' ', k.confkey::text, k.confrelid, k.confupdtype, k.confdeltype) END)
        ELSE 'CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) END,
    k.outside, k.relname::text
FROM (SELECT k.*, n.outside, r.relname, coalesce(x.is_btree
        AND k.convalidated AND NOT k.condeferrable AND CASE k.contype
            WHEN 'p' THEN x.relnatts = cardinality(k.conkey)
            WHEN 'f' THEN k.confrelid IN (SELECT oid FROM t)
                AND k.confmatchtype = 's' AND k.confdeltype IN ('a', 'r', 'c') END, false) AS is_plain
    FROM t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
            AND (k.conparentid = 0 OR t.relispartition)
        LEFT JOIN pg_class AS r ON r.oid = k.confrelid
        LEFT JOIN (SELECT oid, CASE WHEN nspname <> current_schema() THEN nspname::text END
            AS outside FROM pg_namespace) AS n ON n.oid = r.relnamespace
        LEFT JOIN x ON x.indexrelid = k.conindid OFFSET 0) AS k
UNION ALL
SELECT t.oid, 'partition', 0, '', pg_get_partkeydef(t.oid), NULL, NULL
FROM t WHERE t.relkind = 'p'
UNION ALL
SELECT t.oid, 'parent', i.inhseqno, '', coalesce(quote_ident(n.outside) || '.', '')
    || quote_ident(c.relname), NULL, NULL
FROM t JOIN pg_inherits AS i ON i.inhrelid = t.oid AND NOT t.relispartition
    JOIN pg_class AS c ON c.oid = i.inhparent
    JOIN (SELECT oid, CASE WHEN nspname <> current_schema() THEN nspname END AS outside
        FROM pg_namespace) AS n ON n.oid = c.relnamespace
UNION ALL
SELECT t.oid, 'comment', m.objsubid, '', m.description, NULL, NULL
FROM t JOIN pg_description AS m ON m.objoid = t.oid AND m.classoid = 'pg_class'::regclass
UNION ALL
SELECT i.indrelid, CASE WHEN i.is_plain THEN 'columns' ELSE 'index' END, 0, i.relname::text,
    CASE WHEN i.is_plain THEN i.indkey::text ELSE concat(x.opening, x.quoted,
        substr(pg_get_indexdef(i.indexrelid), char_length(concat(x.opening,
            CASE WHEN i.relkind = 'I' THEN 'ONLY ' END, x.qualified)) + 1)) END,
    NULL, CASE WHEN NOT i.indisvalid THEN CASE i.relkind WHEN 'I' THEN 'parted' ELSE 'invalid' END END
FROM (SELECT x.*, t.nspname, t.outside, t.relname AS table_name, x.is_btree
        AND x.relkind = 'i' AND x.reloptions IS NULL AND x.indisvalid AND NOT x.indisunique
        AND x.indexprs IS NULL AND x.indpred IS NULL AND x.indnatts = x.indnkeyatts
        AND NOT EXISTS (SELECT FROM unnest(x.indkey::int2[], x.indclass::oid[],
                x.indcollation::oid[], x.indoption::int2[]) AS p (at, operators, letters, direction)
            WHERE p.direction <> 0 OR (p.operators, coalesce((SELECT CASE
                    WHEN a.atttypid = 'varchar'::regtype AND NOT EXISTS (SELECT FROM pg_opclass
                        WHERE opcdefault AND opcintype = 'varchar'::regtype) THEN 'text'::regtype
                    ELSE a.atttypid END
                FROM pg_attribute AS a WHERE a.attrelid = x.indrelid AND a.attnum = p.at
                    AND a.attcollation = p.letters), 0))
                NOT IN (SELECT oid, opcintype FROM pg_opclass WHERE opcdefault)) AS is_plain
    FROM x JOIN t ON t.oid = x.indrelid
    WHERE x.indexrelid NOT IN (SELECT k.conindid FROM pg_constraint AS k
        WHERE k.contype IN ('p', 'u', 'x')) OFFSET 0) AS i
    CROSS JOIN LATERAL (SELECT concat('CREATE ', CASE WHEN i.indisunique THEN 'UNIQUE ' END,
            'INDEX ', quote_ident(i.relname), ' ON ') AS opening,
        concat(quote_ident(i.outside) || '.', quote_ident(i.table_name)) AS quoted,
        concat(quote_ident(i.nspname), '.', quote_ident(i.table_name)) AS qualified) AS x
UNION ALL
SELECT x.indrelid, 'beside', 0, x.relname::text, concat_ws(', ',
        CASE WHEN k.oid IS NOT NULL THEN 'SET (' || array_to_string(x.reloptions, ', ') || ')' END,
        'SET TABLESPACE ' || quote_ident(s.spcname)), NULL, NULL
FROM x LEFT JOIN pg_tablespace AS s ON s.oid = x.reltablespace
    LEFT JOIN pg_constraint AS k ON k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')
WHERE x.reltablespace <> 0 OR x.reloptions IS NOT NULL
UNION ALL
SELECT t.oid, CASE WHEN g.tgisinternal THEN 'off' ELSE 'trigger' END, 0, g.tgname::text,
    CASE WHEN NOT g.tgisinternal THEN pg_get_triggerdef(g.oid, true) END, NULL,
    nullif(g.tgenabled, 'O')::text
FROM t JOIN pg_trigger AS g ON g.tgrelid = t.oid AND (NOT g.tgisinternal OR g.tgenabled = 'D')
UNION ALL
SELECT t.oid, 'rule', 0, r.rulename::text, rtrim(pg_get_ruledef(r.oid, true), ';'), NULL,
    nullif(r.ev_enabled, 'O')::text
FROM t JOIN pg_rewrite AS r ON r.ev_class = t.oid AND r.rulename <> '_RETURN'
UNION ALL
",
    policies!("t"),
    "UNION ALL
SELECT DISTINCT t.oid, 'reads', d.refobjid::bigint, '', NULL, NULL, NULL
FROM t JOIN pg_rewrite AS r ON r.ev_class = t.oid AND t.relkind IN ('v', 'm')
    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> t.oid"
);

/// Schemas, enumerated types, sequences, functions and procedures of the schemas `n`, given the
/// names of those besides the connection's own.
pub(super) const OBJECTS: &str = concat!(
    "
WITH n AS MATERIALIZED (SELECT oid, nspname,
    CASE WHEN nspname <> current_schema() THEN nspname::text END AS outside FROM pg_namespace
    WHERE nspname = ANY (array_append(?::text[], current_schema()::text)))
SELECT n.oid, 'schema', 0, n.nspname::text, NULL, n.outside, NULL FROM n
UNION ALL
SELECT y.oid, 'enum', row_number() OVER (ORDER BY e.enumsortorder), y.typname::text,
    e.enumlabel::text, n.outside, NULL
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
        'OWNED BY ' || o.owner), n.outside, NULL
FROM (SELECT *,
        CASE seqtypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648
            ELSE -9223372036854775808 END AS least,
        CASE seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
            ELSE 9223372036854775807 END AS greatest
        FROM pg_sequence) AS s
    CROSS JOIN LATERAL (SELECT * FROM pg_class WHERE oid = s.seqrelid OFFSET 0) AS c
    JOIN n ON n.oid = c.relnamespace
    LEFT JOIN LATERAL (SELECT d.deptype, r.relispartition, concat(CASE WHEN m.nspname
            <> current_schema() THEN quote_ident(m.nspname) || '.' END, quote_ident(r.relname), '.',
            (SELECT quote_ident(a.attname) FROM pg_attribute AS a
                WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid)) AS owner
        FROM pg_depend AS d JOIN pg_class AS r ON r.oid = d.refobjid
            JOIN pg_namespace AS m ON m.oid = r.relnamespace
        WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
            AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
            AND d.deptype IN ('a', 'i') OFFSET 0) AS o ON true
WHERE o.deptype IS DISTINCT FROM 'i' AND o.relispartition IS NOT TRUE
    AND c.relpersistence <> 't' AND ",
    of_no_extension!("pg_class", "c.oid"),
    "
UNION ALL
SELECT p.oid, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, 0, p.proname::text,
    concat(x.opening, quote_ident(n.outside) || '.', quote_ident(p.proname),
        substr(pg_get_functiondef(p.oid), char_length(concat(x.opening, quote_ident(n.nspname), '.',
            quote_ident(p.proname))) + 1)),
    n.outside, oidvectortypes(p.proargtypes)
FROM n JOIN pg_proc AS p ON p.pronamespace = n.oid AND p.prokind <> 'a'
    CROSS JOIN LATERAL (SELECT CASE p.prokind WHEN 'p' THEN 'CREATE OR REPLACE PROCEDURE '
        ELSE 'CREATE OR REPLACE FUNCTION ' END AS opening) AS x
WHERE ",
    of_no_extension!("pg_proc", "p.oid")
);

/// What stands apart, given the names of the schemas besides the connection's own. Of a partition
/// nothing comes that it has from its table; statistics have their columns by name.
pub(super) const APART: &str = concat!(
    "
WITH n AS MATERIALIZED (SELECT oid, nspname,
    CASE WHEN nspname <> current_schema() THEN nspname::text END AS outside FROM pg_namespace),
s AS MATERIALIZED (SELECT * FROM n
    WHERE nspname = ANY (array_append(?::text[], current_schema()::text))),
p AS MATERIALIZED (SELECT c.*, s.nspname, s.outside FROM s JOIN pg_class AS c ON c.relnamespace = s.oid
    WHERE c.relispartition AND c.relkind IN ('r', 'p') AND ",
    of_no_extension!("pg_class", "c.oid"),
    "),
y AS MATERIALIZED (SELECT y.*, s.outside FROM s JOIN pg_type AS y ON y.typnamespace = s.oid
    WHERE y.typtype = 'd' AND ",
    of_no_extension!("pg_type", "y.oid"),
    ")
SELECT p.oid, 'partition', 0, p.relname::text, concat(pg_get_expr(p.relpartbound, p.oid),
        CASE WHEN i.inhdetachpending THEN ' DETACH PENDING' END), p.outside, pg_get_partkeydef(p.oid)
FROM p JOIN pg_inherits AS i ON i.inhrelid = p.oid
UNION ALL
SELECT p.oid, 'parent', 0, c.relname::text, NULL, n.outside, NULL
FROM p JOIN pg_inherits AS i ON i.inhrelid = p.oid JOIN pg_class AS c ON c.oid = i.inhparent
    JOIN n ON n.oid = c.relnamespace
UNION ALL
SELECT p.oid, 'index', 0, c.relname::text, concat(x.opening,
        quote_ident(p.outside) || '.', quote_ident(p.relname),
        substr(pg_get_indexdef(c.oid), char_length(concat(x.opening,
            CASE WHEN c.relkind = 'I' THEN 'ONLY ' END, quote_ident(p.nspname), '.',
            quote_ident(p.relname))) + 1)), NULL,
    CASE WHEN NOT i.indisvalid AND c.relkind = 'i' THEN 'invalid' END
FROM p JOIN pg_index AS i ON i.indrelid = p.oid
    JOIN pg_class AS c ON c.oid = i.indexrelid AND NOT c.relispartition
    CROSS JOIN LATERAL (SELECT concat('CREATE ', CASE WHEN i.indisunique THEN 'UNIQUE ' END,
        'INDEX ', quote_ident(c.relname), ' ON ') AS opening) AS x
WHERE NOT EXISTS (SELECT FROM pg_constraint AS k
    WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT p.oid, 'constraint', position(k.contype::text IN 'puxcf'), k.conname::text, concat('CONSTRAINT ',
    quote_ident(k.conname), ' ', pg_get_constraintdef(k.oid)), NULL, NULL
FROM p JOIN pg_constraint AS k ON k.conrelid = p.oid AND k.contype IN ('p', 'u', 'x', 'c', 'f')
    AND k.conparentid = 0 AND k.coninhcount = 0
UNION ALL
SELECT p.oid, 'trigger', 0, g.tgname::text, pg_get_triggerdef(g.oid, true), NULL, NULL
FROM p JOIN pg_trigger AS g ON g.tgrelid = p.oid AND NOT g.tgisinternal AND g.tgparentid = 0
UNION ALL
SELECT p.oid, 'secured', 0, p.relname::text, CASE WHEN p.relforcerowsecurity THEN 'f' END, NULL, NULL
FROM p WHERE p.relrowsecurity
UNION ALL
",
    policies!("p"),
    "UNION ALL
SELECT y.oid, 'domain', 0, y.typname::text, concat_ws(' ', format_type(y.typbasetype, y.typtypmod),
    CASE WHEN y.typcollation <> b.typcollation THEN
        (SELECT 'COLLATE ' || quote_ident(l.collname) FROM pg_collation AS l
            WHERE l.oid = y.typcollation) END), y.outside, NULL
FROM y JOIN pg_type AS b ON b.oid = y.typbasetype
UNION ALL
SELECT y.oid, 'default', 1, y.typname::text, pg_get_expr(y.typdefaultbin, 0), y.outside, NULL
FROM y WHERE y.typdefaultbin IS NOT NULL
UNION ALL
SELECT y.oid, 'required', 2, y.typname::text, NULL, y.outside, NULL FROM y WHERE y.typnotnull
UNION ALL
SELECT y.oid, 'check', 3, y.typname::text, pg_get_constraintdef(k.oid), y.outside, k.conname::text
FROM y JOIN pg_constraint AS k ON k.contypid = y.oid AND k.contype = 'c'
UNION ALL
SELECT e.oid, 'statistics', 0, e.stxname::text, concat(substring(substr(
            pg_get_statisticsobjdef(e.oid), char_length(concat('CREATE STATISTICS ',
            quote_ident(m.nspname), '.', quote_ident(e.stxname))) + 1) FROM '^ [(][a-z, ]*[)]'),
        ' ON ', concat_ws(', ', (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
            FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum = ANY (e.stxkeys)),
            (SELECT string_agg('(' || x || ')', ', ' ORDER BY x COLLATE \"C\")
                FROM unnest(pg_get_statisticsobjdef_expressions(e.oid)) AS x)),
        ' FROM ', quote_ident(s.outside) || '.', quote_ident(c.relname)), m.outside, NULL
FROM pg_statistic_ext AS e JOIN pg_class AS c ON c.oid = e.stxrelid
    JOIN s ON s.oid = c.relnamespace JOIN n AS m ON m.oid = e.stxnamespace
WHERE ",
    of_no_extension!("pg_statistic_ext", "e.oid"),
    "
UNION ALL
SELECT e.oid, 'table', 0, c.relname::text, NULL, s.outside, NULL
FROM pg_statistic_ext AS e JOIN pg_class AS c ON c.oid = e.stxrelid
    JOIN s ON s.oid = c.relnamespace"
);
