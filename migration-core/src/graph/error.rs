//! What can be wrong with a graph, and with a name looked up in one.

use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::{Advice, quoted};
use crate::revision::RevisionId;

/// Revisions that are no graph.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// Two files have one id.
    #[error("revision `{id}` is present more than once: in `{}` and in `{}`", first.display(), second.display())]
    DuplicateId {
        /// The id.
        id: RevisionId,
        /// The file loaded first.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// A label is in use already, as a label or as an id.
    #[error("branch label `{label}` in revision `{second}` is already used by revision `{first}`")]
    DuplicateLabel {
        /// The label.
        label: String,
        /// Who has it.
        first: RevisionId,
        /// Who wants it too.
        second: RevisionId,
    },
    /// A label is a word of the target grammar.
    #[error("branch label `{label}` in `{}` is a word with a meaning of its own", path.display())]
    ReservedLabel {
        /// The label.
        label: String,
        /// The file.
        path: PathBuf,
    },
    /// A name holds a character of the target grammar.
    #[error("character `{character}` is not allowed in the revision identifier or label `{name}` of `{}`", path.display())]
    ReservedCharacter {
        /// The id or label.
        name: String,
        /// The character.
        character: char,
        /// The file.
        path: PathBuf,
    },
    /// A parent or dependency is not there.
    #[error(
        "revision `{revision}` in `{}` {} `{missing}`, which is not present",
        path.display(),
        if *dependency { "depends on" } else { "revises" }
    )]
    Missing {
        /// Who names it.
        revision: RevisionId,
        /// In which file.
        path: PathBuf,
        /// What is named.
        missing: String,
        /// Under `Depends On` rather than `Revises`.
        dependency: bool,
        /// A present id that looks like it.
        nearest: Option<String>,
    },
    /// Revisions revise each other in a circle.
    #[error("cycle is detected in revisions ({})", arrows(revisions))]
    Cycle {
        /// Each revises the next, the last the first.
        revisions: Vec<RevisionId>,
    },
    /// A revision revises itself.
    #[error("revision `{revision}` in `{}` revises itself", path.display())]
    SelfLoop {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: PathBuf,
    },
    /// Revisions need each other in a circle through a dependency.
    #[error("dependency cycle is detected in revisions ({})", arrows(revisions))]
    DependencyCycle {
        /// Each revises or depends on the next, the last on the first.
        revisions: Vec<RevisionId>,
    },
    /// A revision depends on itself.
    #[error("revision `{revision}` in `{}` depends on itself", path.display())]
    DependencySelfLoop {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: PathBuf,
    },
}

impl Advice for GraphError {
    fn kind(&self) -> &'static str {
        match self {
            Self::DuplicateId { .. } => "duplicate-id",
            Self::DuplicateLabel { .. } => "duplicate-label",
            Self::ReservedLabel { .. } => "reserved-label",
            Self::ReservedCharacter { .. } => "reserved-character",
            Self::Missing { .. } => "missing-revision",
            Self::Cycle { .. } => "cycle",
            Self::SelfLoop { .. } => "self-loop",
            Self::DependencyCycle { .. } => "dependency-cycle",
            Self::DependencySelfLoop { .. } => "dependency-self-loop",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::DuplicateId { .. } => {
                "give one of them another `Revision ID`, or delete the copy".to_owned()
            }
            Self::DuplicateLabel { .. } => {
                "labels and ids share one list of names; choose another label".to_owned()
            }
            Self::ReservedLabel { .. } => {
                "`head`, `heads`, `base` and `current` are targets; choose another label".to_owned()
            }
            Self::ReservedCharacter { .. } => {
                "targets such as `label@id+1` and `a:b` need `@ - + :` for themselves".to_owned()
            }
            Self::Missing {
                missing, nearest, ..
            } => match nearest {
                Some(nearest) => format!(
                    "did you mean `{nearest}`? if the file of `{missing}` is gone, put it back: where \
                     it is applied, `status` says what the ledger kept of it"
                ),
                None => format!(
                    "is the file of `{missing}` missing from the versions directory? if it is \
                     applied, `status` says what the ledger kept of it"
                ),
            },
            Self::Cycle { .. } | Self::SelfLoop { .. } => {
                "correct a `Revises` line; the first revision of a history revises nothing"
                    .to_owned()
            }
            Self::DependencyCycle { .. } | Self::DependencySelfLoop { .. } => {
                "correct a `Depends On` line; what is needed must not need what needs it".to_owned()
            }
        })
    }
}

