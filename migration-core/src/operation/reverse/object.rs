//! The inverse of changes of views, sequences, schemas and enumerated types.

use super::{lost, recreate_table};
use crate::operation::apply::sequence_owner;
use crate::operation::{
    EnumChange, Irreversible, NamespaceChange, Operation, SequenceChange, ViewChange,
};
use crate::schema::{
    Bound, Constraint, ConstraintKind, DataType, EnumType, ObjectName, Schema, Sequence,
    SequenceOptions, SequenceOwner, View,
};

pub(super) fn view(change: &ViewChange, before: &Schema) -> Vec<Operation> {
    match change {
        ViewChange::Create { view, .. } => {
            let mut operations = vec![Operation::View(ViewChange::Drop {
                name: view.name.clone(),
                if_exists: false,
                cascade: false,
            })];
            // Not OR REPLACE: PostgreSQL cannot take columns away by it.
            let replaced = before.views.iter().filter(|it| it.name == view.name);
            operations.extend(replaced.map(create_view));
            operations
        }
        ViewChange::Drop { name, .. } => find_view(before, name).map(create_view).collect(),
        ViewChange::Rename { from, to } => vec![Operation::View(ViewChange::Rename {
            from: from.sibling(to.clone()),
            to: find_view(before, from)
                .next()
                .map_or(&from.name, |view| &view.name.name)
                .clone(),
        })],
    }
}

fn find_view<'a>(schema: &'a Schema, name: &ObjectName) -> impl Iterator<Item = &'a View> {
    let found = find(&schema.views, |view| &view.name, name);
    found.into_iter()
}

fn create_view(view: &View) -> Operation {
    Operation::View(ViewChange::Create {
        view: view.clone(),
        or_replace: false,
        if_not_exists: false,
    })
}

pub(super) fn sequence(change: &SequenceChange, before: &Schema) -> Vec<Operation> {
    let former = |name| find(&before.sequences, |it: &Sequence| &it.name, name);
    match change {
        SequenceChange::Create { sequence, .. } => {
            vec![Operation::Sequence(SequenceChange::Drop {
                name: sequence.name.clone(),
                if_exists: false,
                cascade: false,
            })]
        }
        SequenceChange::Alter { name, options, .. } => former(name)
            .map(|former| former_options(former, options))
            .into_iter()
            .collect(),
        SequenceChange::Drop { name, .. } => {
            former(name).map(create_sequence).into_iter().collect()
        }
        SequenceChange::Rename { from, to } => vec![Operation::Sequence(SequenceChange::Rename {
            from: from.sibling(to.clone()),
            to: former(from).map_or(&from.name, |it| &it.name.name).clone(),
        })],
    }
}

fn create_sequence(sequence: &Sequence) -> Operation {
    Operation::Sequence(SequenceChange::Create {
        sequence: sequence.clone(),
        if_not_exists: false,
    })
}

/// The options as they were; what was not said is said as what engines do by themselves.
fn former_options(former: &Sequence, changed: &SequenceOptions) -> Operation {
    let by_itself = SequenceOptions {
        data_type: changed.data_type.as_ref().map(|_| DataType::BigInt),
        increment: changed.increment.map(|_| 1),
        minimum: changed.minimum.map(|_| Bound::OfType),
        maximum: changed.maximum.map(|_| Bound::OfType),
        start: None,
        cache: changed.cache.map(|_| 1),
        cycle: changed.cycle.map(|_| false),
        owner: changed.owner.as_ref().map(|_| SequenceOwner::Nobody),
    };
    Operation::Sequence(SequenceChange::Alter {
        name: former.name.clone(),
        options: former.options.or(&by_itself),
        restart: None,
        if_exists: false,
    })
}

/// Creates the sequences that go with a table, then gives them to its columns, which must be there.
pub(super) fn owned_sequences(
    table: &ObjectName,
    before: &Schema,
) -> (Vec<Operation>, Vec<Operation>) {
    let owned = before.sequences.iter();
    let owned = owned.filter(|it| sequence_owner(&it.options) == Some(table));
    owned
        .map(|sequence| {
            let mut free = sequence.clone();
            free.options.owner = None;
            let owned = Operation::Sequence(SequenceChange::Alter {
                name: sequence.name.clone(),
                options: SequenceOptions {
                    owner: sequence.options.owner.clone(),
                    ..SequenceOptions::default()
                },
                restart: None,
                if_exists: false,
            });
            (create_sequence(&free), owned)
        })
        .unzip()
}

