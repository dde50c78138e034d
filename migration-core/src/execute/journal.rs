//! Steps on engines whose DDL commits by itself: each statement is noted before and after.
//!
//! Consecutive statements that only change rows share a transaction with the note of them; every
//! other statement stands alone, and the note of the one before says that it is about to run. So
//! the ledger says exactly how far an interrupted step came, but for one statement at most, about
//! which the catalog is asked.

use super::ahead::News;
use super::batch::Origin;
use super::notes::{self, End, Progress as Noted};
use super::pieces;
use super::progress::Progress;
use super::resume::Start;
use super::run::Run;
use super::{Applied, Problem, resume};
use crate::database::DatabaseError;
use crate::database::lock::Proof;
use crate::dialect::{Ledger, LedgerState, Moment, Statement};
use crate::program::{Action, Step, Subject, Work, version_row};
use crate::revision::RevisionId;

/// True behind a statement that found one row.
const ONE_ROW: &str = "row_count() = 1";

/// Runs all steps, one after the other.
pub(super) fn run(run: &mut Run<'_, '_>) -> Result<(), Problem> {
    let program = run.program;
    run.prepare(&program.from)?;
    run.learn_untransacted()?;
    run.look_after_own_tables();
    for limit in run.limits.for_session(run.dialect()) {
        run.batch.push(limit, Origin::Note);
    }
    run.close_crashed();
    let mut is_begun = false;
    while let Some(step) = program.steps.get(run.report.applied.len()) {
        let index = run.report.applied.len();
        let before = run.report.rows.clone();
        run.start(step, index)?;
        let mut progress = Progress::new(step, &run.start);
        progress.is_begun = is_begun;
        let next = program.steps.get(index + 1);
        match run.journalled(&mut progress, &before, next) {
            Ok(has_begun_next) => {
                is_begun = has_begun_next;
                run.came_on();
            }
            Err(problem) => {
                is_begun = false;
                run.note_failure(&mut progress, &problem);
                run.tries.keep(index, progress.kept);
                if progress.torn {
                    return Err(problem);
                }
                run.try_again(step, problem)?;
            }
        }
    }
    Ok(())
}

