//! What should be, made in a scratch place and read there.

use super::by_rules::{self, Found};
use super::probe::Probe;
use super::settled::{self, Settled};
use super::{CompareError, Schemas, Setting};
use crate::database::scratch::{self, Aside, Scratch};
use crate::database::{Address, Connection, DatabaseError, OpenOptions};
use crate::dialect::{Dialect, VersionTable};
use crate::diff::Answer;
use crate::execute::{self, Silent};
use crate::introspect::{self, Scope, Whole};
use crate::plan;
use crate::program::{self, Built, Data, LeftOut, Outside, Program, SpareValues, Written};
use crate::revision::RevisionId;
use crate::schema::{ConstraintKind, Ident, ObjectName, Schema};
use crate::text::closest;

/// What a scratch place held in the end.
pub(super) struct Rehearsed {
    pub(super) whole: Whole,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) found: Found,
}

/// Where scratch places are made, and what becomes of them beside the reading of the live database.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) address: &'a Address,
    pub(super) open: &'a OpenOptions,
    pub(super) dialect: Dialect,
    /// What is known of renames.
    pub(super) answers: &'a [Answer],
    /// From how many plain tables on they are probed.
    pub(super) probe_from: usize,
}

impl<'a> Ground<'a> {
    pub(super) fn of(setting: &Setting<'a>) -> Self {
        Self {
            address: setting.address,
            open: setting.open,
            dialect: setting.linker.dialect,
            answers: &setting.diff.answers,
            probe_from: setting.probe_from,
        }
    }
}

/// A scratch place in which was found out what becomes of kinds of columns.
pub(super) struct Begun {
    opened: Opened,
    pub(super) probe: Option<Probe>,
}

/// Where something can be made.
enum Opened {
    Scratch(Scratch),
    /// The user may not make one, but there is another way.
    Forbidden(DatabaseError),
}

/// Begins as far as nothing has to be known of the live database, and nothing of it is in the way;
/// none where that is not so.
pub(super) fn begin(
    ground: &Ground<'_>,
    written: &Written,
    Schemas { own, scope }: &Schemas,
) -> Option<Result<Begun, CompareError>> {
    let built = &written.built;
    let own = own.as_deref();
    let is_alone =
        asides(built, own, scope).is_empty() && outside(ground.dialect, built, own).is_empty();
    let begun = || {
        let mut opened = open(ground, (built, own), scope)?;
        let probe = match &mut opened {
            Opened::Scratch(scratch) => settled::probe(ground, scratch, scope, written)?,
            Opened::Forbidden(_) => None,
        };
        Ok(Begun { opened, probe })
    };
    is_alone.then(begun)
}

/// Makes the models, but for what the live database plainly has.
pub(super) fn models(
    setting: &Setting<'_>,
    connection: &mut dyn Connection,
    written: &Written,
    (schemas, live): (&Schemas, &Schema),
    begun: Option<Result<Begun, CompareError>>,
) -> Result<Rehearsed, CompareError> {
    let Schemas { own, scope } = schemas;
    let ground = Ground::of(setting);
    let outside = outside(ground.dialect, &written.built, own.as_deref());
    let missing = missing(connection, &outside)?;
    if let Some(missing) = missing.into_iter().next() {
        return Err(unknown(&written.built, missing));
    }
    let is_begun = begun.is_some();
    let Begun { opened, probe } = match begun {
        Some(begun) => begun?,
        None => Begun {
            opened: open(&ground, (&written.built, own.as_deref()), scope)?,
            probe: None,
        },
    };
    let mut scratch = match opened {
        Opened::Scratch(scratch) => scratch,
        Opened::Forbidden(error) => {
            // What the engine cannot do is said as it is said where there is a scratch place.
            program::making(&setting.linker, written, |_| false)?;
            let found = by_rules::find(setting, &written.built, error);
            return found.map_err(|error| error.explained(&written.built));
        }
    };
    let homes = borrow(&mut scratch, outside.iter().map(|it| &it.references))?;
    let probe = match is_begun {
        true => probe,
        false => settled::probe(&ground, &mut scratch, scope, written)?,
    };
    let options = super::options(
        setting,
        super::Goal::Models,
        super::answers(&setting.diff.answers, &written.renamed),
    );
    let mut settled = probe.map_or_else(Settled::default, |probe| {
        Settled::find(probe, live, &written.built, &options)
    });
    let ours = written.built.statements_for(setting.linker.dialect);
    settled.keep_alone(ours, &setting.linker.prefix);
    let program = program::making(&setting.linker, written, |it| settled.makes(it))?;
    let rehearsed = rehearse(setting, scratch, program, (scope, settled.before.take()));
    let mut rehearsed = rehearsed.map_err(|error| error.explained(&written.built))?;
    bring_home(&mut rehearsed.whole, own.as_deref());
    forget(&mut rehearsed.whole, &outside);
    send_home(&mut rehearsed.whole, &homes);
    settled.complete(&mut rehearsed.whole, live);
    Ok(rehearsed)
}

