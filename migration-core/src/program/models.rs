//! The models: the desired schema as a program that makes it, and as it is written.

use std::sync::Arc;

use super::built::Built;
use super::history::History;
use super::lower::{self, Section};
use super::{Linker, Program, ProgramError, Step};
use crate::plan::Direction;
use crate::revision::RevisionId;
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

/// Stands where errors name a revision; none can be called so.
pub(super) const NAME: &str = "<models>";
