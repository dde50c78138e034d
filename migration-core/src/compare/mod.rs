//! A live database against what it should be: the models, or the revisions that were applied.
//!
//! In: a connection, the models or the revisions, what somebody said of filters and renames. Out: a
//! [`Comparison`]. What should be is made in a scratch place of the same engine and read by the same
//! reader as the live database, so that nothing has to be known of how an engine spells what it
//! stores; `by_rules` does without a scratch place. Never changes what is in the live database.

mod accepted;
mod alike;
mod apart;
mod around_views;
mod beside;
mod by_rules;
mod enumeration;
mod error;
mod expected;
mod filter;
mod invalid;
mod inventory;
mod listed;
mod not_understood;
mod ours;
mod owner;
mod partitions;
mod pattern;
mod portrait;
mod probe;
mod rehearsal;
mod settled;
mod statements;
mod texts;
mod unsaid;

use crate::database::{self, Address, Connection, OpenOptions};
use crate::dialect::VersionTable;
use crate::diff::{Answer, Candidate, Change, DiffOptions, Difference, diff};
use crate::execute;
use crate::introspect::{self, BrokenView, InvalidIndex, Scope, Unread, Whole};
use crate::operation::Operation;
use crate::program::{Beside, Built, LeftOut, Linker, ProgramError, Written, built, built_later};
use crate::revision::RevisionId;
use crate::schema::{Ident, ObjectName, Schema};
use crate::sql::Renamed;

use not_understood::Made;
use texts::Texts;

pub use around_views::{around_views, remade_views};
pub use by_rules::{Found, Unseen};
pub use error::CompareError;
pub use filter::{Filter, Kind};
pub use inventory::inventory;
pub use ours::Moved;
pub use owner::{Owner, Owners};
pub use pattern::Pattern;
pub use portrait::{Portrait, portrait};
pub use settled::WORTHWHILE;
pub use statements::statements;

/// What a comparison needs to know.
pub struct Setting<'a> {
    /// Where the database is; the scratch place is made there, too.
    pub address: &'a Address,
    /// How to get in.
    pub open: &'a OpenOptions,
    /// The revisions, the engine and the prefix.
    pub linker: Linker<'a>,
    /// The revisions that are applied.
    pub rows: &'a [RevisionId],
    /// The version table, which is nobody's business.
    pub version_table: &'a VersionTable,
    /// Schemas to look at besides the connection's own and those that are named.
    pub schemas: &'a [Ident],
    /// What is left alone.
    pub filter: &'a Filter,
    /// What is known of renames, and what of columns is left alone.
    pub diff: &'a DiffOptions,
    /// How programs run.
    pub run: &'a execute::Options<'a>,
    /// From how many plain tables on it is first found out which of them the live database has as
    /// they are written, so that these need not be made; usually [`WORTHWHILE`].
    pub probe_from: usize,
}

/// What somebody who only looks needs to know.
pub struct Inventory<'a> {
    /// Schemas to look at besides the connection's own and those that are named.
    pub schemas: &'a [Ident],
    /// The version table, which is nobody's business.
    pub version_table: &'a VersionTable,
    /// What the names of tables begin with.
    pub prefix: &'a str,
}