/// A foreign key leads to a table that nobody makes.
fn unknown(built: &Built, missing: Outside) -> CompareError {
    let tables = built.schema.tables.iter();
    let names: Vec<String> = tables.map(|it| it.name.to_string()).collect();
    let typed = missing.references.to_string();
    let nearest = closest(&typed, names.iter().map(String::as_str));
    CompareError::UnknownReference {
        nearest: nearest.map(str::to_owned),
        outside: Box::new(missing),
    }
}

/// Applies the revisions that are applied.
pub(super) fn revisions(
    setting: &Setting<'_>,
    connection: &mut dyn Connection,
    history: &Built,
    schemas: &Schemas,
) -> Result<Rehearsed, CompareError> {
    let Schemas { own, scope } = schemas;
    let targets: Vec<&str> = setting.rows.iter().map(RevisionId::as_str).collect();
    let plan = match targets.is_empty() {
        true => plan::Plan::default(),
        false => plan::upgrade(setting.linker.graph, &[], &targets)?,
    };
    let program = program::link(&setting.linker, plan)?;
    let ground = Ground::of(setting);
    let outside = outside(ground.dialect, history, own.as_deref());
    let missing = missing(connection, &outside)?;
    let mut scratch = match open(&ground, (history, own.as_deref()), scope)? {
        Opened::Scratch(scratch) => scratch,
        Opened::Forbidden(error) => return by_rules::find(setting, history, error),
    };
    let there = outside.iter().filter(|it| !missing.contains(it));
    let homes = borrow(&mut scratch, there.map(|it| &it.references))?;
    let mut rehearsed = rehearse(setting, scratch, program, (scope, None))?;
    bring_home(&mut rehearsed.whole, own.as_deref());
    forget(&mut rehearsed.whole, &outside);
    send_home(&mut rehearsed.whole, &homes);
    Ok(rehearsed)
}

/// Makes live tables known in a scratch place, as far as they are there. Gives those that are in
/// another schema than the connection's own though their names do not say so, with the schema.
fn borrow<'n>(
    scratch: &mut Scratch,
    names: impl Iterator<Item = &'n ObjectName>,
) -> Result<Vec<(ObjectName, Ident)>, CompareError> {
    let mut homes = Vec::new();
    for name in names {
        let schema = name.schema.as_ref().map(Ident::as_str);
        let home = scratch.borrow_table(schema, name.name.as_str())?;
        homes.extend(home.map(|home| (name.clone(), Ident::new(home))));
    }
    Ok(homes)
}

/// The references to tables that are not there.
fn missing(
    connection: &mut dyn Connection,
    outside: &[Outside],
) -> Result<Vec<Outside>, CompareError> {
    if outside.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<_> = outside.iter().map(|it| it.references.clone()).collect();
    let found = introspect::look(connection, &names, &[])?;
    let is_missing = |it: &&Outside| !found.is_there(&it.references);
    Ok(outside.iter().filter(is_missing).cloned().collect())
}

/// The references to tables that the statements do not make: a table of the connection's own schema
/// is the same with its schema before its name and without.
fn outside(dialect: Dialect, built: &Built, own: Option<&str>) -> Vec<Outside> {
    let tells_case_apart = dialect.syntax().folds_to_lower;
    let mut outside = built.outside(tells_case_apart);
    let names = built.names(tells_case_apart);
    outside.retain(|it| {
        let mut other = it.references.clone();
        other.schema = match (&other.schema, own) {
            (Some(schema), Some(own)) if schema.as_str() == own => None,
            (None, Some(own)) => Some(Ident::new(own)),
            (schema, _) => schema.clone(),
        };
        !names.contains(&other)
    });
    outside
}

