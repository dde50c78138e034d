//! What a reader of a drafted revision should know before he runs it.

use super::key::Key;
use super::words::Words;
use crate::operation::Operation;
use crate::render::Entry;
use crate::schema::{Ident, ObjectName};
use crate::sql::{MarkedNames, template};

/// The comment above an operation: what is lost by it, or what rows it needs. `old` says what was
/// there.
pub(super) fn note(operation: &Operation, old: &Words) -> Option<String> {
    match operation {
        Operation::DropTable { name, .. } => Some(dropped(name.name.as_str())),
        Operation::DropColumn { table, column, .. } => {
            let is_computed = old
                .column(table, column)
                .is_some_and(|column| column.generated.is_some());
            (!is_computed).then(|| format!("drops the values of `{column}`"))
        }
        Operation::AddColumn { column, .. } => {
            let is_filled = column.nullable
                || column.default.is_some()
                || column.identity.is_some()
                || column.generated.is_some();
            (!is_filled).then(|| {
                format!(
                    "rows that are there have no value for `{}`: give it a DEFAULT, or add it\n\
                     without NOT NULL, fill it by an UPDATE and set NOT NULL then",
                    column.name
                )
            })
        }
        Operation::SetNullable {
            column,
            nullable: false,
            ..
        } => Some(format!(
            "rows without `{column}` stop this: fill them before, by an UPDATE"
        )),
        _ => None,
    }
}

/// The comment above a change of a column whose type loses values.
pub(super) fn fewer_values(
    of: Option<&ObjectName>,
    column: &Ident,
    (gone, new): (&[String], &[String]),
) -> Option<String> {
    if gone.is_empty() {
        return None;
    }
    let stop = format!(
        "rows with {} in `{column}` stop this: give them another value before, by an UPDATE",
        gone.join(" or ")
    );
    Some(match (of, gone, new) {
        (Some(of), [gone], [new]) => format!(
            "{stop};\nif {gone} is called {new} now, all this is ALTER TYPE {of} RENAME VALUE {gone} \
             TO {new}"
        ),
        (_, _, _) => stop,
    })
}

/// The comment above what drops an object that is made anew further down; none for a kind of object
/// in which nobody is given rights.
pub(super) fn rights(key: &Key) -> Option<String> {
    let kind = match key {
        Key::View(_) => "view",
        Key::Other(subject) => match subject.kind {
            kind @ ("view" | "materialized view" | "function" | "procedure") => kind,
            _ => return None,
        },
        Key::Table(_) | Key::Index(_) | Key::Sequence(_) | Key::Enum(_) | Key::Namespace(_) => {
            return None;
        }
    };
    Some(format!(
        "the owner of this {kind} and the rights that others have in it go with it: where there\n\
         are any, say them again behind its CREATE, by ALTER ... OWNER TO and GRANT"
    ))
}

/// Calls tables in notes what the statements below call them.
pub(super) fn mark_prefix(entries: &mut [Entry], (text, names): (&str, &MarkedNames)) {
    let prefix = template::Prefix {
        text,
        names: Some(names),
    };
    for entry in entries {
        if let Operation::DropTable { name, .. } = &entry.operation
            && let Some(note) = &mut entry.note
        {
            *note = dropped(&template::name(&name.name, prefix));
        }
    }
}

fn dropped(table: &str) -> String {
    format!("drops `{table}` and its rows")
}