/// What says what the live database should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The models, which also say what was renamed.
    Models,
    /// The revisions that are applied.
    Revisions,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What the live database was compared with.
    pub goal: Goal,
    /// What has to be done to the live database.
    pub difference: Difference,
    /// How it was found: what is known of renames is in it.
    pub options: DiffOptions,
    /// Our part of the live database as the engine stores it.
    pub stored: Schema,
    /// The same, with the types that the engine keeps no name of.
    pub live: Schema,
    /// What it should be.
    pub wanted: Schema,
    /// What the applied revisions have built.
    pub history: Built,
    /// What begins with our prefix and was made by nobody of us: it is left alone.
    pub foreign: Vec<ObjectName>,
    /// Live tables that only revisions make that are not applied, with who does; only of a comparison
    /// with the revisions.
    pub early: Vec<(ObjectName, RevisionId)>,
    /// Live tables that may be some of ours under other names.
    pub moved: Vec<Moved>,
    /// Live views that nobody can read; only of a comparison with the revisions.
    pub broken: Vec<BrokenView>,
    /// Live indexes that no query may use.
    pub invalid: Vec<InvalidIndex>,
    /// Live tables that are partitions where the models are made; only of a comparison with the models,
    /// which leaves them alone.
    pub detached: Vec<ObjectName>,
    /// Partitions that are gone with their rows; only of a comparison with the revisions.
    pub emptied: Vec<ObjectName>,
    /// What cannot be compared, because it says more than the model holds, or nothing.
    pub unread: Vec<Unread>,
    /// What says more than the model holds, and differs by its text: no statement that could be
    /// written makes one of the other.
    pub differing: Vec<ObjectName>,
    /// How what should be was found.
    pub found: Found,
    /// What was left out in the scratch place.
    pub left_out: Vec<LeftOut>,
    /// Statements of the models that are not compared.
    pub beside: Vec<Beside>,
    /// What makes the objects of such statements that the live database lacks.
    pub lacking: Vec<Change>,
}

impl Comparison {
    /// Whether a table that is left alone may be ours by another name: only a comparison that knows it
    /// is one tells what is to be done.
    pub fn is_of_others(&self, candidate: &Candidate) -> bool {
        let mut others = self.options.others.iter();
        let tables = candidate.tables();
        tables.is_some_and(|(from, _)| others.any(|it| it.name == *from))
    }

    /// The tables that may be some of ours under other names, but for those that are asked about and
    /// those of which somebody has said it.
    pub fn moved_unsaid(&self) -> impl Iterator<Item = &Moved> {
        let said = self.options.answers.iter().map(|it| &it.candidate);
        let said = said.chain(&self.difference.doubts);
        let said: Vec<_> = said.filter_map(Candidate::tables).collect();
        self.moved.iter().filter(move |moved| {
            let mut said = said.iter();
            !said.any(|(from, to)| **from == moved.live && *to == moved.wanted)
        })
    }

    /// Whether everything was compared that is to be compared.
    pub fn is_whole(&self) -> bool {
        self.unread.is_empty() && self.differing.is_empty() && self.found.unseen().is_empty()
    }

    /// The tables that differ in what no statement changes.
    pub fn names_kept(&self) -> Vec<ObjectName> {
        let kept = self.difference.kept.iter();
        kept.map(|it| it.name.clone()).collect()
    }

    /// Whether anything differs for which no statement is written.
    pub fn has_unwritten(&self) -> bool {
        !self.differing.is_empty() || !self.difference.kept.is_empty()
    }

    /// Describes operations on the live database, one on a line.
    pub fn described<'o>(
        &self,
        operations: impl IntoIterator<Item = &'o Operation>,
    ) -> Vec<String> {
        let operations = operations.into_iter();
        operations.map(|it| it.described(&self.live)).collect()
    }

    /// Finds the difference, once more when more is known of renames.
    pub fn find(&mut self) {
        self.difference = diff(&self.live, &self.wanted, &self.options);
        let left = &self.difference.left_parts;
        self.emptied.retain(|it| !left.contains(it));
        self.detached.retain(|it| !left.contains(it));
        let lacking = self.lacking.iter().cloned();
        self.difference.changes.splice(..0, lacking);
        if self.goal == Goal::Revisions {
            let mended = invalid::mended(&self.invalid, (&self.difference, &self.wanted));
            self.difference.changes.splice(..0, mended);
        }
    }
}

