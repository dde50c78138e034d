//! Every row is written anew.

use super::{Rule, waits};
use crate::dialect::LongWork;

pub(super) const RULE: Rule = Rule {
    name: "rewrites-rows",
    about: "all rows of a table that is in use are written anew, and others wait for it",
    find: |scene| waits(scene, LongWork::Rewrites, "writes every row anew of"),
};
