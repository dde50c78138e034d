//! The same work on many items, by as many threads as that pays for.
//!
//! Knows nothing of migrations.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread::{self, JoinHandle};

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

/// Does one thing in another thread while something else is done here, where it may wait for others.
pub(crate) fn both<T: Send, H>(
    there: impl FnOnce() -> T + Send,
    here: impl FnOnce() -> H,
) -> (T, H) {
    thread::scope(|scope| {
        let thread = scope.spawn(there);
        let done = here();
        let other = thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        (other, done)
    })
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
    use super::map;

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
