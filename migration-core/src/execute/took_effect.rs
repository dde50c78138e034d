//! Whether an operation that was begun took effect, as far as the catalog tells.
//!
//! Every statement is all or nothing on its own, so one trace of it is enough. What may be done
//! twice is never asked for.

use super::pieces::words;
use crate::introspect::Catalog;
use crate::operation::{ConstraintTarget, Operation, ViewChange};
use crate::schema::{Constraint, ConstraintKind, Ident, Index, ObjectName, Table};

/// What is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It is in effect.
    Yes,
    /// It is not; or what is there is something else, and the engine will say so.
    No,
    /// The same again does no harm.
    Repeat,
    /// The catalog does not tell.
    Unknown,
}

/// Looks for the traces of an operation in what is there; `live` holds all tables that
/// [`tables`] names.
#[expect(clippy::too_many_lines, reason = "one arm per operation")]
pub(super) fn took_effect(operation: &Operation, live: &Catalog) -> Effect {
    let names = Names { live };
    match operation {
        Operation::CreateTable { table, .. } if table.temporary => Effect::No,
        Operation::CreateTable { table, .. } => names.created(table),
        Operation::DropTable { name, .. } => yes(!live.is_there(name)),
        Operation::RenameTable { from, to } => {
            let to = from.sibling(to.clone());
            yes(!live.is_there(from) && live.is_there(&to))
        }
        Operation::AddColumn { table, column, .. } => {
            names.of(table, |it| yes(names.column(it, &column.name)))
        }
        Operation::DropColumn { table, column, .. } => {
            names.of(table, |it| yes(!names.column(it, column)))
        }
        Operation::RenameColumn { table, from, to } => names.of(table, |it| {
            let has_new = it.columns.iter().any(|column| column.name == *to);
            let has_old = it.columns.iter().any(|column| column.name == *from);
            yes(has_new && !has_old)
        }),
        Operation::SetType { using: Some(_), .. } => Effect::Unknown,
        Operation::SetType { .. }
        | Operation::SetNullable { .. }
        | Operation::SetDefault { .. }
        | Operation::SetIdentity { .. }
        | Operation::DropExpression { .. }
        | Operation::ValidateConstraint { .. }
        | Operation::SetTableComment { .. }
        | Operation::SetColumnComment { .. } => Effect::Repeat,
        Operation::AddConstraint { table, constraint } => {
            names.of(table, |it| yes(names.constrained(it, constraint)))
        }
        Operation::DropConstraint { table, target, .. } => {
            names.of(table, |it| names.unconstrained(it, target))
        }
        Operation::RenameConstraint { table, from, to } => names.of(table, |it| {
            match (names.constraint(it, from), names.constraint(it, to)) {
                (false, true) => Effect::Yes,
                (true, _) => Effect::No,
                // Where it is dropped and made again, it may be neither.
                (false, false) => Effect::Unknown,
            }
        }),
        Operation::CreateIndex { index, .. } => names.of(&index.table, |_| {
            yes(live
                .schema
                .indexes_of(&index.table)
                .any(|it| names.is_index(it, index)))
        }),
        Operation::DropIndex { name, .. } => yes(!names.index(&name.name)),
        Operation::RenameIndex { from, to, .. } => yes(!names.index(&from.name) && names.index(to)),
        Operation::View(change) => names.view(change),
        Operation::Sequence(_)
        | Operation::Namespace(_)
        | Operation::Enum(_)
        | Operation::Call { .. } => Effect::Unknown,
        Operation::Raw { sql } => raw(sql),
    }
}

/// The tables that must be read to tell.
pub(super) fn tables(operation: &Operation) -> Vec<ObjectName> {
    match operation {
        Operation::CreateTable { table, .. } => vec![table.name.clone()],
        Operation::DropTable { name, .. } => vec![name.clone()],
        Operation::RenameTable { from, to } => vec![from.clone(), from.sibling(to.clone())],
        Operation::AddColumn { table, .. }
        | Operation::DropColumn { table, .. }
        | Operation::RenameColumn { table, .. }
        | Operation::AddConstraint { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::RenameConstraint { table, .. } => vec![table.clone()],
        Operation::CreateIndex { index, .. } => vec![index.table.clone()],
        Operation::DropIndex { table, .. } | Operation::RenameIndex { table, .. } => {
            table.iter().cloned().collect()
        }
        Operation::SetType { .. }
        | Operation::SetNullable { .. }
        | Operation::SetDefault { .. }
        | Operation::SetIdentity { .. }
        | Operation::DropExpression { .. }
        | Operation::ValidateConstraint { .. }
        | Operation::SetTableComment { .. }
        | Operation::SetColumnComment { .. }
        | Operation::Sequence(_)
        | Operation::Namespace(_)
        | Operation::Enum(_)
        | Operation::Raw { .. }
        | Operation::Call { .. } => Vec::new(),
        Operation::View(change) => match change {
            ViewChange::Create { view, .. } => vec![view.name.clone()],
            ViewChange::Drop { name, .. } => vec![name.clone()],
            ViewChange::Rename { from, to } => vec![from.clone(), from.sibling(to.clone())],
        },
    }
}

/// The indexes whose tables must be read to tell, where only they are named.
pub(super) fn indexes(operation: &Operation) -> Vec<ObjectName> {
    if let Operation::DropIndex {
        name, table: None, ..
    } = operation
    {
        return vec![name.clone()];
    }
    if let Operation::RenameIndex {
        from,
        to,
        table: None,
    } = operation
    {
        return vec![from.clone(), from.sibling(to.clone())];
    }
    Vec::new()
}

fn yes(is_so: bool) -> Effect {
    if is_so { Effect::Yes } else { Effect::No }
}

/// What a statement says that is not understood: some may be said twice.
pub(super) fn raw(sql: &str) -> Effect {
    let words: Vec<String> = words(sql).take(8).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_guarded = |guard: &[&str]| words.windows(guard.len()).any(|it| it == guard);
    match words.as_slice() {
        [
            "set" | "use" | "prepare" | "deallocate" | "analyze" | "vacuum" | "optimize",
            ..,
        ]
        | ["grant" | "comment" | "truncate" | "refresh" | "pragma", ..]
        | ["create", "or", "replace", ..] => Effect::Repeat,
        ["drop", ..] if is_guarded(&["if", "exists"]) => Effect::Repeat,
        ["create", ..] | ["alter", "type", ..] if is_guarded(&["if", "not", "exists"]) => {
            Effect::Repeat
        }
        _ => Effect::Unknown,
    }
}

/// Names as the engine tells them apart.
struct Names<'a> {
    live: &'a Catalog,
}

