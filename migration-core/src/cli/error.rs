//! What can go wrong in the command line itself.

use std::io;
use std::path::PathBuf;

use super::describe::listed;
use crate::diagnostic::Advice;
use crate::graph::RevisionGraph;
use crate::introspect::IntrospectError;
use crate::revision::RevisionId;
use crate::text::Place;

/// A failure that no other stage knows.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A file or directory cannot be read.
    #[error("cannot read `{}`", path.display())]
    CannotRead {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A seed for a revision that is not there.
    #[error("`{}` is a seed of no revision", path.display())]
    SeedOfNothing {
        /// The file.
        path: PathBuf,
    },
    /// A proof failed.
    #[error("{failed} of {of} proofs failed")]
    NotProved {
        /// How many.
        failed: usize,
        /// Of how many.
        of: usize,
    },
    /// Standard output cannot be written.
    #[error("cannot write to standard output")]
    CannotPrint {
        /// What the system said.
        source: io::Error,
    },
    /// A file or directory cannot be made.
    #[error("cannot write `{}`", path.display())]
    CannotWrite {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A directory that must be empty is not.
    #[error("`{}` already exists: {found}", path.display())]
    NotEmpty {
        /// The directory.
        path: PathBuf,
        /// What is in it.
        found: String,
    },
    /// No template has this name.
    #[error("there is no template `{name}`")]
    NoSuchTemplate {
        /// As typed.
        name: String,
        /// The nearest one.
        nearest: Option<&'static str>,
    },
    /// Neither the settings nor the binary say where revisions are.
    #[error("no `script_location` is set, so there are no revisions")]
    NoScriptLocation,
    /// The revisions are inside the binary, where nobody can write.
    #[error("the revisions of `{name}` are inside the binary, not in a directory")]
    Embedded {
        /// The component.
        name: &'static str,
        /// The script location of its source tree, when that is at hand.
        location: Option<String>,
    },
    /// The SQLite file is not there.
    #[error("there is no database file `{}`", path.display())]
    NoDatabaseFile {
        /// The file.
        path: PathBuf,
        /// Where its name comes from.
        origin: String,
        /// The target that would make it; none when there are no revisions.
        target: Option<&'static str>,
    },
    /// A check found the database behind.
    #[error(
        "the database is not on all head revisions: {} not applied",
        listed(missing)
    )]
    NotAtHeads {
        /// The heads that are not applied.
        missing: Vec<RevisionId>,
        /// The target that applies them.
        target: &'static str,
    },
    /// A new revision needs to know which head it follows.
    #[error("there are several heads: {}", listed(heads))]
    SeveralHeads {
        /// The heads.
        heads: Vec<RevisionId>,
    },
    /// A parent is not a head.
    #[error("revision `{id}` is not a head")]
    NotAHead {
        /// The parent.
        id: RevisionId,
        /// All heads.
        heads: Vec<RevisionId>,
    },
    /// A parent is named twice.
    #[error("revision `{id}` is named twice as a parent")]
    RepeatedParent {
        /// The parent.
        id: RevisionId,
    },
    /// The id is taken.
    #[error("revision `{id}` exists")]
    DuplicateId {
        /// The id.
        id: RevisionId,
        /// Its file.
        path: PathBuf,
    },
    /// The label is taken.
    #[error("the name `{label}` is taken{}", by.as_deref().map(|by| format!(" by revision `{by}`")).unwrap_or_default())]
    LabelTaken {
        /// The label.
        label: String,
        /// The revision that has it.
        by: Option<String>,
    },
    /// There are fewer than two revisions to join.
    #[error("nothing to merge: {}", unmergeable(named, children, heads))]
    NothingToMerge {
        /// What was named.
        named: Vec<RevisionId>,
        /// The revisions that revise it.
        children: Vec<RevisionId>,
        /// All heads.
        heads: Vec<RevisionId>,
    },
    /// What is to be joined is no revision.
    #[error("`{typed}` names no revision to join")]
    NothingNamed {
        /// As typed.
        typed: String,
        /// All heads.
        heads: Vec<RevisionId>,
    },
    /// The directory asked for is not one that is read.
    #[error("`{}` is not in a version location", path.display())]
    ForeignVersionPath {
        /// The directory.
        path: PathBuf,
        /// Those that are read.
        locations: Vec<PathBuf>,
    },
    /// Nobody said which of several directories.
    #[error("there are several version locations")]
    SeveralVersionLocations {
        /// They.
        locations: Vec<PathBuf>,
    },
    /// A symbol stands for no file.
    #[error("no revision files indicated by symbol `{symbol}`")]
    NoRevisionFile {
        /// As typed.
        symbol: String,
    },
    /// No editor is known.
    #[error("no editor is set or installed")]
    NoEditor,
    /// The editor is not there.
    #[error("cannot start the editor `{editor}`")]
    EditorMissing {
        /// As set.
        editor: String,
        /// What the system said.
        source: io::Error,
    },
    /// The editor ended badly.
    #[error("the editor `{editor}` failed: {status}")]
    EditorFailed {
        /// As set.
        editor: String,
        /// How it ended.
        status: String,
    },
    /// `-x` without a key and a value.
    #[error("`-x {text}` is not `-x key=value`")]
    NoPair {
        /// As typed.
        text: String,
    },
    /// The working directory is gone.
    #[error("cannot tell the working directory")]
    NoWorkingDirectory {
        /// What the system said.
        source: io::Error,
    },
    /// A plan changes a table that is not there.
    #[error(
        "revision `{}` cannot {description}",
        revision.as_ref().map_or("base", RevisionId::as_str)
    )]
    MissingTable {
        /// The revision.
        revision: Option<RevisionId>,
        /// What it does, in words.
        description: String,
        /// The statement.
        place: Place,
        /// What is missing.
        source: Box<IntrospectError>,
    },
    /// The ledger names no copy of the database.
    #[error("the ledger names no backup of this database")]
    NoBackup,
    /// Nobody is there to be asked.
    #[error("the copy `{}` would replace the database, and nobody can be asked", copy.display())]
    Unconfirmed {
        /// The copy.
        copy: PathBuf,
    },
    /// The person asked said no.
    #[error("nothing was restored")]
    NotRestored,
    /// A hook's program is not there.
    #[error("cannot start `{program}` of the hook `{hook}`")]
    HookMissing {
        /// The hook.
        hook: String,
        /// The program.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A hook failed.
    #[error("the hook `{hook}` failed: {status}{}", said_by(said))]
    HookFailed {
        /// The hook.
        hook: String,
        /// How it ended.
        status: String,
        /// What it said.
        said: String,
    },
}

