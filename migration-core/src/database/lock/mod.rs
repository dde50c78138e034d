//! One migration of a version table at a time.
//!
//! Asked for again and again, never waited for inside the server: a waiting session would itself
//! hold up others (`CREATE INDEX CONCURRENTLY` waits for every transaction). It is held on a
//! connection of its own, by the session or, where a pooler takes sessions away, by a row that ends
//! unless it is renewed. The session that works holds a second one, because the server ends its last
//! statement even when the process was killed. On SQLite the lock is the write transaction itself,
//! which [`begin`] takes.
#![expect(
    clippy::disallowed_methods,
    reason = "waiting for another process is measured by the clock"
)]

mod lease;
mod pooler;
mod session;

use std::thread;
use std::time::{Duration, Instant};

use super::pause::{self, Growing};
use super::{Connection, Connector, DatabaseError};
use crate::dialect::{Dialect, Purpose, VersionTable};

/// The first pause between two attempts; each is longer than the one before, up to a second.
const PAUSE: Duration = Duration::from_millis(50);

/// After how long somebody who waits is told what for.
const SILENCE: Duration = Duration::from_secs(1);

/// What is told of locks is told under this name.
const LOG: &str = "migration::lock";

/// How long SQLite itself waits, and nobody hears Ctrl-C.
const SLICE: Duration = Duration::from_millis(250);

/// What holds the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// A session, or a lease where sessions are not our own.
    #[default]
    Auto,
    /// A session of the server; released by its end.
    Session,
    /// A row that ends unless it is renewed.
    Lease,
    /// Nothing: nobody else can reach the database.
    Needless,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The version table; every one has a lock of its own.
    pub table: &'a VersionTable,
    /// What is to hold the lock.
    pub way: Way,
    /// How long to try.
    pub patience: Duration,
    /// Who asks, in words, for a lease.
    pub holder: &'a str,
}

/// A lock that is held until [`release`](Lock::release) or the end of the process.
#[must_use = "a lock is held until it is released"]
pub struct Lock(Kind);

enum Kind {
    /// Nobody else can reach the database, or transactions are the lock.
    Needless,
    Session {
        run: session::Session,
        /// Held by the connection of the run.
        work: session::Grip,
    },
    Lease(lease::Keeper),
}

/// What shows that a lock is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Nobody else can reach the database.
    Needless,
    /// An expression that is true as long as it is.
    Condition(String),
    /// [`Lock::check`] alone.
    Check,
}

/// The outcome of one attempt on a connection.
enum Held<C, L> {
    Ours(L),
    /// The connection is given back.
    Others(C, Option<Holder>),
}

/// Who holds the lock.
struct Holder {
    /// Program, user, machine and since when.
    description: String,
    /// The statement that ends it.
    stop: String,
}

/// Takes the lock of a version table, on one more connection to the database of this one; then waits
/// for the end of a statement that a killed run may have left to the server.
///
/// `go_on` is asked before every further attempt, and ends the waiting by false; after a second it
/// is told, once, who is waited for.
///
/// # Errors
///
/// [`DatabaseError::Locked`], with who holds it as far as the server tells; or what the engine
/// says.
pub fn acquire(
    connection: &mut dyn Connection,
    claim: &Claim<'_>,
    go_on: &mut dyn FnMut(Option<&str>) -> bool,
) -> Result<Lock, DatabaseError> {
    let connector = match claim.way {
        Way::Needless => None,
        Way::Auto | Way::Session | Way::Lease => connection.connector(),
    };
    let Some(connector) = connector else {
        return Ok(Lock(Kind::Needless));
    };
    let mut second = connector.open()?;
    session::set_up(second.as_mut())?;
    let is_lease = match claim.way {
        Way::Session | Way::Needless => false,
        Way::Lease => true,
        Way::Auto => pooler::is_between(connection, second.as_mut())?,
    };
    let mut waiting = Waiting {
        patience: Patience::new(claim.patience),
        go_on,
    };
    if is_lease {
        let keeper = waiting.take(second, |second| take_lease(second, claim, &connector))?;
        tracing::debug!(target: LOG, table = claim.table.name, "the lease is taken");
        return Ok(Lock(Kind::Lease(keeper)));
    }
    let run = waiting.take(second, |second| take_session(second, claim))?;
    let work = waiting.take(connection, |connection| {
        let taken = session::take(connection, claim.table, Purpose::Work)?;
        Ok(match taken {
            Ok(grip) => Held::Ours(grip),
            Err(holder) => Held::Others(connection, holder),
        })
    })?;
    tracing::debug!(target: LOG, table = claim.table.name, "the lock is taken");
    Ok(Lock(Kind::Session { run, work }))
}

