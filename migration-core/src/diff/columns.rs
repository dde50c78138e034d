//! Columns: new, gone and changed.

use super::Change;
use super::build::{add_column, drop_column, drop_constraint, quoted, raw, worded};
use super::conversion::{is_of_other_family, of_attributes, using};
use super::expression::is_same_option;
use super::fate::{ColumnPair, Fate};
use super::order::{Place, Role, Step, Thing};
use super::pairs::{Pair, Pairs};
use super::references::reference;
use super::side::{Side, Sides};
use super::tables::rank;
use super::{constraints, identity};
use crate::operation::Operation;
use crate::render;
use crate::schema::{Column, Constraint, ConstraintKind, DataType, Ident, ObjectName, Table};

/// What changed at the columns of a table.
pub(super) fn steps<'a>(
    pair: &Pair<'a>,
    (sides, pairs): (&Sides<'a>, &Pairs<'a>),
    steps: &mut Vec<Step<'a>>,
) {
    for column in &pair.new_columns {
        steps.push(new(pair, column, (sides, pairs)));
    }
    for column in &pair.columns {
        match column.fate {
            Fate::Altered => altered(pair, column, sides, steps),
            Fate::Remade => remade(pair, column, sides, steps),
            Fate::Computed | Fate::Freed => steps.push(turned(pair, column, sides)),
        }
        comment(pair, column, steps);
    }
    for column in &pair.gone_columns {
        steps.push(gone(pair, column, (sides, pairs)));
    }
}

/// The constraints that go inside a column that comes or goes: they concern no other. A foreign key
/// goes before its column, and so may its index.
pub(super) fn inside<'a>(
    pair: &Pair<'a>,
    column: &Column,
    pairs: &Pairs<'a>,
    is_new: bool,
) -> Vec<&'a Constraint> {
    let (table, all) = if is_new {
        (pair.to, &pair.constraints.new)
    } else {
        (pair.from, &pair.constraints.gone)
    };
    let concerns_it = |it: &Constraint| {
        let is_reachable = reference(it)
            .is_none_or(|key| is_new && key.references != table.name && pairs.keep_key(key));
        // Engines that number rows by their key alone want both at once.
        let is_beside =
            matches!(it.kind, ConstraintKind::PrimaryKey { .. }) && column.identity.is_none();
        !is_beside && !it.not_valid && is_reachable && of_constraint(table, it) == [&column.name]
    };
    all.iter().copied().filter(|it| concerns_it(it)).collect()
}

/// The columns that a constraint stands on.
pub(super) fn of_constraint<'a>(table: &'a Table, constraint: &'a Constraint) -> Vec<&'a Ident> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
            columns.iter().collect()
        }
        ConstraintKind::ForeignKey(key) => key.columns.iter().collect(),
        ConstraintKind::Check { expression } => {
            let names = table.columns.iter().map(|it| &it.name);
            names.filter(|name| expression.mentions(name)).collect()
        }
    }
}

/// The texts of a column: its type, default and expression.
pub(super) fn texts(column: &Column) -> impl Iterator<Item = &str> {
    let data_type = match &column.data_type {
        DataType::Other(text) => Some(text.as_str()),
        _ => None,
    };
    let default = column.default.iter().map(|it| it.as_str());
    let generated = column.generated.iter().map(|it| it.expression.as_str());
    data_type.into_iter().chain(default).chain(generated)
}

/// What a column needs besides its table.
fn needs<'a>(table: &'a Table, column: &Column, side: &Side<'a>) -> Vec<Thing<'a>> {
    let mut things: Vec<_> = texts(column)
        .flat_map(|text| side.beside_in(text))
        .collect();
    if let Some(generated) = &column.generated {
        let others = table.columns.iter().map(|it| &it.name);
        let others = others.filter(|it| **it != column.name && generated.expression.mentions(it));
        things.extend(others.map(|it| Thing::Column(&table.name, it)));
    }
    things
}

fn new<'a>(
    pair: &Pair<'a>,
    column: &'a Column,
    (sides, pairs): (&Sides<'a>, &Pairs<'a>),
) -> Step<'a> {
    let name = &pair.to.name;
    let inside = inside(pair, column, pairs, true);
    let change = Change {
        up: vec![added(pair.to, column, &inside)],
        down: removed(pair.to, column, &inside),
    };
    let step = Step::new(rank(pair, Place::NewColumns), change);
    let step = step
        .does(Role::Make, Thing::Column(name, &column.name))
        .does(Role::Make, Thing::NewColumns(name))
        .does_all(Role::Use, needs(pair.to, column, &sides.to));
    inside.into_iter().fold(step, |step, it| {
        constraints::with_inside(step, pair.to, it, &sides.to)
    })
}

