//! Enumerated types: values are added where that is all; else the type is made anew and its columns
//! follow.

use super::Change;
use super::build::quoted_column;
use super::in_the_way::InTheWay;
use super::objects::Fates;
use super::order::{Part, Place, Rank, Role, Step, Thing};
use super::pairs::Pairs;
use super::side::Sides;
use crate::operation::{EnumChange, Operation, ValuePosition};
use crate::schema::{Column, DataType, EnumType, Expression, Ident, ObjectName};

/// New, changed and gone types.
pub(super) fn steps<'a>(
    sides: &Sides<'a>,
    pairs: &Pairs<'a>,
    fates: &Fates<'a>,
    steps: &mut Vec<Step<'a>>,
) {
    let (from, to) = (&sides.from.schema.enums, &sides.to.schema.enums);
    for (at, wanted) in to.iter().enumerate() {
        let name = &wanted.name;
        let rank = (Part::Types, at, Place::Table);
        let step = match from.iter().find(|it| it.name == *name) {
            None => Step::new(rank, Change::new(create(wanted), drop(name)))
                .does(Role::Make, Thing::Type(name))
                .does(Role::Make, Thing::Name(name.schema.as_ref(), &name.name))
                .does_all(Role::Use, name.schema.as_ref().map(Thing::Namespace)),
            Some(former) if former.values == wanted.values => continue,
            Some(former) if is_remade(name, sides) => remade(rank, former, wanted, (sides, pairs)),
            Some(former) => extended(rank, (former, wanted), (sides, pairs), fates),
        };
        steps.push(step);
    }
    for (at, former) in from.iter().enumerate() {
        let name = &former.name;
        if to.iter().any(|it| it.name == *name) {
            continue;
        }
        let rank = (Part::Gone, usize::MAX / 4 + at, Place::Table);
        let step = Step::new(rank, Change::new(drop(name), create(former)))
            .does(Role::Remove, Thing::Type(name))
            .does(Role::Remove, Thing::Name(name.schema.as_ref(), &name.name))
            .does_all(Role::Release, name.schema.as_ref().map(Thing::Namespace));
        steps.push(step);
    }
}

/// Whether a type of that name is made anew.
pub(super) fn is_remade(name: &ObjectName, sides: &Sides<'_>) -> bool {
    let find = |all: &'_ [EnumType]| all.iter().position(|it| it.name == *name);
    let (from, to) = (&sides.from.schema.enums, &sides.to.schema.enums);
    match (find(from), find(to)) {
        (Some(former), Some(wanted)) => {
            let (former, wanted) = (&from[former], &to[wanted]);
            former.values != wanted.values && !is_extension(former, wanted, sides)
        }
        (None, _) | (_, None) => false,
    }
}

/// Whether a type of that name has other values than before.
pub(super) fn is_changed(name: &ObjectName, sides: &Sides<'_>) -> bool {
    let values = |side: &'_ [EnumType]| {
        let found = side.iter().find(|it| it.name == *name);
        found.map(|it| it.values.clone())
    };
    let (from, to) = (&sides.from.schema.enums, &sides.to.schema.enums);
    matches!((values(from), values(to)), (Some(former), Some(wanted)) if former != wanted)
}

/// Whether values are added only, and none that the rest of the change needs at once: an engine may
/// use a value only after the transaction that added it.
fn is_extension(former: &EnumType, wanted: &EnumType, sides: &Sides<'_>) -> bool {
    let mut left = wanted.values.iter();
    let is_subset = former
        .values
        .iter()
        .all(|value| left.any(|other| other == value));
    let added = wanted
        .values
        .iter()
        .filter(|it| !former.values.contains(it));
    let literals: Vec<String> = added
        .map(|value| format!("'{}'", value.replace('\'', "''")))
        .collect();
    is_subset && !is_used(wanted, &literals, sides)
}

/// Whether a table with a column of the type names one of the literals.
fn is_used(wanted: &EnumType, literals: &[String], sides: &Sides<'_>) -> bool {
    let names = |text: &str| {
        literals
            .iter()
            .any(|literal| text.contains(literal.as_str()))
    };
    let of_type = |column: &Column| is_of(column, &wanted.name);
    let mut tables = sides.to.schema.tables.iter();
    tables.any(|table| {
        table.columns.iter().any(of_type)
            && (super::tables::texts(table).any(&names)
                || sides.to.indexes_of(&table.name).iter().any(|index| {
                    super::indexes::expressions(index).any(|text| names(text.as_str()))
                }))
    })
}

/// Whether the column is of the type, or of arrays of it.
fn is_of(column: &Column, name: &ObjectName) -> bool {
    let DataType::Other(text) = &column.data_type else {
        return false;
    };
    let bare = text.as_str().trim_end_matches("[]").trim_end();
    let bare = DataType::Other(Expression::new(bare));
    bare.as_name().is_some_and(|own| own == *name)
}

/// A column that stays of the type: table, column, default before and after.
struct Member<'a> {
    table: &'a ObjectName,
    column: &'a Column,
    before: Option<&'a Expression>,
    after: Option<&'a Expression>,
}

