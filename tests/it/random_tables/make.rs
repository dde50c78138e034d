//! Databases made at random: every kind of table, and everything that can stand on one.

use super::model::{Column, Constraint, Db, Foreign, Generated, Kind, Row, Table, Text, Value};
use super::{objects, values};
use migration_tests::random::Random;

const TABLES: [&str; 16] = [
    "t",
    "Parent",
    "child",
    "Order Items",
    "group",
    "it's",
    "naïve",
    "T2",
    "a.b",
    "x;y",
    "q\"t",
    "LOG",
    "big_table",
    "select",
    "br]t",
    "-- t",
];
const COLUMNS: [&str; 28] = [
    "a",
    "b",
    "c",
    "name",
    "Size",
    "order",
    "a b",
    "it's",
    "q\"q",
    "Größe",
    "x-y",
    "select",
    "new",
    "old",
    "key",
    "tbl.col",
    "value",
    "1st",
    "back`tick",
    "br]et",
    "semi;colon",
    "--dash",
    "End",
    "note",
    "parent_id",
    "rowid",
    "oid",
    "_rowid_",
];
const TYPES: [&str; 18] = [
    "INTEGER",
    "INT",
    "bigint",
    "TEXT",
    "varchar(20)",
    "VARCHAR (10)",
    "REAL",
    "double precision",
    "NUMERIC(10,2)",
    "DECIMAL",
    "BLOB",
    "",
    "BOOLEAN",
    "DATETIME",
    "clob",
    "FLOAT",
    "UNSIGNED BIG INT",
    "TEXT",
];
const STRICT_TYPES: [&str; 6] = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];
const ACTIONS: [&str; 5] = [
    "CASCADE",
    "SET NULL",
    "RESTRICT",
    "NO ACTION",
    "SET DEFAULT",
];

/// A database of one to four tables.
pub(super) fn database(random: &mut Random) -> Db {
    let mut db = Db::default();
    for _ in 0..random.between(1, 4) {
        table(random, &mut db);
    }
    foreign_keys(random, &mut db);
    for at in 0..db.tables.len() {
        require(random, &mut db.tables[at]);
    }
    objects::add(random, &mut db);
    db
}

/// One of the names that nothing has.
pub(super) fn fresh(random: &mut Random, pool: &[&str], is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = (*random.pick(pool)).to_owned();
    while is_taken(&name) {
        name += &random.below(10).to_string();
    }
    name
}

pub(super) fn fresh_table(random: &mut Random, db: &Db) -> String {
    fresh(random, &TABLES, |name| db.is_taken(name))
}

pub(super) fn fresh_column(random: &mut Random, table: &Table) -> String {
    fresh(random, &COLUMNS, |name| table.has_column(name))
}

fn table(random: &mut Random, db: &mut Db) {
    let strict = random.chance(20);
    let mut table = Table {
        id: db.number(),
        name: fresh_table(random, db),
        columns: Vec::new(),
        constraints: Vec::new(),
        strict,
        without_rowid: false,
        autoincrement: false,
        mark: None,
        rows: Vec::new(),
    };
    key(random, db, &mut table);
    for _ in 0..random.between(1, 4) {
        let distinct = random.chance(25);
        column(random, db, &mut table, distinct);
    }
    if random.chance(25) {
        computed(random, db, &mut table);
    }
    constraints(random, &mut table);
    rows(random, &mut table);
    db.tables.push(table);
}

fn column(random: &mut Random, db: &mut Db, table: &mut Table, distinct: bool) -> usize {
    let types: &[&str] = if table.strict { &STRICT_TYPES } else { &TYPES };
    let declared = (*random.pick(types)).to_owned();
    let affinity = values::Affinity::of(&declared);
    let collation = (affinity == values::Affinity::Text && random.chance(25))
        .then(|| *random.pick(&["NOCASE", "RTRIM", "BINARY"]));
    let default = random.chance(35).then(|| default(random, affinity));
    let id = db.number();
    table.columns.push(Column {
        id,
        name: fresh_column(random, table),
        declared,
        not_null: false,
        default,
        collation,
        generated: None,
        distinct,
    });
    id
}