/// Whether a foreign key leads to the connection's own schema by its name.
fn names_own(built: &Built, own: &str) -> bool {
    let constraints = built.schema.tables.iter().flat_map(|it| &it.constraints);
    let mut schemas = constraints.filter_map(|it| match &it.kind {
        ConstraintKind::ForeignKey(key) => key.references.schema.as_ref(),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => None,
    });
    schemas.any(|schema| schema.as_str() == own)
}

/// The schemas that get out of the way, and whether they are there from the beginning.
fn asides(built: &Built, own: Option<&str>, scope: &Scope) -> Vec<(Ident, bool)> {
    let made = built.namespaces().into_iter();
    let mut aside: Vec<(Ident, bool)> = made.map(|(name, is_made)| (name, !is_made)).collect();
    let named = own.filter(|own| names_own(built, own)).map(Ident::new);
    for name in named.into_iter().chain(scope.schemas.iter().cloned()) {
        if !aside.iter().any(|(known, _)| *known == name) {
            aside.push((name, true));
        }
    }
    aside
}

fn open(
    ground: &Ground<'_>,
    (built, own): (&Built, Option<&str>),
    scope: &Scope,
) -> Result<Opened, CompareError> {
    let asides = asides(built, own, scope);
    let aside: Vec<Aside<'_>> = asides
        .iter()
        .map(|(name, is_made)| Aside {
            name: name.as_str(),
            is_made: *is_made,
        })
        .collect();
    match scratch::open(ground.address, ground.open, &aside) {
        Ok(scratch) => Ok(Opened::Scratch(scratch)),
        Err(error) if scratch::is_forbidden(ground.dialect, &error) => Ok(Opened::Forbidden(error)),
        Err(error) => Err(error.into()),
    }
}

fn rehearse(
    setting: &Setting<'_>,
    mut scratch: Scratch,
    mut program: Program,
    (scope, before): (&Scope, Option<Whole>),
) -> Result<Rehearsed, CompareError> {
    let left_out = program::rehearse(&mut program, Data::LeftOut).map_err(Box::new)?;
    let mut spares = SpareValues::default();
    spares.spend(&mut program, &[]).map_err(Box::new)?;
    let is_done = program.steps.iter().all(|step| step.actions.is_empty());
    if let Some(whole) = before.filter(|_| is_done) {
        scratch.close()?;
        return Ok(Rehearsed {
            whole,
            left_out,
            found: Found::InScratch,
        });
    }
    let version_table = VersionTable {
        schema: None,
        name: scratch::VERSION_TABLE.to_owned(),
    };
    let options = execute::Options::in_scratch(setting.run.interrupted, setting.run.now, &[]);
    let connection = scratch.connection();
    execute::run(&program, connection, &version_table, &options, &mut Silent)
        .map_err(|error| CompareError::rehearsal(setting.linker.dialect, error))?;
    let mut whole = introspect::whole(scratch.connection(), scope)?;
    scratch.close()?;
    super::ours::drop_tables(&mut whole, |name| {
        super::ours::is_bookkeeping(name, &version_table)
    });
    Ok(Rehearsed {
        whole,
        left_out,
        found: Found::InScratch,
    })
}

/// In a scratch schema, the tables of the connection's own one are somewhere else; in the live
/// database they are not.
fn bring_home(whole: &mut Whole, own: Option<&str>) {
    let is_own = |schema: &Ident| {
        Some(schema.as_str()) == own || schema.as_str().starts_with(scratch::PREFIX)
    };
    for references in references(whole) {
        if references.schema.as_ref().is_some_and(is_own) {
            references.schema = None;
        }
    }
}

/// A borrowed table is where it was borrowed from.
fn send_home(whole: &mut Whole, homes: &[(ObjectName, Ident)]) {
    for references in references(whole) {
        if let Some((_, home)) = homes.iter().find(|(name, _)| name == references) {
            references.schema = Some(home.clone());
        }
    }
}

/// The tables that foreign keys refer to.
fn references(whole: &mut Whole) -> impl Iterator<Item = &mut ObjectName> {
    let tables = whole.schema.tables.iter_mut();
    let constraints = tables.flat_map(|it| &mut it.constraints);
    constraints.filter_map(|it| match &mut it.kind {
        ConstraintKind::ForeignKey(key) => Some(&mut key.references),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => None,
    })
}

/// Forgets what was only borrowed.
fn forget(whole: &mut Whole, outside: &[Outside]) {
    super::ours::drop_tables(whole, |name| {
        outside.iter().any(|it| it.references == *name)
    });
}
