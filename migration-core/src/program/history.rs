//! What the revisions before a statement have made, for engines that keep no types with a name:
//! only the revisions tell what a column of such a type is.

use super::lower::{Section, statements};
use super::{Linker, ProgramError, link};
use crate::operation::{Operation, apply};
use crate::plan::Direction;
use crate::revision::{RevisionId, read_script};
use crate::schema::Schema;

/// Follows the operations of a plan; the revisions below it are read when they are first asked for.
pub(super) struct History<'a> {
    pub(super) linker: &'a Linker<'a>,
    /// The version rows at the beginning.
    from: &'a [RevisionId],
    /// What came since, while nobody has asked.
    seen: Vec<Operation>,
    known: Option<Schema>,
}

impl<'a> History<'a> {
    /// At the beginning of a plan.
    pub(super) fn new(linker: &'a Linker<'a>, from: &'a [RevisionId]) -> Self {
        Self {
            linker,
            from,
            seen: Vec::new(),
            known: None,
        }
    }

    /// The next operation, in terms that the engine has.
    pub(super) fn spelled_out(
        &mut self,
        operation: &Operation,
    ) -> Result<Vec<Operation>, ProgramError> {
        let dialect = self.linker.dialect;
        if dialect.syntax().named_types {
            return Ok(vec![operation.clone()]);
        }
        let compiler = dialect.compiler();
        let spelled = if compiler.asks_history(operation) {
            compiler.spelled_out(operation, self.known()?)
        } else {
            vec![operation.clone()]
        };
        self.follow(operation);
        Ok(spelled)
    }

    fn known(&mut self) -> Result<&Schema, ProgramError> {
        let schema = match self.known.take() {
            Some(known) => known,
            None => self.read()?,
        };
        Ok(self.known.insert(schema))
    }

    fn read(&mut self) -> Result<Schema, ProgramError> {
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
        for operation in self.seen.drain(..) {
            let _ = apply(&operation, &mut schema);
        }
        Ok(schema)
    }

    /// What does not fit is left out: statements that pass through as written may have made what
    /// is not known here.
    fn follow(&mut self, operation: &Operation) {
        match (operation, &mut self.known) {
            (Operation::Raw { .. } | Operation::Call { .. }, _) => {}
            (_, Some(known)) => {
                let _ = apply(operation, known);
            }
            (_, None) => self.seen.push(operation.clone()),
        }
    }
}
