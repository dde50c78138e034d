//! Whether columns are what they are taken for.
//!
//! `MODIFY COLUMN` repeats a whole column. A script reads no table when it runs, and writes a column as
//! the revisions made it: digits, a default or a comment that somebody added by hand would be gone, and
//! values rounded. So a table like this one is made beside it, its columns are made what they are taken
//! for, and the server itself tells whether they differ. It is no temporary table, because the catalog
//! does not show those.

use super::super::{Dialect, RowCheck, Statement, Unsupported, ansi};
use super::{alter, check};
use crate::schema::{Ident, ObjectName, Schema};

/// What the table is taken for, as long as the two are compared.
const EXPECTED: &str = "\"_migrate_expected\"";

/// What such a question counts.
const COLUMN: &str = "column";

/// Whether a question is one of these: its answer does not depend on rows.
pub(super) fn asks(question: &RowCheck) -> bool {
    question.noun == COLUMN
}

/// What the catalog says of a column.
const SAID: [&str; 7] = [
    "column_type",
    "is_nullable",
    "column_default",
    "collation_name",
    "extra",
    "column_comment",
    "generation_expression",
];

/// Asks whether columns are what they are in `schema`, those of a table at once.
pub(super) fn of<'o>(
    schema: &Schema,
    said_anew: impl Iterator<Item = (&'o ObjectName, &'o Ident)>,
) -> Result<Vec<Statement>, Unsupported> {
    let mut tables: Vec<(&ObjectName, Vec<&Ident>)> = Vec::new();
    for (table, column) in said_anew {
        let known = ansi::find_table(schema, table);
        // What has another name by now, or is new, was said before.
        if known.is_none_or(|it| it.column(column).is_none()) {
            continue;
        }
        match tables.iter_mut().find(|(name, _)| *name == table) {
            Some((_, columns)) if columns.contains(&column) => {}
            Some((_, columns)) => columns.push(column),
            None => tables.push((table, vec![column])),
        }
    }
    let asked = tables.iter();
    asked
        .map(|(table, columns)| columns_of(schema, table, columns))
        .collect()
}

fn columns_of(
    schema: &Schema,
    table: &ObjectName,
    columns: &[&Ident],
) -> Result<Statement, Unsupported> {
    let actions = columns
        .iter()
        .map(|it| alter::modification(schema, table, it));
    let actions: Vec<String> = actions.collect::<Result<_, _>>()?;
    let found = differing(table, columns);
    let mut assertion = vec![
        format!("DROP TABLE IF EXISTS {EXPECTED}"),
        format!("CREATE TABLE {EXPECTED} LIKE {}", ansi::object(table)),
        format!("ALTER TABLE {EXPECTED} {}", actions.join(", ")),
        format!("SELECT count(*) INTO @migrate_found FROM {found}"),
        format!("DROP TABLE {EXPECTED}"),
    ];
    let promise = "no column that other hands changed";
    assertion.extend(check::refusing(promise, "VALUES (@migrate_found)"));
    let check = RowCheck {
        table: table.clone(),
        columns: Some(columns.iter().map(|it| (*it).clone()).collect()),
        noun: COLUMN,
        finding: "that other hands changed".to_owned(),
        tells: false,
        advice: RowCheck::CORRECT.to_owned(),
        show: None,
        cause: None,
        assertion,
    };
    Ok(Statement::asking(
        format!("SELECT count(*), NULL FROM {found}"),
        check,
    ))
}

/// The columns of which the catalog says something else than of those beside them.
fn differing(table: &ObjectName, columns: &[&Ident]) -> String {
    let literal = |text: &str| Dialect::Mysql.syntax().literal(text);
    let schema = table.schema.as_ref();
    let schema = schema.map_or_else(|| "database()".to_owned(), |it| literal(it.as_str()));
    let names: Vec<String> = columns.iter().map(|it| literal(it.as_str())).collect();
    let same = SAID.map(|it| format!("one.{it} <=> other.{it}"));
    let [check, other] = ["one", "other"].map(check_of);
    format!(
        "information_schema.columns AS one JOIN information_schema.columns AS other \
         ON other.column_name = one.column_name WHERE one.table_schema = {schema} \
         AND one.table_name = {} AND other.table_schema = database() \
         AND other.table_name = '_migrate_expected' AND one.column_name IN ({}) AND NOT ({} \
         /*M!100510 AND {check} <=> {other} */)",
        literal(table.name.as_str()),
        names.join(", "),
        same.join(" AND ")
    )
}

/// What a column's own CHECK says. MySQL has none, and no such column of the catalog: there the
/// comparison is a comment.
fn check_of(column: &str) -> String {
    format!(
        "(SELECT max(check_clause) FROM information_schema.check_constraints \
         WHERE constraint_schema = {column}.table_schema AND table_name = {column}.table_name \
         AND level = 'Column' AND constraint_name = {column}.column_name)"
    )
}
