//! Histories of revisions, planned, linked and run without a command line.
#![expect(
    clippy::disallowed_methods,
    reason = "tests write the revisions they run"
)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use migration_core::database::{Connection, lock, version_rows};
use migration_core::dialect::{Dialect, Limits, TableChange, VersionTable};
use migration_core::execute::{
    self, Actor, ExecuteError, Observer, Options, Procedure, Report, TableChangePolicy, Transaction,
};
use migration_core::graph::{self, RevisionGraph};
use migration_core::plan::{self, Plan};
use migration_core::program::{self, Keep, Linker, Program, ProgramError, Step};
use migration_core::revision::{RevisionId, read_directories};
use tempfile::TempDir;

/// Revisions in files.
pub struct History {
    graph: RevisionGraph,
    prefix: &'static str,
    procedures: &'static [Procedure],
    directory: Option<TempDir>,
}

impl History {
    /// A line of revisions, each an id and the text below its header.
    ///
    /// # Panics
    ///
    /// When the texts are no revisions.
    pub fn line(revisions: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().expect("the temporary directory is writable");
        let mut parent = "";
        for (id, body) in revisions {
            let text = format!(
                "-- message of {id}\n--\n-- Revision ID: {id}\n-- Revises: {parent}\n\
                 -- Create Date: 2024-01-01 00:00:00\n\n{body}\n"
            );
            let path = directory.path().join(format!("{id}.sql"));
            fs::write(path, text).expect("the temporary directory is writable");
            parent = id;
        }
        let graph = read(directory.path());
        Self {
            graph,
            prefix: "",
            procedures: &[],
            directory: Some(directory),
        }
    }

    /// The history of a component of this repository, with tables called `irma_...`.
    pub fn of_component(name: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        Self {
            graph: read(&root.join(name).join("extras/migration/versions")),
            prefix: "irma_",
            procedures: &[],
            directory: None,
        }
    }

    /// The revisions of a directory.
    pub fn of_directory(directory: &Path) -> Self {
        Self {
            graph: read(directory),
            prefix: "",
            procedures: &[],
            directory: None,
        }
    }

    /// The same with a revision that begins a branch of its own.
    ///
    /// # Panics
    ///
    /// When the text is no revision, or the history is not one of a [`line`](Self::line).
    #[must_use]
    pub fn beside(self, id: &str, text: &str) -> Self {
        let directory = self.directory.expect("a line has a directory");
        let path = directory.path().join(format!("{id}.sql"));
        fs::write(path, text).expect("the temporary directory is writable");
        Self {
            graph: read(directory.path()),
            directory: Some(directory),
            ..self
        }
    }

    /// The same with procedures.
    #[must_use]
    pub fn with(self, procedures: &'static [Procedure]) -> Self {
        Self { procedures, ..self }
    }

    /// The way from the version rows to a target: up if it can be, else down.
    ///
    /// # Errors
    ///
    /// What is wrong with the texts.
    ///
    /// # Panics
    ///
    /// When there is no such way.
    pub fn program(
        &self,
        dialect: Dialect,
        rows: &[&str],
        target: &str,
    ) -> Result<Program, ProgramError> {
        let rows: Vec<RevisionId> = rows.iter().map(|row| RevisionId::from(*row)).collect();
        let plan = match target.strip_prefix("down to ") {
            Some(target) => plan::downgrade(&self.graph, &rows, &[target]),
            None => plan::upgrade(&self.graph, &rows, &[target]),
        };
        let plan = plan.expect("tests name targets that are there");
        program::link(&self.linker(dialect), plan)
    }

    /// Completes a program without a database.
    ///
    /// # Errors
    ///
    /// What the revisions do not say.
    pub fn offline(&self, program: Program) -> Result<Program, ProgramError> {
        program::lower_offline(&self.linker(program.dialect), program)
    }

    /// Plans from what the database has, and runs.
    ///
    /// # Errors
    ///
    /// What went wrong while running.
    ///
    /// # Panics
    ///
    /// When there is nothing to run.
    pub fn run(
        &self,
        connection: &mut dyn Connection,
        target: &str,
        transaction: Transaction,
    ) -> Result<Report, ExecuteError> {
        let rows = rows(connection);
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let program = self
            .program(connection.dialect(), &rows, target)
            .expect("tests run texts that link");
        self.execute(&program, connection, transaction, &|| false)
    }

    /// Runs a program.
    ///
    /// # Errors
    ///
    /// What went wrong while running.
    pub fn execute(
        &self,
        program: &Program,
        connection: &mut dyn Connection,
        transaction: Transaction,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Report, ExecuteError> {
        let options = Options {
            transaction,
            interrupted,
            procedures: self.procedures,
            ..options()
        };
        execute::run(program, connection, &version_table(), &options, &mut Watch)
    }

    fn linker(&self, dialect: Dialect) -> Linker<'_> {
        Linker {
            procedures: self.procedures.iter().map(|it| it.name).collect(),
            ..linker(&self.graph, dialect, self.prefix)
        }
    }
}

/// What links plans of revisions that call no procedures.
pub fn linker<'g>(graph: &'g RevisionGraph, dialect: Dialect, prefix: &str) -> Linker<'g> {
    Linker {
        dialect,
        graph,
        prefix: prefix.to_owned(),
        procedures: Vec::new(),
        never_ran: Vec::new(),
        // As a run has it.
        keep: Keep::Places,
    }
}

/// How runs are made.
pub fn options<'a>() -> Options<'a> {
    Options {
        transaction: Transaction::Auto,
        table_change: TableChangePolicy::Warn,
        patience: Duration::from_secs(5),
        lock: lock::Way::Auto,
        limits: Limits::default(),
        tries: 1,
        interrupted: &|| false,
        now: &|| "2024-01-01T00:00:00Z".parse().expect("it is a time"),
        actor: Actor::default(),
        resume_at: None,
        procedures: &[],
        backup: None,
    }
}

/// Links a plan and runs it.
///
/// # Errors
///
/// What went wrong, with its causes, in words.
pub fn run(
    linker: &Linker<'_>,
    plan: &Plan,
    connection: &mut dyn Connection,
) -> Result<(), String> {
    let program = program::link(linker, plan.clone()).map_err(|error| chain(&error))?;
    let run = execute::run(
        &program,
        connection,
        &version_table(),
        &options(),
        &mut Watch,
    );
    run.map(drop).map_err(|error| chain(&error))
}

/// An error and its causes, a line each.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text += &format!("\ncaused by: {source}");
        cause = source.source();
    }
    text
}

/// The version table of these runs.
pub fn version_table() -> VersionTable {
    VersionTable::default()
}

/// Reads the revisions of a directory.
///
/// # Panics
///
/// When they are no graph.
pub fn read(directory: &Path) -> RevisionGraph {
    let directories: [PathBuf; 1] = [directory.to_owned()];
    let revisions = read_directories(&directories).expect("tests write revisions that can be read");
    graph::build(revisions).expect("tests write revisions that make a graph")
}

/// The version rows of a database; none when there is no version table.
///
/// # Panics
///
/// When the database refuses.
pub fn rows(connection: &mut dyn Connection) -> Vec<String> {
    let rows = version_rows(connection, &version_table()).expect("version rows can be read");
    let rows = rows.unwrap_or_default();
    rows.iter().map(ToString::to_string).collect()
}

/// Hears everything and says nothing.
struct Watch;

impl Observer for Watch {
    fn table_change(&mut self, _: &Step, _: &TableChange, _: u64) {}
}
