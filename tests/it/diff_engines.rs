//! Every golden case of `diff` on the engines it is for: what is drafted runs, nothing more is found
//! after it, and the way back leads back.
//!
//! `DIFF_CASES` names the cases to run, separated by commas; without it all are.
#![expect(
    clippy::disallowed_methods,
    reason = "a variable names the cases to run"
)]

use std::fmt::Write as _;

use migration_core::dialect::Dialect;
use migration_tests::databases::{self, TestDatabase};

use super::bench::{Bench, Task};
use super::diff;

#[test]
fn every_case_runs_and_is_found_no_more_on_sqlite() {
    runs_on(databases::fresh(Dialect::Sqlite));
}

#[test]
fn every_case_runs_and_is_found_no_more_on_postgresql() {
    runs_on(databases::fresh(Dialect::Postgres));
}

#[test]
fn every_case_runs_and_is_found_no_more_on_mysql() {
    runs_on(databases::fresh(Dialect::Mysql));
}

#[test]
fn every_case_runs_and_is_found_no_more_on_mysql_without_a_scratch_database() {
    runs_on(databases::fresh_and_shut());
}

#[test]
fn a_case_that_is_not_for_every_engine_says_why() {
    for case in diff::cases() {
        let engines = diff::engines(&diff::text(&case, "to.sql"));
        let is_said = engines.named.len() == Dialect::ALL.len() || !engines.reason.is_empty();
        assert!(is_said, "{}", case.display());
        let before = diff::engines(&diff::text(&case, "from.sql"));
        assert_eq!(before.named, engines.named, "{}", case.display());
    }
}

#[track_caller]
fn runs_on(database: Option<TestDatabase>) {
    let Some(database) = database else {
        return;
    };
    let dialect = database.dialect();
    let mut bench = Bench::new(database, diff::PREFIX);
    let wanted = std::env::var("DIFF_CASES").ok();
    let mut failures = String::new();
    let mut count = 0;
    for case in diff::cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy();
        let is_wanted = |it: &String| it.split(',').any(|it| it == name);
        if !wanted.as_ref().is_none_or(is_wanted) {
            continue;
        }
        let models = diff::text(&case, "to.sql");
        if !diff::engines(&models).named.contains(&dialect) {
            continue;
        }
        let task = Task {
            before: diff::text(&case, "from.sql"),
            answers: diff::denials(&models).collect(),
            models,
            renames: false,
        };
        let mut result = bench.round(&task);
        if says_nothing(&diff::text(&case, "expected.sql")) {
            result = result.and_then(|drafted| match drafted.upgrade.trim() {
                "" => Ok(drafted),
                text => Err(format!("finds what is none:\n{text}")),
            });
        }
        if let Err(failure) = result {
            count += 1;
            let _ = writeln!(failures, "==== {name} on {dialect}: {failure}");
        }
    }
    assert!(failures.is_empty(), "{count} cases\n{failures}");
}

fn says_nothing(revision: &str) -> bool {
    let is_comment = |it: &str| it.is_empty() || it.starts_with("--");
    revision.lines().all(is_comment)
}