/// Finds what makes the models of the live database; also gives the models as written, which
/// `models` reads.
///
/// # Errors
///
/// What is wrong with the models, what the engine refuses, or no right to make a scratch place.
pub fn live_with_models(
    setting: &Setting<'_>,
    connection: &mut dyn Connection,
    models: impl FnOnce(&Linker<'_>) -> Result<Written, ProgramError> + Send,
) -> Result<(Comparison, Written), CompareError> {
    let (texts, live) = texts::beside_live(setting, connection, models)?;
    let Texts {
        written,
        history,
        schemas,
        begun,
    } = texts;
    let sides = (&schemas, &live.schema);
    let wanted = rehearsal::models(setting, connection, &written, sides, begun)?;
    let sides = Sides {
        live,
        wanted,
        wanted_built: Some(&written.built),
        history,
        later: Vec::new(),
    };
    let mut comparison = prepare(setting, sides, &written.renamed);
    comparison.beside = written.built.beside(setting.linker.dialect)?;
    comparison.lacking = beside::lacking(connection, &comparison.beside)?;
    comparison.find();
    Ok((comparison, written))
}

/// Finds what makes what the applied revisions should have made of the live database.
///
/// # Errors
///
/// As [`live_with_models`].
pub fn live_with_revisions(
    setting: &Setting<'_>,
    connection: &mut dyn Connection,
) -> Result<Comparison, CompareError> {
    let history = built(&setting.linker, setting.rows)?;
    let own = database::own_schema(connection)?;
    let schemas = Schemas::new(own, setting.schemas, &[&history]);
    let wanted = rehearsal::revisions(setting, connection, &history, &schemas)?;
    let sides = Sides {
        live: introspect::whole(connection, &schemas.scope)?,
        wanted,
        wanted_built: None,
        history,
        // What cannot be read yet is nobody's.
        later: built_later(&setting.linker, setting.rows).unwrap_or_default(),
    };
    let mut comparison = prepare(setting, sides, &[]);
    comparison.broken = introspect::broken_views(connection, &comparison.stored)?;
    comparison.find();
    Ok(comparison)
}

/// What is compared.
struct Sides<'a> {
    live: Whole,
    wanted: rehearsal::Rehearsed,
    /// What is wanted as it is written; none when it is what the revisions have built.
    wanted_built: Option<&'a Built>,
    history: Built,
    /// What revisions build that are not applied, where a live one of it counts as a difference.
    later: Vec<(RevisionId, Built)>,
}

impl Sides<'_> {
    fn goal(&self) -> Goal {
        match self.wanted_built {
            Some(_) => Goal::Models,
            None => Goal::Revisions,
        }
    }
}

/// Makes the two sides comparable; the difference is still to be found.
fn prepare(setting: &Setting<'_>, sides: Sides<'_>, renamed: &[Renamed]) -> Comparison {
    let goal = sides.goal();
    let mut live = sides.live;
    let rehearsal::Rehearsed {
        mut whole,
        left_out,
        found,
    } = sides.wanted;
    let detached = tell_apart((&mut live, &mut whole), goal, (setting, &sides.history));
    by_rules::forget(&mut live, found.unseen());
    let ours = ours(setting, &whole, (&sides.history, &sides.later), goal);
    let parted = ours.part_of(live, (&setting.linker.prefix, setting.filter));
    let (mut live, mut wanted) = (parted.live, whole);
    let made = Made::of(&found, &left_out);
    let aside = not_understood::set_aside((&mut live, &mut wanted), setting.filter, made);
    let invalid = invalid::take((&mut live, &wanted), setting.filter, goal);
    // What is left alone still stands on tables that are made anew.
    let (mut live, mut wanted, stored) = (live.schema.clone(), wanted.schema, live.schema);
    let answers = answers(&setting.diff.answers, renamed);
    let said = accepted::Said {
        models: &sides.wanted_built.unwrap_or(&sides.history).schema,
        history: &sides.history.schema,
        answers: &answers,
        is_by_hand: goal == Goal::Revisions,
    };
    liken(setting, (&mut live, &mut wanted), &said);
    let emptied = partitions::emptied(&live, &wanted);
    Comparison {
        goal,
        difference: Difference::default(),
        options: options(setting, goal, answers).beside(parted.others),
        stored,
        live,
        wanted,
        history: sides.history,
        foreign: parted.foreign,
        early: parted.early,
        moved: parted.moved,
        broken: Vec::new(),
        invalid,
        detached,
        emptied,
        unread: aside.unread,
        differing: aside.differing,
        found,
        left_out,
        beside: Vec::new(),
        lacking: Vec::new(),
    }
}

