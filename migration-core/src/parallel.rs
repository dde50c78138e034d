//! The same work on many items, by as many threads as that pays for.
//!
//! Knows nothing of migrations.

use std::num::NonZero;
use std::panic;
use std::thread;

/// So many items take longer than a thread takes to start, when a file is opened for each.
const ITEMS_FOR_A_THREAD: usize = 64;

/// More threads than this wait for each other in the system.
const THREADS: usize = 8;

/// Does the work on every item; results are in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let do_part = |part: &[T]| part.iter().map(&work).collect::<Vec<R>>();
    let wanted = (items.len() / ITEMS_FOR_A_THREAD).min(THREADS);
    if wanted < 2 {
        return do_part(items);
    }
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let size = items.len().div_ceil(threads.min(wanted));
    let (mine, others) = items.split_at(size);
    thread::scope(|scope| {
        let threads: Vec<_> = others
            .chunks(size)
            .map(|part| scope.spawn(|| do_part(part)))
            .collect();
        let mut results = do_part(mine);
        results.reserve(others.len());
        for thread in threads {
            let part = thread.join();
            results.extend(part.unwrap_or_else(|cause| panic::resume_unwind(cause)));
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 63, 64, 127, 128, 129, 1_000, 10_001] {
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
