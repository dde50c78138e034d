//! Views, sequences and schemas: create, change, drop, rename.

use super::lookup::{self, Match};
use crate::operation::{ApplyError, NamespaceChange, ObjectKind, SequenceChange, ViewChange};
use crate::schema::{
    ConstraintKind, Ident, Identity, ObjectName, Schema, Sequence, SequenceOptions, SequenceOwner,
    Table, View,
};

pub(super) fn view(schema: &mut Schema, change: &ViewChange) -> Result<(), ApplyError> {
    let find = |schema: &Schema, name: &ObjectName| {
        let names: Vec<_> = schema.views.iter().map(|view| &view.name).collect();
        position(ObjectKind::View, &names, name)
    };
    match change {
        ViewChange::Create {
            view,
            or_replace,
            if_not_exists,
        } => create_view(schema, view, *or_replace, *if_not_exists),
        ViewChange::Drop {
            name, if_exists, ..
        } => {
            if let Some(at) = unless(*if_exists, find(schema, name))? {
                schema.views.remove(at);
            }
            Ok(())
        }
        ViewChange::Rename { from, to } => {
            let at = find(schema, from)?;
            let renamed = schema.views[at].name.sibling(to.clone());
            let is_taken = schema.views.iter().any(|view| view.name == renamed);
            if is_taken && schema.views[at].name != renamed {
                return Err(exists(ObjectKind::View, renamed));
            }
            schema.views[at].name = renamed;
            Ok(())
        }
    }
}

fn create_view(
    schema: &mut Schema,
    view: &View,
    or_replace: bool,
    if_not_exists: bool,
) -> Result<(), ApplyError> {
    if schema.table(&view.name).is_some() {
        return Err(ApplyError::TableExists {
            table: view.name.clone(),
        });
    }
    let former = schema.views.iter_mut().find(|it| it.name == view.name);
    match former {
        Some(former) if or_replace => *former = view.clone(),
        Some(_) if if_not_exists => {}
        Some(_) => return Err(exists(ObjectKind::View, view.name.clone())),
        None => schema.views.push(view.clone()),
    }
    Ok(())
}

pub(super) fn sequence(schema: &mut Schema, change: &SequenceChange) -> Result<(), ApplyError> {
    match change {
        SequenceChange::Create {
            sequence,
            if_not_exists,
        } => {
            let is_there = schema.sequences.iter().any(|it| it.name == sequence.name);
            if is_there && !if_not_exists {
                return Err(exists(ObjectKind::Sequence, sequence.name.clone()));
            }
            if !is_there {
                schema.sequences.push(sequence.clone());
            }
            Ok(())
        }
        SequenceChange::Alter {
            name,
            options,
            restart: _,
            if_exists,
        } => match find_sequence(schema, name) {
            Ok(at) => {
                let former = &mut schema.sequences[at].options;
                *former = options.or(former);
                Ok(())
            }
            // What is known of the sequence of a column is its column.
            Err(_) if *if_exists || is_of_column(schema, name) => Ok(()),
            Err(error) => Err(error),
        },
        SequenceChange::Drop {
            name, if_exists, ..
        } => {
            if let Some(at) = unless(*if_exists, find_sequence(schema, name))? {
                schema.sequences.remove(at);
            }
            Ok(())
        }
        SequenceChange::Rename { from, to } => rename_sequence(schema, from, to),
    }
}

