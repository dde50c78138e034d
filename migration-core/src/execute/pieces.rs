//! A step as the pieces of work that are counted: statements, changed tables, procedures.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};

use crate::dialect::{Statement, Untransacted};
use crate::operation::Operation;
use crate::program::{Action, Step, Work};
use crate::text::Place;

/// One piece of work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'p> {
    pub(super) action: &'p Action,
    pub(super) kind: Kind<'p>,
}

/// What a piece is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'p> {
    /// A statement, and which of its action's it is.
    Statement(&'p Statement, usize),
    /// A change that is written for the table as it is, and which of those it is that its action
    /// does together.
    Table(usize),
    /// A procedure.
    Procedure(&'p str),
}

/// The pieces of a step, in order; [`Step::units`] is their number.
pub(super) fn pieces(step: &Step) -> Vec<Piece<'_>> {
    step.actions
        .iter()
        .flat_map(|action| {
            let kinds = match &action.work {
                Work::Statements(statements) => {
                    let run = statements.iter().filter(|it| it.check.is_none());
                    let numbered = run.enumerate();
                    numbered.map(|(at, it)| Kind::Statement(it, at)).collect()
                }
                Work::Table(_) => (0..action.units()).map(Kind::Table).collect(),
                Work::Procedure(name) => vec![Kind::Procedure(name)],
            };
            kinds.into_iter().map(move |kind| Piece { action, kind })
        })
        .collect()
}

/// The hashes of all pieces, separated by blanks: whether a piece was changed since is all that
/// is ever asked.
pub(super) fn hashes(step: &Step) -> String {
    let hashes: Vec<String> = pieces(step).iter().map(Piece::hash).collect();
    hashes.join(" ")
}

impl<'p> Piece<'p> {
    pub(super) fn hash(&self) -> String {
        let meaning = match self.kind {
            Kind::Statement(statement, _) => statement.sql.clone(),
            Kind::Table(_) => format!("{:?}", self.operations()),
            Kind::Procedure(name) => format!("call {name}"),
        };
        let digest = Sha256::digest(meaning.as_bytes());
        digest
            .iter()
            .take(4)
            .map(|it| format!("{it:02x}"))
            .collect()
    }

    /// What is meant by it.
    pub(super) fn operations(&self) -> Cow<'p, [Operation]> {
        let all = self.action.operations();
        match (self.kind, all) {
            (Kind::Table(at), Cow::Borrowed(all)) => Cow::Borrowed(&all[at..=at]),
            (Kind::Table(at), Cow::Owned(mut all)) => Cow::Owned(vec![all.swap_remove(at)]),
            (Kind::Statement(..) | Kind::Procedure(_), all) => all,
        }
    }

    /// What it does, in words.
    pub(super) fn description(&self) -> String {
        match (self.kind, &*self.operations()) {
            (Kind::Table(_), [operation]) => operation.to_string(),
            _ => self.action.description(),
        }
    }

    /// Where it was written.
    pub(super) fn place(&self) -> &'p Place {
        let own = match self.kind {
            Kind::Table(at) => self.action.kept_operations().nth(at),
            Kind::Statement(..) | Kind::Procedure(_) => None,
        };
        own.map_or(&self.action.place, |(_, place)| place)
    }

    /// How many pieces are in effect at once when this one is: it, and what is done with it.
    pub(super) fn together(&self) -> usize {
        match self.kind {
            Kind::Table(at) => self.action.units() - at,
            Kind::Statement(..) | Kind::Procedure(_) => 1,
        }
    }

    /// The statement, where it is known before its turn.
    pub(super) fn statement(&self) -> Option<&'p Statement> {
        match self.kind {
            Kind::Statement(statement, _) => Some(statement),
            Kind::Table(_) | Kind::Procedure(_) => None,
        }
    }

    /// Whether it is in effect at once on an engine whose DDL commits by itself, so that no note
    /// can share a transaction with it.
    pub(super) fn stands_alone(&self, untransacted: &Untransacted) -> bool {
        match self.kind {
            Kind::Statement(statement, _) => {
                !statement.changes_rows_only() || untransacted.concerns(&statement.sql)
            }
            Kind::Table(_) => true,
            // Nobody knows which tables it changes.
            Kind::Procedure(_) => untransacted.is_any(),
        }
    }

    /// Whether it builds an index beside the writers, which may leave an invalid one behind.
    pub(super) fn builds_concurrently(&self) -> Option<Operation> {
        let operations = self.operations();
        let found = operations.iter().find(|operation| {
            matches!(
                operation,
                Operation::CreateIndex {
                    concurrently: true,
                    ..
                }
            )
        });
        found.cloned()
    }
}

/// Whether a statement may take long and holds nobody up meanwhile.
pub(super) fn is_long_but_safe(sql: &str) -> bool {
    let words: Vec<String> = words(sql).collect();
    match words.first().map(String::as_str) {
        Some("create" | "drop" | "reindex") => {
            words.iter().take(4).any(|word| word == "concurrently")
        }
        Some("alter") => words
            .windows(2)
            .any(|pair| pair[0] == "validate" && pair[1] == "constraint"),
        Some(_) | None => false,
    }
}

/// Whether a statement sets the session up: another connection needs it again.
pub(super) fn is_for_session(sql: &str) -> bool {
    // MySQL reads what stands in such a comment: `/*!40101 SET ... */`.
    let bare = sql.trim_start();
    let bare = bare
        .strip_prefix("/*!")
        .or_else(|| bare.strip_prefix("/*M!"));
    let bare = bare.map_or(sql, |it| {
        it.trim_start_matches(|it: char| it.is_ascii_digit())
    });
    let mut words = words(bare);
    match words.next().as_deref() {
        Some("set") => !matches!(words.next().as_deref(), Some("global" | "persist")),
        Some("use" | "prepare") => true,
        Some("select") => sql.to_ascii_lowercase().contains("set_config("),
        Some(_) | None => false,
    }
}

/// Whether a statement leaves something that ends with its connection and cannot be made again
/// by running it again.
pub(super) fn is_lost_with_session(sql: &str) -> bool {
    let lower = sql.to_ascii_lowercase();
    let mut words = words(sql);
    let creates = words.next().as_deref() == Some("create");
    let is_temporary = matches!(words.next().as_deref(), Some("temporary" | "temp"));
    creates && is_temporary || lower.contains(":=") || lower.contains("into @")
}

/// The words of a statement in lower case.
pub(super) fn words(sql: &str) -> impl Iterator<Item = String> {
    sql.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::is_for_session;

    #[test]
    fn a_dump_sets_the_session_up_in_comments() {
        assert!(is_for_session("/*!40014 SET FOREIGN_KEY_CHECKS=0 */"));
        assert!(is_for_session("/*M!100616 SET NAMES utf8mb4 */"));
        assert!(!is_for_session("/*!40000 ALTER TABLE t DISABLE KEYS */"));
    }
}