impl<'p> Run<'p, '_> {
    /// A crash leaves its step open.
    pub(super) fn close_crashed(&mut self) {
        let dialect = self.dialect();
        let state = LedgerState::Failed;
        let sql = self.ledger.finish(dialect, state, Moment::Server);
        self.batch.push(sql, Origin::Note);
    }

    /// Does a step; whether the ledger has a row of the next one then.
    fn journalled(
        &mut self,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
        next: Option<&'p Step>,
    ) -> Result<bool, Problem> {
        let step = progress.step;
        self.check_interrupt(step, None)?;
        if !progress.is_begun {
            self.check_lock()?;
            let entry = self.opening(progress);
            self.batch.push(entry, Origin::Note);
        }
        self.partial = progress.partial();
        for action in &step.actions {
            self.piece(action, progress, before)?;
        }
        self.complete(progress, before, next)
    }

    /// The ledger's row of a step that begins.
    fn opening(&self, progress: &Progress<'_>) -> String {
        let mark = progress.mark(&self.untransacted);
        let noted = Noted {
            state: LedgerState::Running,
            started: (self.options.now)(),
            done: progress.done,
            under_way: mark.as_deref(),
            backup: self.report.backup.as_deref(),
            end: End::WithRow,
            seal: self.program.seal_behind(progress.step),
        };
        let dialect = self.dialect();
        let row = notes::entry(dialect, self.options, progress.step, &noted);
        self.ledger.insert_all(dialect, &[row])
    }

    /// Does one action, as far as it is not in effect.
    fn piece(
        &mut self,
        action: &'p Action,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
    ) -> Result<(), Problem> {
        if progress.passed + action.units() > self.start.done {
            self.announce(News::Action(action));
        }
        match &action.work {
            Work::Statements(statements) => {
                for statement in statements {
                    self.journalled_statement(action, statement, progress, before)?;
                }
                Ok(())
            }
            Work::Table(subject) => {
                let passes = (0..action.units()).filter(|_| progress.pass(self.start.done));
                let passed = passes.count();
                if passed == action.units() {
                    return Ok(());
                }
                self.keep(progress, before)?;
                self.stand_alone(progress)?;
                self.deliver(progress)?;
                self.table(action, (subject, passed), progress)?;
                self.took_place(progress, action.units() - passed);
                self.deliver(progress)?;
                self.learn_behind("", progress)
            }
            Work::Procedure(_) if progress.pass(self.start.done) => Ok(()),
            Work::Procedure(name) => {
                self.keep(progress, before)?;
                self.in_transaction(progress);
                self.deliver(progress)?;
                progress.lasts = self.untransacted.is_any();
                self.call(progress.step, action, name)?;
                progress.done += 1;
                self.keep(progress, before)?;
                progress.lasts = false;
                self.learn_untransacted()
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
            self.stand_alone(progress)?;
            self.deliver(progress)?;
            return self.ask(progress.step, action, &statement.sql, check);
        }
        let is_passed = progress.pass(self.start.done);
        if is_passed && !pieces::is_for_session(&statement.sql) {
            return Ok(());
        }
        let is_row_work = statement.changes_rows_only();
        let lasts = is_row_work && self.untransacted.concerns(&statement.sql);
        if lasts || !is_row_work {
            self.keep(progress, before)?;
            self.stand_alone(progress)?;
        }
        if is_row_work {
            self.in_transaction(progress);
        }
        progress.lasts = lasts;
        self.batch.push(&statement.sql, Origin::Action(action));
        match (is_passed, is_row_work) {
            (true, _) => {}
            (false, true) => progress.done += 1,
            (false, false) => self.took_place(progress, 1),
        }
        if lasts {
            self.keep(progress, before)?;
            progress.lasts = false;
            return Ok(());
        }
        match is_row_work {
            true => Ok(()),
            false => self.learn_behind(&statement.sql, progress),
        }
    }

    /// Asks again which tables have no transactions where what ran may have made some.
    fn learn_behind(&mut self, ran: &str, progress: &mut Progress<'p>) -> Result<(), Problem> {
        if !self.untransacted.may_differ_behind(ran) {
            return Ok(());
        }
        self.deliver(progress)?;
        self.learn_untransacted()
    }

    /// Makes sure, before a statement that is in effect at once, that the one before is noted, and
    /// this one as under way; and that the lock is held.
    fn stand_alone(&mut self, progress: &mut Progress<'p>) -> Result<(), Problem> {
        if progress.is_unnoted {
            self.note_progress(progress);
        }
        if self.lock.proof() == Proof::Check {
            self.deliver(progress)?;
            self.check_lock()?;
        }
        Ok(())
    }

    fn table(
        &mut self,
        action: &'p Action,
        subject: (&Subject, usize),
        progress: &mut Progress<'p>,
    ) -> Result<(), Problem> {
        if self.lock.proof() == Proof::Check {
            self.check_lock()?;
        }
        for statement in self.table_change(progress.step, action, subject)? {
            if let Some(check) = &statement.check {
                self.ask(progress.step, action, &statement.sql, check)?;
                continue;
            }
            // Reading the table took a while.
            if let Some(held) = self.held() {
                self.batch.push(Ledger::demand(&held), Origin::Note);
            }
            self.batch.push(statement.sql, Origin::Action(action));
            self.deliver(progress)?;
            progress.torn = true;
        }
        progress.torn = false;
        Ok(())
    }

    fn in_transaction(&mut self, progress: &mut Progress<'p>) {
        if progress.is_open {
            return;
        }
        if progress.is_unnoted {
            self.note_progress(progress);
        }
        let begin = self.dialect().syntax().begin;
        self.batch.push(begin, Origin::Note);
        progress.is_open = true;
    }

    /// The last statement that waits is in effect at once, and is so many pieces.
    fn took_place(&mut self, progress: &mut Progress<'p>, pieces: usize) {
        progress.done += pieces;
        progress.keeps.push((self.batch.len(), progress.done));
        progress.is_unnoted = true;
    }

    /// Sends what waits, and learns what of it is in effect.
    fn deliver(&mut self, progress: &mut Progress<'p>) -> Result<(), Problem> {
        let sent = self.flush(progress.step);
        for (behind, kept) in progress.keeps.drain(..) {
            if behind <= self.answered {
                progress.kept = kept;
            }
        }
        self.partial = progress.partial();
        if sent.as_ref().is_err_and(is_untrue) {
            self.check_lock()?;
        }
        sent
    }

    /// Commits the rows changed so far with the note of it, in a message that nobody ends.
    fn keep(&mut self, progress: &mut Progress<'p>, rows: &[RevisionId]) -> Result<(), Problem> {
        if !progress.is_open {
            return Ok(());
        }
        self.deliver(progress)?;
        self.note_progress(progress);
        self.commit_noted(progress)?;
        self.report.rows = rows.to_vec();
        Ok(())
    }

    /// Commits what waits, and what is open.
    fn commit_noted(&mut self, progress: &mut Progress<'p>) -> Result<(), Problem> {
        if self.lock.proof() == Proof::Check {
            self.deliver(progress)?;
            self.check_lock()?;
        }
        self.check_interrupt(progress.step, None)?;
        let commit = self.dialect().syntax().commit;
        self.batch.push(commit, Origin::Note);
        progress.keeps.push((self.batch.len(), progress.done));
        self.deliver(progress)?;
        progress.is_open = false;
        Ok(())
    }

    fn note_progress(&mut self, progress: &mut Progress<'p>) {
        let mark = progress.mark(&self.untransacted);
        let noted = (progress.done, mark.as_deref());
        let held = self.held();
        let held: Vec<&str> = held.iter().map(String::as_str).collect();
        let sql = self.ledger.progress_if(self.dialect(), noted, &held);
        self.batch.push(sql, Origin::Note);
        progress.is_unnoted = false;
    }

    /// What is true as long as the lock is held, where a statement can make sure of it.
    fn held(&self) -> Option<String> {
        match self.lock.proof() {
            Proof::Condition(held) => Some(held),
            Proof::Needless | Proof::Check => None,
        }
    }

    /// Writes version rows and ledger together with the rows changed last, and the ledger's row of
    /// the next step with them, which saves a commit; whether it did.
    fn complete(
        &mut self,
        progress: &mut Progress<'p>,
        before: &[RevisionId],
        next: Option<&'p Step>,
    ) -> Result<bool, Problem> {
        let step = progress.step;
        let rows = step.rows_behind(before);
        progress.is_unnoted = false;
        self.in_transaction(progress);
        if self.batch.next().is_some() {
            self.deliver(progress)?;
        }
        for change in &step.changes {
            let sql = version_row(self.table, self.dialect(), change);
            self.batch.push(sql, Origin::Note);
        }
        let is_counted = next.is_some() && self.changes_one_row(step);
        let held = self.held();
        let mut conditions: Vec<&str> = Vec::new();
        if is_counted {
            conditions.push(ONE_ROW);
        }
        conditions.extend(held.as_deref());
        // All statements are answered.
        let now = (self.options.now)();
        let complete = self
            .ledger
            .complete_if(self.dialect(), Moment::Told(now), &conditions);
        self.batch.push(complete, Origin::Note);
        if !is_counted {
            self.deliver(progress)?;
            super::checks::version_rows(self.connection, self.table, &rows)?;
        }
        let next = next.filter(|next| self.begins_at_once(next));
        if let Some(next) = next {
            let entry = self.opening(&Progress::new(next, &Start::default()));
            self.batch.push(entry, Origin::Note);
        }
        let kept = self.commit_noted(progress);
        if kept.as_ref().is_err_and(is_untrue) {
            super::checks::version_rows(self.connection, self.table, &rows)?;
        }
        kept?;
        self.report.applied.push(Applied::of(step));
        self.report.rows = rows;
        self.partial = None;
        Ok(next.is_some())
    }

    /// Whether a step changes one version row, and no other statement of it may: then counting the
    /// row proves as much as reading the table, which holds more with every step until the server
    /// has cleared up.
    fn changes_one_row(&self, step: &Step) -> bool {
        step.changes.len() == 1 && !self.speaks_of_versions(step)
    }

    /// Whether it is clear that a step begins at its first statement, and nobody asked for a stop.
    fn begins_at_once(&self, step: &Step) -> bool {
        !self.is_unfinished(step) && !(self.options.interrupted)()
    }

    /// Notes that the step stopped; the problem that stopped it is what matters.
    fn note_failure(&mut self, progress: &mut Progress<'p>, problem: &Problem) {
        self.pending = 0;
        progress.rows_stay = match problem.is_lost() {
            true => progress.lasts,
            false => self.leaves_rows(),
        };
        progress.torn |= progress.rows_stay;
        self.partial = progress.partial();
        if problem.is_lost() {
            return;
        }
        let dialect = self.dialect();
        let finish = self
            .ledger
            .finish(dialect, LedgerState::Failed, Moment::Server);
        // What the engine refused is not in effect.
        let next = progress.pieces.get(progress.kept);
        let torn = next.filter(|_| progress.torn);
        let mark = torn.map(|piece| resume::begun(piece, progress.kept + 1));
        let noted = match self.start.overruled.take() {
            Some(known) if progress.kept == self.start.done && mark.is_none() => {
                let noted = self.ledger.reinstate(dialect, &resume::known(&known));
                self.partial = Some(resume::overruled(&known, progress.step));
                self.start.overruled = Some(known);
                noted
            }
            Some(_) | None => self
                .ledger
                .progress(dialect, progress.kept, mark.as_deref()),
        };
        let _ = self.connection.run(&[&noted, &finish]);
    }
}

/// Whether a note failed because one of its conditions is not true.
fn is_untrue(problem: &Problem) -> bool {
    let refusal = problem.engine().and_then(DatabaseError::refusal);
    matches!(problem, Problem::Bookkeeping { .. })
        && refusal.is_some_and(|it| it.code.as_deref() == Some(Ledger::UNTRUE))
}
