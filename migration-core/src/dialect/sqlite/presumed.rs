//! Whether a table is what it is taken for.
//!
//! A script changes a table that nobody reads when it runs: it writes a whole definition, the one that
//! the revisions lead to. Where the table has its columns in another order, or more than the script
//! knows of, values would be in other columns and the rest would be gone. So what the table is taken
//! for is made beside it, as a temporary table, and SQLite itself tells how the two differ. How a
//! definition is spelled does not count: types are compared by what they do to values, names without
//! case, constraints without their names.

use super::super::{Statement, TableChange, Unsupported, Way, ansi};
use super::check::{self, literal};
use super::table;
use crate::schema::{Ident, Index, IndexKey, ObjectName, Schema, Table};

/// What the table is taken for, as long as the two are compared.
const EXPECTED: &str = "_migrate_expected";

/// Clauses that `PRAGMA` functions say nothing about, without spaces: they are counted.
const CLAUSES: [&str; 7] = [
    AUTOINCREMENT,
    "CHECK(",
    "COLLATE",
    "DEFERRABLE",
    "ONCONFLICT",
    "STRICT",
    "WITHOUTROWID",
];

const AUTOINCREMENT: &str = "AUTOINCREMENT";

/// What begins something that holds no clauses, and what ends it.
const MARKS: &str =
    "('''', ''''), ('\"', '\"'), ('`', '`'), ('[', ']'), ('--', char(10)), ('/*', '*/')";

/// What a type does to the values of its column
/// (<https://www.sqlite.org/datatype3.html>, section 3.1).
const AFFINITY: &str = "CASE WHEN type LIKE '%INT%' THEN 'INTEGER' \
     WHEN type LIKE '%CHAR%' OR type LIKE '%CLOB%' OR type LIKE '%TEXT%' THEN 'TEXT' \
     WHEN type LIKE '%BLOB%' OR type = '' THEN 'BLOB' \
     WHEN type LIKE '%REAL%' OR type LIKE '%FLOA%' OR type LIKE '%DOUB%' THEN 'REAL' \
     ELSE 'NUMERIC' END";

/// The value that a default stands for, however it is spelled; rows from before their column have it.
const DEFAULT: &str = "(SELECT CASE WHEN text LIKE '%''%' THEN text WHEN text = 'null' THEN NULL \
     WHEN text = 'true' THEN 1 WHEN text = 'false' THEN 0 \
     WHEN text NOT GLOB '*[^0-9.+-]*' THEN CAST(text AS NUMERIC) ELSE text END \
     FROM (SELECT CASE WHEN dflt_value LIKE '%''%' THEN dflt_value \
     ELSE trim(lower(replace(dflt_value, ' ', '')), '()') END AS text))";

/// Asks whether the table that is changed is the one in `schema`, and where its rows are copied whether
/// its indexes are: the copy makes them anew, and takes those it does not know of away.
pub(super) fn of(schema: &Schema, change: &TableChange) -> Result<Vec<Statement>, Unsupported> {
    let Some(table) = schema.table(&change.table) else {
        return Ok(Vec::new());
    };
    let way = change.way;
    let presumed = Presumed { table, way };
    let name = Ident::new(EXPECTED);
    let mut statements = vec![table::temporary(table, name.clone())?];
    let indexes = schema.indexes_of(&table.name);
    for index in indexes.filter(|_| way == Way::Rebuild) {
        statements.push(expected_index(index)?);
    }
    statements.extend([
        presumed.columns(),
        presumed.indexes(),
        presumed.references(),
        presumed.clauses(),
    ]);
    let dropped = format!("DROP TABLE {}", ansi::ident(&name));
    statements.push(Statement::new(dropped));
    Ok(statements)
}

fn expected_index(presumed: &Index) -> Result<Statement, Unsupported> {
    let own = &presumed.table.name;
    let mut expected = presumed.clone();
    for part in &mut expected.parts {
        if let IndexKey::Expression(expression) = &mut part.key {
            *expression = expression.without_qualifier(own);
        }
    }
    if let Some(predicate) = &mut expected.predicate {
        *predicate = predicate.without_qualifier(own);
    }
    expected.table = ObjectName {
        schema: Some(Ident::new("temp")),
        name: Ident::new(EXPECTED),
    };
    table::index(&expected, false)
}

struct Presumed<'a> {
    table: &'a Table,
    way: Way,
}

