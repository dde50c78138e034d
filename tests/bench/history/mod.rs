//! A made-up history of revisions, the same for the same seed and number: mixed as those of real
//! products are, and such that every engine can do each change, and take it back, by a statement
//! of its own.

mod alembic;
mod generate;
mod ours;
mod peers;
mod plain;
mod sql;

#[cfg(test)]
mod tests;

pub(crate) use alembic::{settings as alembic_settings, write as write_alembic};
pub(crate) use generate::{generate, tables};
pub(crate) use ours::{embedded as write_embedded, settings as our_settings, write as write_ours};
pub(crate) use peers::{Peer, write as write_peer};
pub(crate) use plain::{Way, script as plain_script};
pub(crate) use sql::models;

/// Revisions in an order in which they can be applied; the last is the only head.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) revisions: Vec<Revision>,
}

/// One revision, and what undoes it.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    pub(crate) id: String,
    /// None for the first, two where branches merge.
    pub(crate) parents: Vec<String>,
    pub(crate) message: String,
    pub(crate) up: Vec<Change>,
    pub(crate) down: Vec<Change>,
}

/// What a revision does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    CreateTable(Table),
    DropTable(String),
    AddColumn {
        table: String,
        column: Column,
    },
    DropColumn {
        table: String,
        column: String,
    },
    RenameColumn {
        table: String,
        from: String,
        to: String,
    },
    CreateIndex(Index),
    DropIndex {
        table: String,
        name: String,
    },
    /// A statement on rows, the same on every engine.
    Rows(String),
}

/// A table whose primary key is its column `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// Those besides `id`.
    pub(crate) columns: Vec<Column>,
    /// The table to which its column `parent_id` refers.
    pub(crate) parent: Option<String>,
}

/// A column that may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// Types that every engine has, and that all tools spell alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Big,
    Short,
    Text,
    Amount,
    Flag,
}

/// An index over one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) table: String,
    pub(crate) column: String,
    pub(crate) is_unique: bool,
}

impl History {
    /// The revision that a database has when all are applied.
    pub(crate) fn head(&self) -> &str {
        self.revisions.last().map_or("", |it| &it.id)
    }
}

impl Revision {
    /// The name of its file, without what comes after the dot.
    pub(crate) fn stem(&self) -> String {
        format!("{}_{}", self.id, self.message.replace(' ', "_"))
    }
}