pub(super) fn namespace(
    change: &NamespaceChange,
    before: &Schema,
    after: &Schema,
) -> Vec<Operation> {
    match change {
        NamespaceChange::Create { name, .. } => {
            vec![Operation::Namespace(NamespaceChange::Drop {
                name: name.clone(),
                if_exists: false,
                cascade: false,
            })]
        }
        NamespaceChange::Drop { name, .. } => {
            let mut operations = vec![Operation::Namespace(NamespaceChange::Create {
                name: name.clone(),
                if_not_exists: false,
            })];
            operations.extend(lost_objects(before, after));
            operations
        }
        NamespaceChange::Rename { from, to } => {
            vec![Operation::Namespace(NamespaceChange::Rename {
                from: to.clone(),
                to: from.clone(),
            })]
        }
    }
}

/// What a schema took with it, each after what it stands on: types, tables without the keys that
/// refer to tables not there yet, the keys, sequences, views.
fn lost_objects(before: &Schema, after: &Schema) -> Vec<Operation> {
    let mut operations = Vec::new();
    let enums = before.enums.iter().filter(|it| !after.enums.contains(it));
    operations.extend(enums.map(create_enum));
    let mut now = after.clone();
    for table in &before.tables {
        if after.table(&table.name).is_some() {
            continue;
        }
        let mut alone = before.clone();
        let is_reference = |it: &Constraint| matches!(it.kind, ConstraintKind::ForeignKey(_));
        if let Some(table) = alone.table_mut(&table.name) {
            table.constraints.retain(|it| !is_reference(it));
            now.tables.push(table.clone());
        }
        now.indexes.extend(before.indexes_of(&table.name).cloned());
        let nothing = Schema::default();
        let created = recreate_table(&table.name, &alone, &nothing);
        operations.extend(created.unwrap_or_default());
    }
    operations.extend(lost(before, &now));
    let is_lost = |it: &&Sequence| !after.sequences.contains(it) && is_free(it);
    operations.extend(before.sequences.iter().filter(is_lost).map(create_sequence));
    let views = before.views.iter().filter(|it| !after.views.contains(it));
    operations.extend(views.map(create_view));
    operations
}

/// Whether a sequence goes with no table; the others come back with theirs.
fn is_free(sequence: &Sequence) -> bool {
    match sequence.options.owner {
        Some(SequenceOwner::Column { .. }) => false,
        Some(SequenceOwner::Nobody) | None => true,
    }
}

fn create_enum(created: &EnumType) -> Operation {
    Operation::Enum(EnumChange::Create {
        created: created.clone(),
    })
}

pub(super) fn enumeration(
    change: &EnumChange,
    before: &Schema,
    after: &Schema,
) -> Result<Vec<Operation>, Irreversible> {
    let former = |name| find(&before.enums, |it: &EnumType| &it.name, name);
    Ok(match change {
        EnumChange::Create { created } => vec![Operation::Enum(EnumChange::Drop {
            name: created.name.clone(),
            if_exists: false,
            cascade: false,
        })],
        EnumChange::Drop { name, .. } => {
            let mut operations: Vec<_> = former(name).map(create_enum).into_iter().collect();
            operations.extend(lost(before, after));
            operations
        }
        EnumChange::AddValue { name, value, .. } => {
            return Err(Irreversible::EnumValue {
                name: name.clone(),
                value: value.clone(),
            });
        }
        EnumChange::RenameValue { name, from, to } => {
            vec![Operation::Enum(EnumChange::RenameValue {
                name: name.clone(),
                from: to.clone(),
                to: from.clone(),
            })]
        }
        EnumChange::Rename { from, to } => vec![Operation::Enum(EnumChange::Rename {
            from: from.sibling(to.clone()),
            to: former(from).map_or(&from.name, |it| &it.name.name).clone(),
        })],
    })
}

/// The object of that name, or of one that differs in case.
fn find<'a, T>(
    all: &'a [T],
    name_of: impl Fn(&T) -> &ObjectName,
    asked: &ObjectName,
) -> Option<&'a T> {
    let exact = all.iter().find(|it| name_of(it) == asked);
    exact.or_else(|| {
        let asked = asked.to_string();
        all.iter()
            .find(|it| name_of(it).to_string().eq_ignore_ascii_case(&asked))
    })
}