/// What tells our part of the live database.
fn ours<'a>(
    setting: &'a Setting<'_>,
    wanted: &'a Whole,
    (built, later): (&'a Built, &'a [(RevisionId, Built)]),
    goal: Goal,
) -> ours::Ours<'a> {
    ours::Ours {
        wanted,
        built,
        later,
        answers: &setting.diff.answers,
        is_by_hand: goal == Goal::Revisions,
        version_table: setting.version_table,
        tells_case_apart: setting.linker.dialect.syntax().folds_to_lower,
    }
}

/// Makes comparable what models leave to the engine and other hands may have changed; of a comparison
/// with models, gives the tables that are partitions there.
fn tell_apart(
    (live, wanted): (&mut Whole, &mut Whole),
    goal: Goal,
    (setting, history): (&Setting<'_>, &Built),
) -> Vec<ObjectName> {
    match goal {
        Goal::Models => {
            partitions::set_detached_aside((live, wanted), history, &setting.linker.prefix)
        }
        Goal::Revisions => {
            unsaid::say((live, wanted), setting.version_table);
            apart::count(live, wanted);
            Vec::new()
        }
    }
}

/// Says the types that the engine keeps no name of, takes out what is left alone, and accepts what is
/// as good as what is wanted.
fn liken(
    setting: &Setting<'_>,
    (live, wanted): (&mut Schema, &mut Schema),
    said: &accepted::Said<'_>,
) {
    let (dialect, filter) = (setting.linker.dialect, setting.filter);
    for schema in [&mut *live, &mut *wanted] {
        filter.leave_tables(schema);
    }
    enumeration::lift(dialect, live, said.history);
    enumeration::lift(dialect, wanted, said.models);
    enumeration::lift_by_hand(dialect, (live, wanted), said.models);
    if filter.leaves_enums() {
        enumeration::leave_alone(dialect, live, wanted);
    }
    // Only now: a check may have been what keeps a column to the values of a type.
    for schema in [&mut *live, &mut *wanted] {
        filter.leave_kinds(schema);
    }
    enumeration::forget_unused(dialect, [&mut *live, &mut *wanted]);
    accepted::accept(dialect, (live, wanted), said);
}

/// What is known of renames and of the engine.
fn options(setting: &Setting<'_>, goal: Goal, answers: Vec<Answer>) -> DiffOptions {
    let syntax = setting.linker.dialect.syntax();
    DiffOptions {
        answers,
        is_by_hand: goal == Goal::Revisions,
        renames_constraints: syntax.renames_constraints,
        drops_triggers_by_table: syntax.drops_triggers_by_table,
        keys_need_indexes: syntax.keys_need_indexes,
        keeps_table_options: syntax.keeps_table_options,
        converts_by_cast: syntax.converts_by_cast,
        keeps_collation: syntax.keeps_collation,
        keeps_proved: true,
        ..setting.diff.clone()
    }
}

/// What was said on the command line, then what the models say.
fn answers(said: &[Answer], renamed: &[Renamed]) -> Vec<Answer> {
    let written = renamed.iter().map(|it| Answer {
        candidate: match &it.column {
            Some(column) => Candidate::Column {
                table: it.table.clone(),
                from: it.from.clone(),
                to: column.clone(),
            },
            None => Candidate::Table {
                from: it.table.sibling(it.from.clone()),
                to: it.table.name.clone(),
            },
        },
        is_rename: true,
    });
    said.iter().cloned().chain(written).collect()
}

/// Where tables are looked for.
struct Schemas {
    /// The schema where names without one are made; none where a database has no schemas.
    own: Option<String>,
    /// The others that are named somewhere.
    scope: Scope,
}

impl Schemas {
    fn new(own: Option<String>, typed: &[Ident], built: &[&Built]) -> Self {
        let mut schemas: Vec<Ident> = Vec::new();
        let named = built.iter().flat_map(|it| it.namespaces());
        let named = named.map(|(name, _)| name);
        for name in typed.iter().cloned().chain(named) {
            if own.as_deref() != Some(name.as_str()) && !schemas.contains(&name) {
                schemas.push(name);
            }
        }
        let scope = Scope {
            schemas,
            ..Scope::default()
        };
        Self { own, scope }
    }
}
