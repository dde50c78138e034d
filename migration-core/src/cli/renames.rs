//! What somebody says of renames, on the command line or when asked.

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::models_error::ModelsError;
use super::warning::Warning;
use crate::compare::{Comparison, Goal};
use crate::diff::{Answer, Candidate};
use crate::schema::{Ident, ObjectName, Schema};

/// The flags of commands that tell a rename from a drop and an addition.
#[derive(Debug, Clone, Args, Default)]
pub(super) struct Renames {
    /// Take a new table or column for an old one: `OLD=NEW`, `TABLE.OLD=NEW` (may be repeated)
    #[arg(long, value_name = "[TABLE.]OLD=NEW", value_delimiter = ',')]
    pub rename: Vec<String>,

    /// Take them for two: the old one is dropped, the new one made (may be repeated)
    #[arg(long, value_name = "[TABLE.]OLD=NEW", value_delimiter = ',')]
    pub no_rename: Vec<String>,

    /// What was answered when asked.
    #[arg(skip)]
    pub asked: Vec<Answer>,
}

impl Renames {
    /// The answers; `prefix` is what `{prefix}` stands for.
    pub(super) fn answers(&self, prefix: &str) -> Result<Vec<Answer>, Failure> {
        let mut answers = self.asked.clone();
        for (typed, is_rename) in self.all() {
            for candidate in candidates(&typed.replace("{prefix}", prefix))? {
                answers.push(Answer {
                    candidate,
                    is_rename,
                });
            }
        }
        Ok(answers)
    }

    fn all(&self) -> impl Iterator<Item = (&String, bool)> {
        let yes = self.rename.iter().map(|it| (it, true));
        yes.chain(self.no_rename.iter().map(|it| (it, false)))
    }

    /// Refuses an answer about something that is not there, which is a slip.
    pub(super) fn check(
        &self,
        context: &Context<'_>,
        comparison: &Comparison,
    ) -> Result<(), Failure> {
        let prefix = context.settings()?.prefix();
        for (typed, _) in self.all() {
            let candidates = candidates(&typed.replace("{prefix}", &prefix))?;
            if !candidates.iter().any(|it| is_there(it, comparison)) {
                return Err(Failure::usage(ModelsError::NoSuchRename {
                    typed: typed.clone(),
                }));
            }
        }
        Ok(())
    }
}

/// Refuses a rename to what is there already: the old one would be dropped with all it holds.
pub(super) fn refuse_taken(comparison: &Comparison) -> Result<(), Failure> {
    let Some(taken) = comparison.difference.taken.first() else {
        return Ok(());
    };
    let (from, to) = match taken {
        Candidate::Table { from, to } => (from.to_string(), from.sibling(to.clone()).to_string()),
        Candidate::Column { table, from, to } => {
            (format!("{table}.{from}"), format!("{table}.{to}"))
        }
    };
    let goal = comparison.goal;
    Err(ModelsError::RenameTaken { from, to, goal }.into())
}

/// What `OLD=NEW` can mean: with one dot, a column of a table or a table of a schema.
fn candidates(typed: &str) -> Result<Vec<Candidate>, Failure> {
    let malformed = || {
        Failure::usage(ModelsError::MalformedRename {
            typed: typed.to_owned(),
        })
    };
    let (left, to) = typed.split_once('=').ok_or_else(malformed)?;
    let parts: Vec<&str> = left.split('.').collect();
    if to.is_empty() || parts.iter().any(|it| it.is_empty()) {
        return Err(malformed());
    }
    let table = |schema: Option<&str>, name: &str| ObjectName {
        schema: schema.map(Ident::from),
        name: Ident::from(name),
    };
    let column = |table, from: &str| Candidate::Column {
        table,
        from: Ident::from(from),
        to: Ident::from(to),
    };
    let whole = |from| Candidate::Table {
        from,
        to: Ident::from(to),
    };
    match parts.as_slice() {
        [name] => Ok(vec![whole(table(None, name))]),
        [first, second] => Ok(vec![
            column(table(None, first), second),
            whole(table(Some(first), second)),
        ]),
        [schema, name, from] => Ok(vec![column(table(Some(schema), name), from)]),
        _ => Err(malformed()),
    }
}

/// Whether the old one is in the database and the new one wanted.
fn is_there(candidate: &Candidate, comparison: &Comparison) -> bool {
    let (live, wanted) = (&comparison.live, &comparison.wanted);
    match candidate {
        Candidate::Table { from, to } => {
            let to = from.sibling(to.clone());
            let is_there = live.table(from).is_some() || comparison.is_of_others(candidate);
            is_there && wanted.table(&to).is_some()
        }
        Candidate::Column { table, from, to } => {
            // The table may be renamed, too.
            let holds = |schema: &Schema, column: &Ident| {
                let mut tables = schema.tables.iter();
                tables.any(|it| it.column(column).is_some())
            };
            let new = wanted.table(table).and_then(|it| it.column(to));
            new.is_some() && holds(live, from)
        }
    }
}

/// Asks whether the one became the other until somebody says so; none when nobody is there any
/// more. Rows hang on the answer, and so there is none that Enter gives.
pub(super) fn ask(context: &Context<'_>, candidate: &Candidate) -> Option<Answer> {
    let question = format!("{} [y/n] ", question(candidate));
    let is_rename = loop {
        let typed = context.ui.typed(&question);
        match typed.trim().to_lowercase().as_str() {
            "y" | "yes" => break true,
            "n" | "no" => break false,
            _ if typed.is_empty() => return None,
            _ => {}
        }
    };
    Some(Answer {
        candidate: candidate.clone(),
        is_rename,
    })
}

/// Asks in words.
pub(super) fn question(candidate: &Candidate) -> String {
    match candidate {
        Candidate::Table { from, to } => format!("was table `{from}` renamed to `{to}`?"),
        Candidate::Column { table, from, to } => {
            format!("was column `{from}` of `{table}` renamed to `{to}`?")
        }
    }
}

impl Warning {
    /// How each answer is given: in the models, where these say what was renamed, or by a flag.
    pub(super) fn of_rename(goal: Goal, candidate: &Candidate) -> Self {
        let question = question(candidate);
        let (argument, from, what) = match candidate {
            Candidate::Table { from, to } => {
                (format!("{from}={to}"), &from.name, format!("`{to}`"))
            }
            Candidate::Column { table, from, to } => (
                format!("{table}.{from}={to}"),
                from,
                format!("`{to}` of `{table}`"),
            ),
        };
        match goal {
            Goal::Models => Self::Rename {
                question,
                from: from.to_string(),
                what,
                argument,
            },
            Goal::Revisions => Self::RenameByHand { question, argument },
        }
    }
}
