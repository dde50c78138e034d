//! What stands beside tables and on them: functions, views, triggers, policies.

use std::collections::HashSet;

use super::order::Step;
use super::pairs::Pairs;
use super::renames::Renamed;
use super::side::Sides;
use super::{dependents, views};
use crate::schema::{Dependent, ObjectName};

/// What becomes of the objects of the one side.
#[derive(Debug)]
pub(super) struct Fates<'a> {
    dependents: dependents::Fates<'a>,
    /// The views that are dropped, for good or to be made again.
    pub(super) views: HashSet<&'a ObjectName>,
}

impl<'a> Fates<'a> {
    pub(super) fn new(sides: &Sides<'a>, pairs: &Pairs<'a>, renamed: &'a Renamed<'a>) -> Self {
        let dependents = dependents::Fates::new(sides, renamed);
        let views = views::dropped(sides, pairs, renamed, &dependents.functions);
        Self { dependents, views }
    }

    /// What stands on tables and views and stays all the time.
    pub(super) fn kept<'f>(
        &'f self,
        sides: &'f Sides<'a>,
        pairs: &'f Pairs<'a>,
    ) -> impl Iterator<Item = &'a Dependent> + 'f {
        dependents::kept(sides, pairs, &self.dependents, &self.views)
    }
}

/// New, changed and gone objects, and those in the way of changes of tables.
pub(super) fn steps<'a>(
    sides: &Sides<'a>,
    pairs: &Pairs<'a>,
    fates: &Fates<'a>,
    steps: &mut Vec<Step<'a>>,
) {
    views::steps(sides, &fates.views, steps);
    dependents::steps(sides, pairs, &fates.dependents, &fates.views, steps);
}
