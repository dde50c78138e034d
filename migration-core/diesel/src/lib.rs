//! The revisions of a component as migrations of Diesel, so that `run_pending_migrations` applies
//! them on the connection that an application has already.
//!
//! ```no_run
//! use diesel::prelude::*;
//! use diesel_migrations::MigrationHarness;
//! use migration_core::application::Component;
//! use migration_core::dialect::Dialect;
//! use migration_diesel::Revisions;
//!
//! # const BRAIN: Component = Component {
//! #     name: "brain", program: "brain", version: "1.0.0", default_ini: "conf/brain.ini",
//! #     revisions: &[], models: "", procedures: &[],
//! # };
//! fn start() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//!     let mut connection = SqliteConnection::establish("brain.db")?;
//!     let revisions = Revisions::of(&BRAIN, Dialect::Sqlite, "irma")?;
//!     connection.run_pending_migrations(revisions)?;
//!     Ok(())
//! }
//! ```
//!
//! Diesel's harness keeps its own table, `__diesel_schema_migrations`, and knows lines only: of the
//! version table, the lock, the ledger and resuming it has nothing. A database is brought up either
//! by it or by the component's own program, not by both.

use std::fmt;

use diesel::backend::Backend;
use diesel::connection::BoxableConnection;
use diesel::migration::{
    Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion, Result,
};
use migration_core::application::{ApplicationError, Component, LineStep};
use migration_core::dialect::Dialect;
use migration_core::script::Text;

/// The revisions of a component, compiled for one engine.
#[derive(Debug, Clone)]
pub struct Revisions {
    steps: Vec<Step>,
}

impl Revisions {
    /// Compiles the embedded revisions of a component whose tree is a line; `tables_prefix` is what
    /// the ini would say.
    ///
    /// # Errors
    ///
    /// Branches or merges in the tree, a revision that calls a Rust procedure, or a text with
    /// something wrong in it.
    pub fn of(
        component: &Component,
        dialect: Dialect,
        tables_prefix: &str,
    ) -> std::result::Result<Self, ApplicationError> {
        let line = component.line(dialect, tables_prefix)?;
        let steps = line.into_iter().enumerate();
        Ok(Self {
            steps: steps
                .map(|(position, step)| Step::new(dialect, position, step))
                .collect(),
        })
    }
}

impl<DB: Backend> MigrationSource<DB> for Revisions {
    fn migrations(&self) -> Result<Vec<Box<dyn Migration<DB>>>> {
        let boxed = |step: &Step| Box::new(step.clone()) as Box<dyn Migration<DB>>;
        Ok(self.steps.iter().map(boxed).collect())
    }
}

/// A revision.
#[derive(Debug, Clone)]
struct Step {
    name: Name,
    up: Vec<Text>,
    down: Option<Vec<Text>>,
    transactional: Transactional,
    dialect: Dialect,
}

impl Step {
    fn new(dialect: Dialect, position: usize, step: LineStep) -> Self {
        let texts = step.up.iter().chain(step.down.iter().flatten());
        Self {
            // Diesel runs them in the order of their names.
            name: Name {
                version: format!("{:06}_{}", position + 1, step.revision),
                message: step.message,
            },
            transactional: Transactional(texts.into_iter().all(|text| text.transactional)),
            up: step.up,
            down: step.down,
            dialect,
        }
    }

    /// Runs statements in a session that reads them as they are meant.
    fn run_all<DB: Backend>(
        &self,
        texts: &[Text],
        connection: &mut dyn BoxableConnection<DB>,
    ) -> Result<()> {
        let syntax = self.dialect.syntax();
        if let Some([remember, _]) = syntax.session_of_others {
            connection.batch_execute(remember)?;
            for statement in syntax.session {
                connection.batch_execute(statement)?;
            }
        }
        let mut texts = texts.iter();
        let outcome = texts.try_for_each(|text| connection.batch_execute(&text.sql));
        if let Some([_, bring_back]) = syntax.session_of_others {
            let brought = connection.batch_execute(bring_back);
            // What failed before matters more.
            return Ok(outcome.and(brought)?);
        }
        Ok(outcome?)
    }
}

impl<DB: Backend> Migration<DB> for Step {
    fn run(&self, connection: &mut dyn BoxableConnection<DB>) -> Result<()> {
        self.run_all(&self.up, connection)
    }

    fn revert(&self, connection: &mut dyn BoxableConnection<DB>) -> Result<()> {
        match &self.down {
            Some(down) => self.run_all(down, connection),
            None => Err(format!("revision `{}` has no downgrade section", self.name).into()),
        }
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        &self.transactional
    }

    fn name(&self) -> &dyn MigrationName {
        &self.name
    }
}

/// Whether a transaction can hold a revision.
#[derive(Debug, Clone, Copy)]
struct Transactional(bool);

impl MigrationMetadata for Transactional {
    fn run_in_transaction(&self) -> bool {
        self.0
    }
}

/// Number, id and message.
#[derive(Debug, Clone)]
struct Name {
    version: String,
    message: String,
}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(&self.version)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.version)?;
        if !self.message.is_empty() {
            write!(f, ", {}", self.message)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

/// The guide, whose code has to compile.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/inside-an-application.md")]
pub struct Guide;
