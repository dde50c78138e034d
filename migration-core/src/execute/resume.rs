//! Where a step begins: at its first statement, or where an earlier run left it.

use super::ahead::News;
use super::batch::Origin;
use super::pieces::{self, Kind, Piece};
use super::run::Run;
use super::took_effect::{self, Effect};
use super::{Begin, ExecuteError, Forgotten, Partial, Problem, Stop};
use crate::database::{Connection, LedgerRow, ledger_columns, unfinished_steps};
use crate::dialect::{Known, Ledger, VersionTable};
use crate::introspect::{self, Catalog, IntrospectError};
use crate::operation::Operation;
use crate::plan::Direction;
use crate::program::{Program, Step};
use crate::schema::ObjectName;
use crate::status::Unfinished;

/// Where a step begins.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// How many pieces are in effect already.
    pub(super) done: usize,
    /// Drops what the first piece to run left behind when it was begun before.
    pub(super) leftover: Option<Operation>,
    /// Who said so.
    pub(super) begin: Begin,
    /// What the ledger says is in effect of what is done again, as somebody said: it stays true while
    /// nothing comes of that.
    pub(super) overruled: Option<LedgerRow>,
}

/// Behind the number of a statement that the engine refused, but that may have left something.
const REFUSED: &str = " refused";

/// Between the numbers of the first and the last statement that are done together.
const TO: char = '-';

/// What the ledger says of the statement behind those in effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It was not begun, or undone.
    Nothing,
    /// It was begun, and nobody heard how it ended; so many pieces at once.
    Begun(usize),
    /// The engine refused it.
    Refused,
}

impl Mark {
    fn read(row: &LedgerRow, done: usize) -> Self {
        let Some(written) = &row.under_way else {
            // Older programs said nothing.
            return match row.pieces {
                None => Self::Begun(1),
                Some(_) => Self::Nothing,
            };
        };
        let is_refused = written.ends_with(REFUSED);
        let numbers = written.trim_end_matches(REFUSED);
        let (first, last) = numbers.split_once(TO).unwrap_or((numbers, numbers));
        let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else {
            return Self::Nothing;
        };
        match (first == done + 1, is_refused) {
            (true, false) => Self::Begun(last.saturating_sub(done)),
            (true, true) => Self::Refused,
            (false, _) => Self::Nothing,
        }
    }
}

/// The mark of a statement that is about to run, with those that are done together with it.
pub(super) fn begun(piece: &Piece<'_>, number: usize) -> String {
    match piece.together() {
        1 => number.to_string(),
        together => format!("{number}{TO}{}", number + together - 1),
    }
}

/// The mark of a statement that was refused, where it may have left something.
pub(super) fn refused(piece: &Piece<'_>, number: usize) -> Option<String> {
    let builds = piece.builds_concurrently();
    builds.map(|_| format!("{number}{REFUSED}"))
}

