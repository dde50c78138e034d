//! What a shell offers behind a beginning of a word: commands, flags, revisions and branch labels.
#![expect(
    clippy::disallowed_methods,
    reason = "whether a shell asks is known before anything else is read"
)]

use std::env;
use std::ffi::OsString;

use clap::{Command, Parser};
use clap_complete::ArgValueCandidates;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::CompleteEnv;

use super::args::{Cli, Global};
use super::{parse, settings};
use crate::application::Component;
use crate::graph::{self, RevisionGraph};

/// The variable by which a shell asks.
pub(super) const VARIABLE: &str = "MIGRATE_COMPLETE";

/// The arguments that name a revision, by what stands for their values in the help.
const NAMES: [&str; 4] = ["REV", "REVISION", "REVISIONS", "TARGET"];

/// Answers a shell that asks what may come next, and ends the process; does nothing otherwise.
pub(super) fn answer(component: &Component) {
    if env::var_os(VARIABLE).is_none() {
        return;
    }
    let component = *component;
    let flags = wants_flags();
    let command = move || {
        let mut command = parse::command(&component);
        // Flags of all commands are flags of each from here on, and so is `--help`.
        command.build();
        offering(command, component, flags)
    };
    CompleteEnv::with_factory(command).var(VARIABLE).complete();
}

/// The command line with revisions offered where one is meant.
fn offering(command: Command, component: Component, flags: bool) -> Command {
    let has_words = command.get_positionals().next().is_some() || command.has_subcommands();
    let offer = move |argument: clap::Arg| {
        let is_aside = has_words && !flags && !argument.is_positional();
        let argument = match is_aside {
            true => argument.hide(true),
            false => argument,
        };
        let names = argument.get_value_names().unwrap_or_default();
        let is_revision = names.iter().any(|name| NAMES.contains(&name.as_str()));
        match is_revision {
            true => argument.add(ArgValueCandidates::new(move || candidates(&component))),
            false => argument,
        }
    };
    let offered = command.mut_args(offer);
    offered.mut_subcommands(move |command| offering(command, component, flags))
}

/// Whether a flag is begun where the cursor stands.
fn wants_flags() -> bool {
    let mut words = env::args_os().skip_while(|word| word != "--").skip(1);
    let index = env::var("_CLAP_COMPLETE_INDEX").ok();
    let word = match index.and_then(|text| text.parse().ok()) {
        Some(index) => words.nth(index),
        None => words.last(),
    };
    word.is_some_and(|word| word.as_encoded_bytes().starts_with(b"-"))
}

/// Everything that a revision may be called: words, labels, then the ids from the newest on.
fn candidates(component: &Component) -> Vec<CompletionCandidate> {
    let Some(graph) = revisions(component) else {
        return Vec::new();
    };
    let words = [
        ("head", "the newest revision"),
        ("heads", "the newest revision of each branch"),
        ("base", "before the first revision"),
    ];
    let candidate = |(order, (name, help)): (usize, (String, String))| {
        CompletionCandidate::new(name)
            .help(Some(help.into()))
            .display_order(Some(order))
    };
    let words = words.map(|(word, help)| (word.to_owned(), help.to_owned()));
    let labels = graph.iter().flat_map(|it| {
        let labels = it.header.branch_labels.iter();
        labels.map(|label| {
            (
                format!("{label}@head"),
                format!("the head of branch {label}"),
            )
        })
    });
    let newest_first = graph.ancestors(&graph.heads()).unwrap_or_default();
    let newest_first = newest_first.iter().rev();
    let ids = newest_first.filter_map(|id| graph.get(id.as_str()));
    let ids = ids.map(|it| (it.id().to_string(), it.header.message.replace('\n', " ")));
    let all = words.into_iter().chain(labels).chain(ids);
    all.enumerate().map(candidate).collect()
}

/// The revisions of the line that is being typed; none when they cannot be read.
fn revisions(component: &Component) -> Option<RevisionGraph> {
    let global = typed(component);
    let locations = match settings::load(component, &global) {
        Ok(Ok(loaded)) => loaded.settings.version_locations,
        Ok(Err(_)) | Err(_) => Vec::new(),
    };
    graph::build(component.read_headers(&locations).ok()?).ok()
}

/// The flags on that line that say which revisions are meant.
fn typed(component: &Component) -> Global {
    let words: Vec<OsString> = env::args_os().skip_while(|word| word != "--").collect();
    let mut line = vec![OsString::from(component.program), OsString::from("heads")];
    let takes = |word: &OsString| {
        ["-c", "--config", "-n", "--name", "--script-location"]
            .iter()
            .any(|flag| word == flag)
    };
    for pair in words.windows(2) {
        if takes(&pair[0]) {
            line.extend_from_slice(pair);
        }
    }
    let cli = Cli::try_parse_from(line);
    let cli = cli.unwrap_or_else(|_| Cli::parse_from([component.program, "heads"]));
    cli.global
}
