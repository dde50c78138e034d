//! What stands on tables: indexes, views, triggers.

use super::make::fresh;
use super::model::{Column, Db, Index, Table, Text, Trigger, View};
use super::write::quoted;
use migration_tests::random::Random;

const INDEXES: [&str; 6] = ["ix", "by it", "Idx", "i\"x", "ix's", "where"];
const VIEWS: [&str; 5] = ["v", "View", "the view", "v'w", "with"];
const TRIGGERS: [&str; 5] = ["tr", "Tr", "on it", "tr\"g", "begin"];

/// Adds some of each kind.
pub(super) fn add(random: &mut Random, db: &mut Db) {
    for _ in 0..random.below(4) {
        let table = random.pick(&db.tables).clone();
        let index = index(random, db, &table);
        db.indexes.push(index);
    }
    for _ in 0..random.below(4) {
        let view = view(random, db);
        db.views.push(view);
    }
    for _ in 0..random.below(4) {
        if let Some(trigger) = trigger(random, db) {
            db.triggers.push(trigger);
        }
    }
}

fn any_column<'a>(random: &mut Random, table: &'a Table) -> &'a Column {
    random.pick(&table.columns)
}

/// An index on a table.
pub(super) fn index(random: &mut Random, db: &Db, table: &Table) -> Index {
    let name = fresh(random, &INDEXES, |name| db.is_taken(name));
    let distinct = table.columns.iter().find(|column| column.distinct);
    let mut parts = Vec::new();
    let unique = distinct.is_some() && random.chance(30);
    if unique {
        let column = distinct.expect("it was looked for");
        parts.push(Text::default().column(column.id));
    }
    for _ in 0..random.between(usize::from(!unique), 2) {
        let column = any_column(random, table);
        let text = Text::default();
        parts.push(match random.below(7) {
            0 => text.sql("lower(").column(column.id).sql(")"),
            1 => text.column(column.id).sql(" DESC"),
            2 => text.column(column.id).sql(" COLLATE NOCASE"),
            3 => text.column(column.id).sql(" COLLATE NOCASE DESC"),
            4 => text.column(column.id).sql(" || 'x'"),
            5 => text.column(column.id).sql(" ASC"),
            _ => text.column(column.id),
        });
    }
    let predicate = random.chance(30).then(|| {
        let column = any_column(random, table);
        let text = Text::default();
        match random.below(3) {
            0 => text.column(column.id).sql(" IS NOT NULL"),
            1 => text.table(table.id).sql(".").column(column.id).sql(" > 10"),
            _ => text.column(column.id).sql(" IN ('a;', 'it''s')"),
        }
    });
    Index {
        name,
        table: table.id,
        unique,
        parts,
        predicate,
    }
}

fn view(random: &mut Random, db: &Db) -> View {
    let name = fresh(random, &VIEWS, |name| db.is_taken(name));
    let stable: Vec<View> = db
        .views
        .iter()
        .filter(|view| !view.columns.is_empty())
        .cloned()
        .collect();
    let mut view = View {
        name,
        body: Text::default(),
        columns: vec!["x1".to_owned()],
        reads: Vec::new(),
    };
    if let Some(below) = random.choose(&stable).filter(|_| random.chance(35)) {
        let sql = format!(
            "SELECT {} AS x1 FROM {}",
            below.columns[0],
            quoted(&below.name)
        );
        view.body = view.body.sql(sql);
        view.reads.push(below.name);
        return view;
    }
    if random.chance(15) {
        view.columns.clear();
        view.body = Text::default()
            .sql("SELECT * FROM ")
            .table(random.pick(&db.tables).id);
        return view;
    }
    view.body = query(random, db);
    view
}

