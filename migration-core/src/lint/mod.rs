//! What of a program makes a downtime while programs go on using the database: work that others wait
//! for, and changes that the release before does not survive.
//!
//! In: a [`Program`] up, and what is known of the database below it. Out: [`Finding`]s, each with the
//! statement. Every rule is a constant of its own file in `rules`; what an engine makes others wait
//! for is the dialect's knowledge. A table that the program makes itself is nobody's yet and is left
//! alone. Reads no file and no database.

mod rules;
mod scene;

use std::collections::HashSet;

use crate::operation::Names;
use crate::program::{Action, Program, Transaction, Work};
use crate::revision::RevisionId;
use crate::schema::Schema;
use crate::sql::Allow;
use crate::text::{Place, closest};

pub use rules::RULES;
use scene::Scene;

/// Something that is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What `-- migrate: allow` calls it.
    pub name: &'static str,
    /// What it finds, one clause.
    pub about: &'static str,
    /// Looks at one operation.
    find: fn(&Scene<'_>) -> Option<Remark>,
}

/// What a rule says.
struct Remark {
    message: String,
    hint: String,
}

/// What was found of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// The revision; none for a stamp.
    pub revision: Option<RevisionId>,
    /// The statement.
    pub place: Place,
    /// What it does, one clause.
    pub message: String,
    /// What to do in place of it.
    pub hint: String,
}

/// What is accepted by `-- migrate: allow` elsewhere: by `verify`.
const OF_PROOFS: [&str; 2] = ["rows", "views"];

/// Says of an `allow` that no rule has its name.
const UNKNOWN_RULE: &str = "unknown-rule";

/// Looks at every statement of a program up that runs on top of `before`; in the order of the
/// statements. `sharing` says which revisions share a transaction.
pub fn lint(program: &Program, before: Schema, sharing: Transaction) -> Vec<Finding> {
    let mut names = Names::default();
    let mut scene = Scene::new(program.dialect, before);
    let mut found = Vec::new();
    let transactions = program.transactions(sharing, false).into_iter();
    let starts: HashSet<usize> = transactions.map(|it| it.start).collect();
    for (number, step) in program.steps.iter().enumerate() {
        if starts.contains(&number) {
            scene.begin_transaction();
        }
        for action in &step.actions {
            // What runs outside of a transaction ends the one before it.
            let is_alone = runs_alone(&action.work);
            if is_alone {
                scene.begin_transaction();
            }
            let remarks = remarks(action, &mut scene, &mut names).into_iter();
            found.extend(remarks.map(|(rule, place, remark)| Finding {
                rule,
                revision: step.revision.clone(),
                place,
                message: remark.message,
                hint: remark.hint,
            }));
            if is_alone {
                scene.begin_transaction();
            }
        }
    }
    // A statement with several operations is shown once.
    found.dedup();
    found
}

/// What the rules say of an action, which is done then.
fn remarks<'p>(
    action: &'p Action,
    scene: &mut Scene<'p>,
    names: &mut Names,
) -> Vec<(&'static str, Place, Remark)> {
    let mut found = Vec::new();
    let unknown = action.allowed.iter().filter_map(unknown);
    found.extend(unknown.map(|it| (UNKNOWN_RULE, action.place.clone(), it)));
    for (operation, place) in action.kept_operations() {
        scene.come_to(operation);
        let is_allowed = |rule: &&Rule| action.allowed_at(place).any(|it| it.rule == rule.name);
        for rule in RULES.iter().filter(|rule| !is_allowed(rule)) {
            let remark = (rule.find)(scene);
            found.extend(remark.map(|it| (rule.name, place.clone(), it)));
        }
        scene.pass(names);
    }
    found
}

fn runs_alone(work: &Work) -> bool {
    match work {
        Work::Statements(statements) => statements.iter().any(|it| !it.transactional),
        Work::Table(_) | Work::Procedure(_) => false,
    }
}

/// What is wrong with an `allow`: nothing, where a rule has its name.
fn unknown(allow: &Allow) -> Option<Remark> {
    let known = RULES.iter().map(|it| it.name).chain(OF_PROOFS);
    let named = allow.rule.as_str();
    if known.clone().any(|it| it == named) {
        return None;
    }
    Some(Remark {
        message: format!("no rule is called `{named}`"),
        hint: match closest(named, known.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the rules are {}", known.collect::<Vec<_>>().join(", ")),
        },
    })
}
