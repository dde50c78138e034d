//! The lock that a row is: for poolers that give every transaction another session.
//!
//! A thread of its own renews the row on a connection of its own, because a statement of the run
//! may take longer than a lease.
#![expect(
    clippy::disallowed_methods,
    reason = "a lease is renewed and lost by the clock"
)]

use std::hash::{BuildHasher as _, RandomState};
use std::process;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{Claim, Held, Holder};
use crate::database::{Connection, Connector, DatabaseError, Value};
use crate::dialect::{Lease, VersionTable};

/// How often a lease is renewed.
const RENEWAL: Duration = Duration::from_secs(5);

/// How long a lease lasts.
const LENGTH: Duration = Duration::from_secs(Lease::SECONDS as u64);

/// A lease, and the thread that renews it.
pub(super) struct Keeper {
    orders: Sender<Sender<bool>>,
    thread: JoinHandle<()>,
}

/// Asks for the lease once.
///
/// # Errors
///
/// What the engine says; the connection is given back when the lease is another's.
pub(super) fn attempt(
    mut connection: Box<dyn Connection>,
    claim: &Claim<'_>,
    connector: &Connector,
) -> Result<Held<Box<dyn Connection>, Keeper>, DatabaseError> {
    let dialect = connection.dialect();
    let lease = Lease::of(claim.table);
    if !is_there(connection.as_mut(), &lease)? {
        match connection.run(&[&lease.create(dialect)]) {
            Ok(()) => {}
            // Somebody else made it at the same moment.
            Err(_) if is_there(connection.as_mut(), &lease)? => {}
            Err(failed) => return Err(failed.error),
        }
    }
    let token = token();
    let parameters = [Value::from(token.as_str()), Value::from(claim.holder)];
    for sql in [lease.take_over(dialect), lease.insert(dialect)] {
        let count = match connection.execute(&sql, &parameters) {
            Ok(count) => count,
            // Two who change the row at the same moment.
            Err(DatabaseError::Busy { .. }) => 0,
            Err(error) => return Err(error),
        };
        if count == 1 {
            let term = Term {
                connection: Some(connection),
                connector: connector.clone(),
                lease,
                token,
                renewed: Instant::now(),
            };
            return Ok(Held::Ours(Keeper::start(term)));
        }
    }
    let holder = holder(connection.as_mut(), claim.table);
    Ok(Held::Others(connection, holder))
}

/// Who has the lease; none when nobody has, or it cannot be read.
pub(super) fn holder(connection: &mut dyn Connection, table: &VersionTable) -> Option<Holder> {
    let lease = Lease::of(table);
    let dialect = connection.dialect();
    if !is_there(connection, &lease).ok()? {
        return None;
    }
    let rows = connection.query(&lease.holder(dialect), &[]).ok()?;
    let known: Vec<String> = rows.first()?.iter().filter_map(Value::text).collect();
    let [who, since] = known.as_slice() else {
        return None;
    };
    Some(Holder {
        description: format!("{who}, since {since}"),
        stop: lease.end(dialect),
    })
}

fn is_there(connection: &mut dyn Connection, lease: &Lease) -> Result<bool, DatabaseError> {
    let rows = connection.query(&lease.exists(connection.dialect()), &[])?;
    let count = rows.first().and_then(|row| row.first()?.integer());
    Ok(count.unwrap_or_default() > 0)
}

/// A text that no other run has.
fn token() -> String {
    let random = |_| format!("{:016x}", RandomState::new().hash_one(process::id()));
    (0..2).map(random).collect()
}

impl Keeper {
    fn start(term: Term) -> Self {
        let (orders, receiver) = mpsc::channel();
        Self {
            orders,
            thread: thread::spawn(move || term.keep(&receiver)),
        }
    }

    /// Renews the lease now; whether it is still ours.
    pub(super) fn is_held(&self) -> bool {
        let (answer, receiver) = mpsc::channel();
        self.orders.send(answer).is_ok() && receiver.recv() == Ok(true)
    }

    /// Gives the lease back.
    pub(super) fn release(self) {
        drop(self.orders);
        // A thread that panicked keeps no lease.
        let _ = self.thread.join();
    }
}

/// A lease that is ours.
struct Term {
    /// None after it broke.
    connection: Option<Box<dyn Connection>>,
    connector: Connector,
    lease: Lease,
    token: String,
    renewed: Instant,
}

impl Term {
    /// Renews it until nobody gives orders any more.
    fn keep(mut self, orders: &Receiver<Sender<bool>>) {
        loop {
            match orders.recv_timeout(RENEWAL) {
                Ok(answer) => {
                    let is_ours = self.renew();
                    // Whoever asked may be gone.
                    let _ = answer.send(is_ours);
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.renew();
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        let sql = |lease: &Lease, connection: &dyn Connection| lease.release(connection.dialect());
        if let Some(connection) = &mut self.connection {
            let sql = sql(&self.lease, connection.as_ref());
            // What stays ends by itself.
            let _ = connection.execute(&sql, &[Value::from(self.token.as_str())]);
        }
    }

    /// Whether the lease is ours for its whole length from now on.
    fn renew(&mut self) -> bool {
        if self.connection.is_none() {
            self.connection = self.connector.open().ok();
        }
        let Some(connection) = &mut self.connection else {
            return self.renewed.elapsed() < LENGTH;
        };
        let sql = self.lease.renew(connection.dialect());
        let asked = Instant::now();
        match connection.execute(&sql, &[Value::from(self.token.as_str())]) {
            Ok(1) => {
                self.renewed = asked;
                true
            }
            Ok(_) => false,
            Err(_) => {
                // The next time on another connection.
                self.connection = None;
                self.renewed.elapsed() < LENGTH
            }
        }
    }
}
