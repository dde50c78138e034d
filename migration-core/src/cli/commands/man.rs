//! `man`.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_mangen::Man;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::{files, parse};

/// Write the manual pages
///
/// Without a directory the page of the program itself goes to standard output, to be read by
/// `man -l -`. Those of the commands are called after them: `PROGRAM-upgrade.1`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Write all pages into this directory
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let mut command = parse::command(context.component);
    command.build();
    let Some(directory) = &arguments.output else {
        return context.ui.raw(&page(command));
    };
    let mut pages = Vec::new();
    gather(&command, &mut pages);
    files::Making::make(directory)?;
    for (name, text) in &pages {
        files::replace(&directory.join(name), text)?;
    }
    context.ui.done(format_args!(
        "{} manual pages are in {}",
        pages.len(),
        directory.display()
    ))
}

/// The pages of a command and of those below it, by file name.
fn gather(command: &Command, pages: &mut Vec<(String, String)>) {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let name = name.to_owned();
    for below in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        gather(below, pages);
    }
    pages.push((format!("{name}.1"), page(command.clone())));
}

/// The synopsis names flags by their order: a command's own first, then those of all commands.
fn ordered(command: Command) -> Command {
    const GLOBAL: usize = 1000;
    command.mut_args(|argument| {
        let order = argument.get_display_order();
        match argument.is_global_set() {
            true => argument.display_order(GLOBAL + order),
            false => argument,
        }
    })
}

fn page(command: Command) -> String {
    let mut text = Vec::new();
    Man::new(ordered(command))
        .render(&mut text)
        .expect("memory takes every text");
    String::from_utf8_lossy(&text).into_owned()
}
