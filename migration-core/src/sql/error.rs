//! What can be wrong with SQL text before any engine sees it.

use std::fmt;

use thiserror::Error;

use crate::diagnostic::Advice;
use crate::text::Place;

use super::directive;

/// An error in a section, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SqlError {
    /// Something was opened and never closed; the place is where it was opened.
    #[error("{opening} is never closed")]
    Unterminated {
        /// What was opened.
        opening: Opening,
        /// The opening character or characters.
        place: Place,
    },
    /// `BEGIN` of a trigger's or routine's body without its `END`.
    #[error("`{keyword}` has no `END`")]
    UnclosedBlock {
        /// The word that opened the block.
        keyword: String,
        /// That word.
        place: Place,
    },
    /// A `DELIMITER` line that names none.
    #[error("`DELIMITER` names no delimiter")]
    MissingDelimiter {
        /// The line.
        place: Place,
    },
    /// `-- migrate: something` that is not a directive.
    #[error("unknown directive `{name}`")]
    UnknownDirective {
        /// As written.
        name: String,
        /// The word.
        place: Place,
    },
    /// A comment that means to be a directive and is not written as one.
    #[error("this comment is nearly a directive, but not written as one")]
    NearDirective {
        /// The directive it resembles.
        nearest: &'static str,
        /// The comment's first line.
        place: Place,
    },
    /// `{prfix}`: nearly the mark for the prefix of table names.
    #[error("`{written}` is not replaced by anything")]
    NearPrefix {
        /// As written.
        written: String,
        /// The mark.
        place: Place,
    },
    /// A directive that lacks what follows its name.
    #[error("directive `{directive}` needs {argument}")]
    MissingArgument {
        /// Its name.
        directive: &'static str,
        /// What it needs: "a reason".
        argument: &'static str,
        /// The directive.
        place: Place,
    },
    /// A directive with more behind it than it takes.
    #[error("directive `{directive}` does not take `{argument}`")]
    UnexpectedArgument {
        /// Its name.
        directive: &'static str,
        /// What is too much.
        argument: String,
        /// The surplus.
        place: Place,
    },
    /// A directive that stands twice before one statement.
    #[error("directive `{directive}` is repeated")]
    RepeatedDirective {
        /// Its name.
        directive: &'static str,
        /// The second one.
        place: Place,
    },
    /// A directive that shares a line with SQL or stands inside a statement.
    #[error("directive `{directive}` stands inside a statement")]
    MisplacedDirective {
        /// Its name.
        directive: String,
        /// The directive.
        place: Place,
    },
    /// A comment that begins with `renamed from` and does not go on with one name.
    #[error("this comment does not say one former name")]
    MalformedRename {
        /// The comment.
        place: Place,
    },
    /// `-- renamed from old_name` at nothing that could have been renamed.
    #[error("this comment stands at no table and no column")]
    StrayRename {
        /// The comment.
        place: Place,
    },
    /// A directive with no statement after it.
    #[error("directive `{directive}` has no statement after it")]
    DirectiveWithoutStatement {
        /// Its name.
        directive: &'static str,
        /// The directive.
        place: Place,
    },
}

/// What may be opened and not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// `'`.
    String,
    /// `"`.
    Name,
    /// A backtick.
    Backquoted,
    /// `/*`.
    Comment,
    /// `$tag$`.
    Dollar,
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "string",
            Self::Name => "quoted name",
            Self::Backquoted => "name in backticks",
            Self::Comment => "comment",
            Self::Dollar => "dollar-quoted string",
        })
    }
}

impl Opening {
    fn hint(self) -> &'static str {
        match self {
            Self::String => "close it with `'`; a quote inside a string is written twice: `''`",
            Self::Name => "close it with `\"`; a quote inside a name is written twice: `\"\"`",
            Self::Backquoted => "close it with a backtick",
            Self::Comment => "close it with `*/`",
            Self::Dollar => "close it with the same `$tag$` that opened it",
        }
    }
}

impl Advice for SqlError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Unterminated { .. } => "unterminated",
            Self::UnclosedBlock { .. } => "unclosed-block",
            Self::MissingDelimiter { .. } => "missing-delimiter",
            Self::UnknownDirective { .. } => "unknown-directive",
            Self::NearDirective { .. } => "near-directive",
            Self::NearPrefix { .. } => "near-prefix",
            Self::MissingArgument { .. } => "missing-argument",
            Self::UnexpectedArgument { .. } => "unexpected-argument",
            Self::RepeatedDirective { .. } => "repeated-directive",
            Self::MisplacedDirective { .. } => "misplaced-directive",
            Self::MalformedRename { .. } => "malformed-rename",
            Self::StrayRename { .. } => "stray-rename",
            Self::DirectiveWithoutStatement { .. } => "directive-without-statement",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Unterminated { opening, .. } => opening.hint().to_owned(),
            Self::UnclosedBlock { .. } => {
                "close the block with `END`, or put the statement between `DELIMITER` lines"
                    .to_owned()
            }
            Self::MissingDelimiter { .. } => "write `DELIMITER //`, later `DELIMITER ;`".to_owned(),
            Self::UnknownDirective { name, .. } => directive::advise(name),
            Self::NearDirective { nearest, .. } => format!(
                "{} on a line of its own, or begin the comment with another word",
                directive::usage(nearest)
            ),
            Self::NearPrefix { .. } => "write `{prefix}` for the prefix of table names; other \
                                        text in braces must not resemble it"
                .to_owned(),
            Self::MissingArgument { directive, .. }
            | Self::UnexpectedArgument { directive, .. } => directive::usage(directive),
            Self::RepeatedDirective { .. } => "keep one of them".to_owned(),
            Self::MisplacedDirective { .. } => {
                "give it a line of its own, before the statement it is about".to_owned()
            }
            Self::MalformedRename { .. } => {
                "write `-- renamed from old_name`, once for a table or \
                                             column, or begin the comment with other words"
                    .to_owned()
            }
            Self::StrayRename { .. } => {
                "write it above the table or column that has the name now, \
                                         or behind it on the same line"
                    .to_owned()
            }
            Self::DirectiveWithoutStatement { .. } => {
                "write the statement it is about below it, or remove it".to_owned()
            }
        })
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Unterminated { place, .. }
            | Self::UnclosedBlock { place, .. }
            | Self::MissingDelimiter { place }
            | Self::UnknownDirective { place, .. }
            | Self::NearDirective { place, .. }
            | Self::NearPrefix { place, .. }
            | Self::MissingArgument { place, .. }
            | Self::UnexpectedArgument { place, .. }
            | Self::RepeatedDirective { place, .. }
            | Self::MisplacedDirective { place, .. }
            | Self::MalformedRename { place, .. }
            | Self::StrayRename { place, .. }
            | Self::DirectiveWithoutStatement { place, .. } => Some(place),
        }
    }
}
