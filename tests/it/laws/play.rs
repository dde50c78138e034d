//! A story played on a live database: one revision for each step, up and down again.

use std::fmt::{self, Write as _};

use migration_core::database::Connection;
use migration_core::dialect::{Dialect, VersionTable};
use migration_core::graph::RevisionGraph;
use migration_core::introspect;
use migration_core::operation::Operation;
use migration_core::plan::{self, Plan};
use migration_core::render::{self, RenderOptions};
use migration_core::revision::RevisionId;
use migration_core::schema::Schema;
use migration_tests::databases::TestDatabase;
use migration_tests::history::{self, linker};

use super::normal;
use super::story::Story;

pub(super) const PREFIX: &str = "p_";

/// A database that is emptied before each story.
pub(super) struct Stage {
    pub(super) database: TestDatabase,
    pub(super) connection: Box<dyn Connection>,
}

/// What went wrong, and where.
pub(super) struct Failure {
    /// The step in the story.
    pub(super) step: usize,
    /// What differs, or what the engine said.
    pub(super) what: String,
    /// The revisions up to that step.
    text: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {}\n{}\n{}", self.step, self.what, self.text)
    }
}

impl Stage {
    pub(super) fn new(database: TestDatabase) -> Self {
        let connection = database.open();
        Self {
            database,
            connection,
        }
    }

    /// Plays the story up and down.
    pub(super) fn play(&mut self, story: &Story) -> Result<(), Failure> {
        self.clear();
        let directory = tempfile::tempdir().expect("a directory");
        let mut text = String::new();
        for (number, step) in story.steps.iter().enumerate() {
            let revision = revision(number, &step.up, &step.down);
            let path = directory.path().join(format!("{}.sql", id(number)));
            std::fs::write(path, &revision).expect("the directory is writable");
            text += &revision;
        }
        let graph = history::read(directory.path());
        let last = story.steps.len() - 1;
        let failure = |step: usize| {
            let text = text.clone();
            move |what| Failure { step, what, text }
        };
        for (number, step) in story.steps.iter().enumerate() {
            let rows: Vec<RevisionId> = (number > 0).then(|| id(number - 1)).into_iter().collect();
            let plan = plan::upgrade(&graph, &rows, &[id(number).as_str()]).expect("one step");
            self.run(&graph, &plan)
                .and_then(|()| self.compare("up", &step.after, true))
                .map_err(failure(number))?;
        }
        for (number, step) in story.steps.iter().enumerate().rev() {
            let target = if number == 0 {
                "base".to_owned()
            } else {
                id(number - 1).to_string()
            };
            let plan = plan::downgrade(&graph, &[id(number)], &[&target]).expect("one step");
            // A column that comes back comes back as the last one.
            self.run(&graph, &plan)
                .and_then(|()| self.compare("down", &step.before, false))
                .map_err(failure(number.min(last)))?;
        }
        Ok(())
    }

    /// An empty database again.
    pub(super) fn clear(&mut self) {
        if let Some(server) = self.database.server() {
            let name = &server.database;
            let statements = match self.database.dialect() {
                Dialect::Postgres => ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"]
                    .map(str::to_owned)
                    .to_vec(),
                Dialect::Sqlite | Dialect::Mysql => vec![
                    format!("DROP DATABASE \"{name}\""),
                    format!("CREATE DATABASE \"{name}\""),
                    format!("USE \"{name}\""),
                ],
            };
            let _ = self.connection.rollback();
            for statement in &statements {
                let run = self.connection.run(&[statement]);
                run.unwrap_or_else(|failed| panic!("{statement}: {}", failed.error));
            }
        } else {
            let address = migration_core::database::Address::Sqlite {
                path: ":memory:".into(),
            };
            let options = migration_core::database::OpenOptions::write("laws");
            let opened = migration_core::database::open(&address, &options);
            self.connection = opened.expect("memory opens");
        }
    }

    pub(super) fn run(&mut self, graph: &RevisionGraph, plan: &Plan) -> Result<(), String> {
        let linker = linker(graph, self.database.dialect(), PREFIX);
        history::run(&linker, plan, self.connection.as_mut())
    }

    /// Compares what is there with the model.
    fn compare(&mut self, way: &str, model: &Schema, in_order: bool) -> Result<(), String> {
        let dialect = self.database.dialect();
        let expected = normal::text(dialect, model, in_order);
        let found = normal::text(dialect, &self.live(model), in_order);
        if expected == found {
            return Ok(());
        }
        let difference = similar::TextDiff::from_lines(&expected, &found);
        let difference = difference
            .unified_diff()
            .header("model", "live")
            .to_string();
        Err(format!("{way}:\n{difference}"))
    }

    fn live(&mut self, model: &Schema) -> Schema {
        let mut live = Schema::default();
        let connection = self.connection.as_mut();
        for name in introspect::tables(connection).expect("a catalog") {
            let is_ours = name.name.as_str().starts_with(VersionTable::DEFAULT);
            if is_ours && model.table(&name).is_none() {
                continue;
            }
            let table = introspect::table(connection, &name);
            let table = table.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            live.tables.extend(table.schema.tables);
            live.indexes.extend(table.schema.indexes);
        }
        live
    }
}

pub(super) fn id(number: usize) -> RevisionId {
    RevisionId::new(format!("{:012x}", number + 1))
}

/// The file of a revision.
pub(super) fn revision(number: usize, up: &[Operation], down: &[Operation]) -> String {
    let options = RenderOptions {
        prefix: PREFIX,
        backslash_escapes: false,
        marked: None,
    };
    let before = number.checked_sub(1).map(|before| id(before).to_string());
    let mut text = format!(
        "-- step {number}\n--\n-- Revision ID: {}\n-- Revises: {}\n\
         -- Create Date: 2020-01-01 00:00:00\n\n",
        id(number),
        before.unwrap_or_default()
    );
    for (direction, operations) in [("upgrade", up), ("downgrade", down)] {
        let section = render::section(operations, &options);
        let _ = write!(text, "-- migrate: {direction}\n\n{section}\n");
    }
    text
}
