//! Every row is read to see whether it meets a demand.

use super::{Rule, waits};
use crate::dialect::LongWork;

pub(super) const RULE: Rule = Rule {
    name: "reads-rows",
    about: "all rows of a table that is in use are read to prove a demand, and others wait for it",
    find: |scene| waits(scene, LongWork::Reads, "reads every row of"),
};
