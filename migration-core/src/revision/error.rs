//! What can be wrong with revision files, and with what a new one is to be called.

use std::io;
use std::path::PathBuf;

use super::RevisionId;
use crate::diagnostic::Advice;
use crate::text::Place;

/// A revision file that cannot be found, read, understood or made.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// A configured directory does not exist.
    #[error("versions directory `{}` does not exist", path.display())]
    MissingDirectory {
        /// The directory.
        path: PathBuf,
    },
    /// A row of the version table is a revision of Alembic's that nobody has converted.
    #[error(
        "the database is at revision `{id}`, which stands in `{}` and in no `.sql` file",
        path.display()
    )]
    NotConverted {
        /// The row.
        id: RevisionId,
        /// The file of Alembic's.
        path: PathBuf,
    },
    /// A configured directory is a file.
    #[error("`{}` is not a directory", path.display())]
    NotADirectory {
        /// What stands there.
        path: PathBuf,
    },
    /// The operating system refused to read.
    #[error("`{}` cannot be read", path.display())]
    Unreadable {
        /// File or directory.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// The operating system refused to write.
    #[error("`{}` cannot be written", path.display())]
    Unwritable {
        /// File or directory.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// A text is not UTF-8.
    #[error("`{}` is not UTF-8 in line {line}", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first line at fault.
        line: usize,
    },
    /// No `Revision ID`.
    #[error("the header has no `Revision ID`")]
    MissingId {
        /// The start of the file.
        place: Place,
    },
    /// A field, or one of its comma-separated values, is empty where it may not be.
    #[error("`{field}` has an empty value")]
    EmptyValue {
        /// The field.
        field: &'static str,
        /// Its line.
        place: Place,
    },
    /// A field that holds one value holds several.
    #[error("`{field}` holds more than one value")]
    SeveralValues {
        /// The field.
        field: &'static str,
        /// Its line.
        place: Place,
    },
    /// A value stands twice in one field.
    #[error("`{field}` names `{value}` twice")]
    RepeatedValue {
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
        /// Its line.
        place: Place,
    },
    /// A field stands twice.
    #[error("the header has `{field}` twice")]
    DuplicateField {
        /// The field.
        field: &'static str,
        /// The second one.
        place: Place,
    },
    /// A field that looks like a mistyped one.
    #[error("unknown header field `{found}`")]
    UnknownField {
        /// What is written.
        found: String,
        /// What was probably meant.
        nearest: &'static str,
        /// Its line.
        place: Place,
    },
    /// Something besides comments stands before the first section.
    #[error("text before `-- migrate: upgrade`")]
    TextBeforeSection {
        /// The text.
        place: Place,
    },
    /// A directive stands before the first section.
    #[error("directive `{found}` before `-- migrate: upgrade`")]
    DirectiveBeforeSection {
        /// The directive's word.
        found: String,
        /// The section that was probably meant.
        nearest: Option<&'static str>,
        /// Its line.
        place: Place,
    },
    /// A line means to open a section and is not written as one.
    #[error("section `{section}` is not opened by its exact line")]
    MalformedSection {
        /// The section.
        section: &'static str,
        /// The line.
        place: Place,
    },
    /// A line means to open a section and does not name it right.
    #[error("unknown directive `{found}`")]
    MisspeltSection {
        /// As written.
        found: String,
        /// The section that was probably meant.
        section: &'static str,
        /// The word.
        place: Place,
    },
    /// A section stands twice.
    #[error("section `{section}` is opened twice")]
    DuplicateSection {
        /// The section.
        section: &'static str,
        /// The second one.
        place: Place,
    },
    /// There is no `upgrade` section.
    #[error("the file has no `upgrade` section")]
    NoUpgradeSection {
        /// The end of the file.
        place: Place,
    },
    /// The file changed after its header was read.
    #[error("the file is now revision `{found}` and was `{expected}` when it was found")]
    Changed {
        /// The id of the first reading.
        expected: RevisionId,
        /// The id now.
        found: RevisionId,
        /// The start of the file.
        place: Place,
    },
    /// An id that no new revision may have.
    #[error("revision id `{id}` {problem}")]
    UnfitId {
        /// The id.
        id: String,
        /// What is wrong with it.
        problem: IdProblem,
    },
    /// A template names something that it cannot have.
    #[error("unknown name `%({found})` in the {template}")]
    UnknownToken {
        /// Which template.
        template: &'static str,
        /// The name.
        found: String,
        /// Every name it may have.
        known: &'static [&'static str],
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// A template has a `%` that opens nothing.
    #[error("the {template} has a malformed `%` at `{found}`")]
    MalformedToken {
        /// Which template.
        template: &'static str,
        /// The text from the sign on.
        found: String,
    },
    /// The file name would leave the versions directory.
    #[error("file name `{}` leads out of the versions directory", name.display())]
    OutsideDirectory {
        /// The name.
        name: PathBuf,
    },
    /// The file name is one that readers pass over.
    #[error("file name `{}` is one that is never read", name.display())]
    IgnoredName {
        /// The name.
        name: PathBuf,
    },
    /// The file of a new revision exists.
    #[error("`{}` exists", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The user's template does not lead to a file that reads as the revision it was made for.
    #[error("the revision template does not print the header of revision `{id}`")]
    TemplateLosesHeader {
        /// The new revision.
        id: RevisionId,
    },
    /// A time zone is not in the system's database.
    #[error("unknown time zone `{name}`")]
    UnknownTimeZone {
        /// The name.
        name: String,
    },
}

