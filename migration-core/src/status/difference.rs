//! What a revision's text says now and what it said when it was applied, statement by statement.

use std::sync::Arc;

use crate::database::LedgerRow;
use crate::dialect::Dialect;
use crate::program::{asks_the_same, checksum};
use crate::revision::{Script, read_kept, read_script};
use crate::sql::{Passage, passages};
use crate::text::{Source, Span};

/// Beyond this many comparisons two texts are shown as a whole.
const MOST_COMPARISONS: usize = 4_000_000;

/// The text that the ledger kept, as far as it kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The upgrade section; none when a script or an older program applied it, or when it is long.
    upgrade: Option<Vec<Passage>>,
    /// The downgrade section; none when there was none, or when a script applied it.
    downgrade: Option<Vec<Passage>>,
}

/// What one section differs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `upgrade` or `downgrade`.
    pub section: &'static str,
    /// The changes, in order; none when the former text was not kept.
    pub changes: Option<Vec<Change>>,
}

/// A statement or directive that is only on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was there when the revision was applied.
    Removed(String),
    /// It is there now.
    Added(String),
}

impl Kept {
    /// Reads the text of a ledger's row.
    pub fn of(row: &LedgerRow) -> Self {
        if let Some(script) = complete(row) {
            return Self {
                upgrade: Some(passages(&script.source, script.upgrade)),
                downgrade: script.downgrade.map(|span| passages(&script.source, span)),
            };
        }
        let source = Source::new("ledger", row.downgrade_sql.as_str());
        let whole = Span::new(0, row.downgrade_sql.len());
        Self {
            upgrade: None,
            downgrade: Some(passages(&source, whole)).filter(|found| !found.is_empty()),
        }
    }
}

/// Whether a revision asks the same of this engine as it did when the row was written, whatever it
/// asks of others; not where the text was not kept, or cannot be read.
pub fn asks_what_it_did(dialect: Dialect, row: &LedgerRow, now: &Script) -> bool {
    let same = complete(row).map(|then| asks_the_same(dialect, &then, now));
    matches!(same, Some(Ok(true)))
}

/// The whole revision, when all of it was kept.
fn complete(row: &LedgerRow) -> Option<Script> {
    let revision = read_kept("ledger", row.script.as_deref()?, &row.downgrade_sql).ok()?;
    let script = read_script(&revision).ok()?;
    let sum = checksum(&script).ok()?;
    (sum == row.checksum).then_some(script)
}

/// What the sections differ in; sections that mean the same are left out.
pub fn differences(kept: &Kept, now: &Script) -> Vec<Difference> {
    let upgrade = passages(&now.source, now.upgrade);
    let downgrade = now.downgrade.map(|span| passages(&now.source, span));
    let is_known = kept.upgrade.is_some();
    let mut found = Vec::new();
    let down = changes(
        kept.downgrade.as_deref().unwrap_or_default(),
        downgrade.as_deref().unwrap_or_default(),
    );
    match &kept.upgrade {
        Some(before) => {
            let changes = changes(before, &upgrade);
            if !changes.is_empty() {
                found.push(Difference {
                    section: "upgrade",
                    changes: Some(changes),
                });
            }
        }
        None => found.push(Difference {
            section: "upgrade",
            changes: None,
        }),
    }
    let came_or_went = is_known && kept.downgrade.is_some() != downgrade.is_some();
    let is_kept = is_known || kept.downgrade.is_some();
    if is_kept && !down.is_empty() || came_or_went {
        found.push(Difference {
            section: "downgrade",
            changes: Some(down),
        });
    }
    if found.is_empty() {
        // The engines read a character differently across statements: then all of it counts.
        found.push(whole(kept, &now.source, now.upgrade));
    }
    found
}

fn whole(kept: &Kept, source: &Arc<Source>, upgrade: Span) -> Difference {
    let before = kept.upgrade.as_deref().unwrap_or_default();
    let now = passages(source, upgrade);
    let removed = before.iter().map(removed);
    Difference {
        section: "upgrade",
        changes: Some(removed.chain(now.iter().map(added)).collect()),
    }
}

fn removed(passage: &Passage) -> Change {
    Change::Removed(passage.text.clone())
}

fn added(passage: &Passage) -> Change {
    Change::Added(passage.text.clone())
}

/// The shortest way from one list to the other.
fn changes(before: &[Passage], now: &[Passage]) -> Vec<Change> {
    let same = |(one, other): &(&Passage, &Passage)| one.means_the_same(other);
    let start = before.iter().zip(now).take_while(same).count();
    let (before, now) = (&before[start..], &now[start..]);
    let end = before
        .iter()
        .rev()
        .zip(now.iter().rev())
        .take_while(same)
        .count();
    let (before, now) = (&before[..before.len() - end], &now[..now.len() - end]);
    if before.len().saturating_mul(now.len()) > MOST_COMPARISONS {
        return before
            .iter()
            .map(removed)
            .chain(now.iter().map(added))
            .collect();
    }
    let common = common_lengths(before, now);
    let (mut left, mut right) = (0, 0);
    let mut found = Vec::new();
    while left < before.len() || right < now.len() {
        let both = before.get(left).zip(now.get(right));
        if both.is_some_and(|pair| same(&pair)) {
            left += 1;
            right += 1;
        } else if left < before.len()
            && (right == now.len() || common[left + 1][right] >= common[left][right + 1])
        {
            found.push(removed(&before[left]));
            left += 1;
        } else {
            found.push(added(&now[right]));
            right += 1;
        }
    }
    found
}

/// How many passages both have in common from each pair of positions on, in order.
fn common_lengths(before: &[Passage], now: &[Passage]) -> Vec<Vec<u32>> {
    let mut common = vec![vec![0; now.len() + 1]; before.len() + 1];
    for left in (0..before.len()).rev() {
        for right in (0..now.len()).rev() {
            common[left][right] = if before[left].means_the_same(&now[right]) {
                common[left + 1][right + 1] + 1
            } else {
                common[left + 1][right].max(common[left][right + 1])
            };
        }
    }
    common
}