impl Names<'_> {
    fn is_same(&self, one: &Ident, other: &Ident) -> bool {
        let (one, other) = (one.as_str(), other.as_str());
        if self.live.tells_case_apart {
            one == other
        } else {
            one.to_lowercase() == other.to_lowercase()
        }
    }

    fn are_same(&self, one: &[Ident], other: &[Ident]) -> bool {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| self.is_same(a, b))
    }

    /// Asks about a table; without one the engine will say so.
    fn of(&self, name: &ObjectName, ask: impl FnOnce(&Table) -> Effect) -> Effect {
        match self.live.schema.table(name) {
            Some(table) => ask(table),
            None if self.live.is_there(name) => Effect::Unknown,
            None => Effect::No,
        }
    }

    /// A table of that name with other columns is somebody else's.
    fn created(&self, wanted: &Table) -> Effect {
        match self.live.schema.table(&wanted.name) {
            Some(found) => {
                let names = |table: &Table| -> Vec<Ident> {
                    table.columns.iter().map(|it| it.name.clone()).collect()
                };
                yes(self.are_same(&names(found), &names(wanted)))
            }
            None if self.live.is_there(&wanted.name) => Effect::Unknown,
            None => Effect::No,
        }
    }

    /// Views have the names of tables, where the catalog shows them so.
    fn view(&self, change: &ViewChange) -> Effect {
        if !self.live.sees_views {
            return Effect::Unknown;
        }
        match change {
            ViewChange::Create {
                or_replace: true, ..
            } => Effect::Repeat,
            ViewChange::Create { view, .. } => yes(self.live.is_there(&view.name)),
            ViewChange::Drop { name, .. } => yes(!self.live.is_there(name)),
            ViewChange::Rename { from, to } => {
                let to = from.sibling(to.clone());
                yes(!self.live.is_there(from) && self.live.is_there(&to))
            }
        }
    }

    fn column(&self, table: &Table, name: &Ident) -> bool {
        let mut columns = table.columns.iter();
        columns.any(|column| self.is_same(&column.name, name))
    }

    /// Keys are indexes too, and MySQL lists them as such.
    fn constraint(&self, table: &Table, name: &Ident) -> bool {
        let mut named = table.constraints.iter().filter_map(|it| it.name.as_ref());
        named.any(|it| self.is_same(it, name)) || self.index(name)
    }

    fn constrained(&self, table: &Table, wanted: &Constraint) -> bool {
        match (&wanted.name, &wanted.kind) {
            (_, ConstraintKind::PrimaryKey { .. }) => !table.primary_key().is_empty(),
            (Some(name), _) => self.constraint(table, name),
            (None, kind) => table
                .constraints
                .iter()
                .any(|it| self.demands(&it.kind, kind)),
        }
    }

    fn demands(&self, found: &ConstraintKind, wanted: &ConstraintKind) -> bool {
        match (found, wanted) {
            (
                ConstraintKind::Unique { columns: one },
                ConstraintKind::Unique { columns: other },
            ) => self.are_same(one, other),
            (ConstraintKind::ForeignKey(one), ConstraintKind::ForeignKey(other)) => {
                self.are_same(&one.columns, &other.columns)
                    && self.is_same(&one.references.name, &other.references.name)
            }
            (
                ConstraintKind::Check { expression: one },
                ConstraintKind::Check { expression: other },
            ) => bare(one.as_str()) == bare(other.as_str()),
            (
                ConstraintKind::PrimaryKey { .. }
                | ConstraintKind::Unique { .. }
                | ConstraintKind::ForeignKey(_)
                | ConstraintKind::Check { .. },
                _,
            ) => false,
        }
    }

    fn unconstrained(&self, table: &Table, target: &ConstraintTarget) -> Effect {
        match target {
            ConstraintTarget::Named(name) => yes(!self.constraint(table, name)),
            ConstraintTarget::PrimaryKey => yes(table.primary_key().is_empty()),
            ConstraintTarget::Unnamed(_) => Effect::Unknown,
        }
    }

    fn index(&self, name: &Ident) -> bool {
        let mut named = self
            .live
            .schema
            .indexes
            .iter()
            .filter_map(|it| it.name.as_ref());
        named.any(|it| self.is_same(it, name))
    }

    fn is_index(&self, found: &Index, wanted: &Index) -> bool {
        match (&found.name, &wanted.name) {
            (Some(found), Some(wanted)) => self.is_same(found, wanted),
            (_, None) => found.parts == wanted.parts && found.unique == wanted.unique,
            (None, Some(_)) => false,
        }
    }
}

/// An expression without what an engine writes around its parts.
fn bare(expression: &str) -> String {
    let letters = expression.chars();
    let kept = letters.filter(|it| !it.is_whitespace() && !"()\"`".contains(*it));
    kept.collect::<String>().to_lowercase()
}
