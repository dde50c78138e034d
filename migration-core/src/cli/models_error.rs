//! What can go wrong about models, and what a comparison with them finds.

use std::io;
use std::path::PathBuf;

use super::comparing::MOST_TABLES;
use super::warning::Warning;
use crate::compare::Goal;
use crate::diagnostic::{Advice, quoted_some};
use crate::revision::RevisionId;
use crate::schema::ObjectName;

/// What drafts a revision.
const WRITE_IT: &str = "`revision --autogenerate -m TEXT` writes the revision";

/// What names the models.
const WHERE_MODELS_ARE: &str = "`models` in the section [migration] of the ini says where they are";

/// What to do about what no revision can be drafted for.
const WRITE_BY_HAND: &str = "compare by hand what the engine shows of it with the models, and write \
                             the revision by hand; `--exclude-table` leaves it out";

const MAKE_ANEW: &str = "write a revision by hand that creates a table which is so, copies the rows, drops \
                         the old one and gives the new one its name; `--exclude-table` leaves it out";

/// A failure of commands that compare with the models.
#[derive(Debug, thiserror::Error)]
pub(super) enum ModelsError {
    /// There is nothing to make models of.
    #[error("the database has no tables{}", named(prefix))]
    NothingToDump {
        /// What their names would begin with.
        prefix: String,
    },
    /// There is nothing to draw.
    #[error("there are no tables to draw in {place}")]
    NothingToDraw {
        /// Where they were looked for.
        place: &'static str,
        /// Whether filters may have left them out.
        is_filtered: bool,
    },
    /// There is not one revision.
    #[error("there are no revisions to draw")]
    NoRevisions,
    /// Neither the settings nor the binary have models.
    #[error("there are no models to compare with")]
    NoModels,
    /// The file of the models cannot be read.
    #[error("cannot read the models `{}`", path.display())]
    ModelsUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A check found the models ahead of the database.
    #[error("the models differ from the database: {} detected", counted(*count, "new upgrade operation"))]
    ModelsDiffer {
        /// How many operations.
        count: usize,
    },
    /// A check found objects that differ in what no operation is known for.
    #[error(
        "the models differ from the database in more than is understood: {}",
        quoted_some(names, MOST_TABLES)
    )]
    DiffersBeyond {
        /// The objects.
        names: Vec<ObjectName>,
    },
    /// A check found tables that differ in what no statement changes.
    #[error(
        "the models differ from the database in what no statement changes: {}",
        quoted_some(names, MOST_TABLES)
    )]
    NotChanged {
        /// The tables.
        names: Vec<ObjectName>,
    },
    /// The database was changed by other hands.
    #[error("the database is not what its revisions made of it: {}", counted(*count, "difference"))]
    Drift {
        /// How many operations.
        count: usize,
        /// Tables that are there and that revisions make that are not applied, with these.
        early: Vec<(ObjectName, RevisionId)>,
        /// What differs in more than is understood, which nothing takes back.
        by_hand: Vec<ObjectName>,
        /// What differs in what no statement changes.
        kept: Vec<ObjectName>,
        /// Whether what takes them back was written.
        is_written: bool,
    },
    /// Views read what is not there.
    #[error("{} cannot be read", counted(*count, "view"))]
    BrokenViews {
        /// How many.
        count: usize,
    },
    /// Only a person knows whether something was renamed.
    #[error("what is gone may have been renamed to what is new")]
    Doubts {
        /// What is not known, and how it is said.
        ways: Vec<Warning>,
    },
    /// What was said to have a new name is there under both.
    #[error("`{from}` cannot have become `{to}`: that name is taken")]
    RenameTaken {
        /// The old name; of a column, behind its table's.
        from: String,
        /// The new one, in the same way.
        to: String,
        /// What may say so.
        goal: Goal,
    },
    /// `--rename` that is no pair of names.
    #[error("`{typed}` is not `OLD=NEW` or `TABLE.OLD=NEW`")]
    MalformedRename {
        /// As typed.
        typed: String,
    },
    /// `--rename` of something that is not there.
    #[error("`{typed}` names nothing that is gone and new")]
    NoSuchRename {
        /// As typed.
        typed: String,
    },
}

