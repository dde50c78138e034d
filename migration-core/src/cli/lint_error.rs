//! What `lint` found.

use crate::diagnostic::Advice;

/// Why `lint` ends with the exit code of a check that found something.
#[derive(Debug, thiserror::Error)]
pub(super) enum LintError {
    /// Statements that no `allow` stands above.
    #[error("lint found {}", counted(*findings, "thing", "things"))]
    Found {
        /// How many.
        findings: usize,
    },
}

impl Advice for LintError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Found { .. } => "lint-found",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Found { .. } => Some(
                "do it in steps; or say above a statement why it may be: `-- migrate: allow RULE \
                 reason`"
                    .to_owned(),
            ),
        }
    }
}

/// `1 thing`, `2 things`.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {several}"),
    }
}
