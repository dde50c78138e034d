//! `completions`.

use clap::Args;
use clap_complete::env::Shells;

use crate::cli::completion::VARIABLE;
use crate::cli::context::Context;
use crate::cli::failure::Failure;

/// Write the script that makes a shell complete commands, flags and revisions
///
/// The shell then asks this program, so that revisions are offered as they are at that moment:
///
///   bash         source <(PROGRAM completions bash)       in ~/.bashrc
///   zsh          source <(PROGRAM completions zsh)        in ~/.zshrc
///   fish         PROGRAM completions fish | source        in config.fish
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct Arguments {
    /// The shell
    #[arg(value_parser = ["bash", "elvish", "fish", "powershell", "zsh"])]
    shell: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&arguments.shell) else {
        unreachable!("the parser lets these shells through alone");
    };
    let program = context.component.program;
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, program, program, program, &mut script)
        .expect("memory takes every text");
    context.ui.raw(&String::from_utf8_lossy(&script))
}