fn rename_sequence(schema: &mut Schema, from: &ObjectName, to: &Ident) -> Result<(), ApplyError> {
    match find_sequence(schema, from) {
        Ok(at) => {
            let renamed = schema.sequences[at].name.sibling(to.clone());
            let is_taken = schema.sequences.iter().any(|it| it.name == renamed);
            if is_taken && schema.sequences[at].name != renamed {
                return Err(exists(ObjectKind::Sequence, renamed));
            }
            schema.sequences[at].name = renamed;
            Ok(())
        }
        Err(_) if is_of_column(schema, from) || is_of_column(schema, &from.sibling(to.clone())) => {
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn find_sequence(schema: &Schema, name: &ObjectName) -> Result<usize, ApplyError> {
    let names: Vec<_> = schema.sequences.iter().map(|it| &it.name).collect();
    position(ObjectKind::Sequence, &names, name)
}

/// Whether it may be the sequence that PostgreSQL keeps for a column that numbers rows. It keeps
/// its name when its table gets another.
fn is_of_column(schema: &Schema, name: &ObjectName) -> bool {
    let numbers = |table: &Table| {
        table.columns.iter().any(|column| {
            let end = format!("_{}_seq", column.name);
            matches!(
                column.identity,
                Some(Identity::Serial | Identity::AutoIncrement | Identity::Standard { .. })
            ) && name.name.as_str().ends_with(&end)
        })
    };
    schema.tables.iter().any(numbers)
}

/// Drops the sequences that go with a table.
pub(super) fn drop_owned(schema: &mut Schema, table: &ObjectName) {
    let is_owned = |sequence: &Sequence| owner(&sequence.options) == Some(table);
    schema.sequences.retain(|sequence| !is_owned(sequence));
}

/// The table whose column a sequence goes with.
pub(in crate::operation) fn owner(options: &SequenceOptions) -> Option<&ObjectName> {
    match &options.owner {
        Some(SequenceOwner::Column { table, .. }) => Some(table),
        Some(SequenceOwner::Nobody) | None => None,
    }
}

pub(super) fn namespace(schema: &mut Schema, change: &NamespaceChange) -> Result<(), ApplyError> {
    let find = |schema: &Schema, name: &Ident| {
        lookup::position(&schema.namespaces, |own| lookup::same(own, name)).ok_or_else(|| {
            ApplyError::NoSuchObject {
                kind: ObjectKind::Namespace,
                name: ObjectName::new(name.as_str()),
                nearest: lookup::nearest(name, schema.namespaces.iter()),
            }
        })
    };
    match change {
        NamespaceChange::Create {
            name,
            if_not_exists,
        } => {
            let is_there = schema.namespaces.contains(name);
            if is_there && !if_not_exists {
                let name = ObjectName::new(name.as_str());
                return Err(exists(ObjectKind::Namespace, name));
            }
            if !is_there {
                schema.namespaces.push(name.clone());
            }
            Ok(())
        }
        NamespaceChange::Drop {
            name,
            if_exists,
            cascade,
        } => match unless(*if_exists, find(schema, name))? {
            Some(at) => drop_namespace(schema, at, *cascade),
            None => Ok(()),
        },
        NamespaceChange::Rename { from, to } => {
            let at = find(schema, from)?;
            if schema.namespaces.contains(to) && schema.namespaces[at] != *to {
                let name = ObjectName::new(to.as_str());
                return Err(exists(ObjectKind::Namespace, name));
            }
            let from = std::mem::replace(&mut schema.namespaces[at], to.clone());
            for name in names(schema) {
                if name.schema.as_ref() == Some(&from) {
                    name.schema = Some(to.clone());
                }
            }
            Ok(())
        }
    }
}

fn drop_namespace(schema: &mut Schema, at: usize, cascade: bool) -> Result<(), ApplyError> {
    let dropped = schema.namespaces[at].clone();
    let is_inside = |name: &ObjectName| name.schema.as_ref() == Some(&dropped);
    let held = schema.tables.iter().map(|it| ("table", &it.name));
    let held = held.chain(schema.views.iter().map(|it| ("view", &it.name)));
    let held = held.chain(schema.sequences.iter().map(|it| ("sequence", &it.name)));
    let mut held = held.chain(schema.enums.iter().map(|it| ("type", &it.name)));
    if let Some((kind, name)) = held.find(|(_, name)| is_inside(name))
        && !cascade
    {
        return Err(ApplyError::ObjectInUse {
            kind: ObjectKind::Namespace,
            name: ObjectName::new(dropped.as_str()),
            user: format!("{kind} `{name}`"),
        });
    }
    schema.tables.retain(|it| !is_inside(&it.name));
    schema.indexes.retain(|it| !is_inside(&it.table));
    schema.views.retain(|it| !is_inside(&it.name));
    schema.sequences.retain(|it| !is_inside(&it.name));
    schema.enums.retain(|it| !is_inside(&it.name));
    for table in &mut schema.tables {
        table.constraints.retain(|it| match &it.kind {
            ConstraintKind::ForeignKey(key) => !is_inside(&key.references),
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Check { .. } => true,
        });
    }
    schema.namespaces.remove(at);
    Ok(())
}

/// Every name that may stand in a schema.
fn names(schema: &mut Schema) -> Vec<&mut ObjectName> {
    let mut names: Vec<&mut ObjectName> = Vec::new();
    for table in &mut schema.tables {
        names.push(&mut table.name);
        for constraint in &mut table.constraints {
            if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
                names.push(&mut key.references);
            }
        }
    }
    names.extend(schema.indexes.iter_mut().map(|it| &mut it.table));
    names.extend(schema.views.iter_mut().map(|it| &mut it.name));
    names.extend(schema.enums.iter_mut().map(|it| &mut it.name));
    for sequence in &mut schema.sequences {
        names.push(&mut sequence.name);
        if let Some(SequenceOwner::Column { table, .. }) = &mut sequence.options.owner {
            names.push(table);
        }
    }
    names
}

/// The position of the object asked for.
pub(super) fn position(
    kind: ObjectKind,
    names: &[&ObjectName],
    asked: &ObjectName,
) -> Result<usize, ApplyError> {
    let matches = |name: &&ObjectName| -> Match { lookup::same_object(name, asked) };
    lookup::position(names, matches).ok_or_else(|| ApplyError::NoSuchObject {
        kind,
        name: asked.clone(),
        nearest: lookup::nearest(&asked.name, names.iter().map(|name| &name.name)),
    })
}

pub(super) fn exists(kind: ObjectKind, name: ObjectName) -> ApplyError {
    ApplyError::ObjectExists { kind, name }
}

/// Nothing, where what is missing may be missing.
pub(super) fn unless(
    if_exists: bool,
    found: Result<usize, ApplyError>,
) -> Result<Option<usize>, ApplyError> {
    match found {
        Ok(at) => Ok(Some(at)),
        Err(_) if if_exists => Ok(None),
        Err(error) => Err(error),
    }
}