/// What is wrong with the id of a new revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdProblem {
    /// It has no characters.
    #[error("is empty")]
    Empty,
    /// It does not fit the version table.
    #[error("has {0} characters, the version table holds {max}", max = RevisionId::MAX_LENGTH)]
    TooLong(usize),
    /// It has a character that targets or headers need for themselves, or that file names cannot have.
    #[error("contains `{}`", .0.escape_default())]
    Character(char),
    /// It is a word of the target grammar.
    #[error("is a word that means something else in targets")]
    Keyword,
}

impl Advice for RevisionError {
    fn kind(&self) -> &'static str {
        match self {
            Self::MissingDirectory { .. } => "missing-versions-directory",
            Self::NotConverted { .. } => "revision-not-converted",
            Self::NotADirectory { .. } => "not-a-directory",
            Self::Unreadable { .. } => "unreadable-file",
            Self::Unwritable { .. } => "unwritable-file",
            Self::NotUtf8 { .. } => "not-utf-8",
            Self::MissingId { .. } => "missing-revision-id",
            Self::EmptyValue { .. } => "empty-header-value",
            Self::SeveralValues { .. } => "several-header-values",
            Self::RepeatedValue { .. } => "repeated-header-value",
            Self::DuplicateField { .. } => "duplicate-header-field",
            Self::UnknownField { .. } => "unknown-header-field",
            Self::TextBeforeSection { .. } => "text-before-section",
            Self::DirectiveBeforeSection { .. } => "directive-before-section",
            Self::MalformedSection { .. } => "malformed-section",
            Self::MisspeltSection { .. } => "unknown-directive",
            Self::DuplicateSection { .. } => "duplicate-section",
            Self::NoUpgradeSection { .. } => "no-upgrade-section",
            Self::Changed { .. } => "revision-file-changed",
            Self::UnfitId { .. } => "unfit-revision-id",
            Self::UnknownToken { .. } => "unknown-template-name",
            Self::MalformedToken { .. } => "malformed-template",
            Self::OutsideDirectory { .. } => "outside-versions-directory",
            Self::IgnoredName { .. } => "ignored-file-name",
            Self::Exists { .. } => "file-exists",
            Self::TemplateLosesHeader { .. } => "template-loses-header",
            Self::UnknownTimeZone { .. } => "unknown-time-zone",
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm per error")]
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::MissingDirectory { path } if path.to_string_lossy().contains(' ') => {
                "create it with `init`, or correct `script_location` or `version_locations` in \
                 the section `[migration]`; several directories stand on a line each, or on one \
                 with `path_separator = space`"
                    .to_owned()
            }
            Self::NotConverted { .. } => {
                "`convert.py`, run again, writes the `.sql` file and leaves the others as they are"
                    .to_owned()
            }
            Self::MissingDirectory { .. } => {
                "create it with `init`, or correct `script_location` or `version_locations` in \
                 the section `[migration]`"
                    .to_owned()
            }
            Self::NotADirectory { .. } => {
                "`script_location` and `version_locations` name directories".to_owned()
            }
            Self::NotUtf8 { .. } => "save the file as UTF-8".to_owned(),
            Self::MissingId { .. } => "a revision file begins with comment lines, one of them \
                 `-- Revision ID: <id>`, before `-- migrate: upgrade`"
                .to_owned(),
            Self::EmptyValue { .. } | Self::RepeatedValue { .. } => {
                "several values are separated by single commas".to_owned()
            }
            Self::SeveralValues { .. } => "parents belong on the line `-- Revises:`".to_owned(),
            Self::DuplicateField { .. } => {
                "keep one; several values on one line are separated by commas".to_owned()
            }
            Self::UnknownField { nearest, .. } => {
                format!("did you mean `{nearest}`? (a line that begins with two spaces is text)")
            }
            Self::TextBeforeSection { .. } => {
                "only comments may stand before the line `-- migrate: upgrade`".to_owned()
            }
            Self::DirectiveBeforeSection { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `-- migrate: {nearest}`?"),
                None => "directives belong inside a section, before the statement they are for"
                    .to_owned(),
            },
            Self::MalformedSection { section, .. } => {
                format!("write `-- migrate: {section}` with nothing else on the line")
            }
            Self::MisspeltSection { section, .. } => {
                format!("did you mean `-- migrate: {section}`?")
            }
            Self::DuplicateSection { section, .. } => {
                format!("put all statements into one `{section}` section")
            }
            Self::NoUpgradeSection { .. } => {
                "add the line `-- migrate: upgrade`, with nothing below it if there is nothing \
                 to do"
                    .to_owned()
            }
            Self::Changed { .. } => "run the command again".to_owned(),
            Self::UnfitId { .. } => format!(
                "an id has 1 to {} letters, digits, dots or underscores",
                RevisionId::MAX_LENGTH
            ),
            Self::UnknownToken { known, nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `%({nearest})`?"),
                None => format!("the names are {}", known.join(", ")),
            },
            Self::MalformedToken { .. } => {
                "names are written `%(name)s`, numbers `%(name).2d`, a percent sign `%%`".to_owned()
            }
            Self::OutsideDirectory { .. } => {
                "`file_template` may name directories below the versions directory, without `..`"
                    .to_owned()
            }
            Self::IgnoredName { .. } => {
                "names that begin with `.`, `#` or `~` are taken for hidden files and backups"
                    .to_owned()
            }
            Self::Exists { .. } => "choose another message or id".to_owned(),
            Self::TemplateLosesHeader { .. } => {
                "`revision.sql.tmpl` needs `%(header)s` before `-- migrate: upgrade`".to_owned()
            }
            Self::UnknownTimeZone { .. } => {
                "names are those of the time zone database, such as `UTC` or `Europe/Paris`"
                    .to_owned()
            }
            Self::Unwritable { source, .. } if is_full(source) => {
                "make room, then run this again; nothing of it is left behind".to_owned()
            }
            Self::Unreadable { .. } | Self::Unwritable { .. } => return None,
        };
        Some(hint)
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::MissingId { place }
            | Self::EmptyValue { place, .. }
            | Self::SeveralValues { place, .. }
            | Self::RepeatedValue { place, .. }
            | Self::DuplicateField { place, .. }
            | Self::UnknownField { place, .. }
            | Self::TextBeforeSection { place }
            | Self::DirectiveBeforeSection { place, .. }
            | Self::MalformedSection { place, .. }
            | Self::MisspeltSection { place, .. }
            | Self::DuplicateSection { place, .. }
            | Self::NoUpgradeSection { place }
            | Self::Changed { place, .. } => Some(place),
            Self::MissingDirectory { .. }
            | Self::NotConverted { .. }
            | Self::NotADirectory { .. }
            | Self::Unreadable { .. }
            | Self::Unwritable { .. }
            | Self::NotUtf8 { .. }
            | Self::UnfitId { .. }
            | Self::UnknownToken { .. }
            | Self::MalformedToken { .. }
            | Self::OutsideDirectory { .. }
            | Self::IgnoredName { .. }
            | Self::Exists { .. }
            | Self::TemplateLosesHeader { .. }
            | Self::UnknownTimeZone { .. } => None,
        }
    }
}

/// Whether there is no room for a file.
fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}