/// A default that fits strict tables too.
pub(super) fn default(random: &mut Random, affinity: values::Affinity) -> String {
    let choices: &[&str] = match affinity {
        values::Affinity::Integer => &["0", "-5", "(1 + 1)", "NULL", "+3"],
        values::Affinity::Text => &["'it''s'", "''", "('a' || 'b')", "CURRENT_TIMESTAMP", "NULL"],
        values::Affinity::Blob => &["x'00FF'", "NULL", "(x'0102')"],
        values::Affinity::Real | values::Affinity::Numeric => &["1.5", "-2", "(2 * 2.5)", "1e3"],
    };
    (*random.pick(choices)).to_owned()
}

/// The primary key, if the table gets one.
fn key(random: &mut Random, db: &mut Db, table: &mut Table) {
    let name = random.chance(25).then(|| format!("pk_{}", table.id));
    let kind = random.below(10);
    let columns = match kind {
        0..=3 => {
            let id = column(random, db, table, true);
            let column = table.columns.last_mut().expect("it was pushed");
            "INTEGER".clone_into(&mut column.declared);
            column.default = None;
            column.collation = None;
            table.autoincrement = random.chance(50);
            if table.autoincrement && random.chance(70) {
                table.mark = Some(i64::try_from(random.between(50, 5000)).expect("it is small"));
            }
            vec![id]
        }
        4 | 5 => vec![column(random, db, table, true)],
        6 | 7 => vec![
            column(random, db, table, false),
            column(random, db, table, true),
        ],
        _ => return,
    };
    table.without_rowid = kind > 3 && random.chance(50);
    let inline = columns.len() == 1 && (table.autoincrement || random.chance(50));
    table.constraints.push(Constraint {
        name,
        kind: Kind::Primary(columns),
        inline,
    });
}

/// A column computed from another.
fn computed(random: &mut Random, db: &mut Db, table: &mut Table) {
    let source = random.pick(&table.columns).id;
    let id = db.number();
    let name = fresh_column(random, table);
    let declared = random.pick(&["INTEGER", "INT"]);
    table.columns.push(Column {
        id,
        name,
        declared: (*declared).to_owned(),
        not_null: false,
        default: None,
        collation: None,
        generated: Some(Generated {
            expression: Text::default().sql("length(").column(source).sql(") + 1"),
            stored: random.chance(50),
        }),
        distinct: false,
    });
}

fn constraints(random: &mut Random, table: &mut Table) {
    let key = table.primary_key();
    let plain: Vec<Column> = table
        .columns
        .iter()
        .filter(|column| column.generated.is_none() && !key.contains(&column.id))
        .cloned()
        .collect();
    for column in &plain {
        if column.distinct && random.chance(60) {
            let mut columns = vec![column.id];
            if random.chance(30) {
                let other = random.pick(&table.columns);
                if other.id != column.id {
                    columns.push(other.id);
                }
            }
            let inline = columns.len() == 1 && random.chance(50);
            constraint(random, table, Kind::Unique(columns), inline);
        }
        if random.chance(25) {
            let check = check(random, table, column.id);
            let inline = random.chance(50);
            constraint(random, table, Kind::Check(check), inline);
        }
    }
}

/// A check that every row passes but one with the values that are for breaking it.
pub(super) fn check(random: &mut Random, table: &Table, column: usize) -> Text {
    let text = Text::default();
    match random.below(4) {
        0 => text.column(column).sql(" <> -12345"),
        1 => text
            .sql("length(")
            .column(column)
            .sql(") < 100 OR ")
            .column(column)
            .sql(" IS NULL"),
        2 => text
            .table(table.id)
            .sql(".")
            .column(column)
            .sql(" NOT IN ('zz;', 'y\"y')"),
        _ => text
            .sql("(")
            .column(column)
            .sql(" IS NULL) OR (")
            .column(column)
            .sql(" <> -12345)"),
    }
}

fn constraint(random: &mut Random, table: &mut Table, kind: Kind, inline: bool) {
    let number = table.constraints.len();
    let names = ["c", "Check It", "uq", "it's"];
    let name = random
        .chance(50)
        .then(|| format!("{}_{}_{number}", random.pick(&names), table.id));
    table.constraints.push(Constraint { name, kind, inline });
}