impl<'p> Run<'p, '_> {
    /// Finds the steps that an earlier run began and did not end.
    pub(super) fn find_unfinished(&mut self, columns: &[String]) -> Result<(), Problem> {
        let steps = &self.program.steps;
        let found = unfinished_steps(self.connection, &self.ledger, columns);
        let found = found.map_err(super::run::database("read the ledger"))?;
        if steps.iter().any(|step| step.direction == Direction::Stamp) {
            self.report.forgotten = found.into_iter().map(forgotten).collect();
            return Ok(());
        }
        self.unfinished = found;
        if self.options.resume_at.is_some() {
            let first = steps.first();
            let others = self.unfinished.iter();
            let others = others.filter(|row| !first.is_some_and(|step| is_of(row, step)));
            let ids: Vec<i64> = others.map(|row| row.id).collect();
            if !ids.is_empty() {
                let sql = self.ledger.settle(self.dialect(), &ids);
                self.batch.push(sql, Origin::Note);
            }
            return Ok(());
        }
        check_others(&self.unfinished, self.program)
    }

    /// Decides where the step of this number begins, and says so; nothing is said of one that is
    /// tried again.
    pub(super) fn start(&mut self, step: &'p Step, index: usize) -> Result<(), Problem> {
        let pieces = pieces::pieces(step);
        let kept = self.tries.kept(index);
        if kept.is_some() || self.is_unfinished(step) {
            // The catalog may be asked.
            self.arrive()?;
        }
        if let Some(done) = kept {
            let leftover = match pieces.get(done) {
                Some(piece) => self.leftover(piece)?,
                None => None,
            };
            let is_at_start = done == self.start.done;
            self.start = Start {
                done,
                leftover,
                begin: self.start.begin,
                overruled: self.start.overruled.take().filter(|_| is_at_start),
            };
            return Ok(());
        }
        let start = match self.resume_at.take() {
            Some(at) => self.told(step, &pieces, at)?,
            None => self.left_by_earlier_run(step, &pieces)?,
        };
        check_session(step, &pieces, start.done)?;
        tracing::info!(target: "migration::plan", path = &*step.path(), done = start.done, "step");
        if start.done == 0 {
            self.announce(News::Step(step));
        } else {
            self.announce(News::Resuming(step, start.done + 1));
        }
        self.tries.keep(index, start.done);
        self.start = start;
        Ok(())
    }

    /// Whether an earlier run began a step and did not end it, or somebody said where it begins.
    pub(super) fn is_unfinished(&self, step: &Step) -> bool {
        self.resume_at.is_some() || self.unfinished.iter().any(|row| is_of(row, step))
    }

    fn told(&mut self, step: &Step, pieces: &[Piece<'_>], at: usize) -> Result<Start, Problem> {
        if at == 0 || at > pieces.len() + 1 {
            return Err(stopped(step, None, at, Stop::NoSuchStatement));
        }
        let leftover = match pieces.get(at - 1) {
            Some(piece) => self.leftover(piece)?,
            None => None,
        };
        let mut rows = self.unfinished.iter().filter(|row| is_of(row, step));
        let overruled = rows.find(|row| at <= done_of(row));
        Ok(Start {
            done: at - 1,
            leftover,
            begin: Begin::Typed,
            overruled: overruled.cloned(),
        })
    }

    fn left_by_earlier_run(&mut self, step: &Step, pieces: &[Piece<'_>]) -> Result<Start, Problem> {
        let mut rows = self.unfinished.iter();
        let Some(row) = rows.find(|row| is_of(row, step)) else {
            return Ok(Start::default());
        };
        let done = done_of(row);
        let mark = Mark::read(row, done);
        let is_marked = row.under_way.is_some();
        check_unchanged(step, row, pieces, (done, mark))?;
        let resumed = |done, leftover| Start {
            done,
            leftover,
            begin: Begin::Ledger,
            overruled: None,
        };
        let Some(piece) = pieces.get(done) else {
            return Ok(resumed(done, None));
        };
        let leftover = match mark {
            Mark::Begun(_) | Mark::Refused => self.leftover(piece)?,
            Mark::Nothing => None,
        };
        let is_asked = matches!(mark, Mark::Begun(_)) && leftover.is_none();
        let may_be = is_asked && self.may_have_committed(piece, is_marked);
        let took_effect = may_be && self.took_effect(step, piece, done + 1)?;
        Ok(resumed(done + usize::from(took_effect), leftover))
    }

    /// Asks the catalog whether a statement that was begun is in effect.
    fn took_effect(
        &mut self,
        step: &Step,
        piece: &Piece<'_>,
        number: usize,
    ) -> Result<bool, Problem> {
        let operations = piece.operations();
        let effects = match piece.kind {
            // Behind the statement of an operation stand only comments.
            Kind::Statement(_, at) if at > 0 => vec![Effect::Repeat],
            Kind::Statement(..) | Kind::Table(_) | Kind::Procedure(_) => {
                let live = self.look(piece)?;
                let asked = operations.iter();
                let known = asked.map(|it| match took_effect::took_effect(it, &live) {
                    Effect::Unknown => piece.statement().map_or(Effect::Unknown, |statement| {
                        took_effect::raw(&statement.sql)
                    }),
                    known @ (Effect::Yes | Effect::No | Effect::Repeat) => known,
                });
                known.collect()
            }
        };
        let is = |wanted: Effect| effects.contains(&wanted);
        match (is(Effect::Yes), is(Effect::No) || is(Effect::Repeat)) {
            (true, false) if !is(Effect::Unknown) => Ok(true),
            (false, true) if !is(Effect::Unknown) => Ok(false),
            _ => Err(stopped(step, Some(piece), number, self.undecided(piece))),
        }
    }

    /// Whether a piece can be in effect without the note of it; one that was marked then may be
    /// whatever its tables are now.
    fn may_have_committed(&self, piece: &Piece<'_>, is_marked: bool) -> bool {
        let is_outside = piece.statement().is_some_and(|it| !it.transactional);
        let stands_alone = is_marked || piece.stands_alone(&self.untransacted);
        is_outside || !self.dialect().syntax().transactional_ddl && stands_alone
    }

    fn look(&mut self, piece: &Piece<'_>) -> Result<Catalog, Problem> {
        let operations = piece.operations();
        let operations = operations.iter();
        let tables: Vec<ObjectName> = operations.clone().flat_map(took_effect::tables).collect();
        let indexes: Vec<ObjectName> = operations.flat_map(took_effect::indexes).collect();
        introspect::look(self.connection, &tables, &indexes).map_err(unreadable(piece))
    }

    /// What drops the invalid index that an earlier attempt of this piece left.
    fn leftover(&mut self, piece: &Piece<'_>) -> Result<Option<Operation>, Problem> {
        let Some(Operation::CreateIndex { index, .. }) = piece.builds_concurrently() else {
            return Ok(None);
        };
        let name = match index.name {
            Some(name) => Some(name),
            // The engine chose one.
            None => {
                let live = self.look(piece)?;
                let mut found = live.schema.indexes.into_iter();
                let found = found.find(|it| it.parts == index.parts);
                found.and_then(|it| it.name)
            }
        };
        let Some(name) = name.map(|name| index.table.sibling(name)) else {
            return Ok(None);
        };
        let is_invalid = introspect::is_invalid_index(self.connection, &name);
        let is_invalid = is_invalid.map_err(unreadable(piece))?;
        Ok(is_invalid.then_some(Operation::DropIndex {
            name,
            table: None,
            concurrently: true,
            if_exists: true,
        }))
    }
}

/// Stops when an earlier run began a step that is not among those of a program. `run` finds the same,
/// but only once it holds the lock.
///
/// # Errors
///
/// The unfinished step, or what the engine says.
pub fn check_unfinished(
    program: &Program,
    connection: &mut dyn Connection,
    version_table: &VersionTable,
) -> Result<(), ExecuteError> {
    let ledger = Ledger::of(version_table);
    let columns = ledger_columns(connection, &ledger);
    let found = columns.and_then(|columns| unfinished_steps(connection, &ledger, &columns));
    let found = found.map_err(super::run::database("read the ledger"));
    found
        .and_then(|rows| check_others(&rows, program))
        .map_err(|problem| ExecuteError::untouched(&program.from, problem))
}

fn check_others(rows: &[LedgerRow], program: &Program) -> Result<(), Problem> {
    let mut rows = rows.iter();
    match rows.find(|row| !program.steps.iter().any(|step| is_of(row, step))) {
        Some(row) => Err(Problem::Unfinished {
            revision: row.revision.clone(),
            direction: row.direction.clone(),
            done: row.statements_done,
            total: row.statements,
            rows: program.from.clone(),
        }),
        None => Ok(()),
    }
}

fn unreadable<'p>(piece: &Piece<'p>) -> impl Fn(IntrospectError) -> Problem + use<'p> {
    let piece = *piece;
    move |source| Problem::Table {
        description: format!("find out whether this took effect: {}", piece.description()),
        place: piece.place().clone(),
        source: Box::new(source),
    }
}

