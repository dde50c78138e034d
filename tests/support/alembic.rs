//! Alembic, from the `PATH` or from where the test command installed it, and the program that takes its
//! revisions over.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::command;
use crate::databases::report;

/// An `env.py` that does what Alembic's own template does.
pub const ENV: &str = "\
from alembic import context
from sqlalchemy import create_engine

url = context.config.get_main_option('sqlalchemy.url')
if context.is_offline_mode():
    context.configure(url=url, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
";

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

/// Where `convert.py` is.
pub fn converter() -> String {
    let path = command::root().join("extras/alembic/convert.py");
    path.display().to_string()
}
