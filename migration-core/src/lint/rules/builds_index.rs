//! An index is built while others wait.

use super::{Rule, waits};
use crate::dialect::LongWork;

pub(super) const RULE: Rule = Rule {
    name: "builds-index",
    about: "an index of a table that is in use is built, and others wait for it",
    find: |scene| waits(scene, LongWork::Indexes, "builds an index of"),
};
