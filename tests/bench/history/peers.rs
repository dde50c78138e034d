//! A history as other tools read it: plain SQL in files of their naming.

use std::path::Path;

use migration_core::dialect::Dialect;

use super::sql::Spelling;
use super::{Change, History};
use crate::failure::Failure;
use crate::files::put;

/// A tool that joins where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    Sqlx,
    Diesel,
    Refinery,
    Dbmate,
}

impl Peer {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Sqlx, Self::Diesel, Self::Refinery, Self::Dbmate];

    /// The program, as it is found on `PATH`.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Sqlx => "sqlx",
            Self::Diesel => "diesel",
            Self::Refinery => "refinery",
            Self::Dbmate => "dbmate",
        }
    }
}

/// Writes the files of a peer into a directory.
pub(crate) fn write(
    peer: Peer,
    history: &History,
    dialect: Dialect,
    directory: &Path,
) -> Result<(), Failure> {
    for (position, revision) in history.revisions.iter().enumerate() {
        let number = position + 1;
        let (up, down) = (text(&revision.up, dialect), text(&revision.down, dialect));
        let long = format!("{:014}_{}", 20_240_000_000_000 + number, revision.id);
        match peer {
            Peer::Sqlx => {
                put(&directory.join(format!("{long}.up.sql")), &up)?;
                put(&directory.join(format!("{long}.down.sql")), &down)?;
            }
            Peer::Diesel => {
                put(&directory.join(&long).join("up.sql"), &up)?;
                put(&directory.join(&long).join("down.sql"), &down)?;
            }
            Peer::Refinery => {
                put(
                    &directory.join(format!("V{number}__{}.sql", revision.id)),
                    &up,
                )?;
            }
            Peer::Dbmate => {
                let both = format!("-- migrate:up\n{up}\n-- migrate:down\n{down}");
                put(&directory.join(format!("{long}.sql")), &both)?;
            }
        }
    }
    Ok(())
}

fn text(changes: &[Change], dialect: Dialect) -> String {
    let statements = changes
        .iter()
        .map(|it| Spelling::typed(dialect).statement(it) + ";\n");
    statements.collect()
}