impl Presumed<'_> {
    /// Columns, their order, and what makes values out of what is stored for them.
    fn columns(&self) -> Statement {
        // A key that holds NULL stops the change itself.
        let required = "\"notnull\" OR pk";
        let from = self.differing(
            "pragma_table_xinfo(one.name, one.home) AS it",
            &format!("cid, lower(it.name), {AFFINITY}, {required}, {DEFAULT}, pk, hidden"),
        );
        self.ask("column", &from)
    }

    /// Keys, behind which SQLite keeps indexes, and the indexes that the copy makes anew.
    fn indexes(&self) -> Statement {
        let parts = "(SELECT group_concat(coalesce(lower(part.name), '') || ' ' || part.coll || \
                     part.\"desc\") FROM pragma_index_xinfo(it.name, one.home) AS part WHERE part.key)";
        // An edit leaves an index of SQLite's own where it is: the number of its key must stay.
        let from = match self.way {
            Way::Definition => self.differing(
                "pragma_index_list(one.name, one.home) AS it WHERE it.origin <> 'c'",
                &format!(
                    "substr(it.name, length('sqlite_autoindex_' || one.name || '_') + 1), {parts}"
                ),
            ),
            Way::Rebuild => self.differing(
                "pragma_index_list(one.name, one.home) AS it",
                &format!(
                    "CASE it.origin WHEN 'c' THEN lower(it.name) END, it.\"unique\", it.partial, {parts}"
                ),
            ),
        };
        self.ask("key or index", &from)
    }

    fn references(&self) -> Statement {
        let to = "coalesce(it.\"to\", (SELECT key.name FROM pragma_table_info(it.\"table\") AS key \
                  WHERE key.pk = it.seq + 1))";
        let from = self.differing(
            "pragma_foreign_key_list(one.name, one.home) AS it",
            &format!(
                "it.seq, lower(it.\"table\"), lower(it.\"from\"), lower({to}), it.on_update, \
                 it.on_delete"
            ),
        );
        self.ask("foreign key", &from)
    }

    /// Counts words behind the name of the table. It is looked for in these letters: an edit under
    /// others would be none.
    fn clauses(&self) -> Statement {
        let word = |word: &str| {
            // The one clause that the temporary table does without.
            let is_left_out = word == AUTOINCREMENT && table::numbers_rows(self.table);
            let length = if is_left_out { word.len() } else { 0 };
            format!("({}, {length})", literal(word))
        };
        let words = CLAUSES.map(word).join(", ");
        let from = self.differing(
            &format!(
                "(VALUES {words}) AS word,\n({}) AS it\nWHERE it.name = one.name AND it.side = one.side",
                self.bare_texts()
            ),
            "word.column1, length(text) - length(replace(text, word.column1, '')) \
             + CASE one.side WHEN -1 THEN word.column2 ELSE 0 END",
        );
        self.ask("clause", &from)
    }

    /// The definitions of both behind their names, without spaces, comments and what stands in quotes: a
    /// word in there is no clause. Each step leaves out what begins first.
    fn bare_texts(&self) -> String {
        let spaces = ["' '", "char(9)", "char(10)", "char(13)"];
        let dense = spaces
            .into_iter()
            .fold("upper(kept || rest)".to_owned(), |text, space| {
                format!("replace({text}, {space}, '')")
            });
        let from = "instr(rest, starts) + length(starts)";
        format!(
            "WITH RECURSIVE mark(starts, ends) AS (VALUES {MARKS}),\nbare(side, name, kept, rest) AS \
             (SELECT 1, name, '', sql || char(10) FROM {} WHERE type = 'table' AND name = {}\n\
             UNION ALL SELECT -1, name, '', sql FROM sqlite_temp_schema WHERE name = {}\n\
             UNION ALL SELECT side, name, kept || substr(rest, 1, instr(rest, starts) - 1) || ' ',\n\
             substr(rest, {from} + instr(substr(rest, {from}), ends) + length(ends) - 1)\n\
             FROM bare, mark WHERE instr(rest, starts) AND NOT EXISTS (SELECT 1 FROM mark AS other\n\
             WHERE instr(substr(bare.rest, 1, instr(bare.rest, mark.starts) - 1), other.starts)))\n\
             SELECT side, name, substr(text, instr(text, '(')) AS text FROM\n\
             (SELECT side, name, {dense} AS text FROM bare\n\
             WHERE NOT EXISTS (SELECT 1 FROM mark WHERE instr(bare.rest, starts)))",
            table::catalog(&self.table.name),
            literal(self.table.name.name.as_str()),
            literal(EXPECTED),
        )
    }

    /// What only one of the two has, each told by `traits`.
    fn differing(&self, source: &str, traits: &str) -> String {
        let home = self.table.name.schema.as_ref();
        let home = home.map_or("main", |schema| schema.as_str());
        format!(
            "(SELECT 1 FROM (SELECT {} AS name, {} AS home, 1 AS side UNION ALL SELECT {}, 'temp', -1) \
             AS one,\n{source}\nGROUP BY {traits}\nHAVING sum(one.side) <> 0)",
            literal(self.table.name.name.as_str()),
            literal(home),
            literal(EXPECTED),
        )
    }

    fn ask(&self, noun: &'static str, from: &str) -> Statement {
        check::differences(&self.table.name, noun, from)
    }
}
