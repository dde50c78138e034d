//! A run from lock to release.

use std::mem;
use std::sync::Mutex;

use super::ahead::Ahead;
use super::batch::{Batch, Failed, Origin};
use super::checks::{self, References};
use super::error::listed;
use super::gathered::Gathered;
use super::resume::Start;
use super::wait::{self, Tries, tell};
use super::{
    Applied, ExecuteError, Observer, Options, Partial, Problem, Report, TableChangePolicy, journal,
    steps,
};
use crate::database::{
    Attendant, Attended, Blocker, Connection, DatabaseError, LedgerRow, Row, RunError, Watch,
    ledger_columns, lock, version_rows,
};
use crate::dialect::{Dialect, Ledger, Limits, RowCheck, Statement, Untransacted, VersionTable};
use crate::introspect::{self, Homes};
use crate::program::{Action, Program, Step, Subject};
use crate::revision::RevisionId;
use crate::schema::{ObjectName, Schema};

/// Runs a program.
///
/// A program without steps does nothing at all. Otherwise the lock of the version table is taken,
/// the version rows are read again, and each step runs; version table and ledger are made when
/// they are not there.
///
/// # Errors
///
/// What went wrong, with what is committed: complete steps, and of an incomplete one only what the
/// engine cannot roll back. [`Problem::Moved`] when the version rows are no longer
/// `program.from`: nothing was done, and a new plan can be made.
pub fn run<'p>(
    program: &'p Program,
    connection: &mut dyn Connection,
    version_table: &'p VersionTable,
    options: &'p Options<'_>,
    observer: &'p mut dyn Observer,
) -> Result<Report, ExecuteError> {
    if program.steps.is_empty() {
        return Ok(Report::at(&program.from));
    }
    let (from, to) = (listed(&program.from), listed(&program.to));
    let steps = program.steps.len();
    tracing::info!(target: "migration::plan", from, to, steps, "planned");
    let _span = tracing::info_span!(target: "migration::plan", "run", from, to).entered();
    let told = (version_table, options);
    match wait::lock_for(program, connection, told, observer) {
        Ok(locked) => under_lock(program, connection, told, observer, locked),
        Err(problem) => Err(ExecuteError::untouched(&program.from, problem)),
    }
}

/// Runs a program while nobody else can; a session that holds the lock to the end has a number.
fn under_lock<'p>(
    program: &'p Program,
    connection: &mut dyn Connection,
    (table, options): (&'p VersionTable, &'p Options<'_>),
    observer: &'p mut dyn Observer,
    (lock, session): (lock::Lock, Option<i64>),
) -> Result<Report, ExecuteError> {
    let limits = limits(program, options);
    let observer = Mutex::new(observer);
    let blocked = |blocker: &Blocker| tell(&observer).blocked(blocker);
    let watch = Watch {
        canceller: connection.canceller(),
        connector: connection.connector(),
        interrupted: options.interrupted,
        blocked: &blocked,
        patience: wait::curiosity(&limits),
        session,
    };
    let observer = &observer;
    Attendant::during(watch, move |attendant| {
        let run = Run {
            program,
            connection,
            table,
            ledger: Ledger::of(table),
            options,
            observer,
            batch: Batch::default(),
            answered: 0,
            references: None,
            homes: Homes::default(),
            is_prepared: false,
            unfinished: Vec::new(),
            resume_at: options.resume_at,
            start: Start::default(),
            untransacted: Untransacted::default(),
            tables_asked: String::new(),
            lock,
            attendant,
            limits,
            tries: Tries::default(),
            pending: 0,
            ahead: Ahead::default(),
            gathered: Gathered::default(),
            is_backed_up: options.backup.is_none(),
            report: Report::at(&program.from),
            partial: None,
        };
        run.end_to_end()
    })
}

/// At base nobody uses the tables yet.
fn limits(program: &Program, options: &Options<'_>) -> Limits {
    Limits {
        lock: options.limits.lock.filter(|_| !program.from.is_empty()),
        ..options.limits
    }
}

pub(super) fn interrupted(step: &Step, next: Option<&Action>) -> Problem {
    Problem::Interrupted {
        revision: step.revision.clone(),
        direction: step.direction,
        next: next.map(Action::description),
    }
}

