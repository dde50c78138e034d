//! A component's revisions as a line of plain statements, for the harness of another library.

use std::collections::HashMap;

use super::{ApplicationError, Component};
use crate::dialect::Dialect;
use crate::graph::{self, RevisionGraph};
use crate::plan::{self, Plan};
use crate::program::{self, Linker, Program, ProgramError};
use crate::revision::RevisionId;
use crate::script::{self, Text};

/// A revision of a tree that is a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineStep {
    /// The revision.
    pub revision: RevisionId,
    /// Its message.
    pub message: String,
    /// What applies it.
    pub up: Vec<Text>,
    /// What takes it back; none when nobody wrote that.
    pub down: Option<Vec<Text>>,
}

impl Component {
    /// The embedded revisions from the first to the last, compiled for an engine as
    /// `upgrade --sql` compiles them: against the tables that the revisions themselves make.
    /// `{prefix}` means `tables_prefix` and an underscore, or nothing.
    ///
    /// # Errors
    ///
    /// [`ApplicationError::NoLine`] for a tree with branches or merges; a revision that calls a
    /// Rust procedure, or whose text has something wrong in it.
    pub fn line(
        &self,
        dialect: Dialect,
        tables_prefix: &str,
    ) -> Result<Vec<LineStep>, ApplicationError> {
        let graph = graph::build(self.read_revisions(&[])?)?;
        refuse_branches(&graph)?;
        let heads = graph.heads();
        if heads.is_empty() {
            return Ok(Vec::new());
        }
        let prefix = match tables_prefix {
            "" => String::new(),
            prefix => format!("{prefix}_"),
        };
        let linker = self.linker(&graph, dialect, prefix);
        let up = compile(&linker, plan::upgrade(&graph, &[], &["heads"])?)?;
        let mut downs = downs(&linker, heads)?;
        up.steps
            .iter()
            .filter_map(|step| Some((step.revision.clone()?, step)))
            .map(|(revision, step)| {
                Ok(LineStep {
                    message: step.message().to_owned(),
                    up: script::statements(dialect, step)?,
                    down: downs.remove(&revision),
                    revision,
                })
            })
            .collect()
    }
}

/// What takes each revision back, as far as somebody wrote that: the whole way down at once, and
/// once more below each revision that nobody can take back.
fn downs(
    linker: &Linker<'_>,
    heads: Vec<RevisionId>,
) -> Result<HashMap<RevisionId, Vec<Text>>, ApplicationError> {
    let mut downs = HashMap::new();
    let mut rows = heads;
    while !rows.is_empty() {
        let mut plan = plan::downgrade(linker.graph, &rows, &["base"])?;
        let mut below = Vec::new();
        let program = match compile(linker, plan.clone()) {
            Err(ApplicationError::Program(ProgramError::NoDowngrade { revision, .. })) => {
                let is_it = |step: &plan::Step| step.revision.as_ref() == Some(&revision);
                let position = plan.steps.iter().position(is_it);
                let position = position.expect("a step of the plan has no downgrade");
                below.clone_from(&plan.steps[position].after);
                plan.steps.truncate(position);
                compile(linker, plan)?
            }
            program => program?,
        };
        for step in &program.steps {
            if let Some(revision) = &step.revision {
                downs.insert(revision.clone(), script::statements(program.dialect, step)?);
            }
        }
        rows = below;
    }
    Ok(downs)
}

fn compile(linker: &Linker<'_>, plan: Plan) -> Result<Program, ApplicationError> {
    let program = program::link(linker, plan)?;
    Ok(program::lower_offline(linker, program)?)
}

fn refuse_branches(graph: &RevisionGraph) -> Result<(), ApplicationError> {
    let several = |ids: Vec<RevisionId>| (ids.len() > 1).then_some(ids);
    let forks = graph.branch_points();
    let merges = graph.iter().map(|it| it.id()).cloned();
    let merges = merges.filter(|id| graph.is_merge_point(id.as_str()));
    let found = forks.into_iter().chain(merges).next();
    let found = found.map(|id| vec![id]);
    match found.or_else(|| several(graph.heads())) {
        Some(revisions) => Err(ApplicationError::NoLine { revisions }),
        None => Ok(()),
    }
}
