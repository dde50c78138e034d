//! A program made fit for a scratch place: there only definitions count.

use super::lower::options_of;
use super::{Action, Program, Work};
use crate::dialect::{Dialect, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;
use crate::sql::{Headline, Target, headline, mentions};
use crate::text::Place;

/// Something of a program that is left out in a scratch place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What it would do, in words.
    pub description: String,
    /// The statement.
    pub place: Place,
}

/// What becomes of statements that change rows, and of procedures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    /// They are left out: only definitions count.
    LeftOut,
    /// They run.
    Runs,
}

/// First words of statements that change rows.
const OF_ROWS: [&str; 10] = [
    "CALL", "COPY", "DELETE", "INSERT", "LOAD", "MERGE", "REPLACE", "TRUNCATE", "UPDATE", "WITH",
];

/// First words of statements that define nothing: they change rights, storage or the server.
const NO_DEFINITION: [&str; 25] = [
    "ABORT",
    "ANALYSE",
    "ANALYZE",
    "ATTACH",
    "BEGIN",
    "CHECKPOINT",
    "CLUSTER",
    "COMMIT",
    "DETACH",
    "END",
    "EXPLAIN",
    "FLUSH",
    "GRANT",
    "KILL",
    "LISTEN",
    "LOCK",
    "NOTIFY",
    "OPTIMIZE",
    "REFRESH",
    "REINDEX",
    "REVOKE",
    "ROLLBACK",
    "START",
    "UNLOCK",
    "VACUUM",
];

/// Objects that belong to the server and not to a database.
const OF_SERVER: [&str; 6] = ["DATABASE", "EVENT", "ROLE", "SERVER", "TABLESPACE", "USER"];

/// Leaves out what defines nothing and what could reach beyond the scratch place, and has
/// everything else run inside a transaction.
///
/// Where DDL does not roll back, of the statements that pass through as written only definitions
/// in the database at hand remain. Returns procedures and definitions that are left out; data is
/// not worth a word.
///
/// # Errors
///
/// What the engine cannot do after all.
pub fn rehearse(program: &mut Program, data: Data) -> Result<Vec<LeftOut>, Unsupported> {
    let mut left_out = Vec::new();
    let dialect = program.dialect;
    for step in &mut program.steps {
        let mut kept = Vec::with_capacity(step.actions.len());
        for mut action in std::mem::take(&mut step.actions) {
            match fate(dialect, data, &action) {
                Fate::Runs => {
                    hold(dialect, &mut action)?;
                    kept.push(action);
                }
                Fate::IsData => {}
                Fate::IsLeftOut => left_out.push(LeftOut {
                    description: action.description(),
                    place: action.place,
                }),
            }
        }
        step.actions = kept;
    }
    Ok(left_out)
}

enum Fate {
    Runs,
    IsData,
    IsLeftOut,
}

fn fate(dialect: Dialect, data: Data, action: &Action) -> Fate {
    if matches!(action.work, Work::Procedure(_)) {
        return match data {
            Data::LeftOut => Fate::IsLeftOut,
            Data::Runs => Fate::Runs,
        };
    }
    let operations = action.operations();
    let [Operation::Raw { sql }] = &*operations else {
        return Fate::Runs;
    };
    let Headline { verb, target } = headline(sql, &options_of(dialect, ""));
    let of_data = match data {
        Data::Runs => Fate::Runs,
        Data::LeftOut => Fate::IsData,
    };
    if OF_ROWS.contains(&verb.as_str()) {
        // PostgreSQL can write rows to files by COPY, MySQL read them by LOAD: neither is undone.
        let is_outside = matches!(verb.as_str(), "COPY" | "LOAD");
        return if is_outside { Fate::IsData } else { of_data };
    }
    if NO_DEFINITION.contains(&verb.as_str()) {
        return Fate::IsData;
    }
    if let Some(Target { kind, .. }) = &target {
        let is_there = *kind == "EXTENSION" && !mentions(sql, "EXISTS");
        if OF_SERVER.contains(kind) || is_there {
            return Fate::IsLeftOut;
        }
    }
    if dialect.syntax().transactional_ddl {
        return Fate::Runs;
    }
    match (verb.as_str(), target) {
        ("CREATE" | "ALTER" | "DROP", Some(target)) if target.name.schema.is_none() => Fate::Runs,
        ("SELECT" | "SHOW" | "DO", _) => of_data,
        ("SET", _)
            if !["GLOBAL", "PERSIST", "PERSIST_ONLY"]
                .iter()
                .any(|it| mentions(sql, it)) =>
        {
            Fate::Runs
        }
        _ => Fate::IsLeftOut,
    }
}

/// Nobody else writes there, so nothing has to run outside a transaction.
fn hold(dialect: Dialect, action: &mut Action) -> Result<(), Unsupported> {
    let mut was_outside = false;
    let mut operations = action.operations().into_owned();
    for operation in &mut operations {
        if let Operation::CreateIndex { concurrently, .. }
        | Operation::DropIndex { concurrently, .. } = operation
        {
            was_outside |= std::mem::take(concurrently);
        }
    }
    if let Work::Statements(statements) = &mut action.work {
        if was_outside {
            let lowered = dialect.compiler();
            let lowered = lowered.compile(&operations, &Schema::default())?;
            *statements = lowered.statements;
        }
        for statement in statements {
            statement.transactional = true;
        }
    }
    Ok(())
}
