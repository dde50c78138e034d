//! Whether a live table is, word for word, what a written one becomes.
//!
//! Most tables of a database are, and then nothing has to be matched and no value made. What is not
//! seen here to be the same may be so all the same: the whole comparison decides.

use super::probe::is_same_kind;
use super::settled::{Pair, Pairs, referenced_columns};
use crate::schema::{Column, Constraint, ConstraintKind, ForeignKey};

/// Whether nothing differs; `kinds` is what the engine makes of the written columns, `wanted` are
/// all tables that are written.
pub(super) fn is_alike(
    live: &Pair<'_>,
    written: &Pair<'_>,
    (kinds, wanted): (&[&Column], &Pairs<'_>),
) -> bool {
    let (there, table) = (live.table, written.table);
    there.comment == table.comment
        && there.options == table.options
        && there.temporary == table.temporary
        && has_columns(&there.columns, &table.columns, kinds)
        && has_constraints(&there.constraints, &table.constraints, wanted)
        && has_indexes(live, written)
}

fn has_columns(live: &[Column], written: &[Column], kinds: &[&Column]) -> bool {
    let is_one = |((live, written), kind): ((&Column, &Column), &&Column)| {
        live.name == written.name && live.comment == written.comment && is_same_kind(live, kind)
    };
    live.len() == written.len()
        && kinds.len() == written.len()
        && live.iter().zip(written).zip(kinds).all(is_one)
}

/// Whether each constraint has its one counterpart. A name that nobody chose fits every name.
fn has_constraints(live: &[Constraint], written: &[Constraint], wanted: &Pairs<'_>) -> bool {
    let has_one = |written: &Constraint| {
        let mut found = live
            .iter()
            .filter(|live| demands_same(live, written, wanted));
        let only = found.next().filter(|_| found.next().is_none());
        only.is_some_and(|live| written.name.is_none() || written.name == live.name)
    };
    let has_written = |live: &Constraint| {
        let mut written = written.iter();
        written.any(|written| demands_same(live, written, wanted))
    };
    live.len() == written.len() && written.iter().all(has_one) && live.iter().all(has_written)
}

fn demands_same(live: &Constraint, written: &Constraint, wanted: &Pairs<'_>) -> bool {
    let is_same_kind = match (&live.kind, &written.kind) {
        (ConstraintKind::ForeignKey(live), ConstraintKind::ForeignKey(written)) => {
            let ForeignKey {
                columns,
                references,
                referenced_columns: led_to,
                on_update,
                on_delete,
                match_kind,
            } = live;
            *references == written.references
                && *columns == written.columns
                && led_to == referenced_columns(written, wanted)
                && *on_update == written.on_update
                && *on_delete == written.on_delete
                && *match_kind == written.match_kind
        }
        (live, written) => live == written,
    };
    is_same_kind
        && live.deferrability == written.deferrability
        && live.not_valid == written.not_valid
}

/// Whether each index is there under its name.
fn has_indexes(live: &Pair<'_>, written: &Pair<'_>) -> bool {
    let is_there = |index: &&_| live.indexes.contains(index);
    live.indexes.len() == written.indexes.len() && written.indexes.iter().all(is_there)
}
