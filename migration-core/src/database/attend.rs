//! Work on a connection that somebody watches: Ctrl-C ends its statement, and who is in the way is
//! found out while it waits.
#![expect(
    clippy::disallowed_methods,
    reason = "how long a statement waits is measured by the clock"
)]

use std::cell::OnceCell;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::blocker::{self, Blocker};
use super::{Canceller, Connection, Connector};

/// How often Ctrl-C is asked about.
const TICK: Duration = Duration::from_millis(50);

/// After how long a statement that was told to end is told again: the first time may have fallen
/// between two statements. Also how often it is looked who is in the way.
const AGAIN: Duration = Duration::from_secs(1);

/// How long an order to end a statement may be on its way; it must not meet a later statement.
const SETTLE: Duration = Duration::from_millis(100);

/// What is watched for.
pub struct Watch<'a> {
    /// Whether somebody asked for a stop.
    pub interrupted: &'a dyn Fn() -> bool,
    /// Told who is in the way, each once.
    pub blocked: &'a mut dyn FnMut(&Blocker),
    /// After how long it is looked who is in the way; never without.
    pub patience: Option<Duration>,
    /// The number by which the server knows the session, as [`session`](super::lock::session)
    /// returns it.
    pub session: Option<i64>,
}

/// How watched work ended.
pub struct Attended<T> {
    /// What it returned.
    pub outcome: T,
    /// Who was in the way when it was looked last.
    pub blocker: Option<Blocker>,
}

/// Does work on connections while somebody watches: on a thread of its own, which is started for the
/// first piece of work and waits for the next.
#[derive(Default)]
pub struct Attendant {
    worker: OnceCell<Option<ThreadPool>>,
}

impl Attendant {
    /// Does a piece of work while somebody watches.
    ///
    /// Without a way to end a statement there is nothing to watch for, and the work is simply done;
    /// so it is where no thread is to be had.
    pub fn attend<T: Send>(
        &self,
        connection: &mut dyn Connection,
        watch: &mut Watch<'_>,
        work: impl FnOnce(&mut dyn Connection) -> T + Send,
    ) -> Attended<T> {
        let (Some(canceller), Some(worker)) = (connection.canceller(), self.worker()) else {
            return Attended {
                outcome: work(connection),
                blocker: None,
            };
        };
        let mut watcher = Watcher {
            watch,
            canceller,
            connector: connection.connector(),
            second: None,
            begun: Instant::now(),
            cancelled: None,
            looked: None,
            blocker: None,
        };
        let mut outcome = None;
        worker.in_place_scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let outcome = &mut outcome;
            scope.spawn(move |_| {
                *outcome = Some(work(connection));
                // Nobody listens only when the watcher panicked.
                let _ = sender.send(());
            });
            while receiver.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                watcher.look();
            }
        });
        if watcher.cancelled.is_some() {
            thread::sleep(SETTLE);
        }
        Attended {
            outcome: outcome.expect("the scope ends when the work does, or panics with it"),
            blocker: watcher.blocker,
        }
    }

    fn worker(&self) -> Option<&ThreadPool> {
        let start = || ThreadPoolBuilder::new().num_threads(1).build().ok();
        self.worker.get_or_init(start).as_ref()
    }
}

/// Looks after one piece of work.
struct Watcher<'w, 'a> {
    watch: &'w mut Watch<'a>,
    canceller: Canceller,
    connector: Option<Connector>,
    /// The connection on which it is asked who is in the way.
    second: Option<Box<dyn Connection>>,
    begun: Instant,
    cancelled: Option<Instant>,
    looked: Option<Instant>,
    blocker: Option<Blocker>,
}

impl Watcher<'_, '_> {
    fn look(&mut self) {
        let is_due = |last: Option<Instant>| last.is_none_or(|last| last.elapsed() >= AGAIN);
        if (self.watch.interrupted)() {
            if is_due(self.cancelled) {
                (self.canceller)();
                self.cancelled = Some(Instant::now());
            }
            return;
        }
        let is_curious = self
            .watch
            .patience
            .is_some_and(|patience| self.begun.elapsed() >= patience);
        if is_curious && is_due(self.looked) {
            self.find_blocker();
            self.looked = Some(Instant::now());
        }
    }

    /// Knowing who it is helps; not knowing it is no error.
    fn find_blocker(&mut self) {
        let (Some(session), Some(connector)) = (self.watch.session, &self.connector) else {
            return;
        };
        if self.second.is_none() {
            self.second = connector.open().ok();
        }
        let Some(second) = &mut self.second else {
            return;
        };
        let found = blocker::find(second.as_mut(), session);
        let known = self.blocker.as_ref().map(|blocker| blocker.id.clone());
        if let Some(found) = found {
            if known.as_ref() != Some(&found.id) {
                (self.watch.blocked)(&found);
            }
            self.blocker = Some(found);
        }
    }
}
