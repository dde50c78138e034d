//! Steps on engines whose DDL rolls back: a step's work and its notes commit together.

use std::ops::Range;

use jiff::Timestamp;

use super::ahead::News;
use super::batch::Origin;
use super::notes::{self, End, Progress};
use super::pieces::{self, Piece};
use super::run::Run;
use super::{Begin, Partial, Problem, TableChangePolicy, checks, resume};
use crate::database::Row;
use crate::dialect::{LedgerState, Limits, Moment, Statement};
use crate::program::{Action, Step, Subject, Work, version_row};
use crate::revision::RevisionId;
use crate::schema::Schema;

/// Runs all steps, in the transactions that they share.
pub(super) fn run(run: &mut Run<'_, '_>) -> Result<(), Problem> {
    let program = run.program;
    // When a table must not be changed otherwise, the refusal leaves nothing behind.
    let as_one = run.options.table_change == TableChangePolicy::Refuse;
    for range in program.transactions(run.options.transaction, as_one) {
        while run.report.applied.len() < range.end {
            let first = run.report.applied.len();
            match run.transaction(first..range.end) {
                Ok(()) => run.came_on(),
                Err(problem) => run.try_again(&program.steps[first], problem)?,
            }
        }
    }
    Ok(())
}

impl<'p> Run<'p, '_> {
    /// Runs the steps of these numbers, which are kept together.
    fn transaction(&mut self, range: Range<usize>) -> Result<(), Problem> {
        let program = self.program;
        let mut before = self.report.rows.clone();
        let last = range.end - 1;
        let together = range.len() > 1;
        let to_the_end = together && !self.dialect().syntax().one_message;
        self.gathered.expect(to_the_end.then_some(range.len()));
        self.open(&program.steps[range.start], &before)?;
        let mut found = None;
        for index in range {
            let step = &program.steps[index];
            found = self.step(step, index, &before, together)?;
            before = step.rows_behind(&before);
        }
        self.close(&program.steps[last], &before, found)
    }

    /// Begins a transaction, at which the version rows must be `rows`.
    fn open(&mut self, step: &Step, rows: &[RevisionId]) -> Result<(), Problem> {
        self.begin_waiting(step)?;
        if !self.is_prepared || self.dialect().syntax().lock_per_transaction {
            self.prepare(rows)?;
        }
        for sql in self.limits.for_transaction(self.dialect()) {
            self.batch.push(sql, Origin::Note);
        }
        Ok(())
    }

    /// Checks and keeps the open transaction. `found` are the version rows, if they were read behind
    /// the last statement.
    fn close(
        &mut self,
        step: &Step,
        rows: &[RevisionId],
        found: Option<Vec<Row>>,
    ) -> Result<(), Problem> {
        self.settle(step, rows)?;
        let found = match found {
            Some(found) => Some(found),
            None => self.flush_asking(step)?,
        };
        match found {
            Some(found) => checks::are_version_rows(&found, rows)?,
            None => checks::version_rows(self.connection, self.table, rows)?,
        }
        if let Some(references) = self.references.take() {
            references.check(self.connection)?;
        }
        self.commit(step, rows)?;
        self.is_prepared = true;
        Ok(())
    }

    /// Runs a step; one that is alone in its transaction gives the version rows behind it, if that
    /// costs no message.
    fn step(
        &mut self,
        step: &'p Step,
        index: usize,
        before: &[RevisionId],
        together: bool,
    ) -> Result<Option<Vec<Row>>, Problem> {
        self.check_interrupt(step, None)?;
        self.settle_for(step, before)?;
        self.start(step, index)?;
        let mut at = Position {
            step,
            before,
            pieces: pieces::pieces(step),
            started: (self.options.now)(),
            done: 0,
            kept: self.start.done,
            is_noted: false,
            is_outside: false,
            begin: self.start.begin,
        };
        if self.start.done > 0 {
            self.partial = at.partial();
        }
        let result = self.work(&mut at, together);
        if let Err(problem) = &result {
            self.give_up(&at, problem);
            self.tries.keep(index, at.kept);
        }
        result
    }

    fn work(
        &mut self,
        at: &mut Position<'p, '_>,
        together: bool,
    ) -> Result<Option<Vec<Row>>, Problem> {
        let step = at.step;
        for action in &step.actions {
            if at.done + action.units() > self.start.done {
                self.announce(News::Action(action));
            }
            self.action(action, at)?;
        }
        let found = if together && !at.is_noted {
            self.leave_rows(at.before);
            self.send_ahead(step, at.started)?;
            None
        } else {
            self.note_complete(at)?
        };
        self.pending += 1;
        Ok(found)
    }

    /// Writes version rows and ledger with the last statements of a step.
    fn note_complete(&mut self, at: &Position<'p, '_>) -> Result<Option<Vec<Row>>, Problem> {
        let dialect = self.dialect();
        self.settle(at.step, at.before)?;
        for change in &at.step.changes {
            let sql = version_row(self.table, dialect, change);
            self.batch.push(sql, Origin::Note);
        }
        let note = if at.is_noted {
            self.ledger
                .finish(dialect, LedgerState::Done, Moment::Server)
        } else {
            let row = self.entry(at, LedgerState::Done);
            self.ledger.insert_all(dialect, &[row])
        };
        self.batch.push(note, Origin::Note);
        self.flush_asking(at.step)
    }

    /// The row of a step that is complete, or that is about to run its next statement outside of
    /// transactions.
    fn entry(&self, at: &Position<'_, '_>, state: LedgerState) -> String {
        let mark = (at.done + 1).to_string();
        let noted = Progress {
            state,
            started: at.started,
            done: at.done,
            under_way: (state == LedgerState::Running).then_some(mark.as_str()),
            backup: self.report.backup.as_deref(),
            end: End::WithRow,
            seal: self.program.seal_behind(at.step),
        };
        notes::entry(self.dialect(), self.options, at.step, &noted)
    }

    fn action(&mut self, action: &'p Action, at: &mut Position<'p, '_>) -> Result<(), Problem> {
        match &action.work {
            Work::Statements(statements) => {
                for statement in statements {
                    self.statement(action, statement, at)?;
                }
            }
            Work::Table(subject) => {
                let passed = self.start.done.saturating_sub(at.done);
                if passed < action.units() {
                    self.changed_table(action, (subject, passed), at.step)?;
                }
                at.done += action.units();
            }
            Work::Procedure(_) if at.done < self.start.done => at.done += 1,
            Work::Procedure(name) => {
                self.flush(at.step)?;
                self.call(at.step, action, name)?;
                at.done += 1;
            }
        }
        Ok(())
    }

    fn changed_table(
        &mut self,
        action: &'p Action,
        subject: (&Subject, usize),
        step: &Step,
    ) -> Result<(), Problem> {
        self.flush(step)?;
        for statement in self.table_change(step, action, subject)? {
            if let Some(check) = &statement.check {
                self.flush(step)?;
                self.ask(step, action, &statement.sql, check)?;
                continue;
            }
            self.batch.push(statement.sql, Origin::Action(action));
            self.flush_unless_gathering(step)?;
        }
        Ok(())
    }

    fn statement(
        &mut self,
        action: &'p Action,
        statement: &'p Statement,
        at: &mut Position<'p, '_>,
    ) -> Result<(), Problem> {
        let is_passed = at.done < self.start.done;
        if let Some(check) = &statement.check {
            if is_passed {
                return Ok(());
            }
            self.flush(at.step)?;
            return self.ask(at.step, action, &statement.sql, check);
        }
        if is_passed && !pieces::is_for_session(&statement.sql) {
            at.done += 1;
            return Ok(());
        }
        if statement.transactional || is_passed {
            self.push_limited(action, &statement.sql);
            at.done += 1;
            return self.flush_unless_gathering(at.step);
        }
        self.note_before(at)?;
        self.close(at.step, at.before, None)?;
        at.kept = at.done;
        self.partial = at.partial();
        self.sweep(action, at)?;
        at.is_outside = true;
        self.outside(action, &statement.sql, at.step)?;
        at.is_outside = false;
        at.done += 1;
        at.kept = at.done;
        self.partial = at.partial();
        let noted = self.ledger.progress(self.dialect(), at.done, None);
        self.batch.push(noted, Origin::Note);
        self.flush(at.step)?;
        self.open(at.step, at.before)
    }

    /// Adds a statement of a transaction; what is long but in nobody's way may take its time.
    fn push_limited(&mut self, action: &'p Action, sql: &'p str) {
        let lifted = self.limits.lifted(self.dialect());
        let lifted = lifted.filter(|_| pieces::is_long_but_safe(sql));
        let (before, behind) = lifted.unzip();
        if let Some(before) = before {
            self.batch.push(before, Origin::Note);
        }
        self.batch.push(sql, Origin::Action(action));
        if let Some(behind) = behind {
            self.batch.push(behind, Origin::Note);
        }
    }

    /// Runs a statement outside of transactions, with limits of its own where the session is ours.
    fn outside(&mut self, action: &'p Action, sql: &'p str, step: &Step) -> Result<(), Problem> {
        let dialect = self.dialect();
        let limits = match self.lock.owns_session() {
            true => self
                .limits
                .for_statement(dialect, pieces::is_long_but_safe(sql)),
            false => Vec::new(),
        };
        let is_limited = !limits.is_empty();
        for limit in limits {
            self.batch.push(limit, Origin::Note);
        }
        self.flush(step)?;
        self.batch.push(sql, Origin::Action(action));
        self.flush(step)?;
        if is_limited {
            for unlimited in Limits::after_statement(dialect) {
                self.batch.push(*unlimited, Origin::Note);
            }
        }
        self.flush(step)
    }

    /// Notes, with what is done so far, that a statement runs next that no transaction undoes.
    fn note_before(&mut self, at: &mut Position<'p, '_>) -> Result<(), Problem> {
        let mark = (at.done + 1).to_string();
        self.settle(at.step, at.before)?;
        if at.is_noted {
            let noted = self.ledger.progress(self.dialect(), at.done, Some(&mark));
            self.batch.push(noted, Origin::Note);
        } else {
            self.close_crashed();
            let row = self.entry(at, LedgerState::Running);
            let entry = self.ledger.insert_all(self.dialect(), &[row]);
            self.batch.push(entry, Origin::Note);
            at.is_noted = true;
        }
        self.flush(at.step)
    }

    /// Drops what an earlier attempt of the statement that comes next left behind.
    fn sweep(&mut self, action: &'p Action, at: &Position<'p, '_>) -> Result<(), Problem> {
        if at.done != self.start.done {
            return Ok(());
        }
        let Some(leftover) = self.start.leftover.take() else {
            return Ok(());
        };
        let compiler = self.dialect().compiler();
        let lowered = compiler.compile(&[leftover], &Schema::default());
        let lowered = lowered.map_err(|source| Problem::Unsupported {
            description: action.description(),
            place: action.place.clone(),
            is_gone: false,
            source: Box::new(source),
        })?;
        for statement in lowered.statements {
            self.batch.push(statement.sql, Origin::Note);
            self.flush(at.step)?;
        }
        Ok(())
    }

    /// Notes that a step stopped of which a part stays; the problem that stopped it is what
    /// matters.
    fn give_up(&mut self, at: &Position<'p, '_>, problem: &Problem) {
        if !at.is_noted || problem.is_lost() {
            return;
        }
        let _ = self.connection.rollback();
        let dialect = self.dialect();
        let piece = at.pieces.get(at.done).filter(|_| at.is_outside);
        let mark = piece.and_then(|piece| resume::refused(piece, at.done + 1));
        let noted = self.ledger.progress(dialect, at.kept, mark.as_deref());
        let finish = self
            .ledger
            .finish(dialect, LedgerState::Failed, Moment::Server);
        let _ = self.connection.run(&[&noted, &finish]);
    }

    /// Where every statement is a message of its own, gathering would only delay an interrupt.
    pub(super) fn flush_unless_gathering(&mut self, step: &Step) -> Result<(), Problem> {
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
    pieces: Vec<Piece<'p>>,
    /// When it began.
    started: Timestamp,
    /// How many pieces of its work are done.
    done: usize,
    /// How many of them are committed.
    kept: usize,
    /// Whether the ledger has a row of it already.
    is_noted: bool,
    /// Whether the piece that runs is one that no transaction undoes.
    is_outside: bool,
    /// Who said where the run begins it.
    begin: Begin,
}

impl Position<'_, '_> {
    fn partial(&self) -> Option<Partial> {
        (self.kept > 0).then(|| Partial {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            done: self.kept,
            total: self.step.units(),
            begin: self.begin,
            rows_stay: false,
        })
    }
}
