//! What should be, made in a scratch place and read there.

use super::by_rules::{self, Found};
use super::settled::Settled;
use super::{CompareError, Schemas, Setting};
use crate::database::scratch::{self, Aside, Scratch};
use crate::database::{Connection, DatabaseError};
use crate::dialect::VersionTable;
use crate::execute::{self, Silent};
use crate::introspect::{self, Scope, Whole};
use crate::plan;
use crate::program::{self, Built, Data, LeftOut, Outside, Program, Written};
use crate::revision::RevisionId;
use crate::schema::{ConstraintKind, Ident, ObjectName, Schema};
use crate::text::closest;

/// What a scratch place held in the end.
pub(super) struct Rehearsed {
    pub(super) whole: Whole,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) found: Found,
}

/// Where something can be made.
enum Opened {
    Scratch(Scratch),
    /// The user may not make one, but there is another way.
    Forbidden(DatabaseError),
}

/// Makes the models, but for what the live database plainly has.
pub(super) fn models(
    setting: &Setting<'_>,
    connection: &mut dyn Connection,
    written: &Written,
    (schemas, live): (&Schemas, &Schema),
) -> Result<Rehearsed, CompareError> {
    let Schemas { own, scope } = schemas;
    let outside = outside(setting, &written.built, own.as_deref());
    let missing = missing(connection, &outside)?;
    if let Some(missing) = missing.into_iter().next() {
        let tables = written.built.schema.tables.iter();
        let names: Vec<String> = tables.map(|it| it.name.to_string()).collect();
        let typed = missing.references.to_string();
        let nearest = closest(&typed, names.iter().map(String::as_str));
        return Err(CompareError::UnknownReference {
            nearest: nearest.map(str::to_owned),
            outside: Box::new(missing),
        });
    }
    let mut scratch = match open(setting, (&written.built, own.as_deref()), scope)? {
        Opened::Scratch(scratch) => scratch,
        Opened::Forbidden(error) => {
            // What the engine cannot do is said as it is said where there is a scratch place.
            program::making(&setting.linker, written, |_| false)?;
            let found = by_rules::find(setting, &written.built, error);
            return found.map_err(|error| error.explained(&written.built));
        }
    };
    let homes = borrow(&mut scratch, outside.iter().map(|it| &it.references))?;
    let options = super::options(
        setting,
        super::answers(&setting.diff.answers, &written.renamed),
    );
    let mut settled = Settled::find(
        setting,
        &mut scratch,
        (scope, live),
        &written.built,
        &options,
    )?;
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
    let program = program::link(&setting.linker, &plan)?;
    let outside = outside(setting, history, own.as_deref());
    let missing = missing(connection, &outside)?;
    let mut scratch = match open(setting, (history, own.as_deref()), scope)? {
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

fn tells_case_apart(setting: &Setting<'_>) -> bool {
    setting.linker.dialect.syntax().folds_to_lower
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
fn outside(setting: &Setting<'_>, built: &Built, own: Option<&str>) -> Vec<Outside> {
    let tells_case_apart = tells_case_apart(setting);
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

fn open(
    setting: &Setting<'_>,
    (built, own): (&Built, Option<&str>),
    scope: &Scope,
) -> Result<Opened, CompareError> {
    let made = built.namespaces();
    let mut aside: Vec<Aside<'_>> = made
        .iter()
        .map(|(name, is_made)| Aside {
            name: name.as_str(),
            is_made: !is_made,
        })
        .collect();
    let named = own.filter(|own| names_own(built, own));
    let named = named.filter(|own| !aside.iter().any(|it| it.name == *own));
    aside.extend(named.map(|name| Aside {
        name,
        is_made: true,
    }));
    for name in &scope.schemas {
        if !aside.iter().any(|it| it.name == name.as_str()) {
            aside.push(Aside {
                name: name.as_str(),
                is_made: true,
            });
        }
    }
    match scratch::open(setting.address, setting.open, &aside) {
        Ok(scratch) => Ok(Opened::Scratch(scratch)),
        Err(error) if scratch::is_forbidden(setting.linker.dialect, &error) => {
            Ok(Opened::Forbidden(error))
        }
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
