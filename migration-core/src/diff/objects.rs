//! What stands beside tables and on them: functions, views, triggers, policies.

use super::order::Step;
use super::pairs::Pairs;
use super::renames::Renamed;
use super::side::Sides;
use super::{dependents, views};

/// New, changed and gone objects, and those in the way of changes of tables.
pub(super) fn steps<'a>(
    sides: &Sides<'a>,
    pairs: &Pairs<'a>,
    renamed: &'a Renamed<'a>,
    steps: &mut Vec<Step<'a>>,
) {
    let fates = dependents::Fates::new(sides, renamed);
    let dropped = views::dropped(sides, pairs, renamed, &fates.functions);
    views::steps(sides, &dropped, steps);
    dependents::steps(sides, pairs, &fates, &dropped, steps);
}
