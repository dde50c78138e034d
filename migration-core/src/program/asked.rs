//! What a revision asks of one engine, whatever it asks of others.

use super::ProgramError;
use super::lower::{is_for, options_of};
use crate::dialect::Dialect;
use crate::revision::Script;
use crate::sql::{Passage, parse};
use crate::text::Span;

/// Both sections, without the statements that are for other engines.
struct Asked {
    upgrade: Section,
    /// None when no downgrade was written.
    downgrade: Option<Section>,
}

struct Section {
    /// Why it must not run.
    irreversible: Option<String>,
    /// Each with whether it runs outside a transaction.
    statements: Vec<(Passage, bool)>,
}

/// Whether two texts ask the same of an engine, by the rules of the checksum.
///
/// # Errors
///
/// A text that the engine cannot read, or that is for an engine that does not exist.
pub fn asks_the_same(dialect: Dialect, one: &Script, other: &Script) -> Result<bool, ProgramError> {
    let (one, other) = (Asked::of(dialect, one)?, Asked::of(dialect, other)?);
    let are_downgrades_same = match (&one.downgrade, &other.downgrade) {
        (Some(one), Some(other)) => one.asks_the_same(other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    Ok(are_downgrades_same && one.upgrade.asks_the_same(&other.upgrade))
}

impl Asked {
    fn of(dialect: Dialect, script: &Script) -> Result<Self, ProgramError> {
        let section = |span| Section::of(dialect, script, span);
        Ok(Self {
            upgrade: section(script.upgrade)?,
            downgrade: script.downgrade.map(section).transpose()?,
        })
    }
}

impl Section {
    fn of(dialect: Dialect, script: &Script, span: Span) -> Result<Self, ProgramError> {
        let section = parse(&script.source, span, &options_of(dialect, ""))?;
        let mut statements = Vec::new();
        for statement in &section.statements {
            if is_for(dialect, statement)? {
                statements.push((Passage::at(&statement.place), statement.autocommit));
            }
        }
        Ok(Self {
            irreversible: section.irreversible.map(|it| it.reason),
            statements,
        })
    }

    fn asks_the_same(&self, other: &Self) -> bool {
        let mut pairs = self.statements.iter().zip(&other.statements);
        self.irreversible == other.irreversible
            && self.statements.len() == other.statements.len()
            && pairs.all(|((one, alone), (other, other_alone))| {
                one.means_the_same(other) && alone == other_alone
            })
    }
}
