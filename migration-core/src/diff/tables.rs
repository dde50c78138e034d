//! Tables: new, gone, and what changed at one that is on both sides.

use super::build::{
    add_constraint, create_index, create_table, drop_constraint, drop_table, quoted, raw, worded,
};
use super::kept::{Kept, Unchangeable};
use super::order::{Part, Place, Rank, Role, Step, Thing};
use super::pairs::{Pair, Pairs, key_columns};
use super::references::{self, reference};
use super::side::{Side, Sides};
use super::{
    Change, DiffOptions, columns, constraints, dependents, indexes, partitions, sequences,
};
use crate::operation::Operation;
use crate::schema::{
    Constraint, ConstraintKind, Ident, Sequence, SequenceOwner, Table, TableOption,
};

/// The new tables, with their indexes; what closes a circle of foreign keys comes after them.
pub(super) fn created<'a>(sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let new = sides.to.schema.tables.iter();
    let new = new.filter(|it| !sides.from.tables.contains_key(&it.name));
    let new = new.filter(|it| !partitions::is_moved(&it.name, sides));
    let new: Vec<&Table> = new.collect();
    let cut = references::cut(&new);
    for (at, table) in new.iter().enumerate() {
        let is_later = |(it, constraint): &(usize, &Constraint)| {
            cut.contains(&(at, *it)) || constraint.not_valid || waits(table, constraint)
        };
        let all = table.constraints.iter().enumerate();
        let (later, within): (Vec<_>, Vec<_>) = all.partition(is_later);
        let within: Vec<_> = within.into_iter().map(|(_, it)| it).collect();
        let mut up = vec![create_table(arranged(table, &within))];
        let indexes = sides.to.indexes_of(&table.name);
        up.extend(indexes.iter().map(|it| create_index(it)));
        let change = Change {
            up,
            down: vec![drop_table(&table.name)],
        };
        let rank = (Part::NewTables, at, Place::Table);
        let step = Step::new(rank, change);
        steps.push(roles(
            step,
            table,
            &sides.to,
            &within,
            (Role::Make, Role::Use),
        ));
        for (_, constraint) in later {
            let change = Change::new(
                add_constraint(table, constraint),
                drop_constraint(table, constraint),
            );
            let rank = (Part::NewTables, usize::MAX, Place::References);
            steps.push(constraints::made(
                rank, table, constraint, &sides.to, change,
            ));
        }
    }
}

/// Whether a foreign key refers to its own table by what is only an index, made after the table.
fn waits(table: &Table, constraint: &Constraint) -> bool {
    let Some(key) = reference(constraint) else {
        return false;
    };
    let referred = &key.referenced_columns;
    let is_key = |it: &Constraint| match &it.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
            columns.len() == referred.len() && columns.iter().all(|it| referred.contains(it))
        }
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
    };
    key.references == table.name && !referred.is_empty() && !table.constraints.iter().any(is_key)
}

/// The table with some of its constraints, those first that stand inside a column.
fn arranged(table: &Table, constraints: &[&Constraint]) -> Table {
    let mut constraints: Vec<_> = constraints.iter().map(|it| worded(table, it)).collect();
    constraints.sort_by_key(|it| {
        let names = columns::of_constraint(table, it);
        match (names.as_slice(), &it.name) {
            ([single], None) => table.columns.iter().position(|it| it.name == **single),
            (_, _) => None,
        }
        .unwrap_or(usize::MAX)
    });
    Table {
        constraints,
        ..table.clone()
    }
}

/// The tables that go, each before those it refers to; their rows go with them.
pub(super) fn dropped<'a>(sides: &Sides<'a>, steps: &mut Vec<Step<'a>>) {
    let gone = sides.from.schema.tables.iter();
    let gone = gone.filter(|it| !sides.to.tables.contains_key(&it.name));
    let gone = gone.filter(|it| !partitions::is_moved(&it.name, sides));
    let gone: Vec<&Table> = gone.collect();
    let cut = references::cut(&gone);
    for (at, table) in gone.iter().enumerate() {
        let all = table.constraints.iter().enumerate();
        let (before, within): (Vec<_>, Vec<_>) = all.partition(|(it, _)| cut.contains(&(at, *it)));
        let within: Vec<_> = within.into_iter().map(|(_, it)| it).collect();
        for (_, constraint) in before {
            let change = Change::new(
                drop_constraint(table, constraint),
                add_constraint(table, constraint),
            );
            let rank = (Part::GoneTables, 0, Place::Table);
            steps.push(constraints::ended(
                rank,
                table,
                constraint,
                &sides.from,
                change,
            ));
        }
        let change = Change {
            up: vec![drop_table(&table.name)],
            down: recreated(table, &within, sides),
        };
        let rank = (Part::GoneTables, gone.len() - at, Place::Table);
        let step = Step::new(rank, change);
        let kinds = (Role::Remove, Role::Release);
        let step = roles(step, table, &sides.from, &within, kinds);
        let owned = owned(table, sides);
        steps.push(step.does_all(Role::Remove, owned.map(|it| Thing::Sequence(&it.name))));
    }
}