fn remade<'a>(
    rank: Rank,
    former: &'a EnumType,
    wanted: &'a EnumType,
    (sides, pairs): (&Sides<'a>, &Pairs<'a>),
) -> Step<'a> {
    let members = members(wanted, sides, pairs);
    let change = Change {
        up: remake(former, wanted, &members, |it| (it.before, it.after)),
        down: remake(wanted, former, &members, |it| (it.after, it.before)),
    };
    shaping(Step::new(rank, change), wanted, &members)
}

/// Values are only added; to take them back the type is made anew, with everything out of the way
/// that stands on it then.
fn extended<'a>(
    rank: Rank,
    (former, wanted): (&'a EnumType, &'a EnumType),
    (sides, pairs): (&Sides<'a>, &Pairs<'a>),
    fates: &Fates<'a>,
) -> Step<'a> {
    let members = members(wanted, sides, pairs);
    let columns = members.iter().map(|it| (it.table, &it.column.name));
    let columns: Vec<_> = columns.collect();
    let in_the_way = InTheWay::of(&columns, (sides, pairs), fates);
    let back = remake(wanted, former, &members, |it| (it.before, it.before));
    let change = Change {
        up: added(former, wanted),
        down: in_the_way.around(back),
    };
    let step = shaping(Step::new(rank, change), wanted, &members);
    let computed = in_the_way.places();
    step.does_all(Role::Alter, in_the_way.views().map(Thing::View))
        .does_all(
            Role::Alter,
            computed.map(|(table, it)| Thing::Column(table, it)),
        )
}

/// Says that the type and its columns change.
fn shaping<'a>(mut step: Step<'a>, wanted: &'a EnumType, members: &[Member<'a>]) -> Step<'a> {
    step = step.does(Role::Alter, Thing::Type(&wanted.name));
    for member in members {
        let column = Thing::Column(member.table, &member.column.name);
        step = step
            .does(Role::Alter, Thing::Shape(member.table))
            .does(Role::Alter, column);
    }
    step
}

fn members<'a>(wanted: &EnumType, sides: &Sides<'a>, pairs: &Pairs<'a>) -> Vec<Member<'a>> {
    let all = pairs.all().iter().flat_map(|pair| {
        let columns = pair.columns.iter();
        columns.map(|column| (&pair.to.name, column))
    });
    all.filter(|(_, it)| !it.is_retyped && !it.is_remade() && is_of(it.to, &wanted.name))
        .filter(|(_, it)| it.to.generated.is_none())
        .map(|(table, it)| Member {
            table,
            column: it.to,
            before: it.from.default.as_ref(),
            after: if sides.options.ignores_defaults {
                it.from.default.as_ref()
            } else {
                it.to.default.as_ref()
            },
        })
        .collect()
}

/// The values that are new, each where it stands.
fn added(former: &EnumType, wanted: &EnumType) -> Vec<Operation> {
    let values = &wanted.values;
    let is_new = |value: &String| !former.values.contains(value);
    let new = values.iter().enumerate().filter(|(_, it)| is_new(it));
    new.map(|(at, value)| {
        let position = if values[at..].iter().all(is_new) {
            None
        } else if at == 0 {
            let first = former.values.first();
            first.cloned().map(ValuePosition::Before)
        } else {
            Some(ValuePosition::After(values[at - 1].clone()))
        };
        Operation::Enum(EnumChange::AddValue {
            name: wanted.name.clone(),
            value: value.clone(),
            position,
            if_not_exists: false,
        })
    })
    .collect()
}

/// Puts another type in the place of one, and takes its columns over by the words of their values.
fn remake<'m>(
    from: &EnumType,
    to: &EnumType,
    members: &'m [Member<'m>],
    defaults: impl Fn(&'m Member<'m>) -> (Option<&'m Expression>, Option<&'m Expression>),
) -> Vec<Operation> {
    let old = Ident::new(format!("{}_old", from.name.name));
    let mut operations = vec![
        Operation::Enum(EnumChange::Rename {
            from: from.name.clone(),
            to: old.clone(),
        }),
        create(to),
    ];
    for member in members {
        let (before, after) = defaults(member);
        operations.extend(before.map(|_| set_default(member, None)));
        operations.push(set_type(member));
        operations.extend(after.map(|after| set_default(member, Some(after))));
    }
    operations.push(drop(&from.name.sibling(old)));
    operations
}

fn set_type(member: &Member<'_>) -> Operation {
    let name = &member.column.name;
    let text = crate::render::data_type(&member.column.data_type);
    let array = if text.ends_with("[]") { "[]" } else { "" };
    let column = quoted_column(name);
    Operation::SetType {
        table: member.table.clone(),
        column: name.clone(),
        data_type: member.column.data_type.clone(),
        collation: member.column.collation.clone(),
        using: Some(Expression::new(format!("{column}::text{array}::{text}"))),
    }
}

fn set_default(member: &Member<'_>, default: Option<&Expression>) -> Operation {
    Operation::SetDefault {
        table: member.table.clone(),
        column: member.column.name.clone(),
        default: default.cloned(),
    }
}

fn create(created: &EnumType) -> Operation {
    Operation::Enum(EnumChange::Create {
        created: created.clone(),
    })
}

fn drop(name: &ObjectName) -> Operation {
    Operation::Enum(EnumChange::Drop {
        name: name.clone(),
        if_exists: false,
        cascade: false,
    })
}
