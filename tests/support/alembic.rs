//! Alembic, from the `PATH` or from where the test command installed it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::command;
use crate::databases::report;

/// A Python that knows Alembic; nothing where there is none, which is said aloud.
///
/// # Panics
///
/// When the binaries of the product are nowhere.
pub fn python() -> Option<PathBuf> {
    let target = command::binaries().parent();
    let installed = target
        .expect("a profile is inside the target")
        .join("alembic/bin/python");
    let knows_alembic = |python: &PathBuf| {
        let asked = Command::new(python).args(["-c", "import alembic"]).output();
        asked.is_ok_and(|output| output.status.success())
    };
    let found = [installed, PathBuf::from("python3")]
        .into_iter()
        .find(knows_alembic);
    if found.is_none() {
        report("skipped alembic it is not installed");
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: no Alembic (pip install alembic)"
        );
        return None;
    }
    report("ran alembic by Python");
    found
}
