//! One file per command: its arguments, whose comments are the manual, and one function that
//! resolves, acts and reports.

pub(super) mod branches;
pub(super) mod check;
pub(super) mod clean;
pub(super) mod completions;
pub(super) mod current;
pub(super) mod diff;
pub(super) mod discover;
pub(super) mod downgrade;
pub(super) mod drift;
pub(super) mod dropdb;
pub(super) mod edit;
pub(super) mod ensure_version;
pub(super) mod erd;
pub(super) mod graph;
pub(super) mod heads;
pub(super) mod history;
pub(super) mod info;
pub(super) mod init;
pub(super) mod initdb;
pub(super) mod lint;
pub(super) mod list_templates;
pub(super) mod man;
pub(super) mod merge;
pub(super) mod models;
pub(super) mod plan;
pub(super) mod repair;
pub(super) mod report;
pub(super) mod restore;
pub(super) mod review;
pub(super) mod revision;
pub(super) mod run;
pub(super) mod show;
pub(super) mod stamp;
pub(super) mod status;
pub(super) mod tables;
pub(super) mod upgrade;
pub(super) mod upgrade_and_close;
pub(super) mod verify;
pub(super) mod wait;

use super::args::Command;
use super::context::Context;
use super::failure::Failure;

/// Runs the command that was typed.
pub(super) fn run(context: &Context<'_>, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Upgrade(arguments) => upgrade::run(context, arguments),
        Command::UpgradeAndClose(arguments) => upgrade_and_close::run(context, arguments),
        Command::Initdb(arguments) => initdb::run(context, arguments),
        Command::Dropdb(arguments) => dropdb::run(context, arguments),
        Command::Discover(arguments) => discover::run(context, arguments),
        Command::Clean(_) => clean::run(context),
        Command::Run(arguments) => run::run(context, arguments),
        Command::Wait(arguments) => wait::run(context, arguments),
        Command::Downgrade(arguments) => downgrade::run(context, arguments),
        Command::Plan(arguments) => plan::run(context, arguments),
        Command::Current(arguments) => current::run(context, arguments),
        Command::Status(arguments) => status::run(context, arguments),
        Command::Info(arguments) => info::run(context, arguments),
        Command::Tables(arguments) => tables::run(context, arguments),
        Command::History(arguments) => history::run(context, arguments),
        Command::Heads(arguments) => heads::run(context, arguments),
        Command::Branches(arguments) => branches::run(context, arguments),
        Command::Show(arguments) => show::run(context, arguments),
        Command::Revision(arguments) => revision::run(context, arguments),
        Command::Review(arguments) => review::run(context, arguments),
        Command::Check(arguments) => check::run(context, arguments),
        Command::Diff(arguments) => diff::run(context, arguments),
        Command::Drift(arguments) => drift::run(context, arguments),
        Command::Merge(arguments) => merge::run(context, arguments),
        Command::Models(arguments) => models::run(context, arguments),
        Command::Graph(arguments) => graph::run(context, arguments),
        Command::Report(arguments) => report::run(context, arguments),
        Command::Erd(arguments) => erd::run(context, arguments),
        Command::Edit(arguments) => edit::run(context, arguments),
        Command::Stamp(arguments) => stamp::run(context, arguments),
        Command::Repair(arguments) => repair::run(context, arguments),
        Command::Restore(arguments) => restore::run(context, arguments),
        Command::Lint(arguments) => lint::run(context, arguments),
        Command::Verify(arguments) => verify::run(context, arguments),
        Command::EnsureVersion(arguments) => ensure_version::run(context, arguments),
        Command::Init(arguments) => init::run(context, arguments),
        Command::Completions(arguments) => completions::run(context, arguments),
        Command::Man(arguments) => man::run(context, arguments),
        Command::ListTemplates(_) => list_templates::run(context),
    }
}
