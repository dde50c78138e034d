//! `verify`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::application::moment;
use crate::cli::context::Context;
use crate::cli::describe::texts;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::verdict::{self, Proof, Said};
use crate::cli::{files, interrupt};
use crate::database::scratch::{self, Aside, Scratch};
use crate::database::{self, OpenOptions};
use crate::dialect::VersionTable;
use crate::introspect::Scope;
use crate::program::{self, Built, Program};
use crate::render::RenderOptions;
use crate::revision::RevisionId;
use crate::schema::Ident;
use crate::text::Source;
use crate::verify::{self, Progress, Verdict, Verifier};

/// Prove every revision on a scratch database: up, down, and up again
///
/// The schema before a revision and after its downgrade must be equal, so must the schema after
/// both of its upgrades; rows that were there before it must be there after its downgrade; every
/// view that could be read before it must be readable; there must be one head. The live database is
/// not touched: SQLite's scratch database is in memory, PostgreSQL's a schema in a transaction that is
/// rolled back, that of MySQL and MariaDB a database that is dropped again.
///
/// Rows are made up for tables without any. A file `ID.sql` in the directory of --seed, or of the
/// ini's `seeds`, is run before the revision of that id.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Read seeds from this directory
    #[arg(long, value_name = "DIR")]
    seed: Option<PathBuf>,

    /// Make up no rows
    #[arg(long)]
    no_rows: bool,

    /// Write a report in JUnit's XML into this file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report<'a> {
    engine: &'a str,
    ok: bool,
    proofs: &'a [Proof],
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    interrupt::listen();
    let settings = context.settings()?;
    let seeds = seeds(context, arguments.seed.as_deref())?;
    let options = OpenOptions::read(context.component.program);
    let linker = context.linker()?;
    // What cannot be read is said when its turn comes.
    let history = program::built(&linker, &linker.graph.heads()).unwrap_or_default();
    let (mut scratch, scope) = place(context, &options, &history)?;
    let engine = scratch.connection().server().to_owned();
    let prefix = settings.prefix();
    let rendering = RenderOptions {
        prefix: &prefix,
        backslash_escapes: settings.dialect()?.syntax().backslash_escapes,
        marked: None,
    };
    let table = VersionTable {
        schema: None,
        name: scratch::VERSION_TABLE.to_owned(),
    };
    let mut shown = Shown {
        context,
        rendering,
        proofs: Vec::new(),
        failure: None,
    };
    let verifier = Verifier {
        linker: &linker,
        table: &table,
        scope: &scope,
        seeds: &seeds,
        makes_rows: !arguments.no_rows,
        now: &moment::timestamp,
        interrupted: &interrupt::is_asked,
        procedures: context.component.procedures,
    };
    verify::verify(&verifier, scratch.connection(), &mut shown)?;
    if let Some(failure) = shown.failure.take() {
        return Err(failure);
    }
    shown.add(heads(context)?);
    scratch.close()?;
    report(context, arguments, &engine, &shown.proofs)
}

/// A scratch place with the schemas that revisions name, and the tables that they refer to and do
/// not make.
fn place(
    context: &Context<'_>,
    options: &OpenOptions,
    history: &Built,
) -> Result<(Scratch, Scope), Failure> {
    let settings = context.settings()?;
    let named = history.namespaces();
    let aside: Vec<Aside<'_>> = named
        .iter()
        .map(|(name, is_made)| Aside {
            name: name.as_str(),
            is_made: !is_made,
        })
        .collect();
    let mut scratch = scratch::open(&context.address()?, options, &aside)?;
    let tells_case_apart = settings.dialect()?.syntax().folds_to_lower;
    for name in history.borrowed(tells_case_apart) {
        let schema = name.schema.as_ref().map(Ident::as_str);
        scratch.borrow_table(schema, name.name.as_str())?;
    }
    let own = database::own_schema(scratch.connection())?;
    let mut schemas: Vec<Ident> = named.into_iter().map(|(name, _)| name).collect();
    schemas.retain(|it| Some(it.as_str()) != own.as_deref());
    let scope = Scope {
        schemas,
        leaves_apart: true,
    };
    Ok((scratch, scope))
}

