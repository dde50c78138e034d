//! One file per command: its arguments, whose comments are the manual, and one function that
//! resolves, acts and reports.

pub(super) mod init;
pub(super) mod list_templates;

use super::args::Command;
use super::context::Context;
use super::failure::Failure;

/// Runs the command that was typed.
pub(super) fn run(context: &Context<'_>, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Init(arguments) => init::run(context, arguments),
        Command::ListTemplates(_) => list_templates::run(context),
    }
}
