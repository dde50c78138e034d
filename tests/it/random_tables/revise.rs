//! Changes chosen at random for a database, so that most can be made.

use super::change::Change;
use super::effect::{self, Refusal};
use super::make;
use super::model::{
    Column, Constraint, Db, Foreign, Generated, Kind, Piece, Table, Text, Value, same,
};
use super::objects;
use super::values::Affinity;
use migration_tests::random::Random;

/// Types as a revision writes them, and as SQLite declares them.
const TYPES: [(&str, &str); 15] = [
    ("INTEGER", "INTEGER"),
    ("BIGINT", "BIGINT"),
    ("SMALLINT", "SMALLINT"),
    ("TEXT", "TEXT"),
    ("VARCHAR(40)", "VARCHAR(40)"),
    ("CHARACTER VARYING(7)", "VARCHAR(7)"),
    ("NUMERIC(12, 2)", "NUMERIC(12, 2)"),
    ("REAL", "REAL"),
    ("DOUBLE PRECISION", "DOUBLE PRECISION"),
    ("BOOLEAN", "BOOLEAN"),
    ("DATE", "DATE"),
    ("BYTEA", "BLOB"),
    ("JSON", "TEXT"),
    ("UUID", "CHAR(36)"),
    ("TIMESTAMP", "TIMESTAMP"),
];
const STRICT: [(&str, &str); 4] = [
    ("INTEGER", "INTEGER"),
    ("TEXT", "TEXT"),
    ("REAL", "REAL"),
    ("BLOB", "BLOB"),
];
const USING: [&str; 5] = [
    "coalesce({c}, 7)",
    "{c} || 'x;'",
    "CAST({c} AS TEXT)",
    "length({c})",
    "NULL",
];

/// One to five changes, each on the database that those before it leave; ends with the first that
/// must be refused.
pub(super) fn changes(random: &mut Random, db: &Db) -> Vec<Change> {
    let mut now = db.clone();
    let mut changes = Vec::new();
    let mut table = random.pick(&now.tables).id;
    let wanted = random.between(1, 5);
    for _ in 0..40 {
        if changes.len() == wanted {
            break;
        }
        if random.chance(30) {
            table = random.pick(&now.tables).id;
        }
        let Some(change) = one(random, &mut now, table) else {
            continue;
        };
        match effect::apply(&mut now, &change) {
            Ok(()) => changes.push(change),
            Err(Refusal::Meaningless) => {}
            // Most refusals are let go, so that most revisions do something.
            Err(Refusal::Forbidden(_)) if random.chance(80) => {}
            Err(Refusal::Forbidden(_)) => {
                changes.push(change);
                break;
            }
        }
    }
    changes
}

fn one(random: &mut Random, db: &mut Db, id: usize) -> Option<Change> {
    let table = db.table(id)?.clone();
    let column = random.pick(&table.columns).clone();
    match random.below(22) {
        0 => Some(Change::RenameTable {
            table: id,
            to: make::fresh_table(random, db),
        }),
        1 | 2 => Some(Change::RenameColumn {
            table: id,
            column: column.id,
            to: make::fresh_column(random, &table),
        }),
        3..=5 => Some(add_column(random, db, &table)),
        6 | 7 => drop_column(db, &table, &column),
        8 | 9 => not_null(random, &table, &column),
        10 | 11 => default(random, &table, &column),
        12..=14 => set_type(random, &table, &column),
        15 | 16 => add_constraint(random, db, &table, &column),
        17 => drop_constraint(random, db, &table),
        18 => rename_constraint(random, &table),
        19 => Some(Change::Comment {
            table: id,
            column: random.chance(50).then_some(column.id),
        }),
        20 => Some(Change::CreateIndex {
            index: objects::index(random, db, &table),
        }),
        _ => index(random, db),
    }
}