/// The table as it was, with what went with it.
fn recreated(table: &Table, constraints: &[&Constraint], sides: &Sides<'_>) -> Vec<Operation> {
    let owned: Vec<_> = owned(table, sides).collect();
    let mut operations: Vec<_> = owned
        .iter()
        .map(|it| sequences::create(&sequences::free(it)))
        .collect();
    operations.push(create_table(arranged(table, constraints)));
    let give = |it: &&Sequence| sequences::give(&it.name, it.options.owner.clone());
    operations.extend(owned.iter().map(give));
    let indexes = sides.from.indexes_of(&table.name);
    operations.extend(indexes.iter().map(|it| create_index(it)));
    operations.extend(dependents::of_table(&table.name, &sides.from));
    operations
}

/// The sequences that go with a table.
fn owned<'a>(table: &Table, sides: &Sides<'a>) -> impl Iterator<Item = &'a Sequence> {
    let kept = &sides.to.schema.sequences;
    let gone = sides.from.schema.sequences.iter();
    let gone = gone.filter(|it| !kept.iter().any(|other| other.name == it.name));
    let gone = gone.filter(|it| !sides.shared.contains(&it.name));
    gone.filter(|it| {
        matches!(
            &it.options.owner,
            Some(SequenceOwner::Column { table: owner, .. }) if *owner == table.name
        )
    })
}

/// Says what making or dropping a table does to other things.
fn roles<'a>(
    mut step: Step<'a>,
    table: &'a Table,
    side: &Side<'a>,
    constraints: &[&'a Constraint],
    (own, other): (Role, Role),
) -> Step<'a> {
    let name = &table.name;
    let schema = name.schema.as_ref();
    let indexes = side.indexes_of(name);
    let taken = indexes.iter().filter_map(|it| it.name.as_ref());
    let taken = taken.chain(table.constraints.iter().filter_map(|it| it.name.as_ref()));
    step = step
        .does(own, Thing::Table(name))
        .does(own, constraints::keys(name, own))
        .does(own, Thing::Name(schema, &name.name))
        .does_all(own, taken.map(|it| Thing::Name(schema, it)))
        .does_all(other, schema.map(Thing::Namespace));
    for text in texts(table) {
        step = step.does_all(other, side.beside_in(text));
    }
    for index in indexes {
        for text in indexes::expressions(index) {
            step = step.does_all(other, side.beside_in(text.as_str()));
        }
    }
    if own == Role::Remove {
        for bound in side.bound_to(name) {
            step = step.does_all(other, side.beside_in(&bound.sql));
        }
    }
    for key in constraints.iter().filter_map(|it| reference(it)) {
        if key.references != *name {
            step = step
                .does(other, Thing::Table(&key.references))
                .does_all(other, constraints::referred(key, side, other))
                .does_all(other, constraints::newer(key, other));
        }
    }
    step
}

/// Every text of a table: types, defaults, expressions, checks.
pub(super) fn texts(table: &Table) -> impl Iterator<Item = &str> {
    let checks = table.constraints.iter().filter_map(|it| match &it.kind {
        ConstraintKind::Check { expression } => Some(expression.as_str()),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::ForeignKey(_) => None,
    });
    table.columns.iter().flat_map(columns::texts).chain(checks)
}

/// What changed at a table.
pub(super) fn changed<'a>(
    pair: &Pair<'a>,
    (sides, pairs): (&Sides<'a>, &Pairs<'a>),
    steps: &mut Vec<Step<'a>>,
) {
    let rank = (Part::Tables, pair.at, Place::Table);
    let (from, to) = (pair.from, pair.to);
    if from.comment != to.comment {
        let comment = |table: &Table| Operation::SetTableComment {
            table: to.name.clone(),
            comment: table.comment.clone(),
        };
        steps.push(Step::new(rank, Change::new(comment(to), comment(from))));
    }
    if from.options != to.options && kept(pair, sides.options).is_none() {
        let change = Change {
            up: set_options(from, to, sides.options),
            down: set_options(to, from, sides.options),
        };
        if !change.up.is_empty() {
            steps.push(Step::new(rank, change));
        }
    }
    columns::steps(pair, (sides, pairs), steps);
    constraints::steps(pair, (sides, pairs), steps);
    indexes::steps(pair, sides, steps);
}

/// The table, where it differs in what no statement changes.
pub(super) fn kept(pair: &Pair<'_>, options: &DiffOptions) -> Option<Kept> {
    let is_kept = options.keeps_table_options && pair.from.options != pair.to.options;
    is_kept.then(|| Kept {
        name: pair.to.name.clone(),
        what: Unchangeable::Options,
    })
}

