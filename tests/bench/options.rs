//! What can be asked for.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use migration_core::dialect::Dialect;

/// Measure this product beside Alembic, other tools and the engines' own limits
#[derive(Debug, Clone, Parser)]
#[command(name = "bench")]
pub(crate) struct Options {
    /// Measure these jobs alone
    #[arg(long, value_name = "JOB", value_delimiter = ',')]
    pub(crate) only: Vec<JobName>,

    /// Measure on these engines alone
    #[arg(long, value_name = "ENGINE", value_delimiter = ',')]
    pub(crate) engines: Vec<EngineName>,

    /// How often each tool runs at each job; short jobs run three times as often, those of many
    /// seconds less
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,

    /// Leave out what takes minutes: the largest histories, schemas and tables
    #[arg(long)]
    pub(crate) quick: bool,

    /// Put databases and servers below this directory, such as /dev/shm, where no disk blurs the
    /// numbers; other users must be able to enter it
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// Use this Alembic in place of one that is installed below `target`
    #[arg(long, value_name = "PATH")]
    pub(crate) alembic: Option<PathBuf>,

    /// Use this binary in place of the `migrate` that is built
    #[arg(long, value_name = "PATH")]
    pub(crate) binary: Option<PathBuf>,

    /// The number that the made-up histories are made from
    #[arg(long, default_value_t = 4711)]
    pub(crate) seed: u64,

    /// Put the tables between the two markers of this file too
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
}

/// A group of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum JobName {
    /// `--version` and `--help`
    StartUp,
    /// An upgrade when there is nothing to do
    NoOp,
    /// `history`, `heads` and `current`
    History,
    /// `history`, `heads` and an upgrade with nothing to do, of revisions inside a binary
    Embedded,
    /// An upgrade from an empty database
    Upgrade,
    /// A downgrade to base
    Downgrade,
    /// A comparison of models with a database
    Check,
    /// A column's type on SQLite, whose table is written anew
    Rebuild,
    /// Many small SQLite databases, one after the other
    Many,
}

/// An engine, as a person calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineName {
    /// In files
    Sqlite,
    /// A server of our own
    Postgresql,
    /// A server of our own
    Mariadb,
}

impl Options {
    /// Whether a job is wanted.
    pub(crate) fn wants(&self, job: JobName) -> bool {
        self.only.is_empty() || self.only.contains(&job)
    }

    /// The engines that are wanted.
    pub(crate) fn dialects(&self) -> Vec<Dialect> {
        let named = match self.engines.as_slice() {
            [] => EngineName::value_variants(),
            some => some,
        };
        named.iter().map(|it| it.dialect()).collect()
    }
}

impl EngineName {
    fn dialect(self) -> Dialect {
        match self {
            Self::Sqlite => Dialect::Sqlite,
            Self::Postgresql => Dialect::Postgres,
            Self::Mariadb => Dialect::Mysql,
        }
    }
}
