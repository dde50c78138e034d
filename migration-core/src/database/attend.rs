//! Work on a connection that somebody watches: Ctrl-C ends its statement, and who is in the way is
//! found out while it waits.
#![expect(
    clippy::disallowed_methods,
    reason = "how long a statement waits is measured by the clock"
)]

use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread::{self, Builder, Scope};
use std::time::{Duration, Instant};

use super::blocker::{self, Blocker};
use super::{Canceller, Connection, Connector};
use crate::parallel::held;

/// How often Ctrl-C is asked about.
const TICK: Duration = Duration::from_millis(50);

/// After how long a statement that was told to end is told again: the first time may have fallen
/// between two statements. Also how often it is looked who is in the way.
const AGAIN: Duration = Duration::from_secs(1);

/// How long the end of a statement waits for the name of who was in its way.
const MOMENT: Duration = Duration::from_millis(500);

/// How long an order to end a statement may be on its way; it must not meet a later statement.
const SETTLE: Duration = Duration::from_millis(100);

/// What is watched for, and how to do something about it.
pub struct Watch<'a> {
    /// Ends the statement of the connection; where there is no way to, nobody watches.
    pub canceller: Option<Canceller>,
    /// Opens the second connection on which it is asked who is in the way.
    pub connector: Option<Connector>,
    /// Whether somebody asked for a stop.
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
    /// Told who is in the way, each once for a piece of work.
    pub blocked: &'a (dyn Fn(&Blocker) + Sync),
    /// After how long it is looked who is in the way.
    pub patience: Duration,
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

/// Where an attendant says what is being done.
struct Post<'a> {
    watch: Watch<'a>,
    state: Mutex<State>,
    /// Rings when nothing more is to be watched, and when it is known who is in the way.
    bell: Condvar,
}

#[derive(Default)]
struct State {
    work: Option<Work>,
    /// Whether it is being asked who is in the way of it.
    is_asked: bool,
    is_over: bool,
}

/// A piece of work under way.
struct Work {
    begun: Instant,
    cancelled: Option<Instant>,
    looked: Option<Instant>,
    blocker: Option<Blocker>,
}

impl Work {
    fn begun_now() -> Self {
        Self {
            begun: Instant::now(),
            cancelled: None,
            looked: None,
            blocker: None,
        }
    }
}

impl Post<'_> {
    fn state(&self) -> MutexGuard<'_, State> {
        held(self.state.lock())
    }

    /// The work that has ended. Who was in its way is worth a moment, if that is being asked.
    fn ended(&self) -> Option<Work> {
        let waited = (self.bell).wait_timeout_while(self.state(), MOMENT, |state| state.is_asked);
        held(waited).0.work.take()
    }
}

/// Does work on one connection while somebody watches: a thread that looks up now and then, so that
/// work which is done before it does costs no change of threads.
pub struct Attendant<'a> {
    post: &'a Post<'a>,
    is_watched: bool,
}

impl Attendant<'_> {
    /// Gives an attendant to `run`, for as long as that takes. Where there is nothing to watch for, or
    /// no thread to be had, he simply does the work.
    pub fn during<R>(watch: Watch<'_>, run: impl FnOnce(&Attendant<'_>) -> R) -> R {
        let post = Post {
            watch,
            state: Mutex::default(),
            bell: Condvar::new(),
        };
        thread::scope(|scope| {
            let is_watched = Watcher::begin(scope, &post);
            run(&Attendant {
                post: &post,
                is_watched,
            })
        })
    }

    /// Does a piece of work while somebody watches.
    pub fn attend<T>(
        &self,
        connection: &mut dyn Connection,
        work: impl FnOnce(&mut dyn Connection) -> T,
    ) -> Attended<T> {
        if !self.is_watched {
            return Attended {
                outcome: work(connection),
                blocker: None,
            };
        }
        self.post.state().work = Some(Work::begun_now());
        let outcome = work(connection);
        let work = self.post.ended();
        if work.as_ref().is_some_and(|work| work.cancelled.is_some()) {
            thread::sleep(SETTLE);
        }
        Attended {
            outcome,
            blocker: work.and_then(|work| work.blocker),
        }
    }
}

