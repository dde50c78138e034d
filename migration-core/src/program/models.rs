//! The models: the desired schema as a program that makes it, and as it is written.

use std::slice;
use std::sync::Arc;

use super::built::Built;
use super::history::History;
use super::lower::{self, Section};
use super::{Linker, Program, ProgramError, Step};
use crate::dialect;
use crate::operation::{ApplyError, Operation, apply};
use crate::plan::Direction;
use crate::revision::RevisionId;
use crate::schema::{ObjectName, Schema};
use crate::sql::{self, Renamed};
use crate::text::{Source, Span};

/// The models, read for one engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// What makes them in an empty database, as one step of no revision.
    pub program: Program,
    /// As they are written.
    pub written: Written,
}

/// What a models file says, before an engine has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub source: Arc<Source>,
    /// What the statements for the engine at hand build.
    pub built: Built,
    /// What had another name before.
    pub renamed: Vec<Renamed>,
}

/// Reads the models.
///
/// # Errors
///
/// The first thing that is wrong with the text, or that the engine cannot do, with its place.
pub fn models(linker: &Linker<'_>, source: &Arc<Source>) -> Result<Models, ProgramError> {
    let id = RevisionId::from(NAME);
    let span = Span::new(0, source.text().len());
    let section = Section {
        revision: &id,
        direction: Direction::Upgrade,
        source,
        span,
    };
    let mut history = History::new(linker, &[]);
    let actions = lower::section(&mut history, &section)?;
    let options = lower::options(linker);
    let mut built = Built::default();
    built.follow_all(
        linker.dialect,
        sql::parse(source, span, &options)?.statements,
        &options,
    )?;
    check_spelling(linker, &built)?;
    check_fit(linker, &built)?;
    let written = Written {
        source: Arc::clone(source),
        built,
        renamed: sql::renamed(source, span, &options)?,
    };
    let step = Step {
        revision: None,
        direction: Direction::Upgrade,
        path: "the models".to_owned(),
        message: String::new(),
        changes: Vec::new(),
        rows: Vec::new(),
        checksum: String::new(),
        downgrade_sql: String::new(),
        script: None,
        actions,
    };
    let program = Program {
        dialect: linker.dialect,
        prefix: linker.prefix.clone(),
        from: Vec::new(),
        steps: vec![step],
        to: Vec::new(),
    };
    Ok(Models { program, written })
}

/// An engine with types of its own takes any name for one of them, and says only later that there is
/// none: what is nearly a type that every engine has is found here, as on the others.
fn check_spelling(linker: &Linker<'_>, built: &Built) -> Result<(), ProgramError> {
    if !linker.dialect.syntax().named_types {
        return Ok(());
    }
    let names = built.names(false);
    for statement in built.statements.iter().filter(|it| it.only.is_empty()) {
        for operation in &statement.operations {
            let columns = if let Operation::CreateTable { table, .. } = operation {
                table.columns.as_slice()
            } else if let Operation::AddColumn { column, .. } = operation {
                slice::from_ref(column)
            } else {
                &[]
            };
            for column in columns {
                let name = column.data_type.as_name();
                if name.is_some_and(|name| names.contains(&name)) {
                    continue;
                }
                dialect::check_spelling(linker.dialect, &column.name, &column.data_type).map_err(
                    |source| ProgramError::Unsupported {
                        revision: RevisionId::from(NAME),
                        description: operation.to_string(),
                        place: statement.place.clone(),
                        source: Box::new(source),
                    },
                )?;
            }
        }
    }
    Ok(())
}

/// Finds what no engine takes: a second table or column of a name, a second primary key, a key or
/// index of a column that its table does not have. Each engine would say so in its own words.
fn check_fit(linker: &Linker<'_>, built: &Built) -> Result<(), ProgramError> {
    let mut schema = Schema::default();
    let mut passed: Vec<&str> = Vec::new();
    for statement in &built.statements {
        if !lower::is_for(linker.dialect, statement)? {
            continue;
        }
        for operation in &statement.operations {
            if let Operation::Raw { sql } = operation {
                passed.push(sql);
                continue;
            }
            let Err(error) = apply(operation, &mut schema) else {
                continue;
            };
            let is_passed = |table: &ObjectName| {
                let name = table.name.as_str().to_lowercase();
                passed.iter().any(|sql| sql.to_lowercase().contains(&name))
            };
            if misfit(&error).is_some_and(|table| !is_passed(table)) {
                return Err(ProgramError::DoesNotFit {
                    revision: RevisionId::from(NAME),
                    description: operation.to_string(),
                    place: statement.place.clone(),
                    source: Box::new(error),
                });
            }
        }
    }
    Ok(())
}

/// The table of a misfit that is one on every engine.
fn misfit(error: &ApplyError) -> Option<&ObjectName> {
    match error {
        ApplyError::TableExists { table }
        | ApplyError::NoSuchColumn { table, .. }
        | ApplyError::ColumnExists { table, .. }
        | ApplyError::PrimaryKeyExists { table } => Some(table),
        _ => None,
    }
}

/// Stands where errors name a revision; none can be called so.
pub(super) const NAME: &str = "<models>";
