//! Steps on engines whose DDL rolls back: a step's work and its notes commit together.

use super::batch::Origin;
use super::checks;
use super::run::Run;
use super::{Applied, Partial, Problem, TableChangePolicy, Transaction, notes};
use crate::dialect::{LedgerState, Statement};
use crate::program::{Action, Step, Work};
use crate::revision::RevisionId;

/// Runs all steps, in one transaction or one each.
pub(super) fn run(run: &mut Run<'_, '_>) -> Result<(), Problem> {
    let program = run.program;
    let together = is_one_transaction(run);
    let mut before: &[RevisionId] = &program.from;
    for step in &program.steps {
        if !run.connection.in_transaction() {
            run.open(before)?;
        }
        run.step(step, before)?;
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
/// a table must not be changed otherwise, so that the refusal leaves nothing behind.
fn is_one_transaction(run: &Run<'_, '_>) -> bool {
    match run.options.transaction {
        Transaction::Run => true,
        Transaction::Auto if run.program.from.is_empty() => true,
        Transaction::Auto | Transaction::Revision => {
            run.options.table_change == TableChangePolicy::Refuse
        }
    }
}

impl<'p> Run<'p, '_> {
    /// Begins a transaction, at which the version rows must be `rows`.
    fn open(&mut self, rows: &[RevisionId]) -> Result<(), Problem> {
        self.begin()?;
        if !self.is_prepared || self.dialect().syntax().lock_per_transaction {
            self.prepare(rows)?;
        }
        Ok(())
    }

    /// Checks and keeps the open transaction.
    fn close(&mut self, step: &Step, rows: &[RevisionId]) -> Result<(), Problem> {
        self.flush(step)?;
        checks::version_rows(self.connection, self.table, rows)?;
        if let Some(references) = self.references.take() {
            references.check(self.connection)?;
        }
        self.commit(rows)?;
        self.is_prepared = true;
        Ok(())
    }

    fn step(&mut self, step: &'p Step, before: &[RevisionId]) -> Result<(), Problem> {
        self.check_interrupt(step, None)?;
        self.observer.step(step);
        let started = (self.options.now)();
        let mut place = Position {
            step,
            before,
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
                    if let Some(check) = &statement.check {
                        self.flush(at.step)?;
                        self.ask(at.step, action, &statement.sql, check)?;
                        continue;
                    }
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
        if let Some(check) = &statement.check {
            self.flush(at.step)?;
            return self.ask(at.step, action, &statement.sql, check);
        }
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
        self.open(at.before)
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
