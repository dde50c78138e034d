//! `info`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::act::place;
use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::describe::texts;
use crate::cli::error::CliError;
use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::settings::Ini;
use crate::cli::standing;
use crate::cli::warning::Warning;
use crate::config::{Settings, Stated};
use crate::revision::RevisionId;

/// Show the settings and where each comes from, the server, and where the database stands
///
/// With -v settings that have their defaults are shown, too. Secrets are masked. When the database
/// does not answer, all that is known without it is shown, then why; the exit code is 1.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {}

#[derive(Serialize)]
struct Answer {
    component: &'static str,
    program: String,
    ini: Option<PathBuf>,
    engine: Option<&'static str>,
    database: Option<String>,
    server: Option<String>,
    revisions: Option<usize>,
    locations: Vec<PathBuf>,
    heads: Vec<String>,
    current: Option<Vec<String>>,
    pending: Option<usize>,
    settings: Vec<Setting>,
}

#[derive(Serialize)]
struct Setting {
    section: &'static str,
    key: &'static str,
    value: String,
    origin: Option<String>,
}

/// What a live database says.
struct Live {
    server: Option<String>,
    rows: Vec<RevisionId>,
    /// None when nobody knows a revision that it has.
    pending: Option<usize>,
    /// What is to be said of steps that did not end.
    unfinished: Vec<Warning>,
}

pub(super) fn run(context: &Context<'_>, _: &Arguments) -> Result<(), Failure> {
    let settings = context.settings()?;
    let ini = files::absolute(&Ini::find(context.component, context.global).path)?;
    let (graph, mut failure) = split(context.graph());
    let (live, refused) = split(live(context));
    let (live, unknown) = live.unzip();
    failure = failure.or(refused).or(unknown.flatten());
    let (address, refused) = split(settings.shown_address());
    failure = failure.or(refused);
    let stated = context.stated()?;
    let shown = stated
        .iter()
        .filter(|it| context.wants_details() || it.origin.is_some());
    let answer = Answer {
        component: context.component.name,
        program: context.component.program_version(),
        ini: Some(ini).filter(|it| it.exists()),
        engine: settings.dialect().ok().map(crate::dialect::Dialect::name),
        database: address.map(|it| it.to_string()),
        server: live.as_ref().and_then(|it| it.server.clone()),
        revisions: graph.map(crate::graph::RevisionGraph::len),
        locations: locations(settings)?,
        heads: graph.map(|it| texts(it.heads())).unwrap_or_default(),
        current: live.as_ref().map(|it| texts(&it.rows)),
        pending: live.as_ref().and_then(|it| it.pending),
        settings: shown.map(setting).collect(),
    };
    if context.ui.is_json() {
        context.ui.document(&answer)?;
    } else {
        print(context, &answer, live.as_ref())?;
    }
    context.ui.flush()?;
    for line in live.iter().flat_map(|it| &it.unfinished) {
        context.ui.warning(line);
    }
    failure.map_or(Ok(()), Err)
}

fn locations(settings: &Settings) -> Result<Vec<PathBuf>, CliError> {
    let named = settings.version_locations.iter();
    named.map(|path| files::absolute(path)).collect()
}

fn setting(stated: &Stated) -> Setting {
    Setting {
        section: stated.section.name(),
        key: stated.key,
        value: stated.value.clone(),
        origin: stated.origin.clone(),
    }
}

fn split<T>(result: Result<T, impl Into<Failure>>) -> (Option<T>, Option<Failure>) {
    match result {
        Ok(found) => (Some(found), None),
        Err(error) => (None, Some(error.into())),
    }
}

/// What the database says, and why that is not all.
fn live(context: &Context<'_>) -> Result<(Live, Option<Failure>), Failure> {
    let graph = context.graph()?;
    let Some(mut connection) = context.connect_if_there()? else {
        let nothing = Live {
            server: None,
            rows: Vec::new(),
            pending: Some(graph.len()),
            unfinished: Vec::new(),
        };
        return Ok((nothing, None));
    };
    let rows = context.version_rows(connection.as_mut())?;
    let (_, failure) = split(context.check_rows(connection.as_mut(), &rows));
    let records = standing::states(context, connection.as_mut())?;
    let applied = graph.ancestors(&rows).ok();
    let live = Live {
        server: Some(connection.server().to_owned()),
        pending: applied.map(|applied| graph.len() - applied.len()),
        unfinished: standing::unfinished(graph, &records, &rows),
        rows,
    };
    Ok((live, failure))
}

fn print(context: &Context<'_>, answer: &Answer, live: Option<&Live>) -> Result<(), Failure> {
    let ui = context.ui;
    let unknown = || "?".to_owned();
    let from = match answer.locations.as_slice() {
        [] => "inside the binary".to_owned(),
        places => {
            let places: Vec<String> = places.iter().map(|it| it.display().to_string()).collect();
            format!("in {}", places.join(", "))
        }
    };
    let server = match (&answer.server, live) {
        (Some(server), _) => server.clone(),
        (None, Some(_)) => "the file is still to be made".to_owned(),
        (None, None) => unknown(),
    };
    let count = |number: Option<usize>| number.map_or_else(unknown, |it| it.to_string());
    for (title, text) in [
        (
            "component",
            format!("{} ({})", answer.component, answer.program),
        ),
        (
            "ini",
            answer
                .ini
                .as_ref()
                .map_or_else(|| "none".to_owned(), |it| it.display().to_string()),
        ),
        ("database", answer.database.clone().unwrap_or_else(unknown)),
        ("server", server),
        ("revisions", format!("{}, {from}", count(answer.revisions))),
        ("current", live.map_or_else(unknown, |it| place(&it.rows))),
        ("pending", count(answer.pending)),
    ] {
        ui.data(format_args!("{title:10} {text}"))?;
    }
    if answer.settings.is_empty() {
        return Ok(());
    }
    ui.data("")?;
    let row = |it: &Setting| {
        let origin = it.origin.clone().unwrap_or_else(|| "default".to_owned());
        let value = it.value.split_whitespace().collect::<Vec<_>>().join(" ");
        vec![format!("{}.{}", it.section, it.key), origin, value]
    };
    let rows: Vec<Vec<String>> = answer.settings.iter().map(row).collect();
    for line in columns::lines(&["SETTING", "FROM", "VALUE"], &rows, &[]) {
        ui.data(line)?;
    }
    Ok(())
}