fn forgotten(row: LedgerRow) -> Forgotten {
    Forgotten {
        revision: row.revision,
        direction: row.direction,
        done: row.statements_done,
        total: row.statements,
    }
}

/// What the ledger knew before somebody overruled it.
pub(super) fn known(row: &LedgerRow) -> Known<'_> {
    Known {
        checksum: &row.checksum,
        statements: row.statements,
        statements_done: row.statements_done,
        pieces: row.pieces.as_deref(),
        under_way: row.under_way.as_deref(),
    }
}

/// The same for who reads the error.
pub(super) fn overruled(row: &LedgerRow, step: &Step) -> Partial {
    Partial {
        revision: step.revision.clone(),
        direction: step.direction,
        done: done_of(row),
        total: usize::try_from(row.statements).unwrap_or_default(),
        begin: Begin::Overruled,
        rows_stay: false,
    }
}

fn done_of(row: &LedgerRow) -> usize {
    usize::try_from(row.statements_done).unwrap_or_default()
}

fn is_of(row: &LedgerRow, step: &Step) -> bool {
    row.revision == step.revision && row.direction == step.direction.as_str()
}

/// Stops when statements that are in effect are no longer what the revision says.
fn check_unchanged(
    step: &Step,
    row: &LedgerRow,
    pieces: &[Piece<'_>],
    (done, mark): (usize, Mark),
) -> Result<(), Problem> {
    let settled = done
        + match mark {
            Mark::Begun(together) => together,
            Mark::Nothing | Mark::Refused => 0,
        };
    let begun = Begun {
        checksum: &row.checksum,
        statements: row.statements,
        hashes: row.pieces.as_deref(),
    };
    let Some((at, now)) = begun.changed(step, pieces, settled) else {
        return Ok(());
    };
    let before = begun.before();
    let in_effect = before.get(at..done).unwrap_or_default();
    let why = match behind(in_effect, now.get(at..).unwrap_or_default()) {
        Some(behind) => Stop::Inserted {
            done,
            next: at + behind + 1,
        },
        None => Stop::Changed { done },
    };
    Err(stopped(step, pieces.get(at), at + 1, why))
}

/// The text of a step as it was begun.
struct Begun<'a> {
    checksum: &'a str,
    /// How many statements it had.
    statements: i64,
    /// Of each statement; older programs kept none, so that nothing can be compared.
    hashes: Option<&'a str>,
}

