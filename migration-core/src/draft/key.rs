//! Which object a statement is about.

use crate::operation::{EnumChange, NamespaceChange, Operation, SequenceChange, ViewChange};
use crate::schema::{Ident, ObjectName};
use crate::sql::{self, Fold};

/// An object that statements make, change and drop.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Table(ObjectName),
    Index(Ident),
    View(ObjectName),
    Sequence(ObjectName),
    Enum(ObjectName),
    Namespace(Ident),
    /// What passes through as written: its kind, its name, the table it stands on.
    Other(sql::Subject),
}

/// What an operation does to its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Makes,
    Changes,
    Drops,
}

/// How names are read where a statement is nothing but text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) fold: Fold,
    pub(super) backslash_escapes: bool,
}

/// The object of an operation and what happens to it; none when nobody but an engine knows.
#[expect(clippy::too_many_lines, reason = "one arm per operation")]
pub(super) fn key(operation: &Operation, reading: Reading) -> Option<(Deed, Key)> {
    Some(match operation {
        Operation::CreateTable { table, .. } => (Deed::Makes, Key::Table(table.name.clone())),
        Operation::DropTable { name, .. } => (Deed::Drops, Key::Table(name.clone())),
        Operation::RenameTable { from, .. } => (Deed::Changes, Key::Table(from.clone())),
        Operation::AddColumn { table, .. }
        | Operation::DropColumn { table, .. }
        | Operation::RenameColumn { table, .. }
        | Operation::SetType { table, .. }
        | Operation::SetNullable { table, .. }
        | Operation::SetDefault { table, .. }
        | Operation::SetIdentity { table, .. }
        | Operation::DropExpression { table, .. }
        | Operation::AddConstraint { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::RenameConstraint { table, .. }
        | Operation::ValidateConstraint { table, .. }
        | Operation::SetTableComment { table, .. }
        | Operation::SetColumnComment { table, .. } => (Deed::Changes, Key::Table(table.clone())),
        Operation::CreateIndex { index, .. } => (Deed::Makes, Key::Index(index.name.clone()?)),
        Operation::DropIndex { name, .. } => (Deed::Drops, Key::Index(name.name.clone())),
        Operation::RenameIndex { from, .. } => (Deed::Changes, Key::Index(from.name.clone())),
        Operation::View(change) => match change {
            ViewChange::Create { view, .. } => (Deed::Makes, Key::View(view.name.clone())),
            ViewChange::Drop { name, .. } => (Deed::Drops, Key::View(name.clone())),
            ViewChange::Rename { from, .. } => (Deed::Changes, Key::View(from.clone())),
        },
        Operation::Sequence(change) => match change {
            SequenceChange::Create { sequence, .. } => {
                (Deed::Makes, Key::Sequence(sequence.name.clone()))
            }
            SequenceChange::Drop { name, .. } => (Deed::Drops, Key::Sequence(name.clone())),
            SequenceChange::Alter { name, .. } | SequenceChange::Rename { from: name, .. } => {
                (Deed::Changes, Key::Sequence(name.clone()))
            }
        },
        Operation::Namespace(change) => match change {
            NamespaceChange::Create { name, .. } => (Deed::Makes, Key::Namespace(name.clone())),
            NamespaceChange::Drop { name, .. } => (Deed::Drops, Key::Namespace(name.clone())),
            NamespaceChange::Rename { from, .. } => (Deed::Changes, Key::Namespace(from.clone())),
        },
        Operation::Enum(change) => match change {
            EnumChange::Create { created } => (Deed::Makes, Key::Enum(created.name.clone())),
            EnumChange::Drop { name, .. } => (Deed::Drops, Key::Enum(name.clone())),
            EnumChange::AddValue { name, .. }
            | EnumChange::RenameValue { name, .. }
            | EnumChange::Rename { from: name, .. } => (Deed::Changes, Key::Enum(name.clone())),
        },
        Operation::Raw { sql } => {
            let (subject, deed) = sql::subject(sql, reading.fold, reading.backslash_escapes)?;
            let deed = match deed {
                sql::Deed::Makes => Deed::Makes,
                sql::Deed::Drops => Deed::Drops,
            };
            (deed, Key::Other(subject))
        }
        Operation::Call { .. } => return None,
    })
}