/// Prints verdicts as they come.
struct Shown<'a> {
    context: &'a Context<'a>,
    rendering: RenderOptions<'a>,
    proofs: Vec<Proof>,
    /// Why nothing more can be printed.
    failure: Option<Failure>,
}

impl Progress for Shown<'_> {
    fn verdict(&mut self, verdict: &Verdict) {
        self.add(verdict::proof(verdict, &self.rendering));
    }
}

impl Shown<'_> {
    fn add(&mut self, proof: Proof) {
        if !self.context.ui.is_json() {
            let printed = self.print(&proof);
            self.failure = self.failure.take().or(printed.err());
        }
        self.proofs.push(proof);
    }

    fn print(&self, proof: &Proof) -> Result<(), Failure> {
        let word = if proof.ok { "ok    " } else { "not ok" };
        let ui = self.context.ui;
        ui.data(format!("{word}  {}, {}", proof.name, proof.message))?;
        for line in verdict::lines(proof) {
            ui.data(line)?;
        }
        ui.flush()
    }
}

/// Whether there is one head.
fn heads(context: &Context<'_>) -> Result<Proof, Failure> {
    let heads = texts(context.graph()?.heads());
    let finding = (heads.len() > 1).then(|| Said {
        kind: "heads",
        message: format!("there are {}: {}", heads.len(), heads.join(", ")),
        details: vec!["hint: join them by `merge heads`".to_owned()],
        sql: None,
    });
    Ok(Proof {
        name: "heads".to_owned(),
        message: "there is one head".to_owned(),
        ok: finding.is_none(),
        findings: finding.into_iter().collect(),
        notes: Vec::new(),
    })
}

/// The seeds, by the revisions they are for.
fn seeds(
    context: &Context<'_>,
    typed: Option<&Path>,
) -> Result<HashMap<RevisionId, Program>, Failure> {
    let settings = context.settings()?;
    let Some(directory) = typed.or(settings.seeds.as_deref()) else {
        return Ok(HashMap::new());
    };
    let mut seeds = HashMap::new();
    for (path, text) in files::read_all(directory, "sql")? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let Some(revision) = context.graph()?.get(&stem) else {
            return Err(CliError::SeedOfNothing { path }.into());
        };
        let source = Source::new(path.display().to_string(), text);
        let linker = context.linker()?;
        let models = program::models(linker.dialect, &linker.prefix, &source)?;
        let program = program::making(&linker, &models, |_| false)?;
        seeds.insert(revision.id().clone(), program);
    }
    Ok(seeds)
}

fn report(
    context: &Context<'_>,
    arguments: &Arguments,
    engine: &str,
    proofs: &[Proof],
) -> Result<(), Failure> {
    let failed = proofs.iter().filter(|it| !it.ok).count();
    if let Some(path) = &arguments.junit {
        files::replace(path, &verdict::junit(context.component.program, proofs))?;
    }
    if context.ui.is_json() {
        context.ui.document(&Report {
            engine,
            ok: failed == 0,
            proofs,
        })?;
    }
    if failed > 0 {
        let error = CliError::NotProved {
            failed,
            of: proofs.len(),
        };
        let failure = Failure::with_exit(error, Exit::Found);
        // The last proof is of the heads.
        return Err(match context.graph()?.len() + 1 - proofs.len() {
            0 => failure,
            1 => failure.noting("1 revision was not tried, because one before it fails".to_owned()),
            more => failure.noting(format!(
                "{more} revisions were not tried, because one before them fails"
            )),
        });
    }
    let revisions = proofs.len() - 1;
    let plural = if revisions == 1 {
        "revision"
    } else {
        "revisions"
    };
    context.ui.success(format_args!(
        "Proved on {engine}: {revisions} {plural} up, down and up again."
    ));
    Ok(())
}