impl Advice for ModelsError {
    fn kind(&self) -> &'static str {
        match self {
            Self::NoModels => "no-models",
            Self::ModelsUnreadable { .. } => "unreadable-models",
            Self::ModelsDiffer { .. } => "models-differ",
            Self::DiffersBeyond { .. } | Self::NotChanged { .. } => "models-differ",
            Self::Drift { .. } => "drift",
            Self::BrokenViews { .. } => "broken-view",
            Self::Doubts { .. } => "doubtful-rename",
            Self::RenameTaken { .. } => "rename-taken",
            Self::MalformedRename { .. } => "usage",
            Self::NoSuchRename { .. } => "usage",
            Self::NothingToDump { .. } => "nothing-to-dump",
            Self::NothingToDraw { .. } | Self::NoRevisions => "nothing-to-draw",
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NothingToDump { .. } => "`tables_prefix` of [sqldb] is what the names of tables \
                 begin with, before an underscore; an empty one takes all tables"
                .to_owned(),
            Self::NothingToDraw { is_filtered, place } => undrawn(*is_filtered, place).to_owned(),
            Self::NoRevisions => "`revision -m TEXT` writes the first one".to_owned(),
            Self::NoModels => "set `models = FILE` in the section [migration] of the ini: the \
                 desired schema in SQL"
                .to_owned(),
            Self::ModelsUnreadable { .. } => WHERE_MODELS_ARE.to_owned(),
            Self::ModelsDiffer { .. } => WRITE_IT.to_owned(),
            Self::DiffersBeyond { .. } => WRITE_BY_HAND.to_owned(),
            Self::NotChanged { .. } => MAKE_ANEW.to_owned(),
            Self::Drift {
                early,
                by_hand,
                kept,
                is_written,
                ..
            } => {
                let unwritten = beyond(by_hand) + &unchangeable(kept);
                let is_all = unwritten.is_empty();
                unwritten + &drifted(early, *is_written, is_all)
            }
            Self::BrokenViews { .. } => {
                "write a revision that drops the view, or makes it anew of what \
                 is there; `verify` names the revision that broke it"
                    .to_owned()
            }
            Self::Doubts { ways } => {
                let ways: Vec<String> = ways.iter().map(ToString::to_string).collect();
                ways.join("\n")
            }
            Self::RenameTaken { from, to, goal } => taken(from, to, *goal),
            Self::MalformedRename { .. } => {
                "`--rename file.path=location` is a column, `--rename file=document` a table"
                    .to_owned()
            }
            Self::NoSuchRename { .. } => "the old name has to be in the database and the new one \
                 in the models, for `drift` in what the revisions make; both with the prefix or \
                 `{prefix}`"
                .to_owned(),
        })
    }
}

/// What to do where there is nothing to draw.
fn undrawn(is_filtered: bool, place: &str) -> &'static str {
    match (is_filtered, place) {
        (true, _) => {
            "`--table`, `--exclude-table` and the ini's `include_tables` and `exclude_tables` leave all \
             of them out"
        }
        (false, "the models") => {
            "write the tables into the models, or draw the database with `--live`"
        }
        (false, _) => {
            "`upgrade` makes them; without `--live` the models are drawn, which need no database"
        }
    }
}

/// What to do where both names are there.
fn taken(from: &str, to: &str, goal: Goal) -> String {
    let unsaid = unsaid(goal);
    format!(
        "nothing was done: as no rename, `{from}` would be dropped with what it holds. Compare the two, \
         move what has to be kept into the one that stays, and drop the other by hand. Where `{to}` \
         stays, run this again {unsaid}; where `{from}` stays, with it"
    )
}

/// How a rename is not said any more.
fn unsaid(goal: Goal) -> &'static str {
    match goal {
        Goal::Models => "without `--rename` and without `-- renamed from` in the models",
        Goal::Revisions => "without `--rename`",
    }
}

/// A number and what is counted.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// What the names of tables begin with, in words.
fn named(prefix: &str) -> String {
    if prefix.is_empty() {
        return String::new();
    }
    format!(" whose names begin with `{prefix}`")
}

/// What to do about what no script takes back.
fn beyond(names: &[ObjectName]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names = quoted_some(names, MOST_TABLES);
    format!(
        "no script takes {names} back, for the definition says more than is understood: compare what \
         the engine shows with what the revisions make, and change it by hand; `--exclude-table` leaves \
         it out\n"
    )
}

/// What to do about what no statement takes back.
fn unchangeable(names: &[ObjectName]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names = quoted_some(names, MOST_TABLES);
    format!(
        "no script takes {names} back, for no statement changes what differs: create a table that is as \
         the revisions make it, copy the rows, drop the old one and give the new one its name; \
         `--exclude-table` leaves it out\n"
    )
}

/// What to do about drift, first of all where tables are there before their time; `is_all` where a
/// script takes all the rest back.
fn drifted(early: &[(ObjectName, RevisionId)], is_written: bool, is_all: bool) -> String {
    let about = match (is_written, early) {
        (true, _) => {
            "read it before it runs: what other hands added goes with its rows, and what was changed \
             on purpose belongs into a revision. `diff` and `check` compare with the models"
        }
        (false, []) if is_all => {
            "each is what would take the database back, and `drift --sql` writes it as SQL; what was \
             changed on purpose belongs into a revision. `diff` and `check` compare with the models"
        }
        (false, _) => {
            "what else is named would take the database back, and `drift --sql` writes it as SQL; what \
             was changed on purpose belongs into a revision. `diff` and `check` compare with the models"
        }
    };
    let first = match early {
        [] => return about.to_owned(),
        [(name, id)] => format!(
            "`{name}` is what revision `{id}` makes, which is not applied here: where the database has \
             it by other means, `stamp REVISION` says which revision it is at"
        ),
        [(_, id), ..] => {
            let names: Vec<&ObjectName> = early.iter().map(|(name, _)| name).collect();
            let names = quoted_some(&names, MOST_TABLES);
            format!(
                "{names} are what revisions make that are not applied here, such as `{id}`: where the \
                 database has them by other means, `stamp REVISION` says which revision it is at"
            )
        }
    };
    format!("{first}\n{about}")
}
