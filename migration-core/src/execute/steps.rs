//! Steps on engines whose DDL rolls back: a step's work and its notes commit together.

use super::batch::Origin;
use super::checks::{self, References};
use super::run::Run;
use super::{Applied, Partial, Problem, TableChangePolicy, Transaction, notes};
use crate::dialect::{LedgerState, Statement};
use crate::program::{Action, Program, Step, Work};
use crate::revision::RevisionId;

/// Runs all steps, in one transaction or one each.
pub(super) fn run(run: &mut Run<'_, '_>) -> Result<(), Problem> {
    let program = run.program;
    let together = is_one_transaction(run);
    let mut before: &[RevisionId] = &program.from;
    for (index, step) in program.steps.iter().enumerate() {
        let rest = rest(program, index, together);
        if !run.connection.in_transaction() {
            run.open(before, rest)?;
        }
        run.step(step, before, rest)?;
        if !together {
            run.close(step, &step.rows)?;
        }
        before = &step.rows;
    }
    match program.steps.last() {
        Some(step) if together => run.close(step, &step.rows),
        Some(_) | None => Ok(()),
    }
}

/// Whether the whole run is one transaction: as told, or when there is nothing to lose. Also when
/// a table must not be rebuilt, so that the refusal leaves nothing behind.
fn is_one_transaction(run: &Run<'_, '_>) -> bool {
    match run.options.transaction {
        Transaction::Run => true,
        Transaction::Auto if run.program.from.is_empty() => true,
        Transaction::Auto | Transaction::Revision => {
            run.options.table_change == TableChangePolicy::Refuse
        }
    }
}

/// The steps that share the transaction of the step at `index`.
fn rest(program: &Program, index: usize, together: bool) -> &[Step] {
    if together {
        &program.steps[index..]
    } else {
        &program.steps[index..=index]
    }
}

impl<'p> Run<'p, '_> {
    /// Begins a transaction for `steps`, at which the version rows must be `rows`.
    fn open(&mut self, rows: &[RevisionId], steps: &[Step]) -> Result<(), Problem> {
        let syntax = self.dialect().syntax();
        let mut actions = steps.iter().flat_map(|step| &step.actions);
        let changes_tables = actions.any(|action| matches!(action.work, Work::Table(_)));
        if let (true, Some(checks)) = (changes_tables, syntax.reference_checks) {
            self.references = Some(References::suspend(self.connection, checks)?);
        }
        self.begin()?;
        if !self.is_prepared || syntax.lock_per_transaction {
            self.prepare(rows)?;
        }
        Ok(())
    }

    /// Checks and keeps the open transaction.
    fn close(&mut self, step: &Step, rows: &[RevisionId]) -> Result<(), Problem> {
        self.flush(step)?;
        checks::version_rows(self.connection, self.table, rows)?;
        if let Some(references) = &self.references {
            references.check(self.connection)?;
        }
        self.commit(rows)?;
        self.is_prepared = true;
        match self.references.take() {
            Some(references) => references.restore(self.connection),
            None => Ok(()),
        }
    }

    fn step(
        &mut self,
        step: &'p Step,
        before: &[RevisionId],
        rest: &[Step],
    ) -> Result<(), Problem> {
        self.check_interrupt(step, None)?;
        self.observer.step(step);
        let started = (self.options.now)();
        let mut place = Position {
            step,
            before,
            rest,
            done: 0,
        };
        for action in &step.actions {
            self.observer.action(action);
            self.action(action, &mut place)?;
        }
        let dialect = self.dialect();
        for change in &step.changes {
            let sql = notes::row(self.table, dialect, change);
            self.batch.push(sql, Origin::Note);
        }
        let state = (LedgerState::Done, started.as_str());
        let entry = notes::entry(&self.ledger, dialect, self.options, step, state);
        self.batch.push(entry, Origin::Note);
        self.flush(step)?;
        self.pending.push(Applied {
            revision: step.revision.clone(),
            direction: step.direction,
        });
        Ok(())
    }

    fn action(&mut self, action: &'p Action, at: &mut Position<'p, '_>) -> Result<(), Problem> {
        match &action.work {
            Work::Statements(statements) => {
                for statement in statements {
                    self.statement(action, statement, at)?;
                }
            }
            Work::Table(subject) => {
                self.flush(at.step)?;
                for statement in self.table_change(at.step, action, subject)? {
                    self.batch.push(statement.sql, Origin::Action(action));
                    self.flush_unless_gathering(at.step)?;
                }
                at.done += 1;
            }
            Work::Procedure(name) => {
                self.flush(at.step)?;
                self.check_interrupt(at.step, Some(&action.description))?;
                self.call(action, name)?;
                at.done += 1;
            }
        }
        Ok(())
    }

    fn statement(
        &mut self,
        action: &'p Action,
        statement: &'p Statement,
        at: &mut Position<'p, '_>,
    ) -> Result<(), Problem> {
        if statement.transactional {
            self.batch.push(&statement.sql, Origin::Action(action));
            at.done += 1;
            return self.flush_unless_gathering(at.step);
        }
        self.close(at.step, at.before)?;
        self.partial = at.partial();
        self.batch.push(&statement.sql, Origin::Action(action));
        self.flush(at.step)?;
        at.done += 1;
        self.partial = at.partial();
        self.open(at.before, at.rest)
    }

    /// Where every statement is a message of its own, gathering would only delay an interrupt.
    fn flush_unless_gathering(&mut self, step: &Step) -> Result<(), Problem> {
        if self.dialect().syntax().one_message {
            return Ok(());
        }
        self.flush(step)
    }
}

/// How far a step is.
struct Position<'p, 'r> {
    step: &'p Step,
    /// The version rows before it.
    before: &'r [RevisionId],
    /// It and the steps that share its transaction.
    rest: &'r [Step],
    /// How many pieces of its work are done.
    done: usize,
}

impl Position<'_, '_> {
    fn partial(&self) -> Option<Partial> {
        (self.done > 0).then(|| Partial {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            done: self.done,
            total: self.step.units(),
        })
    }
}
