//! Laws of the real engines: random schemas and changes, written as portable text and run as
//! revisions. After each the live database is what the model says, and the way back leads back.
//!
//! `LAWS_ROUNDS` says how many rounds are run, `LAWS_SEED` which one comes first.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests write revisions and watch the clock"
)]

mod chance;
mod change;
mod difference;
mod normal;
mod play;
mod shrink;
mod story;

use std::io::Write as _;
use std::time::{Duration, Instant};

use migration_core::dialect::Dialect;
use migration_tests::databases;

use play::Stage;
use story::Story;

#[test]
fn the_live_schema_is_the_model_and_the_way_back_leads_back_on_sqlite() {
    rounds(Dialect::Sqlite, 500);
}

#[test]
fn the_live_schema_is_the_model_and_the_way_back_leads_back_on_postgresql() {
    rounds(Dialect::Postgres, 150);
}

#[test]
fn the_live_schema_is_the_model_and_the_way_back_leads_back_on_mysql() {
    rounds(Dialect::Mysql, 100);
}

/// Runs as many rounds as are asked for, or fit in half a minute.
fn rounds(dialect: Dialect, count: u64) {
    let Some(database) = databases::fresh(dialect) else {
        return;
    };
    let number = |name: &str| std::env::var(name).ok()?.parse().ok();
    let first: u64 = number("LAWS_SEED").unwrap_or(1);
    let asked: Option<u64> = number("LAWS_ROUNDS");
    let mut stage = Stage::new(database);
    let began = Instant::now();
    let mut played = 0;
    for seed in first..first + asked.unwrap_or(count) {
        let story = Story::new(seed);
        if let Err(failure) = stage.play(&story) {
            let smallest = shrink::smallest(&mut stage, &story, &failure);
            panic!("seed {seed} on {dialect}: {}", smallest.unwrap_or(failure));
        }
        played += 1;
        if asked.is_none() && began.elapsed() > Duration::from_secs(30) {
            break;
        }
    }
    // Not by a macro: those the test harness keeps to itself.
    let _ = writeln!(std::io::stderr(), "{dialect}: {played} rounds");
}
