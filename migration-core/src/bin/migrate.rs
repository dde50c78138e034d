//! The generic binary: migrates the database of any project that has an ini.

use std::process::ExitCode;

use migration_core::cli::{Component, run};

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
