//! Questions about rows that stand against a change, asked before it is final.

use super::super::{RowCheck, Statement, ansi};
use super::table;
use crate::diagnostic::quoted;
use crate::operation::Operation;
use crate::schema::{Ident, ObjectName, Table};

/// Rows of a table that fulfil a condition.
pub(super) struct Rows<'a> {
    /// The table as the user knows it.
    pub(super) table: &'a Table,
    /// Where its rows are now: the table itself, or the copy.
    pub(super) stored_in: &'a ObjectName,
}

impl Rows<'_> {
    /// Asks for rows without a value for a new column.
    pub(super) fn lacking(&self, column: &Ident, cause: Option<&Operation>) -> Statement {
        let from = format!(
            "{} WHERE {} IS NULL",
            ansi::object(self.stored_in),
            ansi::ident(column)
        );
        let answer = Answer {
            finding: format!("without a value for the new column `{column}`"),
            advice: RowCheck::GIVE_A_VALUE,
            ..Answer::about(cause)
        };
        ask(&self.table.name, &from, None, answer)
    }

    /// Asks for rows that fulfil `condition`. `is_shown` says that the condition finds the same
    /// rows before the change; else they are shown by their keys.
    pub(super) fn fulfilling(
        &self,
        condition: &str,
        finding: String,
        is_shown: bool,
        cause: Option<&Operation>,
    ) -> Statement {
        let key = key(self.table);
        let from = format!("{} WHERE {condition}", ansi::object(self.stored_in));
        let shown = if is_shown {
            condition.to_owned()
        } else {
            format!("{} IN ({})", key.name, RowCheck::FOUND)
        };
        let columns = if key.is_rowid { "rowid, *" } else { "*" };
        let show = format!(
            "SELECT {columns} FROM {} WHERE {shown}",
            ansi::object(&self.table.name)
        );
        ask(
            &self.table.name,
            &from,
            Some(&key.list),
            Answer {
                finding,
                show: Some(show),
                ..Answer::about(cause)
            },
        )
    }

    /// Asks for rows with another value in a column than those listed. Where the column holds before
    /// the change what it holds then, the values are told.
    pub(super) fn outside(
        &self,
        (column, values): (&Ident, &str),
        is_shown: bool,
        cause: Option<&Operation>,
    ) -> Statement {
        let name = ansi::ident(column);
        let condition = format!("{name} NOT IN ({values})");
        let finding = format!("with another value in `{column}` than {values}");
        let mut asked = self.fulfilling(&condition, finding, is_shown, cause);
        if let (true, Some(check)) = (is_shown, &mut asked.check) {
            // A comma stands between them; no other separator goes with DISTINCT.
            asked.sql = format!(
                "SELECT count(*), replace(group_concat(DISTINCT quote({name})), ''',''', ''', ''') \
                 FROM {} WHERE {condition}",
                ansi::object(self.stored_in)
            );
            check.tells = true;
        }
        asked
    }

    /// Asks for rows that agree in columns which are to be unique.
    pub(super) fn agreeing(&self, columns: &[Ident], cause: Option<&Operation>) -> Statement {
        let names = ansi::idents(columns);
        let present: Vec<String> = columns
            .iter()
            .map(|column| format!("{} IS NOT NULL", ansi::ident(column)))
            .collect();
        let groups = format!(
            "FROM {} WHERE {} GROUP BY {names} HAVING count(*) > 1",
            ansi::object(self.stored_in),
            present.join(" AND ")
        );
        ask(
            &self.table.name,
            &format!("(SELECT {names} {groups})"),
            None,
            Answer {
                noun: "group",
                finding: format!("of rows that agree in {}", quoted(columns)),
                show: Some(format!("SELECT {names}, count(*) {groups}")),
                ..Answer::about(cause)
            },
        )
    }

    /// Asks for rows that refer to nothing by the foreign key at `position` from the end of the
    /// definition, which is how SQLite numbers them.
    pub(super) fn dangling(
        &self,
        position: usize,
        parent: &ObjectName,
        cause: Option<&Operation>,
    ) -> Statement {
        let key = key(self.table);
        let schema = match &self.table.name.schema {
            Some(schema) => format!(", {}", literal(schema.as_str())),
            None => String::new(),
        };
        let from = format!(
            "pragma_foreign_key_check({}{schema}) WHERE fkid = {position}",
            literal(self.table.name.name.as_str())
        );
        let show = if key.is_rowid {
            format!(
                "SELECT rowid, * FROM {} WHERE {} IN ({})",
                ansi::object(&self.table.name),
                key.name,
                RowCheck::FOUND
            )
        } else {
            format!("SELECT * FROM {}", ansi::object(&self.table.name))
        };
        ask(
            &self.table.name,
            &from,
            Some("group_concat(\"rowid\", ', ')"),
            Answer {
                finding: format!("referring to no row of `{parent}`"),
                show: Some(show),
                ..Answer::about(cause)
            },
        )
    }
}

