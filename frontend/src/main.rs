//! The migrations of `frontend`: its revisions, models and ini, handed to the command line.

use std::process::ExitCode;

use migration_core::cli::{Component, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run(&Component {
        name: "frontend",
        program: "frontend-migrate",
        version: env!("CARGO_PKG_VERSION"),
        default_ini: "config/frontend.ini",
        revisions: migration_core::embedded_revisions!(),
        models: include_str!("../models/sqlobjects.sql"),
        procedures: &[],
    })
}