/// Attempts, one after the other.
struct Waiting<'a> {
    patience: Patience,
    go_on: &'a mut dyn FnMut(Option<&str>) -> bool,
}

impl Waiting<'_> {
    /// Makes attempts on a connection until one succeeds, or the time is over.
    fn take<C, L>(
        &mut self,
        mut connection: C,
        mut attempt: impl FnMut(C) -> Result<Held<C, L>, DatabaseError>,
    ) -> Result<L, DatabaseError> {
        loop {
            let holder = match attempt(connection)? {
                Held::Ours(lock) => return Ok(lock),
                Held::Others(back, holder) => {
                    connection = back;
                    holder
                }
            };
            tracing::debug!(target: LOG, holder = who(holder.as_ref()), "somebody else has it");
            let who = self.patience.is_told().then(|| who(holder.as_ref()));
            if !(self.go_on)(who.as_deref()) || !self.patience.pause() {
                return Err(DatabaseError::Locked {
                    stop: holder.as_ref().map(|holder| holder.stop.clone()),
                    holder: holder.map(|holder| holder.description),
                });
            }
        }
    }
}

/// Begins a transaction; on SQLite, where it is the lock, it is asked for as long as `patience`,
/// and `go_on` is asked and told as by [`acquire`].
///
/// # Errors
///
/// What the engine says; on SQLite that another process writes.
pub fn begin(
    connection: &mut dyn Connection,
    patience: Duration,
    go_on: &mut dyn FnMut(Option<&str>) -> bool,
) -> Result<(), DatabaseError> {
    if connection.dialect() != Dialect::Sqlite {
        return connection.begin();
    }
    let limit = |limit: Duration| format!("PRAGMA busy_timeout = {}", limit.as_millis());
    connection.query(&limit(patience.min(SLICE)), &[])?;
    let mut waiting = Patience::new(patience);
    let outcome = loop {
        let outcome = connection.begin();
        let is_busy = matches!(outcome, Err(DatabaseError::Busy { .. }));
        if is_busy {
            tracing::debug!(target: LOG, holder = WRITER, "somebody else has it");
        }
        let who = waiting.is_told().then_some(WRITER);
        if !is_busy || !go_on(who) || waiting.is_over() {
            break outcome;
        }
    };
    connection.query(&limit(patience), &[])?;
    outcome
}

/// Who is waited for on SQLite, which does not tell.
const WRITER: &str = "another program that is writing the database file";

/// Pauses before the next try of what others were in the way of: half a second, doubled each time up
/// to eight; false when `go_on` says so.
pub fn back_off(tried: u32, go_on: &dyn Fn() -> bool) -> bool {
    const GROWING: Growing = Growing {
        first: Duration::from_millis(500),
        longest: Duration::from_secs(8),
    };
    pause::sleep(GROWING.behind(tried), go_on)
}

/// The number by which the server knows a session.
///
/// # Errors
///
/// What the engine says.
pub fn session(connection: &mut dyn Connection) -> Result<Option<i64>, DatabaseError> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => return Ok(None),
        Dialect::Postgres => "SELECT pg_backend_pid()",
        Dialect::Mysql => "SELECT connection_id()",
    };
    let rows = connection.query(sql, &[])?;
    Ok(rows.first().and_then(|row| row.first()?.integer()))
}