/// Changes what stands behind the parenthesis of a table. No engine but the one that wrote it has a
/// word for it, and so it is text.
fn set_options(from: &Table, to: &Table, options: &DiffOptions) -> Vec<Operation> {
    let table = quoted(&to.name);
    let former = |it: &TableOption| {
        from.options
            .iter()
            .find(|other| other.keyword == it.keyword)
    };
    let changed = to.options.iter().filter(|it| former(it) != Some(it));
    let mut tables = [from, to].into_iter();
    // Whoever gave the table another collation gave it to the columns, too.
    let converts = options.is_by_hand
        && tables.all(|table| table.columns.iter().all(|it| it.collation.is_none()));
    let set = |it: &TableOption| match (it.keyword.as_str(), &it.value) {
        ("COLLATE", Some(value)) if converts => Some(convert(value.as_str())),
        (_, _) => set_option(it, former(it)),
    };
    let moves = changed.clone().any(|it| it.keyword == "ENGINE");
    let mut actions: Vec<_> = changed.filter_map(set).collect();
    let gone = from.options.iter();
    let gone = gone.filter(|it| !to.options.iter().any(|other| other.keyword == it.keyword));
    let gone = gone.filter_map(|it| match it.keyword.as_str() {
        "UNLOGGED" if options.is_by_hand => Some("SET LOGGED".to_owned()),
        "ROW_FORMAT" if moves => Some("ROW_FORMAT DEFAULT".to_owned()),
        "KEY_BLOCK_SIZE" if moves => Some("KEY_BLOCK_SIZE 0".to_owned()),
        _ => reset_option(it),
    });
    actions.extend(gone);
    if moves {
        // One engine does not take the rows in the form that the other has.
        actions = vec![actions.join(", ")];
    }
    let alter = |action: &String| raw(format!("ALTER TABLE {table} {action}"));
    actions.iter().map(alter).collect()
}

/// Gives a table and all its columns a collation, whose name begins with that of its character set.
fn convert(collation: &str) -> String {
    let charset = collation.split('_').next().unwrap_or(collation);
    format!("CONVERT TO CHARACTER SET {charset} COLLATE {collation}")
}

fn set_option(option: &TableOption, former: Option<&TableOption>) -> Option<String> {
    let value = option.value.as_ref().map(|it| it.as_str());
    let former = former.and_then(|it| it.value.as_ref());
    let former = former.map_or("", |it| it.as_str());
    Some(match (option.keyword.as_str(), value) {
        // Where counting stands is data.
        ("AUTO_INCREMENT", _) => return None,
        ("WITH", Some(value)) => {
            let gone: Vec<_> = parameters(former)
                .into_iter()
                .filter(|name| !parameters(value).contains(name))
                .collect();
            if gone.is_empty() {
                format!("SET {value}")
            } else {
                format!("RESET ({}), SET {value}", gone.join(", "))
            }
        }
        ("INHERITS", Some(parents)) => inherit(former, parents),
        ("UNLOGGED", None) => "SET UNLOGGED".to_owned(),
        ("TABLESPACE", Some(value)) => format!("SET TABLESPACE {value}"),
        ("USING", Some(value)) => format!("SET ACCESS METHOD {value}"),
        (keyword, Some(value)) => format!("{keyword} {value}"),
        (keyword, None) => keyword.to_owned(),
    })
}

fn reset_option(option: &TableOption) -> Option<String> {
    let value = option.value.as_ref().map(|it| it.as_str());
    match (option.keyword.as_str(), value) {
        ("WITH", Some(value)) => Some(format!("RESET ({})", parameters(value).join(", "))),
        ("INHERITS", Some(parents)) => Some(inherit(parents, "")),
        ("TABLESPACE", _) => Some("SET TABLESPACE pg_default".to_owned()),
        (_, _) => None,
    }
}

/// Lists of parents in parentheses, before and after.
fn inherit(before: &str, after: &str) -> String {
    let [before, after] = [before, after].map(parameters);
    let gone = before.iter().filter(|it| !after.contains(it));
    let new = after.iter().filter(|it| !before.contains(it));
    let gone = gone.map(|it| format!("NO INHERIT {it}"));
    let actions: Vec<String> = gone.chain(new.map(|it| format!("INHERIT {it}"))).collect();
    actions.join(", ")
}

/// The names of the parameters in `(a = 1, b = 2)`.
fn parameters(value: &str) -> Vec<&str> {
    let inner = value.trim().trim_start_matches('(').trim_end_matches(')');
    let parameters = inner.split(',').filter_map(|it| it.split('=').next());
    parameters
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect()
}

/// Where something of a pair stands.
pub(super) fn rank(pair: &Pair<'_>, place: Place) -> Rank {
    (Part::Tables, pair.at, place)
}

/// The first column of an index, by which it serves a foreign key.
pub(super) fn first_column(index: &crate::schema::Index) -> Option<&Ident> {
    key_columns(index).next()
}
