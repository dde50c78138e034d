//! The command line that every binary shares: one file per command, and the only printer.
//!
//! In: a [`Component`] and what was typed. Out: an exit code. This is where clock, randomness,
//! environment and terminal are read, and the only stage that prints.

mod act;
mod args;
mod backup;
mod candidates;
mod columns;
mod commands;
mod comparing;
mod completion;
mod context;
mod creation;
mod describe;
mod edits;
mod elsewhere;
mod error;
mod exit;
mod extents;
mod failure;
mod files;
mod forgotten;
mod hooks;
mod interrupt;
mod left;
mod lint_error;
mod locale;
mod log;
mod models_error;
mod opened;
mod output;
mod parse;
mod pictures;
mod planning;
mod range;
mod range_error;
mod reading;
mod renames;
mod reporting;
mod scaffold;
mod selection;
mod settings;
mod source_tree;
mod sources;
mod standing;
mod strays;
mod tables;
mod template;
mod ui;
mod verdict;
mod waiting;
mod warning;
mod watch;
mod workflow_error;

use std::mem::ManuallyDrop;
use std::process::ExitCode;

use context::Context;
use exit::Exit;
use failure::{Failure, Words};
use ui::Ui;

pub use crate::application::Component;

/// Runs the program on what was typed and says how it ended.
pub fn run(component: &Component) -> ExitCode {
    completion::answer(component);
    let cli = match parse::parse(component) {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    let warning = log::begin(&cli);
    let ui = Ui::new(&cli.global);
    if let Some(warning) = warning {
        ui.warning(&warning);
    }
    // What it holds is as large as the tree of revisions; the system takes it back at once.
    let context = ManuallyDrop::new(Context::new(component, &cli.global, &ui));
    let result = commands::run(&context, &cli.command).and_then(|()| ui.flush());
    let result = result.map_err(|failure| sources::named(&context, failure));
    let exit = match result {
        Ok(()) | Err(Failure::Closed) => Exit::Done,
        Err(Failure::Error { error, notes, exit }) => {
            ui.failure(&Words::of(error.as_ref(), &notes, ui.colours_messages()));
            exit
        }
    };
    exit.into()
}