/// Asks SQLite itself whether rows, indexes and definition of a table agree. Looks every row up in
/// every index: in large tables that takes longer than to make the indexes.
pub(super) fn integrity(table: &ObjectName) -> Statement {
    checked(table, "integrity_check")
}

/// Asks SQLite itself whether rows and definition of a table agree, where no index was touched.
pub(super) fn rows(table: &ObjectName) -> Statement {
    checked(table, "quick_check")
}

fn checked(table: &ObjectName, pragma: &str) -> Statement {
    let schema = match &table.schema {
        Some(schema) => format!(", {}", literal(schema.as_str())),
        None => String::new(),
    };
    let name = literal(table.name.as_str());
    ask(
        table,
        &format!("pragma_{pragma}({name}{schema}) WHERE {pragma} <> 'ok'"),
        Some(&format!("group_concat({pragma}, '; ')")),
        Answer {
            noun: "fault",
            finding: "found by SQLite's integrity check".to_owned(),
            advice: "nothing was kept; the database file may be damaged",
            show: Some(format!("PRAGMA {pragma}({})", ansi::ident(&table.name))),
            ..Answer::about(None)
        },
    )
}

/// Asks SQLite where the definition of a table differs from the one that a change was written for.
pub(super) fn differences(table: &ObjectName, noun: &'static str, from: &str) -> Statement {
    ask(
        table,
        from,
        None,
        Answer {
            noun,
            finding: format!("of `{table}` that differs from what this change was written for"),
            advice: "where the database can be asked, the table is read and changed as it is",
            ..Answer::about(None)
        },
    )
}

struct Answer<'a> {
    noun: &'static str,
    finding: String,
    tells: bool,
    advice: &'static str,
    show: Option<String>,
    cause: Option<&'a Operation>,
}

impl<'a> Answer<'a> {
    fn about(cause: Option<&'a Operation>) -> Self {
        Self {
            noun: "row",
            finding: String::new(),
            tells: false,
            advice: RowCheck::CORRECT,
            show: None,
            cause,
        }
    }
}

/// Statements that fail with `promise` unless a query finds 0.
pub(super) fn refusing(promise: &str, query: &str) -> Vec<String> {
    ansi::refusing(promise, query, ["\"found\" INTEGER", "DROP TABLE"])
}

fn ask(table: &ObjectName, from: &str, list: Option<&str>, answer: Answer<'_>) -> Statement {
    let list = list.unwrap_or("NULL");
    let promise = format!("no {} {}", answer.noun, answer.finding);
    let assertion = refusing(&promise, &format!("SELECT count(*) FROM {from}"));
    Statement::asking(
        format!("SELECT count(*), {list} FROM {from}"),
        RowCheck {
            table: table.clone(),
            columns: None,
            noun: answer.noun,
            finding: answer.finding,
            tells: answer.tells,
            advice: answer.advice.to_owned(),
            show: answer.show,
            cause: answer.cause.cloned(),
            assertion,
        },
    )
}

/// What tells the rows of a table apart, as far as one column does.
struct Key {
    name: String,
    list: String,
    is_rowid: bool,
}

fn key(table: &Table) -> Key {
    let rowid = table::rowid_name(table);
    let name = match (rowid, table.primary_key().first()) {
        (Some(rowid), _) => rowid.to_owned(),
        (None, Some(column)) => ansi::ident(column),
        // Every name of the rowid is a column's; the first column is as good as any.
        (None, None) => ansi::ident(&table.columns[0].name),
    };
    let is_rowid = rowid.is_some();
    let list = if is_rowid {
        format!("group_concat({name}, ', ')")
    } else {
        format!("group_concat(quote({name}), ', ')")
    };
    Key {
        name,
        list,
        is_rowid,
    }
}

pub(super) fn literal(text: &str) -> String {
    super::SYNTAX.literal(text)
}
