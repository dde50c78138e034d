//! A failure made small: whatever can go while it still fails goes.

use super::model::{Db, Kind, Text};
use super::round::{self, Bench, Case, Failure};

/// What failed, with the least SQL that does.
pub(super) fn report(bench: &mut Bench, seed: u64, failure: Failure) -> String {
    let Failure { mut case, mut what } = failure;
    let wanted = kind(&what).to_owned();
    let mut again = |case: &Case| match bench.run(case) {
        Err(what) if kind(&what) == wanted && round::is_sound(&case.db) => Some(what),
        Err(_) | Ok(_) => None,
    };
    let plain = Case {
        is_plain: true,
        ..case.clone()
    };
    if let Some(found) = again(&plain) {
        (case, what) = (plain, found);
    }
    loop {
        let smaller = candidates(&case).into_iter().find_map(|smaller| {
            let what = again(&smaller)?;
            Some((smaller, what))
        });
        let Some(found) = smaller else {
            break;
        };
        (case, what) = found;
    }
    format!(
        "seed {seed}\n\n{};\n\n-- migrate: upgrade\n{}\n\n{what}",
        round::fixture(&case).join(";\n"),
        round::revision(&case)
    )
}

/// In what way a round failed: another way is another failure.
fn kind(what: &str) -> &str {
    let end = what.find([':', ' ']).unwrap_or(what.len());
    &what[..end]
}

/// All cases that are one thing smaller.
fn candidates(case: &Case) -> Vec<Case> {
    let mut found = Vec::new();
    for at in 0..case.changes.len() {
        let mut smaller = case.clone();
        smaller.changes.remove(at);
        if !smaller.changes.is_empty() {
            found.push(smaller);
        }
    }
    let db = &case.db;
    for at in 0..db.triggers.len() {
        found.push(with(case, |db| drop(db.triggers.remove(at))));
    }
    for at in 0..db.indexes.len() {
        found.push(with(case, |db| drop(db.indexes.remove(at))));
    }
    for (at, view) in db.views.iter().enumerate() {
        let mut views = db.views.iter();
        let mut triggers = db.triggers.iter();
        let is_read = views.any(|other| other.reads.contains(&view.name))
            || triggers.any(|it| it.view.as_ref() == Some(&view.name));
        if !is_read {
            found.push(with(case, |db| drop(db.views.remove(at))));
        }
    }
    for at in 0..db.tables.len() {
        found.extend(smaller_table(case, at));
    }
    found
}

fn with(case: &Case, change: impl FnOnce(&mut Db)) -> Case {
    let mut smaller = case.clone();
    change(&mut smaller.db);
    smaller
}

/// The case without a table, or with less in it.
fn smaller_table(case: &Case, at: usize) -> Vec<Case> {
    let mut found = Vec::new();
    let db = &case.db;
    let table = &db.tables[at];
    let mut keys = db.foreign_keys();
    let is_read = texts(db).any(|text| text.mentions_table(table.id))
        || db.indexes.iter().any(|index| index.table == table.id)
        || keys.any(|(child, key)| key.table == table.id && child.id != table.id);
    if !is_read {
        found.push(with(case, |db| drop(db.tables.remove(at))));
    }
    for row in 0..table.rows.len() {
        found.push(with(case, |db| drop(db.tables[at].rows.remove(row))));
    }
    for constraint in 0..table.constraints.len() {
        found.push(with(case, |db| {
            let table = &mut db.tables[at];
            let dropped = table.constraints.remove(constraint);
            if matches!(dropped.kind, Kind::Primary(_)) {
                (table.autoincrement, table.without_rowid, table.mark) = (false, false, None);
            }
        }));
    }
    for column in 0..table.columns.len() {
        found.extend(without_column(case, at, column));
        found.extend(simpler_column(case, at, column));
    }
    found
}

/// The texts of everything but constraints.
fn texts(db: &Db) -> impl Iterator<Item = &Text> {
    let parts = db
        .indexes
        .iter()
        .flat_map(|index| index.parts.iter().chain(&index.predicate));
    db.bodies().chain(parts)
}

/// The case without a column, if nothing names it.
fn without_column(case: &Case, table: usize, position: usize) -> Option<Case> {
    let db = &case.db;
    let column = db.tables[table].columns[position].id;
    let columns = db.tables.iter().flat_map(|table| &table.columns);
    let mut generated = columns.filter_map(|column| column.generated.as_ref());
    let mut constraints = db.tables.iter().flat_map(|table| &table.constraints);
    let is_used = texts(db).any(|text| text.mentions(column))
        || generated.any(|it| it.expression.mentions(column))
        || constraints.any(|it| it.kind.stands_on(column))
        || db
            .foreign_keys()
            .any(|(_, key)| key.referenced.contains(&column))
        || db.tables[table].columns.len() == 1;
    if is_used {
        return None;
    }
    let mut smaller = case.clone();
    let table = &mut smaller.db.tables[table];
    table.columns.remove(position);
    for row in &mut table.rows {
        row.values.remove(position);
    }
    Some(smaller)
}

/// The case with less said about a column.
fn simpler_column(case: &Case, table: usize, position: usize) -> Vec<Case> {
    let mut found = Vec::new();
    let column = &case.db.tables[table].columns[position];
    let mut with = |change: &dyn Fn(&mut super::model::Column)| {
        let mut smaller = case.clone();
        change(&mut smaller.db.tables[table].columns[position]);
        found.push(smaller);
    };
    if column.default.is_some() {
        with(&|column| column.default = None);
    }
    if column.collation.is_some() {
        with(&|column| column.collation = None);
    }
    if column.not_null {
        with(&|column| column.not_null = false);
    }
    found
}
