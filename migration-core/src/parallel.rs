//! The same work on many items, by as many threads as that pays for, and what threads share.
//!
//! Knows nothing of migrations.

use std::cell::{Cell, OnceCell, RefCell};
use std::iter;
use std::mem;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{LockResult, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle, ScopedJoinHandle};

/// So many items take longer than a few threads take to start, when a file is opened for each.
const WORTHWHILE: usize = 128;

/// So many items whose work is quick take as long as one other.
const GROUP: usize = 16;

/// So many items are handed over at once: few enough that all threads have some to the end.
const BATCH: usize = 64;

/// More threads than this wait for each other in the system.
const THREADS: usize = 8;

/// Does the work on every item; results are in the order of the items.
pub(crate) fn map<'i, T: Sync, R: Send>(
    items: &'i [T],
    work: impl Fn(&'i T) -> R + Sync,
) -> Vec<R> {
    let all = |queue: &mut Queue<'_, &'i T>| {
        for item in items {
            queue.push(item);
        }
    };
    while_found(all, work).1
}

/// The same for work that takes less than a microsecond: threads pay for many more items.
pub(crate) fn map_quick<'i, T: Sync, R: Send>(
    items: &'i [T],
    work: impl Fn(&'i T) -> R + Sync,
) -> Vec<R> {
    if items.len() < GROUP * WORTHWHILE {
        return items.iter().map(work).collect();
    }
    let groups: Vec<&'i [T]> = items.chunks(GROUP).collect();
    let done = map(&groups, |group| {
        let results = group.iter().map(&work);
        results.collect::<Vec<R>>()
    });
    done.into_iter().flatten().collect()
}

/// Does the work on items that are found one after the other, while more are looked for. Results are
/// in the order in which the items were found.
pub(crate) fn while_found<T: Send, R: Send, F>(
    find: impl FnOnce(&mut Queue<'_, T>) -> F,
    work: impl Fn(T) -> R + Sync,
) -> (F, Vec<R>) {
    let (sender, receiver) = mpsc::channel();
    let batches = Mutex::new(receiver);
    let take = || take_all(&batches, &work);
    thread::scope(|scope| {
        let others = RefCell::new(Vec::new());
        let call = || {
            let threads = thread::available_parallelism().map_or(1, NonZero::get);
            let one = |_| thread::Builder::new().spawn_scoped(scope, take).ok();
            others.replace((1..threads.min(THREADS)).map_while(one).collect());
        };
        let mut queue = Queue {
            batch: Vec::with_capacity(BATCH),
            count: 0,
            sender,
            call_others: &call,
        };
        let found = find(&mut queue);
        queue.end();
        let mut done = take();
        for other in others.take() {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done.sort_unstable_by_key(|(number, _)| *number);
        let results = done.into_iter().flat_map(|(_, results)| results);
        (found, results.collect())
    })
}

/// Items by the number of the first, or what became of them.
type Batch<T> = (usize, Vec<T>);

/// Works as long as there is something to do or to be found.
fn take_all<T, R>(batches: &Mutex<Receiver<Batch<T>>>, work: &impl Fn(T) -> R) -> Vec<Batch<R>> {
    let next = || {
        let batches = held(batches.lock());
        batches.recv().ok()
    };
    iter::from_fn(next)
        .map(|(number, items)| (number, items.into_iter().map(work).collect()))
        .collect()
}

/// Where items go that have been found.
pub(crate) struct Queue<'c, T> {
    batch: Vec<T>,
    /// How many were found.
    count: usize,
    sender: Sender<Batch<T>>,
    call_others: &'c dyn Fn(),
}

impl<T> Queue<'_, T> {
    /// Hands an item over, and says its place.
    pub(crate) fn push(&mut self, item: T) -> usize {
        self.batch.push(item);
        self.count += 1;
        if self.batch.len() == BATCH {
            self.hand_over(Vec::with_capacity(BATCH));
            if self.count == WORTHWHILE {
                (self.call_others)();
            }
        }
        self.count - 1
    }

    fn hand_over(&mut self, next: Vec<T>) {
        let batch = mem::replace(&mut self.batch, next);
        let first = self.count - batch.len();
        // There is a receiver as long as there is a queue.
        let _ = self.sender.send((first, batch));
    }

    /// Hands over what is left; there is no more to be found.
    fn end(mut self) {
        self.hand_over(Vec::new());
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
/// comes to need it. Where no thread is to be had, it is done here by then.
pub(crate) fn both<T: Send, H>(
    there: impl FnOnce() -> T + Send,
    here: impl FnOnce(&Other<'_, T>) -> H,
) -> (T, H) {
    let there = Mutex::new(Some(there));
    let work = || held(there.lock()).take().expect("it is done once")();
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, work).ok();
        let other = Other {
            thread: Cell::new(thread),
            work: &work,
            done: OnceCell::new(),
        };
        let done = here(&other);
        (other.end(), done)
    })
}

