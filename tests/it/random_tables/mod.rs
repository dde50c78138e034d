//! Tables made at random and changed at random by revisions, against an oracle that keeps its own
//! model of the database: it writes the database that must come out from scratch, and every row,
//! definition and answer is compared.
//!
//! A seed gives the same round on every machine. A round that fails is made as small as it can be
//! and printed as SQL. `MIGRATION_TEST_SEED` runs one seed alone.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests write files and are told a seed"
)]

mod change;
mod compare;
mod effect;
mod make;
mod model;
mod normal;
mod objects;
mod revise;
mod round;
mod shrink;
mod values;
mod write;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use round::{Bench, Outcome};

/// How many rounds the suite runs.
const ROUNDS: u64 = 10_000;

#[test]
fn ten_thousand_random_changes_do_what_the_oracle_says() {
    if let Ok(seed) = std::env::var("MIGRATION_TEST_SEED") {
        let seed = seed.parse().expect("a seed is a number");
        if let Err(report) = run(&mut Bench::new(), seed) {
            panic!("{report}");
        }
        return;
    }
    let next = AtomicU64::new(0);
    let [changed, refused] = [const { AtomicU64::new(0) }; 2];
    let failed = Mutex::new(Vec::new());
    let work = || {
        let mut bench = Bench::new();
        while failed.lock().is_ok_and(|failed| failed.is_empty()) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= ROUNDS {
                return;
            }
            match run(&mut bench, seed) {
                Ok(Outcome::Changed) => drop(changed.fetch_add(1, Ordering::Relaxed)),
                Ok(Outcome::Refused) => drop(refused.fetch_add(1, Ordering::Relaxed)),
                Err(report) => failed.lock().expect("nobody panics with it").push(report),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let failed = failed.into_inner().expect("nobody panics with it");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    let (changed, refused) = (changed.into_inner(), refused.into_inner());
    assert_eq!(changed + refused, ROUNDS);
    assert!(changed > ROUNDS * 6 / 10, "only {changed} changed anything");
    assert!(refused > ROUNDS / 50, "only {refused} were refused");
}

/// Runs a round; an error is a report of what went wrong.
fn run(bench: &mut Bench, seed: u64) -> Result<Outcome, String> {
    let result = bench.round(seed);
    result.map_err(|failure| shrink::report(bench, seed, *failure))
}
