//! Steps on engines whose DDL commits by itself: each statement is noted before and after.
//!
//! Consecutive statements that only change rows share a transaction with the note of them; every
//! other statement stands alone, and the note of the one before says that it is about to run. So
//! the ledger says exactly how far an interrupted step came, but for one statement at most, about
//! which the catalog is asked.

use super::batch::Origin;
use super::notes::{self, Progress as Noted};
use super::pieces::{self, Kind, Piece};
use super::run::Run;
use super::{Applied, Partial, Problem};
use crate::dialect::{LedgerState, Moment, Statement};
use crate::program::{Action, Step, Subject, Work, version_row};
use crate::revision::RevisionId;

/// Runs all steps, one after the other.
pub(super) fn run(run: &mut Run<'_, '_>) -> Result<(), Problem> {
    let program = run.program;
    run.prepare(&program.from)?;
    for limit in run.limits.for_session(run.dialect()) {
        run.batch.push(limit, Origin::Note);
    }
    run.close_crashed();
    while let Some(step) = program.steps.get(run.report.applied.len()) {
        let index = run.report.applied.len();
        let before = match index.checked_sub(1) {
            Some(last) => &program.steps[last].rows,
            None => &program.from,
        };
        run.start(step, index)?;
        let mut progress = Progress::new(step, run.start.done);
        match run.journalled(&mut progress, before) {
            Ok(()) => run.came_on(),
            Err(problem) => {
                run.note_failure(&progress, &problem);
                run.tries.kept.insert(index, progress.kept);
                if progress.torn {
                    return Err(problem);
                }
                run.try_again(step, problem)?;
            }
        }
    }
    Ok(())
}

/// How far a step is.
struct Progress<'p> {
    step: &'p Step,
    pieces: Vec<Piece<'p>>,
    /// How many pieces were come to, those in effect from an earlier run included.
    passed: usize,
    /// Pieces of work done, those of the open transaction included.
    done: usize,
    /// Pieces of work in effect.
    kept: usize,
    /// Whether a part of the next piece is in effect.
    torn: bool,
}