fn gone<'a>(
    pair: &Pair<'a>,
    column: &'a Column,
    (sides, pairs): (&Sides<'a>, &Pairs<'a>),
) -> Step<'a> {
    let name = &pair.to.name;
    let inside = inside(pair, column, pairs, false);
    let change = Change {
        up: removed(pair.from, column, &inside),
        down: vec![added(pair.from, column, &inside)],
    };
    let step = Step::new(rank(pair, Place::GoneColumns), change);
    let step = step
        .does(Role::Remove, Thing::Column(name, &column.name))
        .does(Role::Alter, Thing::Shape(name))
        .does_all(Role::Release, needs(pair.from, column, &sides.from));
    inside.into_iter().fold(step, |step, it| {
        constraints::with_ended(step, pair.from, it, &sides.from)
    })
}

fn added(table: &Table, column: &Column, inside: &[&Constraint]) -> Operation {
    let inside = inside.iter().map(|it| worded(table, it)).collect();
    add_column(&table.name, column, inside)
}

/// Drops a column; foreign keys and checks first, with which not every engine lets it go.
fn removed(table: &Table, column: &Column, inside: &[&Constraint]) -> Vec<Operation> {
    let goes_along = |it: &Constraint| match it.kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => true,
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
    };
    let before = inside.iter().filter(|it| !goes_along(it));
    let mut operations: Vec<_> = before.map(|it| drop_constraint(table, it)).collect();
    operations.push(drop_column(&table.name, &column.name));
    operations
}

/// A computed column, made anew.
fn remade<'a>(
    pair: &Pair<'a>,
    column: &ColumnPair<'a>,
    sides: &Sides<'a>,
    steps: &mut Vec<Step<'a>>,
) {
    let table = &pair.to.name;
    let thing = Thing::Column(table, &column.to.name);
    let drop = || drop_column(table, &column.to.name);
    let change = Change::new(drop(), add_column(table, column.from, Vec::new()));
    steps.push(
        Step::new(rank(pair, Place::GoneColumns), change)
            .does(Role::Remove, thing)
            .does(Role::Alter, Thing::Shape(table))
            .does_all(Role::Release, needs(pair.from, column.from, &sides.from)),
    );
    let change = Change::new(add_column(table, column.to, Vec::new()), drop());
    steps.push(
        Step::new(rank(pair, Place::Columns), change)
            .does(Role::Make, thing)
            .does(Role::Make, Thing::NewColumns(table))
            .does_all(Role::Use, needs(pair.to, column.to, &sides.to)),
    );
}

/// A column that is computed from now on, or no more. What is computed goes with its expression;
/// what was computed stays as it is.
fn turned<'a>(pair: &Pair<'a>, column: &ColumnPair<'a>, sides: &Sides<'a>) -> Step<'a> {
    let table = &pair.to.name;
    let is_cast = sides.options.converts_by_cast;
    let change = if column.fate == Fate::Freed {
        Change {
            up: freed(table, column.from, column.to, is_cast),
            down: computed(table, column.from),
        }
    } else {
        Change {
            up: computed(table, column.to),
            down: freed(table, column.to, column.from, is_cast),
        }
    };
    Step::new(rank(pair, Place::Columns), change)
        .does(Role::Alter, Thing::Column(table, &column.to.name))
        .does(Role::Alter, Thing::Shape(table))
        .does_all(Role::Release, released(pair, column, sides))
        .does_all(Role::Use, needs(pair.to, column.to, &sides.to))
}

/// What a column needs no more.
fn released<'a>(pair: &Pair<'a>, column: &ColumnPair<'a>, sides: &Sides<'a>) -> Vec<Thing<'a>> {
    let kept = needs(pair.to, column.to, &sides.to);
    let mut released = needs(pair.from, column.from, &sides.from);
    released.retain(|thing| !kept.contains(thing));
    released
}

fn computed(table: &ObjectName, column: &Column) -> Vec<Operation> {
    vec![
        drop_column(table, &column.name),
        add_column(table, column, Vec::new()),
    ]
}