impl Lock {
    /// Makes sure that the lock is still held; `connection` is that of the run.
    ///
    /// # Errors
    ///
    /// [`DatabaseError::LockLost`]; what the engine says.
    pub fn check(&mut self, connection: &mut dyn Connection) -> Result<(), DatabaseError> {
        let (is_held, why) = match &mut self.0 {
            Kind::Needless => return Ok(()),
            Kind::Session { run, .. } => (
                run.is_held(connection)?,
                "the connection that held it ended",
            ),
            Kind::Lease(keeper) => (
                keeper.is_held(),
                "its row was not renewed in time, or somebody removed it",
            ),
        };
        if is_held {
            return Ok(());
        }
        Err(DatabaseError::LockLost { why })
    }

    /// How a statement can make sure of the lock itself, so that no message is needed for it.
    pub fn proof(&self) -> Proof {
        match &self.0 {
            Kind::Needless => Proof::Needless,
            Kind::Session { run, .. } => run.condition().map_or(Proof::Check, Proof::Condition),
            Kind::Lease(_) => Proof::Check,
        }
    }

    /// Whether the session of the run may be set up for more than one transaction.
    pub fn owns_session(&self) -> bool {
        !matches!(self.0, Kind::Lease(_))
    }

    /// Gives the lock back; `connection` is that of the run.
    pub fn release(self, connection: &mut dyn Connection) {
        match self.0 {
            Kind::Needless => {}
            Kind::Session { run, work } => {
                session::give_back(connection, work);
                drop(run.release());
            }
            Kind::Lease(keeper) => keeper.release(),
        }
    }
}

/// One attempt at a session's lock. Who came by another way may have the lease.
fn take_session(
    connection: Box<dyn Connection>,
    claim: &Claim<'_>,
) -> Result<Held<Box<dyn Connection>, session::Session>, DatabaseError> {
    match session::attempt(connection, claim.table)? {
        Held::Others(connection, holder) => Ok(Held::Others(connection, holder)),
        Held::Ours(mut session) => match lease::holder(session.connection(), claim.table) {
            None => Ok(Held::Ours(session)),
            holder => Ok(Held::Others(session.release(), holder)),
        },
    }
}

/// One attempt at the lease. Who came by another way may have a session's lock.
fn take_lease(
    mut connection: Box<dyn Connection>,
    claim: &Claim<'_>,
    connector: &Connector,
) -> Result<Held<Box<dyn Connection>, lease::Keeper>, DatabaseError> {
    let holder = session::holder_of(connection.as_mut(), claim.table);
    if holder.is_some() {
        return Ok(Held::Others(connection, holder));
    }
    lease::attempt(connection, claim, connector)
}

fn who(holder: Option<&Holder>) -> String {
    let known = holder.map(|holder| format!(": {}", holder.description));
    format!("another migrator{}", known.unwrap_or_default())
}

/// How long somebody waits, and whether it was said what for.
struct Patience {
    begun: Instant,
    whole: Duration,
    pause: Duration,
    is_told: bool,
}

impl Patience {
    fn new(whole: Duration) -> Self {
        Self {
            begun: Instant::now(),
            whole,
            pause: PAUSE,
            is_told: false,
        }
    }

    /// Whether it is time to say what is waited for; true once.
    fn is_told(&mut self) -> bool {
        let is_time = !self.is_told && self.begun.elapsed() >= SILENCE;
        self.is_told |= is_time;
        is_time
    }

    fn is_over(&self) -> bool {
        self.begun.elapsed() >= self.whole
    }

    /// Sleeps until the next attempt; false when there is none.
    fn pause(&mut self) -> bool {
        let left = self.whole.saturating_sub(self.begun.elapsed());
        if left.is_zero() {
            return false;
        }
        thread::sleep(self.pause.min(left));
        self.pause = (self.pause * 2).min(SILENCE);
        true
    }
}