impl<'p> Run<'p, '_> {
    /// A crash leaves its step open.
    pub(super) fn close_crashed(&mut self) {
        let dialect = self.dialect();
        let state = LedgerState::Failed;
        let sql = self.ledger.finish(dialect, state, Moment::Server);
        self.batch.push(sql, Origin::Note);
    }

    fn journalled(
        &mut self,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
    ) -> Result<(), Problem> {
        let step = progress.step;
        self.check_interrupt(step, None)?;
        let started = (self.options.now)();
        let mark = progress.mark();
        let noted = Noted {
            state: LedgerState::Running,
            started: &started,
            done: progress.done,
            under_way: mark.as_deref(),
            backup: self.report.backup.as_deref(),
        };
        let entry = notes::entry(&self.ledger, self.dialect(), self.options, step, &noted);
        self.batch.push(entry, Origin::Note);
        self.flush(step)?;
        self.partial = progress.partial();
        for action in &step.actions {
            self.piece(action, progress, before)?;
        }
        self.complete(step)
    }

    /// Does one action, as far as it is not in effect.
    fn piece(
        &mut self,
        action: &'p Action,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
    ) -> Result<(), Problem> {
        if progress.passed + action.units() > self.start.done {
            self.observer.action(action);
        }
        match &action.work {
            Work::Statements(statements) => {
                for statement in statements {
                    self.journalled_statement(action, statement, progress, before)?;
                }
                Ok(())
            }
            Work::Table(_) | Work::Procedure(_) if progress.pass(self.start.done) => Ok(()),
            Work::Table(subject) => {
                self.keep(progress, before)?;
                self.table(action, subject, progress)?;
                self.took_place(progress)
            }
            Work::Procedure(name) => {
                self.keep(progress, before)?;
                self.in_transaction(progress.step)?;
                self.call(progress.step, action, name)?;
                progress.done += 1;
                self.keep(progress, before)
            }
        }
    }

    fn journalled_statement(
        &mut self,
        action: &'p Action,
        statement: &'p Statement,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
    ) -> Result<(), Problem> {
        if let Some(check) = &statement.check {
            if progress.passed < self.start.done {
                return Ok(());
            }
            self.keep(progress, before)?;
            return self.ask(progress.step, action, &statement.sql, check);
        }
        let is_passed = progress.pass(self.start.done);
        if is_passed && !pieces::is_for_session(&statement.sql) {
            return Ok(());
        }
        let is_row_work = pieces::changes_rows_only(statement);
        if is_row_work {
            self.in_transaction(progress.step)?;
        } else {
            self.keep(progress, before)?;
            self.check_lock()?;
        }
        self.batch.push(&statement.sql, Origin::Action(action));
        self.flush(progress.step)?;
        match (is_passed, is_row_work) {
            (true, _) => Ok(()),
            (false, true) => {
                progress.done += 1;
                Ok(())
            }
            (false, false) => self.took_place(progress),
        }
    }

    fn table(
        &mut self,
        action: &'p Action,
        subject: &Subject,
        progress: &mut Progress<'p>,
    ) -> Result<(), Problem> {
        self.check_lock()?;
        for statement in self.table_change(progress.step, action, subject)? {
            if let Some(check) = &statement.check {
                self.ask(progress.step, action, &statement.sql, check)?;
                continue;
            }
            self.batch.push(statement.sql, Origin::Action(action));
            self.flush(progress.step)?;
            progress.torn = true;
        }
        progress.torn = false;
        Ok(())
    }

    fn in_transaction(&mut self, step: &Step) -> Result<(), Problem> {
        if self.connection.in_transaction() {
            return Ok(());
        }
        self.begin_waiting(step)
    }

    /// Notes a statement that was in effect at once.
    fn took_place(&mut self, progress: &mut Progress<'p>) -> Result<(), Problem> {
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
        self.commit(progress.step, rows)?;
        progress.kept = progress.done;
        self.partial = progress.partial();
        Ok(())
    }

    fn note_progress(&mut self, progress: &Progress<'p>) -> Result<(), Problem> {
        let mark = progress.mark();
        let dialect = self.dialect();
        let sql = self
            .ledger
            .progress(dialect, progress.done, mark.as_deref());
        self.execute_note(progress.step, &sql).map(drop)
    }

    /// Writes version rows and ledger together with the rows changed last.
    fn complete(&mut self, step: &'p Step) -> Result<(), Problem> {
        self.in_transaction(step)?;
        for change in &step.changes {
            let sql = version_row(self.table, self.dialect(), change);
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
        self.commit(step, &step.rows)
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
    fn note_failure(&mut self, progress: &Progress<'p>, problem: &Problem) {
        self.pending.clear();
        if problem.is_lost() {
            return;
        }
        let _ = self.connection.rollback();
        let dialect = self.dialect();
        let finish = self
            .ledger
            .finish(dialect, LedgerState::Failed, Moment::Server);
        // What the engine refused is not in effect.
        let mark = progress.torn.then(|| progress.mark()).flatten();
        let noted = self
            .ledger
            .progress(dialect, progress.kept, mark.as_deref());
        let _ = self.connection.run(&[&noted, &finish]);
    }
}

impl<'p> Progress<'p> {
    fn new(step: &'p Step, done: usize) -> Self {
        Self {
            step,
            pieces: pieces::pieces(step),
            passed: 0,
            done,
            kept: done,
            torn: false,
        }
    }

    /// Comes to the next piece; whether an earlier run did it.
    fn pass(&mut self, done: usize) -> bool {
        self.passed += 1;
        self.passed <= done
    }

    /// The mark of the next piece, when no transaction joins it with its note.
    fn mark(&self) -> Option<String> {
        let next = self.pieces.get(self.done)?;
        let is_session =
            matches!(next.kind, Kind::Statement(it, _) if pieces::is_for_session(&it.sql));
        (next.stands_alone() && !is_session).then(|| (self.done + 1).to_string())
    }

    fn partial(&self) -> Option<Partial> {
        (self.kept > 0).then(|| Partial {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            done: self.kept,
            total: self.step.units(),
        })
    }
}