fn drop_column(db: &Db, table: &Table, column: &Column) -> Option<Change> {
    // Without the column, the name still means the number of a row.
    let is_rowid = ["rowid", "oid", "_rowid_"]
        .iter()
        .any(|name| same(name, &column.name));
    // SQLite reads the list of an INSERT only when the trigger fires.
    let listed = Piece::Listed(column.id);
    let is_listed = db.bodies().any(|body| body.0.contains(&listed));
    if is_listed || is_rowid && db.bodies().any(|body| body.mentions(column.id)) {
        return None;
    }
    Some(Change::DropColumn {
        table: table.id,
        column: column.id,
    })
}

fn not_null(random: &mut Random, table: &Table, column: &Column) -> Option<Change> {
    // NOT NULL of a key is the key's own affair.
    if column.generated.is_some() || table.primary_key().contains(&column.id) {
        return None;
    }
    let not_null = if column.not_null {
        false
    } else {
        let position = table.position(column.id)?;
        let mut rows = table.rows.iter();
        let has_null = rows.any(|row| row.values[position] == Value::Null);
        // Most of the time, one that the rows allow.
        if has_null && random.chance(90) {
            return None;
        }
        true
    };
    Some(Change::SetNotNull {
        table: table.id,
        column: column.id,
        not_null,
    })
}

fn default(random: &mut Random, table: &Table, column: &Column) -> Option<Change> {
    if column.generated.is_some() {
        return None;
    }
    let affinity = Affinity::of(&column.declared);
    Some(Change::SetDefault {
        table: table.id,
        column: column.id,
        default: random.chance(70).then(|| make::default(random, affinity)),
    })
}

fn set_type(random: &mut Random, table: &Table, column: &Column) -> Option<Change> {
    let key = table.primary_key();
    // A key that becomes the rowid, or no longer is it, numbers its rows anew.
    let is_single_key = key == [column.id] && !table.without_rowid;
    if column.generated.is_some() || is_single_key {
        return None;
    }
    let types: &[_] = if table.strict { &STRICT } else { &TYPES };
    let (written, declared) = *random.pick(types);
    let using = random.chance(20).then(|| *random.pick(&USING));
    Some(Change::SetType {
        table: table.id,
        column: column.id,
        written,
        declared,
        using,
    })
}

fn add_column(random: &mut Random, db: &mut Db, table: &Table) -> Change {
    let id = db.number();
    let types: &[_] = if table.strict { &STRICT } else { &TYPES };
    let (written, declared) = *random.pick(types);
    let affinity = Affinity::of(declared);
    let mut default = random.chance(50).then(|| make::default(random, affinity));
    // The clock would give every run another value.
    default = default.filter(|it| !it.starts_with("CURRENT"));
    let computed = random.chance(15);
    let source = random.pick(&table.columns);
    let generated = (computed && source.generated.is_none()).then(|| Generated {
        expression: Text::default().sql("length(").column(source.id).sql(")"),
        stored: random.chance(50),
    });
    let is_null = default.as_deref().is_none_or(|default| default == "NULL");
    let (written, declared) = if generated.is_some() {
        ("INTEGER", "INTEGER")
    } else {
        (written, declared)
    };
    let column = Column {
        id,
        name: make::fresh_column(random, table),
        declared: declared.to_owned(),
        not_null: generated.is_none()
            && random.chance(25)
            && (!is_null || table.rows.is_empty() || random.chance(10)),
        default: default.filter(|_| generated.is_none()),
        collation: None,
        generated,
        distinct: false,
    };
    let constraints = inline(random, db, table, &column);
    Change::AddColumn {
        table: table.id,
        column,
        written,
        constraints,
    }
}

/// What stands inside an added column.
fn inline(random: &mut Random, db: &Db, table: &Table, column: &Column) -> Vec<Constraint> {
    let mut kinds = Vec::new();
    if column.generated.is_some() {
        return Vec::new();
    }
    let is_one = column.default.is_none() || table.rows.len() < 2;
    if random.chance(15) && (is_one || random.chance(10)) {
        kinds.push(Kind::Unique(vec![column.id]));
    }
    if random.chance(20) {
        let text = Text::default().column(column.id);
        kinds.push(Kind::Check(text.sql(" <> -12345")));
    }
    if random.chance(20)
        && let Some(mut key) = foreign(random, db)
    {
        key.columns = vec![column.id];
        kinds.push(Kind::Foreign(key));
    }
    let constraint = |kind| Constraint {
        name: None,
        kind,
        inline: true,
    };
    kinds.into_iter().map(constraint).collect()
}