/// A run under way.
pub(super) struct Run<'p, 'c> {
    pub(super) program: &'p Program,
    pub(super) connection: &'c mut dyn Connection,
    pub(super) table: &'p VersionTable,
    pub(super) ledger: Ledger,
    pub(super) options: &'p Options<'p>,
    pub(super) observer: &'c Mutex<&'p mut dyn Observer>,
    pub(super) batch: Batch<'p>,
    /// How many statements of what was sent last did not fail.
    pub(super) answered: usize,
    /// References as they were before the open transaction changed tables.
    pub(super) references: Option<References>,
    /// Where indexes are.
    homes: Homes,
    /// Whether version table and ledger are known to be there.
    pub(super) is_prepared: bool,
    /// Steps that an earlier run began and did not end.
    pub(super) unfinished: Vec<LedgerRow>,
    /// Where somebody told the first step to begin; none once it has.
    pub(super) resume_at: Option<usize>,
    /// Where the running step begins.
    pub(super) start: Start,
    /// Tables whose rows no transaction gives back.
    pub(super) untransacted: Untransacted,
    /// The question for them.
    pub(super) tables_asked: String,
    /// Held to the end.
    pub(super) lock: lock::Lock,
    /// Watches over what takes long.
    pub(super) attendant: &'c Attendant<'c>,
    pub(super) limits: Limits,
    pub(super) tries: Tries,
    /// How many steps are complete in the open transaction.
    pub(super) pending: usize,
    /// Their statements, as far as they are not answered.
    pub(super) ahead: Ahead<'p>,
    /// Their notes, as far as they are not written.
    pub(super) gathered: Gathered<'p>,
    /// Whether a copy was taken, or is not wanted.
    pub(super) is_backed_up: bool,
    /// What is committed.
    pub(super) report: Report,
    /// What is committed of the running step.
    pub(super) partial: Option<Partial>,
}

