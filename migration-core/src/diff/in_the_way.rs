//! What stands on columns of an enumerated type and stays, and has to go for a moment when the type
//! is made anew behind their back.

use std::collections::HashSet;

use super::build::drop_index;
use super::build::{add_column, add_constraint, create_index, drop_column, drop_constraint};
use super::dependents;
use super::fate::Fate;
use super::objects::Fates;
use super::order::Thing;
use super::pairs::{Pair, Pairs, checks, is_on, stands_on};
use super::references::reference;
use super::side::Sides;
use super::views::{self, AnyView};
use crate::operation::Operation;
use crate::schema::{Column, Constraint, Dependent, Ident, Index, ObjectName, Table};
use crate::sql::mentions;

/// What goes or is made anew anyway is none of it.
pub(super) struct InTheWay<'s, 'a> {
    sides: &'s Sides<'a>,
    views: Vec<AnyView<'a>>,
    bound: Vec<&'a Dependent>,
    /// Those that refer to a table come before its keys.
    constraints: Vec<(&'a Table, &'a Constraint)>,
    indexes: Vec<(&'a Table, &'a Index)>,
    computed: Vec<(&'a Table, &'a Column)>,
}

/// A column by its table and its name.
type Place<'a> = (&'a ObjectName, &'a Ident);

impl<'s, 'a> InTheWay<'s, 'a> {
    pub(super) fn of(
        columns: &[Place<'a>],
        (sides, pairs): (&'s Sides<'a>, &Pairs<'a>),
        fates: &Fates<'a>,
    ) -> Self {
        let side = &sides.from;
        let tables: HashSet<_> = columns.iter().map(|(table, _)| *table).collect();
        let all = views::all(side.schema);
        let is_moved =
            |thing: &Thing<'a>, _: &_| matches!(thing, Thing::Table(name) if tables.contains(name));
        let mut found = views::moved(&all, side, is_moved);
        found.retain(|name| !fates.views.contains(name));
        let mut it = Self {
            sides,
            views: views::sorted(&all, &found, side),
            bound: Vec::new(),
            constraints: Vec::new(),
            indexes: Vec::new(),
            computed: Vec::new(),
        };
        let both = pairs.all().iter();
        for pair in both.clone().filter(|it| tables.contains(&it.to.name)) {
            it.stand(pair, columns);
        }
        let places: Vec<Place<'a>> = it.places().collect();
        let mut references = Vec::new();
        for pair in both {
            let kept = pair.constraints.kept.iter().map(|(from, _)| *from);
            let refers = |it: &&Constraint| {
                reference(it).is_some_and(|key| {
                    let mut referred = key.referenced_columns.iter();
                    referred.any(|name| places.contains(&(&key.references, name)))
                        || key
                            .columns
                            .iter()
                            .any(|name| places.contains(&(&pair.to.name, name)))
                })
            };
            references.extend(kept.filter(refers).map(|it| (pair.from, it)));
        }
        it.constraints.splice(0..0, references);
        let named: Vec<Place<'a>> = columns.iter().copied().chain(places).collect();
        it.bound.extend(fates.kept(sides, pairs).filter(|bound| {
            let names = |(table, name): &Place<'_>| {
                bound.table() == Some(*table) && mentions(&bound.sql, name.as_str())
            };
            bound.table().is_some_and(|it| found.contains(it)) || named.iter().any(names)
        }));
        it
    }

    /// Finds what stands on columns of one table.
    fn stand(&mut self, pair: &Pair<'a>, columns: &[Place<'a>]) {
        let own = columns.iter().filter(|(table, _)| **table == pair.to.name);
        let own: Vec<&Ident> = own.map(|(_, column)| *column).collect();
        let computed = pair.columns.iter().filter(|it| it.fate == Fate::Altered);
        let computed = computed.filter(|it| {
            let generated = it.from.generated.as_ref();
            generated.is_some_and(|it| own.iter().any(|name| it.expression.mentions(name)))
        });
        let computed: Vec<&'a Column> = computed.map(|it| it.from).collect();
        let any_computed = |is: &dyn Fn(&Ident) -> bool| computed.iter().any(|it| is(&it.name));

        let kept = pair.constraints.kept.iter().map(|(from, _)| *from);
        let kept = kept.filter(|it| {
            reference(it).is_none()
                && (own.iter().any(|name| checks(it, name))
                    || any_computed(&|name| stands_on(it, name)))
        });
        self.constraints.extend(kept.map(|it| (pair.from, it)));
        let kept = pair.indexes.kept.iter().map(|(from, _)| *from);
        let kept = kept.filter(|index| {
            let has_text = super::indexes::expressions(index).next().is_some();
            has_text && own.iter().any(|name| is_on(index, name))
                || any_computed(&|name| is_on(index, name))
        });
        self.indexes.extend(kept.map(|it| (pair.from, it)));
        self.computed
            .extend(computed.into_iter().map(|it| (pair.from, it)));
    }

    /// The views among it.
    pub(super) fn views(&self) -> impl Iterator<Item = &'a ObjectName> {
        self.views.iter().map(|it| it.name)
    }

    /// The computed columns among it.
    pub(super) fn places(&self) -> impl Iterator<Item = Place<'a>> {
        self.computed
            .iter()
            .map(|(table, it)| (&table.name, &it.name))
    }

    /// The operations between its going and its coming back.
    pub(super) fn around(&self, operations: Vec<Operation>) -> Vec<Operation> {
        let mut all = self.gone();
        all.extend(operations);
        all.extend(self.back());
        all
    }

    fn gone(&self) -> Vec<Operation> {
        let bound = self.bound.iter().rev();
        let mut gone: Vec<_> = bound
            .flat_map(|it| dependents::drop(it, self.sides.options))
            .collect();
        gone.extend(self.views.iter().rev().map(AnyView::drop));
        let constraints = self.constraints.iter();
        gone.extend(constraints.map(|(table, it)| drop_constraint(table, it)));
        let indexes = self.indexes.iter();
        gone.extend(indexes.map(|(table, it)| drop_index(Some(table), it)));
        let computed = self.computed.iter();
        gone.extend(computed.map(|(table, it)| drop_column(&table.name, &it.name)));
        gone
    }

    fn back(&self) -> Vec<Operation> {
        let computed = self.computed.iter();
        let mut back: Vec<_> = computed
            .map(|(table, it)| add_column(&table.name, it, Vec::new()))
            .collect();
        let constraints = self.constraints.iter().rev();
        let (references, others): (Vec<_>, Vec<_>) =
            constraints.partition(|(_, it)| reference(it).is_some());
        let add = |(table, it): &(&Table, &Constraint)| add_constraint(table, it);
        back.extend(others.into_iter().rev().map(add));
        back.extend(self.indexes.iter().map(|(_, it)| create_index(it)));
        back.extend(references.into_iter().rev().map(add));
        let views = self.views.iter();
        back.extend(views.flat_map(|it| it.create_whole(&self.sides.from)));
        back.extend(self.bound.iter().flat_map(|it| dependents::create(it)));
        back
    }
}
