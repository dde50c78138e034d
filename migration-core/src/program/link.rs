//! A plan to a program: every body is read once, and every error found.

use std::sync::Arc;

use super::history::History;
use super::lower::{self, Section};
use super::step::kept_path;
use super::{Action, Program, ProgramError, Step, Text};
use crate::dialect::Dialect;
use crate::graph::RevisionGraph;
use crate::plan::{self, Direction, Plan};
use crate::revision::{Revision, RevisionId, Script, read_script};
use crate::text::{Place, Span};

/// What linking needs to know.
#[derive(Debug, Clone)]
pub struct Linker<'a> {
    /// The engine to write for.
    pub dialect: Dialect,
    /// The revisions.
    pub graph: &'a RevisionGraph,
    /// What `{prefix}` means.
    pub prefix: String,
    /// The names of the procedures that can be called.
    pub procedures: Vec<&'a str>,
    /// Applied revisions of which nothing ran, so that a downgrade has nothing to undo.
    pub never_ran: Vec<RevisionId>,
    /// What is kept of the operations.
    pub keep: Keep,
}

/// What a program keeps of the operations that it has compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// All of them, for somebody who looks at what they mean.
    #[default]
    Operations,
    /// Where they are written: a run seldom asks for them again, and a long one has thousands.
    Places,
}

/// Reads the bodies of a plan and writes their operations in the engine's language, as far as no
/// live table must be asked.
///
/// # Errors
///
/// The first thing that is wrong with a text, or that the engine cannot do, with its place.
pub fn link(linker: &Linker<'_>, plan: Plan) -> Result<Program, ProgramError> {
    let Plan { from, steps, to } = plan;
    let mut history = History::new(linker, &from);
    history.steps.reserve_exact(steps.len());
    let goes = |direction| steps.iter().any(|step| step.direction == direction);
    history.is_there_and_back = goes(Direction::Upgrade) && goes(Direction::Downgrade);
    for planned in steps {
        let step = step(&mut history, planned)?;
        history.steps.push(step);
    }
    let steps = history.steps;
    Ok(Program {
        dialect: linker.dialect,
        prefix: linker.prefix.clone(),
        from,
        steps,
        to,
        seal: None,
    })
}

pub(super) fn find<'a>(
    linker: &Linker<'a>,
    id: &RevisionId,
) -> Result<&'a Arc<Revision>, ProgramError> {
    linker
        .graph
        .shared(id.as_str())
        .ok_or_else(|| ProgramError::NotInGraph {
            revision: id.clone(),
        })
}

fn step(history: &mut History<'_>, planned: plan::Step) -> Result<Step, ProgramError> {
    let (text, actions) = match &planned.revision {
        None => (Text::default(), Vec::new()),
        Some(id) => {
            let revision = find(history.linker, id)?;
            match planned.direction {
                Direction::Stamp => (Text::of_stamp(Arc::clone(revision)), Vec::new()),
                direction => body(history, revision, direction)?,
            }
        }
    };
    let path = kept_path(&planned, text.parents());
    let mut changes = planned.changes;
    changes.shrink_to_fit();
    Ok(Step {
        path,
        revision: planned.revision,
        direction: planned.direction,
        changes,
        text,
        actions,
    })
}

/// A plan may go through one revision twice (down and up again): its file is read once.
fn read(history: &History<'_>, revision: &Revision) -> Result<Script, ProgramError> {
    if history.is_there_and_back {
        let mut steps = history.steps.iter().rev();
        let again = steps.find(|step| step.revision.as_ref() == Some(revision.id()));
        if let Some(script) = again.and_then(|step| step.text.script()) {
            return Ok(script.clone());
        }
    }
    Ok(read_script(revision)?)
}

fn body(
    history: &mut History<'_>,
    revision: &Arc<Revision>,
    direction: Direction,
) -> Result<(Text, Vec<Action>), ProgramError> {
    let script = read(history, revision)?;
    let mut actions = Vec::new();
    if let Some(span) = section_that_runs(history.linker, revision, &script, direction)? {
        let section = Section {
            revision: revision.id(),
            direction,
            source: &script.source,
            span,
        };
        actions = lower::section(history, &section)?;
    }
    Ok((Text::of(Arc::clone(revision), script)?, actions))
}

fn section_that_runs(
    linker: &Linker<'_>,
    revision: &Revision,
    script: &Script,
    direction: Direction,
) -> Result<Option<Span>, ProgramError> {
    match (direction, script.downgrade) {
        (Direction::Upgrade, downgrade) => {
            // What is wrong with the way back must not be found when it is needed.
            if let Some(downgrade) = downgrade {
                lower::check_directives(linker, &script.source, downgrade)?;
            }
            Ok(Some(script.upgrade))
        }
        (Direction::Downgrade, _) if linker.never_ran.contains(revision.id()) => Ok(None),
        (Direction::Downgrade, Some(span)) => Ok(Some(span)),
        (Direction::Downgrade, None) => {
            // The line that opens it may be there, misspelt, among the directives of the upgrade.
            lower::check_directives(linker, &script.source, script.upgrade)?;
            let end = script.source.text().trim_end().len();
            Err(ProgramError::NoDowngrade {
                revision: revision.id().clone(),
                place: Place::new(&script.source, Span::new(end, end)),
            })
        }
        (Direction::Stamp, _) => Ok(None),
    }
}

/// How many operations the upgrade section of a revision asks of the engine at hand.
///
/// # Errors
///
/// What is wrong with the text.
pub fn upgrade_operations(linker: &Linker<'_>, revision: &Revision) -> Result<usize, ProgramError> {
    let script = read_script(revision)?;
    let section = Section {
        revision: revision.id(),
        direction: Direction::Upgrade,
        source: &script.source,
        span: script.upgrade,
    };
    let statements = lower::statements(linker, &section)?;
    Ok(statements.iter().map(|it| it.operations.len()).sum())
}
