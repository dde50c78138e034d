//! The models: the desired schema as a program that makes it, and as it is written.

use std::sync::Arc;

use super::built::Built;
use super::history::History;
use super::lower::{self, Section};
use super::{Linker, Program, ProgramError, Step, Text};
use crate::dialect::{self, Dialect};
use crate::operation::{ApplyError, Names, Operation};
use crate::plan::Direction;
use crate::revision::RevisionId;
use crate::schema::ObjectName;
use crate::sql::{self, ParseOptions, Renamed, Statement};
use crate::text::{Source, Span};

/// What a models file says, before an engine has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub source: Arc<Source>,
    /// How it was read.
    pub read_by: ParseOptions,
    /// What the statements for the engine at hand build.
    pub built: Built,
    /// What had another name before.
    pub renamed: Vec<Renamed>,
}

/// Reads the models.
///
/// # Errors
///
/// The first thing that is wrong with the text, with its place.
pub fn models(
    dialect: Dialect,
    prefix: &str,
    source: &Arc<Source>,
) -> Result<Written, ProgramError> {
    let span = Span::new(0, source.text().len());
    let section = Section {
        revision: &RevisionId::from(NAME),
        direction: Direction::Upgrade,
        source,
        span,
    };
    let options = lower::options_of(dialect, prefix);
    let statements = lower::all_statements(&options, &section)?;
    let mut built = Built::default();
    let mut misfits = Vec::new();
    let mut unfit = |statement, operation: &Operation, error| {
        misfits.push((statement, operation.to_string(), error));
    };
    let names = &mut Names::default();
    built.follow_all((dialect, &options), statements, names, &mut unfit)?;
    check_spelling(dialect, &built)?;
    check_fit(dialect, &built, misfits)?;
    Ok(Written {
        source: Arc::clone(source),
        built,
        renamed: sql::renamed(source, span, &options)?,
        read_by: options,
    })
}

/// What makes models in an empty database, as one step of no revision, but for the statements that
/// are left out.
///
/// # Errors
///
/// The first thing that the engine cannot do, with its place.
pub fn making(
    linker: &Linker<'_>,
    models: &Written,
    is_left_out: impl Fn(&Statement) -> bool,
) -> Result<Program, ProgramError> {
    let ours = models.built.statements_for(linker.dialect);
    let made = ours.filter(|it| !is_left_out(it));
    let id = RevisionId::from(NAME);
    let step = Step {
        revision: None,
        direction: Direction::Upgrade,
        path: Some("the models".into()),
        changes: Vec::new(),
        text: Text::default(),
        actions: lower::lowered(&mut History::new(linker, &[]), &id, made)?,
    };
    Ok(Program {
        dialect: linker.dialect,
        prefix: linker.prefix.clone(),
        from: Vec::new(),
        steps: vec![step],
        to: Vec::new(),
        seal: None,
    })
}

/// An engine with types of its own takes any name for one of them, and says only later that there is
/// none: what is nearly a type that every engine has is found here, as on the others.
fn check_spelling(dialect: Dialect, built: &Built) -> Result<(), ProgramError> {
    if !dialect.syntax().named_types {
        return Ok(());
    }
    let names = built.names(false);
    for statement in built.statements.iter().filter(|it| it.only.is_empty()) {
        for operation in &statement.operations {
            for column in operation.new_columns() {
                let name = column.data_type.as_name();
                if name.is_some_and(|name| names.contains(&name)) {
                    continue;
                }
                dialect::check_spelling(dialect, &column.name, &column.data_type).map_err(
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
fn check_fit(
    dialect: Dialect,
    built: &Built,
    misfits: Vec<(usize, String, ApplyError)>,
) -> Result<(), ProgramError> {
    for (number, description, error) in misfits {
        let Some(table) = misfit(&error) else {
            continue;
        };
        let name = table.name.as_str().to_lowercase();
        let is_ours = |it: &&Statement| matches!(lower::is_for(dialect, it), Ok(true));
        let before = built.statements[..=number].iter().filter(is_ours);
        // A statement that passed through as written may have made or changed the table.
        let is_passed = before
            .flat_map(|it| &it.operations)
            .any(|it| matches!(it, Operation::Raw { sql } if sql.to_lowercase().contains(&name)));
        if !is_passed {
            return Err(ProgramError::DoesNotFit {
                revision: RevisionId::from(NAME),
                description,
                place: built.statements[number].place.clone(),
                source: Box::new(error),
            });
        }
    }
    Ok(())
}

/// The table of a misfit that is one on every engine.
fn misfit(error: &ApplyError) -> Option<&ObjectName> {
    if let ApplyError::TableExists { table }
    | ApplyError::NoSuchColumn { table, .. }
    | ApplyError::ColumnExists { table, .. }
    | ApplyError::PrimaryKeyExists { table } = error
    {
        return Some(table);
    }
    None
}

/// Stands where errors name a revision; none can be called so.
pub(super) const NAME: &str = "<models>";
