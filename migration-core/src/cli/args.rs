//! What may be typed: the global flags and the list of commands. The arguments of a command stand
//! beside its work in `commands/`; doc comments are the manual.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::commands::{
    branches, check, clean, completions, current, diff, discover, downgrade, drift, dropdb, edit,
    ensure_version, erd, graph, heads, history, info, init, initdb, lint, list_templates, man,
    merge, models, plan, repair, report, restore, review, revision, run, show, stamp, status,
    tables, upgrade, upgrade_and_close, verify, wait,
};
use crate::execute::Transaction;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    propagate_version = false,
    after_help = EXIT_CODES,
    max_term_width = 100
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Revisions are named by id or by the beginning of an id, by a branch label, as head, heads or base,
and relatively: +2, -1, ID+1, LABEL@head, LABEL@-1.

Data goes to standard output, messages to standard error. Exit codes:
  0  done, or nothing to do
  1  failed; standard error says why and what to do
  2  the command line was not understood
  3  a check found something (check, drift, run, current --check-heads,
     status --check, verify)
and from upgrade-and-close, run and wait, in place of 1:
  75 try again: no answer in time, another migration was running, or the connection was lost
  78 the settings are wrong, and trying again does not help";

/// Flags that every command takes, before its name or after it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// Read settings from this ini file
    #[arg(short, long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Read this section of the ini file in place of [migration], and [sqldb:SECTION], when there
    /// is one, in place of [sqldb]
    #[arg(short, long, global = true, value_name = "SECTION")]
    pub name: Option<String>,

    /// Read variables from this file in place of `.env` beside the ini and in the working directory
    /// (may be repeated)
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        conflicts_with = "no_env_file"
    )]
    pub env_file: Vec<PathBuf>,

    /// Read no `.env` file
    #[arg(long, global = true)]
    pub no_env_file: bool,

    /// Hand a value to the ini file, which reads it as `%(x:KEY)s` (may be repeated)
    #[arg(short = 'x', global = true, value_name = "KEY=VALUE")]
    pub set: Vec<String>,

    /// Read revisions from this directory (it holds `versions`) in place of the ini's
    #[arg(long, global = true, value_name = "DIR")]
    pub script_location: Option<PathBuf>,

    /// Run all revisions in one transaction, each in its own, or (auto) in one when the database is
    /// at base; in place of the ini's
    #[arg(long, global = true, value_name = "WAY")]
    pub transaction: Option<TransactionChoice>,

    /// Write one JSON document in place of text; errors and warnings are JSON too, one on a line of
    /// standard error
    #[arg(long, global = true)]
    pub json: bool,

    /// Show details in current, history, heads, branches, status and info. Beyond that, and with
    /// every other command, write log lines to standard error: what is done (-v), every statement
    /// and connection (-vv), all there is (-vvv); with --json one JSON object on a line
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,

    /// Say nothing but results, warnings and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Use colours: on a terminal unless NO_COLOR is set, always, or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,

    /// Draw no progress line
    #[arg(long, global = true)]
    pub no_progress: bool,
}

/// `--transaction`, in the words of the ini.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TransactionChoice {
    Auto,
    Revision,
    Run,
}

impl From<TransactionChoice> for Transaction {
    fn from(choice: TransactionChoice) -> Self {
        match choice {
            TransactionChoice::Auto => Self::Auto,
            TransactionChoice::Revision => Self::Revision,
            TransactionChoice::Run => Self::Run,
        }
    }
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ColorWhen {
    #[default]
    Auto,
    Always,
    Never,
}

/// Declares the commands: each variant with the module of its arguments and work.
macro_rules! commands {
    ($($(#[$attribute:meta])* $command:ident: $module:ident,)*) => {
        /// The commands, in the order of a working day.
        #[derive(Debug, Subcommand)]
        pub(super) enum Command {
            $($(#[$attribute])* $command($module::Arguments),)*
        }

        impl Command {
            /// One command without its siblings; none when no command has this name. To describe
            /// all of them takes longer than most commands do.
            pub(super) fn alone(name: &str) -> Option<clap::Command> {
                $(if name == stringify!($module) {
                    let command = clap::Command::new(stringify!($module));
                    return Some($module::Arguments::augment_args(command));
                })*
                None
            }
        }
    };
}

commands! {
    Upgrade: upgrade,
    Downgrade: downgrade,
    #[command(alias = "upgrade_and_close")]
    UpgradeAndClose: upgrade_and_close,
    Run: run,
    Wait: wait,
    Initdb: initdb,
    Dropdb: dropdb,
    Plan: plan,
    Discover: discover,
    Clean: clean,
    Info: info,
    Current: current,
    Status: status,
    Tables: tables,
    History: history,
    Heads: heads,
    Branches: branches,
    Show: show,
    Revision: revision,
    Review: review,
    Check: check,
    Diff: diff,
    Drift: drift,
    Merge: merge,
    Models: models,
    Graph: graph,
    Report: report,
    Erd: erd,
    Edit: edit,
    Stamp: stamp,
    Repair: repair,
    Lint: lint,
    Verify: verify,
    Restore: restore,
    #[command(alias = "ensure_version")]
    EnsureVersion: ensure_version,
    Init: init,
    #[command(alias = "list_templates")]
    ListTemplates: list_templates,
    Completions: completions,
    Man: man,
}

impl Command {
    /// Whether the command has more to show, which the first `-v` asks for.
    pub(super) fn has_details(&self) -> bool {
        matches!(
            self,
            Self::Current(_)
                | Self::History(_)
                | Self::Heads(_)
                | Self::Branches(_)
                | Self::Status(_)
                | Self::Info(_)
        )
    }
}