/// A foreign key of one column to any table that has a key of one, its own side left open.
fn foreign(random: &mut Random, db: &Db) -> Option<Foreign> {
    let parent = random.pick(&db.tables);
    let keys: Vec<usize> = parent
        .constraints
        .iter()
        .filter_map(|constraint| match &constraint.kind {
            Kind::Primary(columns) | Kind::Unique(columns) if columns.len() == 1 => {
                Some(columns[0])
            }
            Kind::Primary(_) | Kind::Unique(_) | Kind::Check(_) | Kind::Foreign(_) => None,
        })
        .collect();
    let referenced = random.choose(&keys)?;
    Some(Foreign {
        columns: Vec::new(),
        table: parent.id,
        referenced: vec![referenced],
        on_delete: random.choose(&[None, Some("CASCADE"), Some("SET NULL"), Some("RESTRICT")])?,
        on_update: random.choose(&[None, None, Some("CASCADE")])?,
        deferred: random.chance(15),
    })
}

fn add_constraint(
    random: &mut Random,
    db: &mut Db,
    table: &Table,
    column: &Column,
) -> Option<Change> {
    let kind = match random.below(4) {
        0 if column.distinct || random.chance(10) => Kind::Unique(vec![column.id]),
        1 => {
            let mut key = foreign(random, db)?;
            let fits = |it: &&Column| {
                let parent = db.column(key.referenced[0]);
                parent.is_some_and(|parent| parent.declared == it.declared)
            };
            key.columns = vec![table.columns.iter().find(fits)?.id];
            Kind::Foreign(key)
        }
        _ => Kind::Check(make::check(random, table, column.id)),
    };
    let number = db.number();
    let name = random.chance(70).then(|| match random.below(3) {
        0 => format!("Added {number}"),
        1 => format!("it's_{number}"),
        _ => format!("added_{number}"),
    });
    Some(Change::AddConstraint {
        table: table.id,
        constraint: Constraint {
            name,
            kind,
            inline: false,
        },
    })
}

fn drop_constraint(random: &mut Random, db: &Db, table: &Table) -> Option<Change> {
    let names: Vec<String> = table
        .constraints
        .iter()
        .filter(|constraint| match &constraint.kind {
            // Without its key such a table cannot be, and a foreign key needs what it refers to.
            Kind::Primary(columns) | Kind::Unique(columns) => {
                let mut inbound = db.foreign_keys();
                let is_needed =
                    inbound.any(|(_, key)| key.table == table.id && db.referenced(key) == *columns);
                !is_needed
            }
            Kind::Check(_) | Kind::Foreign(_) => true,
        })
        .filter_map(|constraint| constraint.name.clone())
        .collect();
    Some(Change::DropConstraint {
        table: table.id,
        name: random.choose(&names)?,
    })
}

fn rename_constraint(random: &mut Random, table: &Table) -> Option<Change> {
    let names: Vec<String> = table
        .constraints
        .iter()
        .filter_map(|constraint| constraint.name.clone())
        .collect();
    let from = random.choose(&names)?;
    let to = format!("{from} {}", random.below(100));
    Some(Change::RenameConstraint {
        table: table.id,
        from,
        to,
    })
}

/// A new name for an index, or its end.
fn index(random: &mut Random, db: &Db) -> Option<Change> {
    let names: Vec<String> = db.indexes.iter().map(|index| index.name.clone()).collect();
    let name = random.choose(&names)?;
    if random.chance(50) {
        return Some(Change::DropIndex { name });
    }
    let to = format!("{name} renamed");
    Some(Change::RenameIndex { name, to })
}
