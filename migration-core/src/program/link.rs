//! A plan to a program: every body is read once, and every error found.

use std::sync::Arc;

use super::history::History;
use super::lower::{self, Section};
use super::step::kept_path;
use super::{Program, ProgramError, Step, Text};
use crate::dialect::Dialect;
use crate::graph::RevisionGraph;
use crate::parallel;
use crate::plan::{self, Direction, Plan, RowChange};
use crate::revision::{Revision, RevisionId, Script, read_script};
use crate::sql::Statement;
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

/// So many texts are read at once: enough for several threads, and little to hold on to.
const AT_ONCE: usize = 256;

/// Reads the bodies of a plan and writes their operations in the engine's language, as far as no
/// live table must be asked.
///
/// # Errors
///
/// The first thing that is wrong with a text, or that the engine cannot do, with its place.
pub fn link(linker: &Linker<'_>, plan: Plan) -> Result<Program, ProgramError> {
    let Plan { from, steps, to } = plan;
    let mut history = History::new(linker, &from);
    let mut rows = from.clone();
    history.steps.reserve_exact(steps.len());
    let goes = |direction| steps.iter().any(|step| step.direction == direction);
    let is_there_and_back = goes(Direction::Upgrade) && goes(Direction::Downgrade);
    let mut steps = steps.into_iter();
    loop {
        let some: Vec<plan::Step> = steps.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let mut bodies = match is_there_and_back {
            true => Vec::new(),
            false => parallel::map(&some, |step| body(linker, step, None)),
        }
        .into_iter();
        for planned in some {
            for change in &planned.changes {
                replace(&mut rows, change);
            }
            let body = match bodies.next() {
                Some(body) => body?,
                None => body(linker, &planned, read_before(&history, &planned))?,
            };
            let step = step(&mut history, planned, (body, &rows))?;
            history.steps.push(step);
        }
    }
    let steps = history.steps;
    Ok(Program {
        dialect: linker.dialect,
        prefix: linker.prefix.clone(),
        from,
        steps,
        to,
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

/// The text of a step as it is read; none of what changes version rows alone.
struct Body {
    revision: Arc<Revision>,
    /// None where nothing of it is read.
    script: Option<Script>,
    /// What runs.
    statements: Vec<Statement>,
}

/// Reads the text of a step, of which something may be read already.
fn body(
    linker: &Linker<'_>,
    step: &plan::Step,
    script: Option<Script>,
) -> Result<Option<Body>, ProgramError> {
    let Some(id) = &step.revision else {
        return Ok(None);
    };
    let mut body = Body {
        revision: Arc::clone(find(linker, id)?),
        script: None,
        statements: Vec::new(),
    };
    if step.direction == Direction::Stamp {
        return Ok(Some(body));
    }
    let script = script.map_or_else(|| read_script(&body.revision), Ok)?;
    if let Some(span) = section_that_runs(linker, &body.revision, &script, step.direction)? {
        let section = Section {
            revision: id,
            direction: step.direction,
            source: &script.source,
            span,
        };
        body.statements = lower::statements(linker, &section)?;
    }
    body.script = Some(script);
    Ok(Some(body))
}

/// A plan may go through one revision twice (down and up again): its file is read once.
fn read_before(history: &History<'_>, step: &plan::Step) -> Option<Script> {
    let mut steps = history.steps.iter().rev();
    let again = steps.find(|before| before.revision == step.revision);
    again.and_then(|step| step.text.script()).cloned()
}

fn step(
    history: &mut History<'_>,
    planned: plan::Step,
    (body, rows): (Option<Body>, &[RevisionId]),
) -> Result<Step, ProgramError> {
    let (text, actions) = match body {
        None => (Text::default(), Vec::new()),
        Some(Body {
            revision,
            script,
            statements,
        }) => {
            let actions = lower::lowered(history, revision.id(), &statements)?;
            match script {
                None => (Text::of_stamp(revision), actions),
                Some(script) => (Text::of(revision, script)?, actions),
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
        rows: rows.to_vec(),
        text,
        seal: None,
        actions,
    })
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

fn replace(rows: &mut Vec<RevisionId>, change: &RowChange) {
    let (gone, new) = match change {
        RowChange::Insert(id) => (None, Some(id)),
        RowChange::Update { from, to } => (Some(from), Some(to)),
        RowChange::Delete(id) => (Some(id), None),
    };
    if let Some(at) = gone.and_then(|id| rows.iter().position(|row| row == id)) {
        rows.remove(at);
    }
    if let Some(id) = new {
        let at = rows.partition_point(|row| row < id);
        rows.insert(at, id.clone());
    }
}
