//! The generic binary: migrates the database of any project that has an ini.

use std::process::ExitCode;

use migration_core::cli::{Component, run};

/// SQLite's memory, too, comes from it: see `docs/design/0004-dependencies.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run(&Component {
        name: "migrate",
        program: "migrate",
        version: env!("CARGO_PKG_VERSION"),
        default_ini: "migrate.ini",
        revisions: &[],
        models: "",
        procedures: &[],
    })
}
