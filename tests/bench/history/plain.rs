//! A history as scripts for the engines' own clients: the same statements, the same transactions,
//! the same version row.

use std::fmt::Write as _;

use migration_core::dialect::Dialect;

use super::sql::Spelling;
use super::{Change, History, Revision};

/// How revisions share transactions, and which way they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Up in one transaction, the version row written once.
    UpTogether,
    /// Up in a transaction each, with the version row.
    UpEach,
    /// Down to base in a transaction each, with the version row.
    DownEach,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
";

/// The whole script. MySQL commits each change of a table by itself, whatever a script says.
pub(crate) fn script(history: &History, dialect: Dialect, way: Way) -> String {
    match way {
        Way::UpTogether => together(history, dialect),
        Way::UpEach => {
            let revisions = history.revisions.iter().enumerate();
            let each = revisions.map(|(at, it)| step(&it.up, dialect, &forward(history, at)));
            TABLE.to_owned() + &each.collect::<String>()
        }
        Way::DownEach => {
            let revisions = history.revisions.iter().enumerate().rev();
            let each = revisions.map(|(at, it)| step(&it.down, dialect, &backward(history, at)));
            each.collect()
        }
    }
}

fn together(history: &History, dialect: Dialect) -> String {
    let mut script = format!("BEGIN;\n{TABLE}");
    for Revision { up, .. } in &history.revisions {
        add(&mut script, up, dialect);
    }
    let _ = write!(
        script,
        "INSERT INTO alembic_version (version_num) VALUES ('{}');\nCOMMIT;\n",
        history.head()
    );
    script
}

fn step(changes: &[Change], dialect: Dialect, version: &str) -> String {
    let mut script = String::from("BEGIN;\n");
    add(&mut script, changes, dialect);
    script + version + ";\nCOMMIT;\n"
}

fn add(script: &mut String, changes: &[Change], dialect: Dialect) {
    for change in changes {
        script.push_str(&Spelling::kept(dialect).statement(change));
        script.push_str(";\n");
    }
}

/// The row after a step up. One row is kept where branches part: they merge two revisions later.
fn forward(history: &History, at: usize) -> String {
    let id = &history.revisions[at].id;
    match at.checked_sub(1) {
        None => format!("INSERT INTO alembic_version (version_num) VALUES ('{id}')"),
        Some(before) => moved(&history.revisions[before].id, id),
    }
}

fn backward(history: &History, at: usize) -> String {
    let id = &history.revisions[at].id;
    match at.checked_sub(1) {
        None => format!("DELETE FROM alembic_version WHERE version_num = '{id}'"),
        Some(before) => moved(id, &history.revisions[before].id),
    }
}

fn moved(from: &str, to: &str) -> String {
    format!("UPDATE alembic_version SET version_num = '{to}' WHERE version_num = '{from}'")
}
