//! Columns.

use super::RenderOptions;
use super::{constraint, name, types};
use crate::schema::{Column, Constraint, Expression, Identity};
use crate::sql::template;

/// A column with the constraints that are said inside it.
pub(super) fn definition(
    column: &Column,
    constraints: &[Constraint],
    options: &RenderOptions<'_>,
) -> String {
    let mut parts = vec![name::plain(&column.name)];
    let data_type = types::of(column, options);
    if !data_type.is_empty() {
        parts.push(data_type);
    }
    // A default ends where a word stands that begins another clause; not every attribute does.
    let is_end = |attribute: &Expression| {
        let first = attribute.as_str().split(' ').next().unwrap_or_default();
        ["ON", "INVISIBLE", "VISIBLE"].contains(&first.to_ascii_uppercase().as_str())
    };
    let split = column.attributes.iter().position(is_end);
    let split = split.unwrap_or(column.attributes.len());
    let attribute = |attribute: &Expression| name::expression(attribute, options);
    parts.extend(column.attributes[..split].iter().map(attribute));
    if let Some(collation) = &column.collation {
        parts.push(format!("COLLATE {}", name::plain(collation)));
    }
    if let Some(Identity::Standard { always }) = column.identity {
        let when = if always { "ALWAYS" } else { "BY DEFAULT" };
        parts.push(format!("GENERATED {when} AS IDENTITY"));
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored {
            "STORED"
        } else {
            "VIRTUAL"
        };
        let expression = name::expression(&generated.expression, options);
        parts.push(format!("GENERATED ALWAYS AS ({expression}) {kept}"));
    }
    if let Some(default) = &column.default {
        parts.push(format!("DEFAULT {}", self::default(default, options)));
    }
    if !column.nullable {
        parts.push("NOT NULL".to_owned());
    }
    parts.extend(column.attributes[split..].iter().map(attribute));
    parts.extend(
        constraints
            .iter()
            .map(|it| constraint::of_column(it, options)),
    );
    if is_numbered(column) {
        parts.push("AUTOINCREMENT".to_owned());
    }
    if let Some(comment) = &column.comment {
        parts.push(format!("COMMENT {}", name::string(comment)));
    }
    parts.join(" ")
}

/// Whether a word of its own says that rows are numbered.
fn is_numbered(column: &Column) -> bool {
    match column.identity {
        Some(Identity::AutoIncrement) => true,
        // No name of a type says it.
        Some(Identity::Serial) => !types::is_serial(column),
        Some(Identity::Standard { .. }) | None => false,
    }
}

fn default(default: &Expression, options: &RenderOptions<'_>) -> String {
    let text = name::expression(default, options);
    if template::ends_early(default) {
        format!("({text})")
    } else {
        text
    }
}