fn arrows(revisions: &[RevisionId]) -> String {
    let mut around: Vec<&str> = revisions.iter().map(RevisionId::as_str).collect();
    around.extend(revisions.first().map(RevisionId::as_str));
    around.join(" -> ")
}

/// A target that names no revision, or not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// Nothing was typed.
    #[error("the target is empty")]
    Empty,
    /// No id or label is or starts like this.
    #[error("can't locate revision identified by `{name}`")]
    Unknown {
        /// What was typed.
        name: String,
        /// A known name that looks like it.
        nearest: Option<String>,
        /// Whether it begins a known name, which is too short to be abbreviated.
        is_beginning: bool,
    },
    /// Steps are counted where nothing says from where they lead, or where only names are read.
    #[error("`{typed}` counts steps, and here a revision is named")]
    Counted {
        /// What was typed.
        typed: String,
    },
    /// A version row names a revision that is not there.
    #[error("the database is at revision `{row}`, which is not among the revisions here")]
    UnknownRow {
        /// The row.
        row: String,
        /// Known ids that look like it.
        near: Vec<String>,
    },
    /// Several ids or labels start like this.
    #[error("several revisions start with `{prefix}`: {}", quoted(candidates))]
    Ambiguous {
        /// What was typed.
        prefix: String,
        /// The names, sorted.
        candidates: Vec<String>,
    },
    /// No such label or id before the `@`.
    #[error("there is no branch `{branch}`")]
    NoSuchBranch {
        /// What stands before the `@`.
        branch: String,
        /// Labels there are.
        labels: Vec<String>,
    },
    /// The revision is on another line than the branch.
    #[error("revision `{revision}` is not a member of branch `{branch}`")]
    NotInBranch {
        /// The revision.
        revision: RevisionId,
        /// The branch as typed.
        branch: String,
    },
    /// One head was asked for and there are several.
    #[error(
        "multiple head revisions are present for the given argument `{argument}`: {}",
        quoted(heads)
    )]
    MultipleHeads {
        /// What was typed.
        argument: String,
        /// The heads.
        heads: Vec<RevisionId>,
        /// Whether `heads` would not do either.
        single: bool,
    },
    /// The walk leaves the graph.
    #[error("relative revision `{typed}` didn't produce {} migrations", typed.trim_start_matches(['+', '-']))]
    WalkedTooFar {
        /// Sign and number.
        typed: String,
    },
    /// The walk comes to a fork.
    #[error(
        "ambiguous walk: `{typed}` comes to a place with several ways on: {}",
        quoted(choices)
    )]
    AmbiguousWalk {
        /// Sign and number.
        typed: String,
        /// The ways.
        choices: Vec<RevisionId>,
    },
    /// A range counts from its older end, which is several revisions.
    #[error(
        "`{typed}` counts from the older end, which is several revisions: {}",
        quoted(starts)
    )]
    SeveralStarts {
        /// Sign and number, with what stands before them.
        typed: String,
        /// The older end.
        starts: Vec<RevisionId>,
        /// Ranges from one of them, each tried.
        ranges: Vec<String>,
    },
    /// A range whose ends are not on one line, or the wrong way round.
    #[error(
        "the requested range `{range}` does not refer to ancestor and descendant revisions along the same branch"
    )]
    NotARange {
        /// What was typed.
        range: String,
    },
    /// A history range without a colon, or with several.
    #[error("`{range}` is no range: it must be `[start]:[end]`, `[start]:` or `:[end]`")]
    RangeSyntax {
        /// What was typed.
        range: String,
    },
}