/// A query with one column that has a name of its own, or more.
fn query(random: &mut Random, db: &Db) -> Text {
    let table = random.pick(&db.tables);
    let (one, two) = (any_column(random, table).id, any_column(random, table).id);
    let body = Text::default();
    match random.below(5) {
        0 => {
            let body = body.sql("SELECT ").column(one).sql(" AS x1, ");
            body.column(two).sql(" AS x2 FROM ").table(table.id)
        }
        1 => {
            let body = body.sql("SELECT ").column(one).sql(" AS x1 FROM ");
            let body = body.table(table.id).sql(" WHERE ").column(two);
            body.sql(" IS NOT NULL ORDER BY ").column(two)
        }
        2 => {
            let other = random.pick(&db.tables);
            let joined = any_column(random, other).id;
            let body = body.sql("SELECT p.").column(one).sql(" AS x1 FROM ");
            let body = body.table(table.id).sql(" AS p JOIN ").table(other.id);
            body.sql(" AS q ON p.")
                .column(two)
                .sql(" = q.")
                .column(joined)
        }
        3 => {
            let body = body
                .sql("WITH w AS (SELECT ")
                .column(one)
                .sql(" AS k FROM ");
            body.table(table.id).sql(") SELECT k AS x1 FROM w")
        }
        _ => {
            let body = body.sql("SELECT count(*) AS x1 FROM ").table(table.id);
            body.sql(" GROUP BY ").table(table.id).sql(".").column(one)
        }
    }
}

/// A trigger on a table, or on a view in place of a change.
fn trigger(random: &mut Random, db: &Db) -> Option<Trigger> {
    let name = fresh(random, &TRIGGERS, |name| db.is_taken(name));
    if random.chance(25) {
        return instead(random, db, name);
    }
    let table = random.pick(&db.tables);
    let column = any_column(random, table).id;
    let time = random.pick(&["AFTER", "BEFORE"]);
    let (event, row) = *random.pick(&[("INSERT", "new"), ("UPDATE", "old"), ("DELETE", "old")]);
    let mut body = Text::default().sql(format!("{time} {event} "));
    let is_of = event == "UPDATE" && random.chance(40);
    if is_of {
        body = body.sql("OF ").column(column).sql(" ");
    }
    body = body.sql("ON ").table(table.id);
    if random.chance(40) {
        body = body
            .sql(format!(" WHEN {row}."))
            .column(column)
            .sql(" IS NOT NULL");
    }
    body = body.sql(" BEGIN ");
    for _ in 0..random.between(1, 2) {
        body = effect(random, db, body, row, column);
    }
    Some(Trigger {
        name,
        body: body.sql("END"),
        view: None,
    })
}

/// One statement of a trigger.
fn effect(random: &mut Random, db: &Db, body: Text, row: &str, column: usize) -> Text {
    let other = random.pick(&db.tables);
    let target = any_column(random, other);
    let is_plain = target.generated.is_none();
    match random.below(4) {
        0 if is_plain => {
            let body = body.sql("UPDATE ").table(other.id).sql(" SET ");
            let body = body.column(target.id).sql(" = ").column(target.id);
            let body = body.sql(" WHERE ").column(target.id);
            body.sql(format!(" = {row}.")).column(column).sql("; ")
        }
        1 => {
            let body = body.sql("DELETE FROM ").table(other.id).sql(" WHERE ");
            let body = body.column(target.id);
            body.sql(format!(" = {row}."))
                .column(column)
                .sql(" AND 0; ")
        }
        2 if is_plain => {
            let body = body.sql("INSERT OR IGNORE INTO ").table(other.id).sql(" (");
            let body = body.listed(target.id);
            body.sql(format!(") VALUES ({row}."))
                .column(column)
                .sql("); ")
        }
        _ => {
            let body = body.sql(format!("SELECT CASE WHEN {row}.")).column(column);
            let body = body.sql(" = 'boom' THEN RAISE(ABORT, 'boom;') END FROM ");
            body.table(other.id)
                .sql(" WHERE ")
                .column(target.id)
                .sql(" IS NULL; ")
        }
    }
}

fn instead(random: &mut Random, db: &Db, name: String) -> Option<Trigger> {
    let stable: Vec<&View> = db
        .views
        .iter()
        .filter(|it| !it.columns.is_empty())
        .collect();
    let view = random.choose(&stable)?;
    let table = random.pick(&db.tables);
    let target = any_column(random, table);
    if target.generated.is_some() {
        return None;
    }
    let body = Text::default().sql(format!("INSTEAD OF INSERT ON {}", quoted(&view.name)));
    let body = body.sql(" BEGIN INSERT INTO ").table(table.id).sql(" (");
    let body = body.listed(target.id).sql(") VALUES (new.x1); END");
    Some(Trigger {
        name,
        body,
        view: Some(view.name.clone()),
    })
}
