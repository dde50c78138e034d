//! The same work on many items, by as many threads as that pays for.
//!
//! Knows nothing of migrations.

use std::cell::{Cell, OnceCell};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, OnceLock};
use std::thread::{self, JoinHandle, ScopedJoinHandle};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// So many items take longer than a few threads take to start, when a file is opened for each.
const WORTHWHILE: usize = 128;

/// More threads than this wait for each other in the system.
const THREADS: usize = 8;

/// Does the work on every item; results are in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let pool = match items.len() {
        WORTHWHILE.. => pool(),
        _ => None,
    };
    match pool {
        Some(pool) => pool.install(|| items.par_iter().map(&work).collect()),
        None => items.iter().map(work).collect(),
    }
}

/// What is being done in another thread.
pub(crate) struct Begun<T>(JoinHandle<T>);

/// Begins to do something in another thread; none where there is none to be had.
pub(crate) fn begin<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<Begun<T>> {
    thread::Builder::new().spawn(work).ok().map(Begun)
}

impl<T> Begun<T> {
    /// Waits until it is done.
    pub(crate) fn end(self) -> T {
        self.0.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

/// Does one thing in another thread while something else is done here, which may wait for it when it
/// comes to need it.
pub(crate) fn both<T: Send, H>(
    there: impl FnOnce() -> T + Send,
    here: impl FnOnce(&Other<'_, T>) -> H,
) -> (T, H) {
    thread::scope(|scope| {
        let other = Other {
            thread: Cell::new(Some(scope.spawn(there))),
            done: OnceCell::new(),
        };
        let done = here(&other);
        (other.end(), done)
    })
}

/// What another thread does that ends before this one goes on.
pub(crate) struct Other<'scope, T> {
    /// None once it was waited for.
    thread: Cell<Option<ScopedJoinHandle<'scope, T>>>,
    done: OnceCell<T>,
}

impl<T> Other<'_, T> {
    /// Waits until it is done.
    pub(crate) fn get(&self) -> &T {
        self.done.get_or_init(|| self.join())
    }

    fn end(mut self) -> T {
        let done = self.done.take();
        done.unwrap_or_else(|| self.join())
    }

    fn join(&self) -> T {
        let thread = self.thread.take().expect("it is waited for once");
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

/// What is done once, by the first of several threads that needs it.
pub(crate) struct Once<T, F> {
    work: Mutex<Option<F>>,
    done: OnceLock<T>,
}

impl<T, F: FnOnce() -> T> Once<T, F> {
    pub(crate) fn new(work: F) -> Self {
        Self {
            work: Mutex::new(Some(work)),
            done: OnceLock::new(),
        }
    }

    /// Does it, or waits for whoever does.
    pub(crate) fn get(&self) -> &T {
        self.done.get_or_init(|| self.work())
    }

    /// What came of it.
    pub(crate) fn end(mut self) -> T {
        let done = self.done.take();
        done.unwrap_or_else(|| self.work())
    }

    fn work(&self) -> T {
        let work = self.work.lock().ok().and_then(|mut work| work.take());
        work.expect("who began it did not panic")()
    }
}

/// The threads, which wait for more; none where one does it as well, or where there are none to be
/// had.
fn pool() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let pool = POOL.get_or_init(|| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        if threads < 2 {
            return None;
        }
        let builder = ThreadPoolBuilder::new().num_threads(threads.min(THREADS));
        builder.build().ok()
    });
    pool.as_ref()
}

#[cfg(test)]
mod tests {
    use super::{Once, both, map};

    #[test]
    fn another_thread_may_be_waited_for_or_not() {
        for waits in [true, false] {
            let (there, here) = both(|| 7, |other| if waits { *other.get() } else { 0 });
            assert_eq!((there, here), (7, if waits { 7 } else { 0 }));
        }
    }

    #[test]
    fn what_several_threads_need_is_done_once() {
        let once = Once::new(|| String::from("done"));
        let (there, here) = both(|| once.get().clone(), |_| once.get().clone());
        assert_eq!([there, here, once.end()], ["done"; 3]);
    }

    #[test]
    #[should_panic(expected = "in the other thread")]
    fn a_panic_of_what_is_waited_for_is_a_panic_here() {
        both(
            || -> u8 { panic!("in the other thread") },
            |other| *other.get(),
        );
    }

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 127, 128, 129, 1_000, 10_001] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| 2 * item).collect();
            assert_eq!(map(&items, |item| 2 * item), doubled);
        }
    }

    #[test]
    #[should_panic(expected = "the last one")]
    fn a_panic_in_a_thread_is_a_panic_here() {
        let items: Vec<usize> = (0..1_000).collect();
        map(&items, |item| assert!(*item < 999, "the last one"));
    }
}