impl CliError {
    /// A database that lacks these heads.
    pub(super) fn behind(graph: &RevisionGraph, missing: Vec<RevisionId>) -> Self {
        let target = match graph.heads().len() {
            1 => "head",
            _ => "heads",
        };
        Self::NotAtHeads { missing, target }
    }
}

impl Advice for CliError {
    fn kind(&self) -> &'static str {
        match self {
            Self::CannotRead { .. } => "cannot-read",
            Self::SeedOfNothing { .. } => "seed-of-nothing",
            Self::NotProved { .. } => "not-proved",
            Self::CannotPrint { .. } => "cannot-print",
            Self::CannotWrite { .. } => "cannot-write",
            Self::NotEmpty { .. } => "not-empty",
            Self::NoSuchTemplate { .. } => "no-such-template",
            Self::NoScriptLocation => "no-script-location",
            Self::Embedded { .. } => "embedded-revisions",
            Self::NoDatabaseFile { .. } => "no-such-file",
            Self::NotAtHeads { .. } => "not-at-heads",
            Self::SeveralHeads { .. } => "several-heads",
            Self::NotAHead { .. } => "not-a-head",
            Self::RepeatedParent { .. } => "repeated-parent",
            Self::DuplicateId { .. } => "duplicate-revision",
            Self::LabelTaken { .. } => "label-taken",
            Self::NothingToMerge { .. } => "nothing-to-merge",
            Self::NothingNamed { .. } => "nothing-named",
            Self::ForeignVersionPath { .. } => "foreign-version-path",
            Self::SeveralVersionLocations { .. } => "several-version-locations",
            Self::NoRevisionFile { .. } => "no-revision-file",
            Self::NoEditor => "no-editor",
            Self::EditorMissing { .. } => "editor-missing",
            Self::EditorFailed { .. } => "editor-failed",
            Self::NoPair { .. } => "usage",
            Self::NoWorkingDirectory { .. } => "no-working-directory",
            Self::HookMissing { .. } => "hook-missing",
            Self::HookFailed { .. } => "hook-failed",
            Self::NoBackup => "no-backup",
            Self::Unconfirmed { .. } => "usage",
            Self::NotRestored => "not-restored",
            Self::MissingTable { source, .. } => source.kind(),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm per error")]
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::CannotWrite { source, .. } if is_full(source) => {
                "make room, then run this again; nothing of it is left behind".to_owned()
            }
            Self::CannotPrint { .. }
            | Self::CannotWrite { .. }
            | Self::EditorFailed { .. }
            | Self::NotRestored
            | Self::CannotRead { .. }
            | Self::NotProved { .. }
            | Self::NoWorkingDirectory { .. } => return None,
            Self::SeedOfNothing { .. } => "a seed is called as the revision it stands before, \
                 `ID.sql`; `history` shows the ids"
                .to_owned(),
            Self::NoBackup => "`restore PATH` names the copy".to_owned(),
            Self::Unconfirmed { .. } => "`--yes` does it without asking".to_owned(),
            Self::NotEmpty { .. } => "name a directory that is new or empty".to_owned(),
            Self::NoSuchTemplate { nearest, .. } => match nearest {
                Some(name) => format!("did you mean `{name}`?"),
                None => "`list-templates` shows them".to_owned(),
            },
            Self::NoScriptLocation => "set `script_location` in the section [migration] of the \
                 ini, or give `--script-location`; `init` begins a new project"
                .to_owned(),
            Self::Embedded {
                location: Some(location),
                ..
            } => format!(
                "they come from {location}: add `--script-location {location}`, or set \
                 `script_location` in the section [migration] of the ini"
            ),
            Self::Embedded {
                name,
                location: None,
            } => format!(
                "in {name}'s source tree, set `script_location = \
                 %(here)s/../extras/migration` in the section [migration] of the ini, or give \
                 `--script-location`"
            ),
            Self::NoDatabaseFile { origin, target, .. } => {
                let new = match target {
                    Some(target) => format!("if it is to be made, `upgrade {target}` makes it"),
                    None => "if it is to be made, write a revision first: there is none to apply"
                        .to_owned(),
                };
                format!("if it is elsewhere, correct the path, which comes from {origin}\n{new}")
            }
            Self::NotAtHeads { target, .. } => format!(
                "`upgrade {target}` applies {}",
                match *target {
                    "head" => "it",
                    _ => "them",
                }
            ),
            Self::NoRevisionFile { .. } => "`history` lists the revisions".to_owned(),
            Self::NoEditor | Self::EditorMissing { .. } => {
                "set EDITOR to the editor you use".to_owned()
            }
            Self::SeveralHeads { heads } => format!(
                "`--head {}` names the one to follow; `merge` joins them",
                heads.first()?
            ),
            Self::NotAHead { heads, .. } => {
                let heads = all_heads(heads);
                format!("{heads}; `--splice` permits a parent that is none")
            }
            Self::RepeatedParent { .. } => "name every parent once".to_owned(),
            Self::DuplicateId { path, .. } => {
                format!("it stands in {}; choose another id", path.display())
            }
            Self::LabelTaken { .. } => "ids and labels share one list; choose another".to_owned(),
            Self::NothingToMerge { named, heads, .. } => match heads.as_slice() {
                [] => return None,
                [_] if named == heads => return None,
                [_] => all_heads(heads),
                [_, _, ..] => {
                    let heads = all_heads(heads);
                    format!("{heads}; `merge` without a name joins them all")
                }
            },
            Self::NothingNamed { heads, .. } => all_heads(heads),
            Self::ForeignVersionPath { locations, .. } => {
                format!("`version_locations` are {}", places(locations))
            }
            Self::SeveralVersionLocations { locations } => {
                format!("`--version-path` names one of {}", places(locations))
            }
            Self::NoPair { .. } => "the ini reads it as `%(x:key)s`".to_owned(),
            Self::MissingTable { source, .. } => return source.hint(),
            Self::HookMissing { .. } | Self::HookFailed { .. } => {
                "the revision is written; correct `[post_write_hooks]` of the ini, or the file"
                    .to_owned()
            }
        })
    }

    fn place(&self) -> Option<&Place> {
        if let Self::MissingTable { place, .. } = self {
            return Some(place);
        }
        None
    }
}

/// Whether there is no room for a file.
fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// Why what was named cannot be joined with anything.
fn unmergeable(named: &[RevisionId], children: &[RevisionId], heads: &[RevisionId]) -> String {
    match named.first() {
        None => "there are no revisions".to_owned(),
        Some(only) if heads == [only.clone()] => format!("`{only}` is the only head"),
        Some(only) if children.is_empty() => format!("only `{only}` is named"),
        Some(only) => format!(
            "only `{only}` is named, which is not a head: it is revised by {}",
            listed(children.iter().map(|id| format!("`{id}`")))
        ),
    }
}

fn said_by(said: &str) -> String {
    if said.is_empty() {
        return String::new();
    }
    format!("\n{said}")
}

fn all_heads(heads: &[RevisionId]) -> String {
    match heads {
        [] => "there are no revisions".to_owned(),
        [only] => format!("the only head is `{only}`"),
        several => format!("the heads are {}", listed(several)),
    }
}

fn places(locations: &[PathBuf]) -> String {
    listed(locations.iter().map(|path| path.display()))
}