impl<'p> Run<'p, '_> {
    pub(super) fn dialect(&self) -> Dialect {
        self.program.dialect
    }

    fn end_to_end(mut self) -> Result<Report, ExecuteError> {
        let result = self.all();
        self.end(result)
    }

    fn all(&mut self) -> Result<(), Problem> {
        checks::server(self.program, self.connection.server())?;
        let syntax = self.dialect().syntax();
        // A server would wait for the copy inside a transaction, which it may not be willing to.
        if !self.is_backed_up && !syntax.lock_per_transaction {
            self.read_rows(&self.program.from)?;
            self.back_up()?;
        }
        if syntax.transactional_ddl {
            steps::run(self)
        } else {
            journal::run(self)
        }
    }

    /// Takes a copy of the database, unless there is one of this run.
    fn back_up(&mut self) -> Result<(), Problem> {
        let Some(take) = self.options.backup.filter(|_| !self.is_backed_up) else {
            return Ok(());
        };
        self.tell().backing_up();
        let copy = take(self.connection.server()).map_err(|source| Problem::Backup {
            source: Box::new(source),
        })?;
        self.tell().backed_up(copy.as_deref());
        self.report.backup = copy.map(|path| path.display().to_string());
        self.is_backed_up = true;
        Ok(())
    }

    /// Reads the version rows, which must be those expected; whether their table is there.
    fn read_rows(&mut self, expected: &[RevisionId]) -> Result<bool, Problem> {
        let found =
            version_rows(self.connection, self.table).map_err(database("read the version rows"))?;
        let is_there = found.is_some();
        let found = found.unwrap_or_default();
        if found == expected {
            return Ok(is_there);
        }
        Err(Problem::Moved {
            expected: expected.to_vec(),
            found,
        })
    }

    /// Stops here when somebody asked.
    pub(super) fn check_interrupt(
        &self,
        step: &Step,
        next: Option<&Action>,
    ) -> Result<(), Problem> {
        if !(self.options.interrupted)() {
            return Ok(());
        }
        Err(interrupted(step, next))
    }

    /// Sends what waits.
    pub(super) fn flush(&mut self, step: &Step) -> Result<(), Problem> {
        self.send(step, |connection, texts| connection.run(texts))
            .map(drop)
    }

    /// Sends what waits, and with it the question for the version rows; none when nothing waits.
    pub(super) fn flush_asking(&mut self, step: &Step) -> Result<Option<Vec<Row>>, Problem> {
        let query = self.table.select(self.dialect());
        self.send(step, |connection, texts| {
            connection.run_asking(texts, &query)
        })
    }

    fn send<T: Send>(
        &mut self,
        step: &Step,
        send: impl FnOnce(&mut dyn Connection, &[&str]) -> Result<T, RunError> + Send,
    ) -> Result<Option<T>, Problem> {
        self.answered = 0;
        self.arrive()?;
        if self.batch.is_empty() {
            return Ok(None);
        }
        self.check_interrupt(step, self.batch.next())?;
        let batch = self.batch.take();
        self.attended(step, &batch, send).map(Some)
    }

    /// Does with statements what the engine is to do with them, while somebody watches.
    pub(super) fn attended<T: Send>(
        &mut self,
        step: &Step,
        batch: &Batch<'p>,
        work: impl FnOnce(&mut dyn Connection, &[&str]) -> Result<T, RunError> + Send,
    ) -> Result<T, Problem> {
        let texts = batch.texts();
        let Attended { outcome, blocker } = match batch.next() {
            Some(_) => self
                .attendant
                .attend(self.connection, |connection| work(connection, &texts)),
            // The program's own notes are never ended.
            None => Attended {
                outcome: work(self.connection, &texts),
                blocker: None,
            },
        };
        self.answered = match &outcome {
            Ok(_) => texts.len(),
            Err(failed) => failed.statement,
        };
        outcome.map_err(|failed| {
            let mut failed = batch.failed(failed);
            failed.error = failed.error.blocked_by(blocker);
            self.failed(step, failed)
        })
    }

    pub(super) fn failed(&self, step: &Step, failed: Failed<'_>) -> Problem {
        if failed.error.is_cancelled() && (self.options.interrupted)() {
            return interrupted(step, failed.next());
        }
        failed.problem(step, &self.program.prefix)
    }

    /// Reads the version rows again, now that nobody else writes them, and finds out what has to be
    /// created; the statements wait in the batch.
    pub(super) fn prepare(&mut self, expected: &[RevisionId]) -> Result<(), Problem> {
        let is_there = self.read_rows(expected)?;
        if self.is_prepared {
            return Ok(());
        }
        self.back_up()?;
        let dialect = self.dialect();
        let columns = ledger_columns(self.connection, &self.ledger);
        let columns = columns.map_err(database("read the version rows"))?;
        let mut tables = Vec::new();
        if !is_there {
            tables.push(self.table.create(dialect));
        }
        tables.extend(self.ledger.prepare(dialect, &columns));
        self.make_tables(tables, columns.is_empty());
        self.find_unfinished(&columns)
    }

    /// Reads the table that an action changes, and writes the change for it as it is now, but for the
    /// first `passed` operations, which are in effect.
    pub(super) fn table_change(
        &mut self,
        step: &Step,
        action: &Action,
        (subject, passed): (&Subject, usize),
    ) -> Result<Vec<Statement>, Problem> {
        let operations = action.operations();
        let operations = operations.get(passed..).unwrap_or_default();
        let table = |source| Problem::Table {
            description: action.description(),
            place: action.place.clone(),
            source: Box::new(source),
        };
        let live = match subject {
            Subject::Table(name) => introspect::table(self.connection, name),
            Subject::TableOfIndex(index) => {
                match self.homes.table_of(self.connection, index).map_err(table)? {
                    Some(live) => Ok(live),
                    None => return self.without_index(action, index),
                }
            }
            Subject::View(name) => introspect::view(self.connection, name),
        };
        let live = live.map_err(table)?;
        let lowered = self
            .dialect()
            .compiler()
            .compile(operations, &live.schema)
            .map_err(|source| Problem::Unsupported {
                description: action.said(),
                place: action.place.clone(),
                is_gone: checks::name_what_is_gone(operations, &live.schema),
                source: Box::new(source),
            })?;
        if let Some(change) = lowered.change {
            if self.options.table_change == TableChangePolicy::Refuse {
                return Err(Problem::TableChangeRefused {
                    change: Box::new(change),
                    place: action.place.clone(),
                });
            }
            let rows = match subject {
                Subject::Table(_) | Subject::TableOfIndex(_) => {
                    introspect::rows(self.connection, &change.table).map_err(table)?
                }
                Subject::View(_) => 0,
            };
            self.tell().table_change(step, &change, rows);
            if let (None, Some(find)) = (&self.references, self.dialect().syntax().find_violations)
            {
                self.references = Some(References::look(self.connection, find)?);
            }
        }
        Ok(lowered.statements)
    }

    /// Asks whether rows stand against what follows.
    pub(super) fn ask(
        &mut self,
        step: &Step,
        action: &Action,
        sql: &str,
        check: &RowCheck,
    ) -> Result<(), Problem> {
        self.check_interrupt(step, Some(action))?;
        let Attended { outcome, blocker } = self
            .attendant
            .attend(self.connection, |connection| connection.query(sql, &[]));
        let rows = outcome.map_err(|error| {
            let failed = Failed {
                sql: sql.to_owned(),
                origin: Origin::Action(action),
                error: error.blocked_by(blocker),
            };
            self.failed(step, failed)
        })?;
        let mut found = rows.into_iter().next().unwrap_or_default().into_iter();
        let count = found.next().and_then(|count| count.integer());
        let which = found.next().and_then(|which| which.text());
        match count.unwrap_or_default() {
            0 => Ok(()),
            count => {
                let found = (Some(count), which);
                Err(Problem::rows(step, action, found, check.clone()))
            }
        }
    }

    /// What is left to do when there is no such index: nothing, if the text allows for that.
    fn without_index(
        &self,
        action: &Action,
        index: &ObjectName,
    ) -> Result<Vec<Statement>, Problem> {
        let compiler = self.dialect().compiler();
        match compiler.compile(&action.operations(), &Schema::default()) {
            Ok(lowered) => Ok(lowered.statements),
            Err(_) => Err(Problem::NoSuchIndex {
                index: index.clone(),
                place: action.place.clone(),
            }),
        }
    }

    pub(super) fn call(&mut self, step: &Step, action: &Action, name: &str) -> Result<(), Problem> {
        self.check_interrupt(step, Some(action))?;
        let procedures = self.options.procedures;
        let Some(procedure) = procedures.iter().find(|known| known.name == name) else {
            return Err(Problem::NoSuchProcedure {
                name: name.to_owned(),
                place: action.place.clone(),
            });
        };
        let prefix = &self.program.prefix;
        let attended = self.attendant.attend(self.connection, |connection| {
            (procedure.run)(connection, prefix)
        });
        attended.outcome.map_err(|source| {
            if (self.options.interrupted)() {
                return interrupted(step, Some(action));
            }
            Problem::Procedure {
                name: name.to_owned(),
                place: action.place.clone(),
                source,
            }
        })
    }

    /// Keeps the open transaction, and with it the steps that are complete.
    pub(super) fn commit(&mut self, step: &Step, rows: &[RevisionId]) -> Result<(), Problem> {
        self.check_lock()?;
        self.check_interrupt(step, None)?;
        self.connection
            .commit()
            .map_err(database("commit the transaction"))?;
        let behind = self.program.steps.iter().skip(self.report.applied.len());
        let complete = behind.take(mem::take(&mut self.pending)).map(Applied::of);
        self.report.applied.extend(complete);
        self.report.rows = rows.to_vec();
        self.partial = None;
        Ok(())
    }

    /// Leaves the connection as it was found; what fails here hides no earlier problem.
    fn end(mut self, result: Result<(), Problem>) -> Result<Report, ExecuteError> {
        let mut result = result;
        // The engine would do it first all the same, and nobody would watch.
        let _ = self.arrive();
        if self.connection.in_transaction() {
            let undone = self.connection.rollback();
            result = result.and(undone.map_err(database("roll the transaction back")));
        }
        self.lock.release(self.connection);
        match result {
            Ok(()) => Ok(self.report),
            Err(problem) => Err(ExecuteError {
                report: Box::new(self.report),
                partial: self.partial,
                problem: Box::new(problem),
            }),
        }
    }
}

pub(super) fn database(doing: &'static str) -> impl Fn(DatabaseError) -> Problem {
    move |source| Problem::Database {
        doing,
        source: Box::new(source),
    }
}