fn freed(table: &ObjectName, computed: &Column, free: &Column, is_cast: bool) -> Vec<Operation> {
    let column = &computed.name;
    let mut operations = vec![Operation::DropExpression {
        table: table.clone(),
        column: column.clone(),
        if_exists: false,
    }];
    if computed.data_type != free.data_type || computed.collation != free.collation {
        operations.push(set_type(table, computed, free, is_cast));
    }
    if free.default.is_some() {
        operations.push(set_default(table, free));
    }
    if computed.nullable != free.nullable {
        operations.push(set_nullable(table, column, free.nullable));
    }
    operations.extend(identity::change(table, computed, free));
    if computed.comment != free.comment {
        operations.push(set_comment(table, free));
    }
    operations
}

fn altered<'a>(
    pair: &Pair<'a>,
    column: &ColumnPair<'a>,
    sides: &Sides<'a>,
    steps: &mut Vec<Step<'a>>,
) {
    let (table, to) = (&pair.to.name, column.to);
    let mut changes = alterations(pair, column, sides);
    if let Some(counting) = counting(table, column) {
        let is_end = counting.1 == Part::Counts(Some(Role::Release));
        changes.insert(if is_end { 0 } else { changes.len() }, counting);
    }
    for (change, part) in changes {
        let role = match part {
            Part::Counts(role) => role.unwrap_or(Role::Alter),
            Part::Whole | Part::Leaves | Part::Enters => Role::Alter,
        };
        let mut step = Step::new(rank(pair, Place::Columns), change)
            .does(role, Thing::Column(table, &to.name));
        if matches!(part, Part::Whole | Part::Leaves) {
            step = step.does_all(Role::Release, released(pair, column, sides));
        }
        if matches!(part, Part::Whole | Part::Enters) {
            step = step.does_all(Role::Use, needs(pair.to, to, &sides.to));
        }
        if let Part::Counts(Some(role)) = part {
            step = step.does(role, Thing::PrimaryKey(table));
        }
        if column.is_retyped && !matches!(part, Part::Counts(_)) {
            step = step.does(Role::Alter, Thing::Shape(table));
        }
        steps.push(step);
    }
}

/// What a change of a column is to other things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It stops using what was and uses what is.
    Whole,
    /// It stops using what was.
    Leaves,
    /// It uses what is.
    Enters,
    /// It begins or ends counting, or counts in another way: what counts is never NULL, and on one
    /// engine it is a key all the time.
    Counts(Option<Role>),
}

/// How rows are numbered from now on.
fn counting(table: &ObjectName, column: &ColumnPair<'_>) -> Option<(Change, Part)> {
    let (from, to) = (column.from, column.to);
    let change = Change {
        up: identity::change(table, from, to),
        down: identity::change(table, to, from),
    };
    let role = match (from.identity, to.identity) {
        (Some(_), None) => Some(Role::Release),
        (None, Some(_)) => Some(Role::Use),
        (None, None) | (Some(_), Some(_)) => None,
    };
    (!change.up.is_empty()).then_some((change, Part::Counts(role)))
}

/// What a column says of itself from now on, but for how it counts.
fn alterations(pair: &Pair<'_>, column: &ColumnPair<'_>, sides: &Sides<'_>) -> Vec<(Change, Part)> {
    let table = &pair.to.name;
    let (from, to) = (column.from, column.to);
    let has_default = sides.options.ignores_defaults
        || is_same_option(from.default.as_ref(), to.default.as_ref());
    let mut changes = Vec::new();
    if column.is_retyped && is_between_changed(column, sides) {
        let bare = Column {
            data_type: DataType::Text,
            default: None,
            ..to.clone()
        };
        let (leaving, entering) = (column.to_another(from, &bare), column.to_another(&bare, to));
        let has_default = false;
        let leaves = retyped(table, &leaving, has_default, sides);
        let enters = retyped(table, &entering, has_default, sides);
        changes.extend([(leaves, Part::Leaves), (enters, Part::Enters)]);
    } else if column.is_retyped {
        let change = retyped(table, column, has_default, sides);
        changes.push((change, Part::Whole));
    } else if !has_default && !column.is_of_remade_type {
        let change = Change::new(set_default(table, to), set_default(table, from));
        changes.push((change, Part::Whole));
    }
    if let Some(nullable) = nullable(pair, column) {
        let change = Change::new(
            set_nullable(table, &to.name, nullable),
            set_nullable(table, &to.name, !nullable),
        );
        changes.push((change, Part::Whole));
    }
    if from.attributes != to.attributes {
        let change = Change::new(modified(table, to), modified(table, from));
        changes.push((change, Part::Whole));
    }
    changes
}

