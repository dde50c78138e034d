//! Steps on engines whose DDL commits by itself: each statement is noted when it is in effect.
//!
//! Consecutive statements that only change rows share a transaction with the note of them; every
//! other statement stands alone. So the ledger says exactly how far an interrupted step came.

use super::batch::Origin;
use super::run::Run;
use super::{Applied, Partial, Problem, notes};
use crate::dialect::{LedgerState, Moment, Statement};
use crate::program::{Action, Step, Work};
use crate::revision::RevisionId;

/// Runs all steps, one after the other.
pub(super) fn run(run: &mut Run<'_, '_>) -> Result<(), Problem> {
    let program = run.program;
    run.prepare(&program.from)?;
    let sql = run
        .ledger
        .finish(run.dialect(), LedgerState::Failed, Moment::Server);
    // A crash leaves its step open.
    run.batch.push(sql, Origin::Note);
    let mut before: &[RevisionId] = &program.from;
    for step in &program.steps {
        let mut progress = Progress {
            step,
            done: 0,
            kept: 0,
        };
        let result = run.journalled(&mut progress, before);
        if result.is_err() {
            run.give_up(&progress);
        }
        result?;
        before = &step.rows;
    }
    Ok(())
}

/// How far a step is.
struct Progress<'p> {
    step: &'p Step,
    /// Pieces of work done, those of the open transaction included.
    done: usize,
    /// Pieces of work in effect.
    kept: usize,
}

impl<'p> Run<'p, '_> {
    fn journalled(
        &mut self,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
    ) -> Result<(), Problem> {
        let step = progress.step;
        self.check_interrupt(step, None)?;
        self.observer.step(step);
        let started = (self.options.now)();
        let state = (LedgerState::Running, started.as_str());
        let entry = notes::entry(&self.ledger, self.dialect(), self.options, step, state);
        self.batch.push(entry, Origin::Note);
        self.flush(step)?;
        for action in &step.actions {
            self.observer.action(action);
            self.piece(action, progress, before)?;
        }
        self.complete(step)
    }

    /// Does one action.
    fn piece(
        &mut self,
        action: &'p Action,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
    ) -> Result<(), Problem> {
        match &action.work {
            Work::Statements(statements) => {
                for statement in statements {
                    if let Some(check) = &statement.check {
                        self.keep(progress, before)?;
                        self.ask(progress.step, action, &statement.sql, check)?;
                    } else if changes_rows_only(statement) {
                        self.in_transaction()?;
                        self.batch.push(&statement.sql, Origin::Action(action));
                        self.flush(progress.step)?;
                        progress.done += 1;
                    } else {
                        self.keep(progress, before)?;
                        self.batch.push(&statement.sql, Origin::Action(action));
                        self.flush(progress.step)?;
                        self.took_effect(progress)?;
                    }
                }
                Ok(())
            }
            Work::Table(subject) => {
                self.keep(progress, before)?;
                for statement in self.table_change(progress.step, action, subject)? {
                    if let Some(check) = &statement.check {
                        self.ask(progress.step, action, &statement.sql, check)?;
                        continue;
                    }
                    self.batch.push(statement.sql, Origin::Action(action));
                    self.flush(progress.step)?;
                }
                self.took_effect(progress)
            }
            Work::Procedure(name) => {
                self.keep(progress, before)?;
                self.check_interrupt(progress.step, Some(&action.description))?;
                self.in_transaction()?;
                self.call(action, name)?;
                progress.done += 1;
                self.keep(progress, before)
            }
        }
    }

    fn in_transaction(&mut self) -> Result<(), Problem> {
        if self.connection.in_transaction() {
            return Ok(());
        }
        self.begin()
    }

    /// Notes a statement that was in effect at once.
    fn took_effect(&mut self, progress: &mut Progress<'p>) -> Result<(), Problem> {
        progress.done += 1;
        progress.kept = progress.done;
        self.partial = progress.partial();
        self.note_progress(progress)
    }

    /// Commits the rows changed so far with the note of it.
    fn keep(&mut self, progress: &mut Progress<'p>, rows: &[RevisionId]) -> Result<(), Problem> {
        if !self.connection.in_transaction() {
            return Ok(());
        }
        self.note_progress(progress)?;
        self.commit(rows)?;
        progress.kept = progress.done;
        self.partial = progress.partial();
        Ok(())
    }

    fn note_progress(&mut self, progress: &Progress<'p>) -> Result<(), Problem> {
        let sql = self.ledger.progress(self.dialect(), progress.done);
        self.execute_note(progress.step, &sql).map(drop)
    }

    /// Writes version rows and ledger together with the rows changed last.
    fn complete(&mut self, step: &'p Step) -> Result<(), Problem> {
        self.in_transaction()?;
        for change in &step.changes {
            let sql = notes::row(self.table, self.dialect(), change);
            self.execute_note(step, &sql)?;
        }
        super::checks::version_rows(self.connection, self.table, &step.rows)?;
        let finish = self
            .ledger
            .finish(self.dialect(), LedgerState::Done, Moment::Server);
        self.execute_note(step, &finish)?;
        self.pending.push(Applied {
            revision: step.revision.clone(),
            direction: step.direction,
        });
        self.commit(&step.rows)
    }

    fn execute_note(&mut self, step: &Step, sql: &str) -> Result<u64, Problem> {
        self.connection
            .execute(sql, &[])
            .map_err(|source| Problem::Bookkeeping {
                revision: step.revision.clone(),
                direction: step.direction,
                sql: sql.to_owned(),
                source: Box::new(source),
            })
    }

    /// Notes that the step stopped; the problem that stopped it is what matters.
    fn give_up(&mut self, progress: &Progress<'p>) {
        self.pending.clear();
        let _ = self.connection.rollback();
        let dialect = self.dialect();
        let finish = self
            .ledger
            .finish(dialect, LedgerState::Failed, Moment::Server);
        let _ = self
            .connection
            .run(&[&self.ledger.progress(dialect, progress.kept), &finish]);
    }
}

impl Progress<'_> {
    fn partial(&self) -> Option<Partial> {
        (self.kept > 0).then(|| Partial {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            done: self.kept,
            total: self.step.units(),
        })
    }
}

/// Whether a statement can be rolled back on an engine whose DDL cannot; in doubt it cannot.
fn changes_rows_only(statement: &Statement) -> bool {
    const WORDS: [&str; 6] = ["insert", "update", "delete", "replace", "select", "with"];
    let word = statement
        .sql
        .trim_start()
        .split(|character: char| !character.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    statement.transactional && WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}
