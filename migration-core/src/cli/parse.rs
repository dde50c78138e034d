//! What was typed, read by clap; answers `--help` and `--version`, and says what was not
//! understood in the form asked for.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches};

use super::args::{Cli, ColorWhen, Command, Global};
use super::elsewhere;
use super::exit::Exit;
use super::failure::Words;
use super::ui::Ui;
use crate::application::Component;
use crate::database;
use crate::text::edit_distance;

/// Reads the command line; when there is nothing to run, everything has been said and the exit
/// code is returned.
pub(super) fn parse(component: &Component) -> Result<Cli, Exit> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let asks = |word: &OsString| word == "--help" || word == "-h";
    if !typed.iter().any(asks)
        && let Some(parsed) = parse_briefly(component, &typed)
    {
        return parsed;
    }
    let mut command = command(component);
    if let [_, word] = typed.as_slice()
        && asks(word)
    {
        // The page shows the global flags once: no command needs its own copy of them.
        command = command.mut_args(|arg| arg.global(false));
    }
    let matches = command.try_get_matches_from_mut(&typed);
    matches
        .and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches))
        .map_err(|mut error| {
            order_suggestions(&mut error, &command);
            refuse(&error.format(&mut command), &typed)
        })
}

/// The same for a command line that is in order, with no command but the one that it names: to
/// describe all of them takes longer than most take to run. None when the whole must be known, for
/// help and for errors.
fn parse_briefly(component: &Component, typed: &[OsString]) -> Option<Result<Cli, Exit>> {
    let mut words = typed.iter().skip(1).filter_map(|word| word.to_str());
    let named = words.find_map(Command::alone);
    let command = named_after(component, clap::Command::new(""));
    let mut command = Global::augment_args(command)
        .disable_help_subcommand(true)
        .subcommands(named);
    match command.try_get_matches_from_mut(typed) {
        Ok(mut matches) => Cli::from_arg_matches_mut(&mut matches).ok().map(Ok),
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            Some(Err(refuse(&error.format(&mut command), typed)))
        }
        Err(_) => None,
    }
}

/// What another tool's command is called here; else the likeliest command first, each by its one name.
fn order_suggestions(error: &mut clap::Error, command: &clap::Command) {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else {
        return;
    };
    let kind = ContextKind::SuggestedSubcommand;
    if let Some(tip) = elsewhere::translated(typed) {
        error.remove(kind);
        let tips = ContextValue::StyledStrs(vec![tip.into()]);
        error.insert(ContextKind::Suggested, tips);
        return;
    }
    let Some(ContextValue::Strings(words)) = error.get(kind) else {
        return;
    };
    let is_name = |word: &&String| command.get_subcommands().any(|it| it.get_name() == **word);
    let mut words: Vec<String> = words.iter().filter(is_name).cloned().collect();
    words.sort_by_cached_key(|word| edit_distance(typed, word));
    error.insert(kind, ContextValue::Strings(words));
}

/// The command line under the component's names.
pub(super) fn command(component: &Component) -> clap::Command {
    named_after(component, Cli::command())
        .about(about(component))
        .mut_arg("config", |arg| {
            arg.help(format!(
                "Read settings from this ini file in place of {} (or {}_CONFIG)",
                component.default_ini,
                component.environment_prefix()
            ))
        })
}

fn named_after(component: &Component, command: clap::Command) -> clap::Command {
    command
        .name(component.program)
        .bin_name(component.program)
        .version(component.version)
        .long_version(&*String::leak(long_version(component)))
}

/// The version, the commit where it is known, and what speaks to the engines.
fn long_version(component: &Component) -> String {
    let commit = match env!("MIGRATION_COMMIT") {
        "" => String::new(),
        commit => format!(" ({commit})"),
    };
    let libraries = database::libraries().join("\n");
    format!("{}{commit}\n{libraries}", component.version)
}

fn about(component: &Component) -> String {
    if component.revisions.is_empty() {
        "Migrates a database by revisions written in SQL".to_owned()
    } else {
        format!("Migrates the database of `{}`", component.name)
    }
}

/// Prints what clap says, on the stream and in the form it belongs to.
fn refuse(error: &clap::Error, typed: &[OsString]) -> Exit {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let json = !asked && typed.iter().any(|word| word == "--json");
    let ui = Ui::plain(color(typed), json);
    if asked {
        let _ = ui.page(&error.render()).and_then(|()| ui.flush());
        return Exit::Done;
    }
    if json {
        ui.failure(&words(error));
    } else {
        ui.rendered(&error.render());
    }
    Exit::Usage
}

/// `--color` as typed, for texts that are printed before the line is understood.
fn color(typed: &[OsString]) -> ColorWhen {
    let mut words = typed.iter().filter_map(|word| word.to_str());
    let mut found = ColorWhen::Auto;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        match value {
            Some("always") => found = ColorWhen::Always,
            Some("never") => found = ColorWhen::Never,
            Some(_) | None => {}
        }
    }
    found
}

/// What clap says as kind, message and hint.
fn words(error: &clap::Error) -> Words {
    let text = error.render().to_string();
    let message = text
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .trim_start_matches("error:")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let message = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "no command is given".to_owned()
        }
        _ => message,
    };
    Words {
        kind: "usage".to_owned(),
        message,
        causes: Vec::new(),
        notes: Vec::new(),
        hint: suggestion(error).or_else(|| Some("`--help` shows what may be typed".to_owned())),
        snippet: None,
        place: None,
    }
}

/// The word that was probably meant.
fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::Suggested,
    ];
    let is_command = error.kind() == ErrorKind::InvalidSubcommand;
    kinds.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::StyledStrs(tips) if is_command => Some(tips.first()?.to_string()),
        ContextValue::String(word) => Some(format!("did you mean `{word}`?")),
        ContextValue::Strings(words) => Some(format!("did you mean `{}`?", words.join("` or `"))),
        _ => None,
    })
}