/// Whether a column goes from one type that changes to another: each waits for the columns that
/// leave it, so that there has to be something between them.
fn is_between_changed(column: &ColumnPair<'_>, sides: &Sides<'_>) -> bool {
    let is_changed = |column: &Column| {
        let name = column.data_type.as_name();
        name.is_some_and(|it| super::enums::is_changed(&it, sides))
    };
    is_changed(column.from) && is_changed(column.to)
}

/// Whether NULL is allowed or forbidden, beyond what a primary key that comes or goes does.
fn nullable(pair: &Pair<'_>, column: &ColumnPair<'_>) -> Option<bool> {
    let (from, to) = (column.from, column.to);
    let is_in = |all: &[&Constraint]| {
        all.iter().any(|it| {
            matches!(&it.kind, ConstraintKind::PrimaryKey { columns } if columns.contains(&to.name))
        })
    };
    let was_key = is_in(&pair.constraints.gone);
    let is_key = is_in(&pair.constraints.new);
    if is_key {
        return None;
    }
    let is = from.nullable && !was_key;
    (is != to.nullable).then_some(to.nullable)
}

/// The new type, with the default out of the way where it is of another kind.
fn retyped(
    table: &ObjectName,
    column: &ColumnPair<'_>,
    has_default: bool,
    sides: &Sides<'_>,
) -> Change {
    let (from, to) = (column.from, column.to);
    // The cast to a listed type is understood wherever such types are.
    let is_listed = |side: &Side<'_>, column: &Column| match &column.data_type {
        DataType::Other(text) => !side.types_in(text.as_str()).is_empty(),
        _ => false,
    };
    let is_cast = |side: &Side<'_>, column: &Column| {
        sides.options.converts_by_cast || is_listed(side, column)
    };
    let one_way = |from: &Column, to: &Column, is_cast: bool| {
        let default = if has_default { from } else { to };
        let is_apart = is_of_other_family(&from.data_type, &to.data_type) || !has_default;
        let mut operations = Vec::new();
        if is_apart && from.default.is_some() {
            let mut bare = from.clone();
            bare.default = None;
            operations.push(set_default(table, &bare));
        }
        operations.push(set_type(table, from, to, is_cast));
        let is_bared = from.collation.is_some() && to.collation.is_none();
        if is_bared && sides.options.keeps_collation && from.data_type != to.data_type {
            // Said once more, of a column that has the type.
            operations.push(set_type(table, to, to, false));
        }
        if is_apart && default.default.is_some() {
            operations.push(set_default(table, default));
        }
        operations
    };
    Change {
        up: one_way(from, to, is_cast(&sides.to, to)),
        down: one_way(to, from, is_cast(&sides.from, from)),
    }
}

fn set_type(table: &ObjectName, from: &Column, to: &Column, is_cast: bool) -> Operation {
    Operation::SetType {
        table: table.clone(),
        column: to.name.clone(),
        data_type: to.data_type.clone(),
        collation: to.collation.clone(),
        using: using(&to.name, &from.data_type, &to.data_type).filter(|_| is_cast),
    }
}

fn set_default(table: &ObjectName, column: &Column) -> Operation {
    Operation::SetDefault {
        table: table.clone(),
        column: column.name.clone(),
        default: column.default.clone(),
    }
}

pub(super) fn set_nullable(table: &ObjectName, column: &Ident, nullable: bool) -> Operation {
    Operation::SetNullable {
        table: table.clone(),
        column: column.clone(),
        nullable,
    }
}

/// The column in the words of the only engine that has attributes.
fn modified(table: &ObjectName, column: &Column) -> Operation {
    let mut column = column.clone();
    column.data_type = of_attributes(column.data_type);
    // A definition without attributes is understood, and read as one that leaves them alone.
    let end = if column.attributes.is_empty() {
        ", ALGORITHM = DEFAULT"
    } else {
        ""
    };
    raw(format!(
        "ALTER TABLE {} MODIFY COLUMN {}{end}",
        quoted(table),
        render::column(&column)
    ))
}

fn comment<'a>(pair: &Pair<'a>, column: &ColumnPair<'a>, steps: &mut Vec<Step<'a>>) {
    if column.from.comment == column.to.comment || column.is_remade() {
        return;
    }
    let table = &pair.to.name;
    let change = Change::new(
        set_comment(table, column.to),
        set_comment(table, column.from),
    );
    steps.push(Step::new(rank(pair, Place::Columns), change));
}

fn set_comment(table: &ObjectName, column: &Column) -> Operation {
    Operation::SetColumnComment {
        table: table.clone(),
        column: column.name.clone(),
        comment: column.comment.clone(),
    }
}