fn rows(random: &mut Random, table: &mut Table) {
    let mut rowid = if random.chance(30) { -20 } else { 1 };
    let alias = table.alias();
    let is_named = table.rowid_name().is_some() || alias.is_some();
    let count = random.below(7);
    for number in 0..count {
        let values = table.columns.iter().map(|column| {
            if Some(column.id) == alias {
                Value::Integer(rowid)
            } else if column.generated.is_some() {
                Value::Null
            } else {
                values::value(random, column, table.strict, number)
            }
        });
        let values = values.collect();
        table.rows.push(Row { rowid, values });
        rowid += if is_named {
            i64::try_from(random.between(1, 9)).expect("it is small")
        } else {
            1
        };
    }
    if !is_named {
        for (row, rowid) in table.rows.iter_mut().zip(1..) {
            row.rowid = rowid;
        }
    }
}

/// Foreign keys between all tables, also to themselves and around in a circle.
fn foreign_keys(random: &mut Random, db: &mut Db) {
    for at in 0..db.tables.len() {
        if !random.chance(55) {
            continue;
        }
        let parent = db.tables[random.below(db.tables.len())].clone();
        let keys: Vec<Vec<usize>> = parent
            .constraints
            .iter()
            .filter_map(|constraint| match &constraint.kind {
                Kind::Primary(columns) | Kind::Unique(columns) => Some(columns.clone()),
                Kind::Check(_) | Kind::Foreign(_) => None,
            })
            .filter(|columns| {
                let computed =
                    |id: &usize| parent.column(*id).is_some_and(|it| it.generated.is_some());
                !columns.iter().any(computed)
            })
            .collect();
        let Some(referenced) = random.choose(&keys) else {
            continue;
        };
        foreign_key(random, db, at, &parent, referenced);
    }
}

fn foreign_key(
    random: &mut Random,
    db: &mut Db,
    at: usize,
    parent: &Table,
    referenced: Vec<usize>,
) {
    let child_strict = db.tables[at].strict;
    let fits = |declared: &str| {
        !child_strict
            || STRICT_TYPES
                .iter()
                .any(|it| it.eq_ignore_ascii_case(declared))
    };
    let types: Vec<String> = referenced
        .iter()
        .map(|id| parent.column(*id).expect("it is there").declared.clone())
        .collect();
    if !types.iter().all(|declared| fits(declared)) {
        return;
    }
    let mut columns = Vec::new();
    for (declared, id) in types.into_iter().zip(&referenced) {
        let number = db.number();
        let child = &mut db.tables[at];
        let name = fresh_column(random, child);
        refer(child, parent, *id);
        child.columns.push(Column {
            id: number,
            name,
            declared,
            not_null: false,
            default: None,
            collation: None,
            generated: None,
            distinct: false,
        });
        columns.push(number);
    }
    let inline = columns.len() == 1 && random.chance(50);
    let is_key = parent.primary_key() == referenced && random.chance(40);
    let key = Foreign {
        columns,
        table: parent.id,
        referenced: if is_key { Vec::new() } else { referenced },
        on_delete: random.chance(70).then(|| *random.pick(&ACTIONS)),
        on_update: random.chance(40).then(|| *random.pick(&ACTIONS)),
        deferred: random.chance(15),
    };
    constraint(random, &mut db.tables[at], Kind::Foreign(key), inline);
}

/// Gives every row the value of a row of the parent, every part of a key from the same, or NULL.
fn refer(child: &mut Table, parent: &Table, referenced: usize) {
    let position = parent.position(referenced).expect("it is there");
    for row in &mut child.rows {
        let at = usize::try_from(row.rowid.unsigned_abs() % 5).expect("it is small");
        let chosen = parent.rows.get(at);
        let value = chosen.map_or(Value::Null, |row| row.values[position].clone());
        row.values.push(value);
    }
}

/// NOT NULL where no row says otherwise.
fn require(random: &mut Random, table: &mut Table) {
    let key = table.primary_key();
    for at in 0..table.columns.len() {
        let has_null = table.rows.iter().any(|row| row.values[at] == Value::Null);
        let column = &mut table.columns[at];
        let is_null = column.default.as_deref() == Some("NULL");
        let may = column.generated.is_none() && !has_null && !is_null;
        if key.contains(&column.id) && has_null && table.without_rowid {
            // The key of such a table holds no NULL; the row is made to fit.
            for (number, row) in table.rows.iter_mut().enumerate() {
                if row.values[at] == Value::Null {
                    row.values[at] = values::value(
                        random,
                        &Column {
                            distinct: true,
                            ..column.clone()
                        },
                        table.strict,
                        number,
                    );
                }
            }
        } else if may && random.chance(30) {
            column.not_null = true;
        }
    }
}
