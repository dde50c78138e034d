//! What the revisions before a statement have made, for engines that keep no types with a name:
//! only the revisions tell what a column of such a type is.

use std::sync::Arc;

use super::lower::{Section, options, statements};
use super::{Action, Linker, ProgramError, Step, link};
use crate::operation::{ApplyError, EnumChange, Operation, apply};
use crate::plan::Direction;
use crate::revision::{RevisionId, read_script};
use crate::schema::Schema;
use crate::sql::ParseOptions;

/// Follows the operations of a plan; the revisions below it are read when they are first asked for.
pub(super) struct History<'a> {
    pub(super) linker: &'a Linker<'a>,
    /// How texts are read.
    pub(super) reading: Arc<ParseOptions>,
    /// The version rows at the beginning.
    from: &'a [RevisionId],
    /// The steps since.
    pub(super) steps: Vec<Step>,
    /// Whether some go up and others down, so that a revision may come twice.
    pub(super) is_there_and_back: bool,
    /// None while nobody has asked.
    known: Option<Schema>,
}

impl<'a> History<'a> {
    /// At the beginning of a plan.
    pub(super) fn new(linker: &'a Linker<'a>, from: &'a [RevisionId]) -> Self {
        Self {
            linker,
            reading: Arc::new(options(linker)),
            from,
            steps: Vec::new(),
            is_there_and_back: false,
            known: None,
        }
    }

    /// At base, where operations come that are no step's.
    pub(super) fn at_base(linker: &'a Linker<'a>) -> Self {
        Self {
            known: Some(Schema::default()),
            ..Self::new(linker, &[])
        }
    }

    /// The next operation in terms that the engine has, behind the actions of a step under way; none
    /// when it is in such terms already.
    pub(super) fn spelled_out(
        &mut self,
        operation: &Operation,
        actions: &[Action],
    ) -> Result<Option<Vec<Operation>>, ProgramError> {
        let dialect = self.linker.dialect;
        if dialect.syntax().named_types {
            return Ok(None);
        }
        let compiler = dialect.compiler();
        let spelled = if compiler.asks_history(operation) {
            Some(compiler.spelled_out(operation, self.known(actions)?))
        } else {
            None
        };
        if let Some(known) = &mut self.known {
            follow(operation, known);
        }
        Ok(spelled)
    }

    /// What the revisions before know against a change of the values of a type, behind the actions of
    /// a step under way: where types have no name, the engine itself would say nothing.
    pub(super) fn objection(
        &mut self,
        operation: &Operation,
        actions: &[Action],
    ) -> Result<Option<ApplyError>, ProgramError> {
        let changes_values = matches!(
            operation,
            Operation::Enum(EnumChange::AddValue { .. } | EnumChange::RenameValue { .. })
        );
        if !changes_values || self.linker.dialect.syntax().named_types {
            return Ok(None);
        }
        let mut behind = self.known(actions)?.clone();
        Ok(match apply(operation, &mut behind) {
            Err(it @ (ApplyError::ValueExists { .. } | ApplyError::NoSuchValue { .. })) => Some(it),
            // Others may have made the type.
            Err(_) | Ok(()) => None,
        })
    }

    fn known(&mut self, actions: &[Action]) -> Result<&Schema, ProgramError> {
        let schema = match self.known.take() {
            Some(known) => known,
            None => self.read(actions)?,
        };
        Ok(self.known.insert(schema))
    }

    fn read(&self, actions: &[Action]) -> Result<Schema, ProgramError> {
        let mut schema = Schema::default();
        let mut made = self.linker.graph.ancestors(self.from)?;
        made.retain(|id| !self.linker.never_ran.contains(id));
        for id in made {
            let script = read_script(link::find(self.linker, &id)?)?;
            let section = Section {
                revision: &id,
                direction: Direction::Upgrade,
                source: &script.source,
                span: script.upgrade,
            };
            for statement in statements(self.linker, &section)? {
                for operation in &statement.operations {
                    let _ = apply(operation, &mut schema);
                }
            }
        }
        let since = self.steps.iter().flat_map(|step| &step.actions);
        for action in since.chain(actions) {
            for operation in action.operations().iter() {
                follow(operation, &mut schema);
            }
        }
        Ok(schema)
    }
}

/// What does not fit is left out: statements that pass through as written may have made what is not
/// known here.
fn follow(operation: &Operation, schema: &mut Schema) {
    if !matches!(operation, Operation::Raw { .. } | Operation::Call { .. }) {
        let _ = apply(operation, schema);
    }
}
