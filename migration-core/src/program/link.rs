//! A plan to a program: every body is read once, and every error found.

use std::collections::HashMap;

use super::history::History;
use super::lower::{self, Section};
use super::{Program, ProgramError, Step};
use crate::dialect::Dialect;
use crate::graph::RevisionGraph;
use crate::plan::{self, Direction, Plan, RowChange};
use crate::revision::{Revision, RevisionId, Script, digest, keep, read_script};
use crate::sql::{SqlError, fingerprint};
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
}

/// Reads the bodies of a plan and writes their operations in the engine's language, as far as no
/// live table must be asked.
///
/// # Errors
///
/// The first thing that is wrong with a text, or that the engine cannot do, with its place.
pub fn link(linker: &Linker<'_>, plan: &Plan) -> Result<Program, ProgramError> {
    let mut scripts = HashMap::new();
    let mut history = History::new(linker, &plan.from);
    let mut rows = plan.from.clone();
    let mut steps = Vec::with_capacity(plan.steps.len());
    for planned in &plan.steps {
        for change in &planned.changes {
            replace(&mut rows, change);
        }
        let mut step = unlinked(planned, &rows);
        if let Some(id) = &planned.revision {
            let revision = find(linker, id)?;
            step.message.clone_from(&revision.header.message);
            if planned.direction != Direction::Stamp {
                let script = read(&mut scripts, revision)?;
                body(&mut history, revision, script, &mut step)?;
            }
        }
        steps.push(step);
    }
    Ok(Program {
        dialect: linker.dialect,
        prefix: linker.prefix.clone(),
        from: plan.from.clone(),
        steps,
        to: plan.to.clone(),
    })
}

pub(super) fn find<'a>(linker: &Linker<'a>, id: &RevisionId) -> Result<&'a Revision, ProgramError> {
    linker
        .graph
        .get(id.as_str())
        .ok_or_else(|| ProgramError::NotInGraph {
            revision: id.clone(),
        })
}

fn unlinked(planned: &plan::Step, rows: &[RevisionId]) -> Step {
    Step {
        revision: planned.revision.clone(),
        direction: planned.direction,
        path: format!("{} -> {}", joined(&planned.before), joined(&planned.after)),
        message: String::new(),
        changes: planned.changes.clone(),
        rows: rows.to_vec(),
        checksum: String::new(),
        digest: None,
        seal: None,
        downgrade_sql: String::new(),
        script: None,
        actions: Vec::new(),
    }
}

fn joined(ids: &[RevisionId]) -> String {
    ids.iter()
        .map(RevisionId::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A plan may go through one revision twice (down and up again): it is read once.
fn read<'a>(
    scripts: &'a mut HashMap<RevisionId, Script>,
    revision: &Revision,
) -> Result<&'a Script, ProgramError> {
    let id = revision.id();
    if !scripts.contains_key(id) {
        scripts.insert(id.clone(), read_script(revision)?);
    }
    Ok(&scripts[id])
}

fn body(
    history: &mut History<'_>,
    revision: &Revision,
    script: &Script,
    step: &mut Step,
) -> Result<(), ProgramError> {
    let span = match (step.direction, script.downgrade) {
        (Direction::Upgrade, downgrade) => {
            // What is wrong with the way back must not be found when it is needed.
            if let Some(downgrade) = downgrade {
                lower::check_directives(history.linker, &script.source, downgrade)?;
            }
            Some(script.upgrade)
        }
        (Direction::Downgrade, _) if history.linker.never_ran.contains(revision.id()) => None,
        (Direction::Downgrade, Some(span)) => Some(span),
        (Direction::Downgrade, None) => {
            // The line that opens it may be there, misspelt, among the directives of the upgrade.
            lower::check_directives(history.linker, &script.source, script.upgrade)?;
            let end = script.source.text().trim_end().len();
            return Err(ProgramError::NoDowngrade {
                revision: revision.id().clone(),
                place: Place::new(&script.source, Span::new(end, end)),
            });
        }
        (Direction::Stamp, _) => return Ok(()),
    };
    if let Some(span) = span {
        let section = Section {
            revision: revision.id(),
            direction: step.direction,
            source: &script.source,
            span,
        };
        step.actions = lower::section(history, &section)?;
    }
    step.checksum = checksum(script)?;
    step.digest = Some(digest(&script.source));
    step.downgrade_sql = script
        .downgrade
        .map_or("", |span| script.source.slice(span).trim())
        .to_owned();
    step.script = (step.direction == Direction::Upgrade).then(|| keep(revision, script));
    Ok(())
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

/// The semantic checksum of a whole revision, as the ledger has it.
///
/// # Errors
///
/// A text that no engine could read.
pub fn checksum(script: &Script) -> Result<String, SqlError> {
    let sections: Vec<Span> = [Some(script.upgrade), script.downgrade]
        .into_iter()
        .flatten()
        .collect();
    fingerprint(&script.source, &sections)
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