impl<'a> Begun<'a> {
    fn before(&self) -> Vec<&'a str> {
        let hashes = self.hashes.unwrap_or_default();
        hashes.split_whitespace().collect()
    }

    /// Which is the first of so many statements that is another now, with what they all are.
    fn changed(
        &self,
        step: &Step,
        pieces: &[Piece<'_>],
        settled: usize,
    ) -> Option<(usize, Vec<String>)> {
        let is_same_text = self.checksum == step.checksum();
        if is_same_text && usize::try_from(self.statements) == Ok(pieces.len()) {
            return None;
        }
        let before = self.before();
        let now: Vec<String> = pieces.iter().map(Piece::hash).collect();
        let is_same = |at: &usize| match (before.get(*at), now.get(*at)) {
            (Some(before), Some(now)) => before == now,
            (None, _) | (_, None) => false,
        };
        let at = (0..settled).find(|at| !is_same(at))?;
        Some((at, now))
    }
}

/// How many of the statements that an earlier run left in effect a linked step begins with; with
/// fewer than all of them the step cannot go on.
pub fn met(step: &Step, unfinished: &Unfinished) -> usize {
    let done = usize::try_from(unfinished.done).unwrap_or_default();
    let begun = Begun {
        checksum: &unfinished.checksum,
        statements: unfinished.total,
        hashes: unfinished.pieces.as_deref(),
    };
    let changed = begun.changed(step, &pieces::pieces(step), done);
    changed.map_or(done, |(at, _)| at)
}

/// How many statements it takes until all those in effect were met, in order; none where one of them
/// is no more, or none is in question.
fn behind(in_effect: &[&str], now: &[String]) -> Option<usize> {
    let mut left = in_effect.iter();
    let mut wanted = left.next();
    let last = now.iter().position(|hash| {
        if wanted.is_some_and(|it| it == hash) {
            wanted = left.next();
            return wanted.is_none();
        }
        false
    });
    last.map(|last| last + 1)
}

/// Stops when a statement in effect made what ended with its connection.
fn check_session(step: &Step, pieces: &[Piece<'_>], done: usize) -> Result<(), Problem> {
    for (number, piece) in pieces.iter().enumerate().take(done) {
        let operations = piece.operations();
        let creates = operations.iter().find_map(temporary);
        let is_dropped = |name: &ObjectName| {
            let drops = |it: &Operation| matches!(it, Operation::DropTable { name: dropped, .. } if dropped == name);
            let mut later = pieces.iter().take(done).skip(number);
            later.any(|piece| piece.operations().iter().any(drops))
        };
        let is_lost = match (creates, piece.statement()) {
            (Some(name), _) => !is_dropped(name),
            (None, Some(statement)) => {
                !pieces::is_for_session(&statement.sql)
                    && pieces::is_lost_with_session(&statement.sql)
            }
            (None, None) => false,
        };
        if is_lost {
            return Err(stopped(step, Some(piece), number + 1, Stop::Ended));
        }
    }
    Ok(())
}

fn temporary(operation: &Operation) -> Option<&ObjectName> {
    if let Operation::CreateTable { table, .. } = operation {
        return table.temporary.then_some(&table.name);
    }
    None
}

fn stopped(step: &Step, piece: Option<&Piece<'_>>, number: usize, why: Stop) -> Problem {
    Problem::CannotResume {
        revision: step.revision.clone(),
        direction: step.direction,
        number,
        total: step.units(),
        description: piece.map(Piece::description),
        place: piece.map(|it| it.place().clone()),
        why,
    }
}