impl Drop for Attendant<'_> {
    fn drop(&mut self) {
        self.post.state().is_over = true;
        self.post.bell.notify_one();
    }
}

/// Looks after the work of an attendant.
struct Watcher<'a> {
    post: &'a Post<'a>,
    canceller: &'a Canceller,
    /// The connection on which it is asked who is in the way.
    second: Option<Box<dyn Connection>>,
}

impl<'a> Watcher<'a> {
    /// Lets somebody watch, if that is possible.
    fn begin(scope: &'a Scope<'a, '_>, post: &'a Post<'a>) -> bool {
        let Some(canceller) = &post.watch.canceller else {
            return false;
        };
        let mut watcher = Self {
            post,
            canceller,
            second: None,
        };
        let thread = Builder::new().spawn_scoped(scope, move || watcher.watch());
        thread.is_ok()
    }

    /// Looks up now and then, until all work is done. While he looks no work ends, so that an order to
    /// end a statement meets that one or none; while he asks who is in the way, which may take until a
    /// connection is given up, it may.
    fn watch(&mut self) {
        let mut state = self.post.state();
        while !state.is_over {
            (state, _) = held(self.post.bell.wait_timeout(state, TICK));
            let Some(begun) = state.work.as_mut().and_then(|work| self.look(work)) else {
                continue;
            };
            state.is_asked = true;
            drop(state);
            let found = self.find_blocker();
            state = self.post.state();
            state.is_asked = false;
            let same = state.work.as_mut().filter(|work| work.begun == begun);
            if let Some(work) = same {
                self.meet(work, found);
            }
            self.post.bell.notify_one();
        }
    }

    /// Ends what somebody asked to stop; else, when it is time to ask who is in the way, gives which
    /// work it is about.
    fn look(&self, work: &mut Work) -> Option<Instant> {
        let is_due = |last: Option<Instant>| last.is_none_or(|last| last.elapsed() >= AGAIN);
        let watch = &self.post.watch;
        if (watch.interrupted)() {
            if is_due(work.cancelled) {
                (self.canceller)();
                work.cancelled = Some(Instant::now());
            }
            return None;
        }
        let asks = work.begun.elapsed() >= watch.patience && is_due(work.looked);
        asks.then_some(work.begun)
    }

    /// Knowing who it is helps; not knowing it is no error.
    fn find_blocker(&mut self) -> Option<Blocker> {
        let watch = &self.post.watch;
        let (session, connector) = (watch.session?, watch.connector.as_ref()?);
        if self.second.is_none() {
            self.second = connector.open().ok();
        }
        blocker::find(self.second.as_mut()?.as_mut(), session)
    }

    fn meet(&self, work: &mut Work, found: Option<Blocker>) {
        work.looked = Some(Instant::now());
        let Some(found) = found else {
            return;
        };
        let known = work.blocker.as_ref().map(|blocker| &blocker.id);
        if known != Some(&found.id) {
            (self.post.watch.blocked)(&found);
        }
        work.blocker = Some(found);
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::database::{Address, OpenOptions, Server, Tls, open};

    #[test]
    fn work_ends_though_it_is_still_asked_who_was_in_the_way() {
        // Accepts and stays silent.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let silent = Address::Postgres(Server {
            host: "127.0.0.1".to_owned(),
            port: Some(listener.local_addr().unwrap().port()),
            user: None,
            password: None,
            database: "silent".to_owned(),
            tls: Tls::default(),
        });
        let options = OpenOptions {
            connect_timeout: Duration::from_secs(3),
            ..OpenOptions::read("tests")
        };
        let in_memory = Address::Sqlite {
            path: ":memory:".into(),
        };
        let mut connection = open(&in_memory, &OpenOptions::read("tests")).unwrap();
        let watch = Watch {
            canceller: Some(std::sync::Arc::new(|| {})),
            connector: Some(Connector::new(silent, &options)),
            interrupted: &|| false,
            blocked: &|_| {},
            patience: Duration::ZERO,
            session: Some(1),
        };
        let took = Attendant::during(watch, |attendant| {
            let begun = Instant::now();
            attendant.attend(connection.as_mut(), |_| thread::sleep(4 * TICK));
            begun.elapsed()
        });
        assert!(took < options.connect_timeout / 2, "{took:?}");
    }
}