/// What another thread does that ends before this one goes on.
pub(crate) struct Other<'scope, T> {
    /// None where there is none, and once it was waited for.
    thread: Cell<Option<ScopedJoinHandle<'scope, T>>>,
    work: &'scope dyn Fn() -> T,
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
        match self.thread.take() {
            Some(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            None => (self.work)(),
        }
    }
}

/// What a lock guards, also behind a thread that panicked while it had it. What locks guard here is
/// whole between any two statements (a list, a map, a flag), and the panic is not lost by it: it goes
/// on where the thread is waited for, and until then others may end what they do, and say so.
pub(crate) fn held<G>(lock: LockResult<G>) -> G {
    lock.unwrap_or_else(PoisonError::into_inner)
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
        let work = held(self.work.lock()).take();
        work.expect("who began it did not panic")()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, OnceCell};
    use std::sync::{Mutex, mpsc};
    use std::thread;

    use super::{Once, Other, Queue, both, held, map, map_quick, while_found};

    #[test]
    fn another_thread_may_be_waited_for_or_not() {
        for waits in [true, false] {
            let (there, here) = both(|| 7, |other| if waits { *other.get() } else { 0 });
            assert_eq!((there, here), (7, if waits { 7 } else { 0 }));
        }
    }

    #[test]
    fn what_no_thread_is_there_for_is_done_when_it_is_waited_for() {
        let other = Other {
            thread: Cell::new(None),
            work: &|| String::from("done"),
            done: OnceCell::new(),
        };
        assert_eq!(
            (other.get().as_str(), other.get().as_str()),
            ("done", "done")
        );
        assert_eq!(other.end(), "done");
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
    fn a_lock_outlives_the_panic_of_a_thread_that_had_it() {
        let list = Mutex::new(vec![1]);
        let died = thread::scope(|scope| {
            let thread = scope.spawn(|| {
                held(list.lock()).push(2);
                let _had = held(list.lock());
                panic!("with the lock");
            });
            thread.join().is_err()
        });
        held(list.lock()).push(3);
        assert_eq!((died, held(list.into_inner())), (true, vec![1, 2, 3]));
    }

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 127, 128, 129, 1_000, 10_001] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| 2 * item).collect();
            assert_eq!(map(&items, |item| 2 * item), doubled);
            assert_eq!(map_quick(&items, |item| 2 * item), doubled);
        }
    }

    #[test]
    fn work_is_done_while_more_is_looked_for() {
        let (sender, receiver) = mpsc::channel();
        let sender = Mutex::new(sender);
        let find = |queue: &mut Queue<'_, usize>| {
            let places: Vec<usize> = (0..1_000).map(|item| queue.push(item)).collect();
            // With one thread nothing is done before all is found.
            if thread::available_parallelism().is_ok_and(|it| it.get() > 1) {
                receiver.recv().unwrap();
            }
            places
        };
        let work = |item| sender.lock().unwrap().send(item).map(|()| item).unwrap();
        let (places, results) = while_found(find, work);
        assert_eq!(places, results);
    }

    #[test]
    #[should_panic(expected = "the last one")]
    fn a_panic_in_a_thread_is_a_panic_here() {
        let items: Vec<usize> = (0..1_000).collect();
        map(&items, |item| assert!(*item < 999, "the last one"));
    }
}
