//! Views on SQLite; it has no sequences and no schemas.

use super::super::{Lowered, Statement, Unsupported, ansi};
use super::cannot;
use crate::operation::{NamespaceChange, Operation, SequenceChange, ViewChange};
use crate::schema::{Dependent, DependentKind, Expression, Ident, ObjectName, Schema, View};

/// The view whose present definition a change of it repeats.
pub(super) fn reads(change: &ViewChange) -> Option<&ObjectName> {
    match change {
        ViewChange::Create {
            view,
            or_replace: true,
            ..
        } => Some(&view.name),
        ViewChange::Rename { from, .. } => Some(from),
        ViewChange::Create {
            or_replace: false, ..
        }
        | ViewChange::Drop { .. } => None,
    }
}

/// Changes of a view, in order. One that is replaced keeps its triggers.
pub(super) fn views(operations: &[Operation], schema: &Schema) -> Result<Lowered, Unsupported> {
    let mut now = schema.clone();
    let mut statements = Vec::new();
    for operation in operations {
        if let Operation::View(change) = operation {
            statements.extend(view(change, &now)?);
            // What the model does not know is dropped all the same.
            let _ = super::follow(operation, &mut now);
        }
    }
    Ok(Lowered::plain(statements))
}

fn view(change: &ViewChange, schema: &Schema) -> Result<Vec<Statement>, Unsupported> {
    match change {
        ViewChange::Create {
            view,
            or_replace,
            if_not_exists,
        } => {
            let mut statements = Vec::new();
            if *or_replace {
                statements.push(ansi::drop("VIEW", &view.name, true, false));
            }
            statements.push(create(view, *if_not_exists && !or_replace)?);
            if *or_replace {
                statements.extend(triggers(schema, &view.name).map(|it| it.sql.clone()));
            }
            Ok(statements.into_iter().map(Statement::new).collect())
        }
        ViewChange::Drop {
            name, if_exists, ..
        } => Ok(vec![Statement::new(ansi::drop(
            "VIEW", name, *if_exists, false,
        ))]),
        ViewChange::Rename { from, to } => rename(from, to, schema),
    }
}

fn create(view: &View, if_not_exists: bool) -> Result<String, Unsupported> {
    if view.check_option.is_some() {
        return Err(cannot(
            &format!("check what is written through view `{}`", view.name),
            "nothing can be written through a view here: write WITH CHECK OPTION under \
             `-- migrate: only postgresql, mysql`",
        ));
    }
    Ok(ansi::create_view("CREATE", if_not_exists, view))
}

fn triggers<'a>(schema: &'a Schema, view: &'a ObjectName) -> impl Iterator<Item = &'a Dependent> {
    let is_on_view = |it: &&Dependent| {
        it.table()
            .is_some_and(|table| ansi::same(&table.name, &view.name))
    };
    schema.dependents.iter().filter(is_on_view)
}

/// SQLite has no new name for a view, only a new view. What names the old one would be left
/// without it.
fn rename(from: &ObjectName, to: &Ident, schema: &Schema) -> Result<Vec<Statement>, Unsupported> {
    let known = schema
        .views
        .iter()
        .find(|view| ansi::same(&view.name.name, &from.name));
    let Some(view) = known else {
        return Err(cannot(
            &format!("rename view `{from}` without knowing what it reads"),
            "drop it and create it under the other name",
        ));
    };
    let names_it = |it: &&Dependent| {
        let is_itself = it.kind == DependentKind::View && ansi::same(&it.name.name, &from.name);
        !is_itself && Expression::new(it.sql.clone()).mentions(&from.name)
    };
    if let Some(user) = schema.dependents.iter().find(names_it) {
        let kind = user.kind.word();
        return Err(cannot(
            &format!("rename view `{from}`, which {kind} `{}` names", user.name),
            &format!("drop the {kind} before and create it anew behind"),
        ));
    }
    let mut renamed = view.clone();
    renamed.name = from.sibling(to.clone());
    Ok(vec![
        Statement::new(ansi::drop("VIEW", from, false, false)),
        Statement::new(create(&renamed, false)?),
    ])
}

/// SQLite has no sequences.
pub(super) fn sequence(change: &SequenceChange) -> Unsupported {
    cannot(
        &change.to_string(),
        "number rows by a column (INTEGER PRIMARY KEY AUTOINCREMENT), or write it under \
         `-- migrate: only postgresql, mysql`",
    )
}

/// SQLite has no schemas.
pub(super) fn namespace(change: &NamespaceChange) -> Unsupported {
    cannot(
        &change.to_string(),
        "a database has one schema here: begin the names of tables with a word of their own, or \
         write it under `-- migrate: only postgresql, mysql`",
    )
}