impl Advice for ResolveError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty-target",
            Self::Unknown { .. } => "unknown-revision",
            Self::Counted { .. } => "count-for-a-name",
            Self::UnknownRow { .. } => "unknown-version-row",
            Self::Ambiguous { .. } => "ambiguous-revision",
            Self::NoSuchBranch { .. } => "no-such-branch",
            Self::NotInBranch { .. } => "not-in-branch",
            Self::MultipleHeads { .. } => "multiple-heads",
            Self::WalkedTooFar { .. } => "walked-too-far",
            Self::AmbiguousWalk { .. } => "ambiguous-walk",
            Self::SeveralStarts { .. } => "several-starts",
            Self::NotARange { .. } => "not-a-range",
            Self::RangeSyntax { .. } => "range-syntax",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Empty => "give an id, a label, `head`, `base` or a number of steps".to_owned(),
            Self::Unknown {
                name,
                nearest,
                is_beginning,
            } => unknown_hint(name, nearest.as_deref(), *is_beginning),
            Self::Counted { .. } => {
                "`history` lists all revisions, and `-1` is one below every head; \
                 `upgrade`, `downgrade` and the newer end of `history -r` count from a name, too"
                    .to_owned()
            }
            Self::UnknownRow { near, .. } => unknown_row_hint(near),
            Self::Ambiguous { .. } => "type more of it".to_owned(),
            Self::NoSuchBranch { labels, .. } if labels.is_empty() => {
                "no revision here has a branch label; an id can stand before the `@` too".to_owned()
            }
            Self::NoSuchBranch { labels, .. } => format!("the labels are {}", quoted(labels)),
            Self::NotInBranch { .. } => "`history -v` shows the branch of each revision".to_owned(),
            Self::MultipleHeads {
                heads,
                argument,
                single,
            } => multiple_heads_hint(heads, argument, *single),
            Self::WalkedTooFar { .. } => {
                "`current` shows where the database is, `history` how far it goes".to_owned()
            }
            Self::AmbiguousWalk { typed, choices } => {
                format!(
                    "name the revision in place of `{typed}`: {}",
                    either(choices)
                )
            }
            Self::SeveralStarts { ranges, .. } if ranges.is_empty() => {
                "name one revision as the older end".to_owned()
            }
            Self::SeveralStarts { ranges, .. } => {
                format!("name one of them: {}", either(ranges))
            }
            Self::NotARange { .. } => "the older end stands first: `older:newer`".to_owned(),
            Self::RangeSyntax { .. } => "for example `-r base:head` or `-r -3:`".to_owned(),
        })
    }
}

fn unknown_hint(name: &str, nearest: Option<&str>, is_beginning: bool) -> String {
    match nearest {
        _ if name.contains(':') => format!("`history -r {name}` lists a range of revisions"),
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if is_beginning => {
            "names shorter than four characters must be typed in full; `history` lists all"
                .to_owned()
        }
        None => "`history` lists all revisions".to_owned(),
    }
}

/// The likely case first, the one that can do harm last.
fn unknown_row_hint(near: &[String]) -> String {
    let like = if near.is_empty() {
        String::new()
    } else {
        format!(" (near ones here are {})", quoted(near))
    };
    format!(
        "does another component keep its revisions in this version table? `version_table` of \
         `[migration]` gives each its own\n\
         or this program is older than what migrated the database: use the newer one\n\
         or the history was rewritten{like}: where the schema is known to be that of a revision \
         here, `stamp --purge <revision>` says so; it forgets every row of the table, also those \
         of other components"
    )
}

fn multiple_heads_hint(heads: &[RevisionId], argument: &str, single: bool) -> String {
    match argument.split_once('@') {
        Some((branch, "head")) => {
            format!(
                "name one of them: {}; `merge {branch}@heads` joins them",
                either(heads)
            )
        }
        None if !single => {
            let first = heads.first().map_or("<id>", RevisionId::as_str);
            format!(
                "`heads` means all of them, `{first}@head` or `<label>@head` one of them; `merge` \
                 joins them"
            )
        }
        Some(_) | None => format!("name one of them: {}", either(heads)),
    }
}

/// Names of which one is to be typed.
fn either(names: &[impl fmt::Display]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}
