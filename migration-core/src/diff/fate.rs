//! What becomes of a column that is on both sides.

use std::collections::{HashMap, HashSet};

use super::conversion::is_of_other_family;
use super::enums::is_remade as is_remade_type;
use super::expression::is_same_generated;
use super::order::Thing;
use super::side::Sides;
use crate::schema::{Column, DataType, Generated, Ident, Table};

/// A column before and after.
#[derive(Debug)]
pub(super) struct ColumnPair<'a> {
    /// Before.
    pub(super) from: &'a Column,
    /// After.
    pub(super) to: &'a Column,
    /// How it gets from one to the other.
    pub(super) fate: Fate,
    /// Whether its type or collation becomes another.
    pub(super) is_retyped: bool,
    /// Whether expressions on its values may not survive the change of its type.
    pub(super) is_recast: bool,
    /// Whether its type is made anew under the same name.
    pub(super) is_of_remade_type: bool,
}

/// How a column gets from one state to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// What it says about itself changes, if anything.
    Altered,
    /// It is computed before and after: dropped and added, it has no values of its own.
    Remade,
    /// It is computed from now on; its values go.
    Computed,
    /// It is computed no more and keeps its values.
    Freed,
}

impl ColumnPair<'_> {
    /// Whether the column is dropped and added, in one direction at least.
    pub(super) fn is_remade(&self) -> bool {
        self.fate != Fate::Altered
    }

    /// The same way between other states.
    pub(super) fn to_another<'b>(&self, from: &'b Column, to: &'b Column) -> ColumnPair<'b> {
        ColumnPair {
            from,
            to,
            fate: self.fate,
            is_retyped: self.is_retyped,
            is_recast: self.is_recast,
            is_of_remade_type: self.is_of_remade_type,
        }
    }

    /// Whether what looks at the column is in the way.
    pub(super) fn is_reshaped(&self) -> bool {
        self.is_remade() || self.is_retyped || self.is_recast
    }
}

/// The columns that are on both sides.
pub(super) fn columns<'a>(
    to: &'a Table,
    former: &HashMap<&Ident, &'a Column>,
    sides: &Sides<'a>,
) -> Vec<ColumnPair<'a>> {
    let both = to.columns.iter();
    let both = both.filter_map(|to| former.get(&to.name).map(|from| (*from, to)));
    let mut pairs: Vec<_> = both.map(|(from, to)| pair(from, to, sides)).collect();
    remake_computed(&mut pairs);
    pairs
}

fn pair<'a>(from: &'a Column, to: &'a Column, sides: &Sides<'a>) -> ColumnPair<'a> {
    let is_retyped = !sides.options.ignores_types
        && (from.data_type != to.data_type || from.collation != to.collation);
    let is_of_remade_type = !is_retyped && is_of_remade_type(to, sides);
    let fate = match (&from.generated, &to.generated) {
        (None, None) => Fate::Altered,
        (None, Some(_)) | (Some(_), None) if is_of_remade_type => Fate::Remade,
        (None, Some(_)) => Fate::Computed,
        (Some(_), None) => Fate::Freed,
        (Some(former), Some(wanted))
            if is_retyped || is_of_remade_type || !is_same_generated(former, wanted) =>
        {
            Fate::Remade
        }
        (Some(_), Some(_)) => Fate::Altered,
    };
    ColumnPair {
        from,
        to,
        fate,
        is_retyped,
        is_of_remade_type,
        is_recast: is_of_remade_type
            || (is_retyped && is_of_other_family(&from.data_type, &to.data_type)),
    }
}

fn is_of_remade_type(column: &Column, sides: &Sides<'_>) -> bool {
    let DataType::Other(text) = &column.data_type else {
        return false;
    };
    let mut types = sides.to.types_in(text.as_str()).into_iter();
    types.any(|thing| matches!(thing, Thing::Type(name) if is_remade_type(name, sides)))
}

/// Computed columns are made anew when a column that they are computed from changes.
fn remake_computed(pairs: &mut [ColumnPair<'_>]) {
    let reshaped = pairs.iter().filter(|it| it.is_reshaped());
    let mut moved: HashSet<Ident> = reshaped.map(|it| it.to.name.clone()).collect();
    loop {
        let found = pairs.iter_mut().find(|it| {
            let is_computed_from = |generated: &Generated| {
                let mut moved = moved.iter();
                moved.any(|name| generated.expression.mentions(name))
            };
            it.fate == Fate::Altered && it.to.generated.as_ref().is_some_and(is_computed_from)
        });
        let Some(found) = found else { return };
        found.fate = Fate::Remade;
        moved.insert(found.to.name.clone());
    }
}
