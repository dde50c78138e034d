//! The name of a revision.

use std::borrow::Borrow;
use std::fmt::{self, Write as _};

use compact_str::CompactString;

use super::RevisionError;
use super::error::IdProblem;

/// A revision id: any text without `@ - + :` and white space at its ends; new ones are twelve
/// hexadecimal digits. Cheap to clone: up to 24 bytes need no memory of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RevisionId(CompactString);

impl RevisionId {
    /// Characters that the target grammar needs for itself (as Alembic's).
    pub const RESERVED: [char; 4] = ['@', '-', '+', ':'];

    /// Wraps an id as it stands in a file or a version table; `graph` checks its characters.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(CompactString::new(text))
    }

    /// Makes the id of a new revision: twelve hexadecimal digits of `random`.
    pub fn from_random(random: [u8; 6]) -> Self {
        let mut text = CompactString::default();
        for byte in random {
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// How many characters the column of the version table holds.
    pub const MAX_LENGTH: usize = 32;

    /// Words that targets use, which therefore name no revision.
    const KEYWORDS: [&str; 4] = ["head", "heads", "base", "current"];

    /// Takes an id that a person chose for a new revision.
    ///
    /// Stricter than what is read from existing files: it must fit the version table, the target
    /// grammar, a header line and a file name.
    ///
    /// # Errors
    ///
    /// [`RevisionError::UnfitId`] that says why not.
    pub fn parse_new(text: &str) -> Result<Self, RevisionError> {
        let unfit = |problem| {
            Err(RevisionError::UnfitId {
                id: text.to_owned(),
                problem,
            })
        };
        let length = text.chars().count();
        if length == 0 {
            return unfit(IdProblem::Empty);
        }
        if length > Self::MAX_LENGTH {
            return unfit(IdProblem::TooLong(length));
        }
        let forbidden = |c: &char| {
            Self::RESERVED.contains(c)
                || c.is_whitespace()
                || c.is_control()
                || [',', '/', '\\', '%', '<', '>', '"', '\'', '`', '|', '?', '*'].contains(c)
        };
        if let Some(character) = text.chars().find(forbidden) {
            return unfit(IdProblem::Character(character));
        }
        if Self::KEYWORDS.contains(&text) {
            return unfit(IdProblem::Keyword);
        }
        Ok(Self::new(text))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for RevisionId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RevisionId {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
