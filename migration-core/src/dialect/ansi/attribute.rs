//! Column clauses that only one engine has.

use crate::dialect::{Dialect, Unsupported};
use crate::schema::{Column, Expression};

/// Clauses that change what the column does; leaving them out would change its values.
const MEANINGFUL: [&str; 4] = ["ON", "INVISIBLE", "WITH", "WITHOUT"];

/// The clauses of a column whose first word the engine knows. Advice about storage that is meant
/// for another engine is left out.
///
/// # Errors
///
/// A clause of another engine that changes what the column does.
pub(in crate::dialect) fn attributes<'a>(
    dialect: Dialect,
    column: &'a Column,
    known: &[&str],
) -> Result<Vec<&'a Expression>, Unsupported> {
    let mut written = Vec::new();
    for attribute in &column.attributes {
        let begins_with = |words: &[&str]| {
            let first = attribute.as_str().split(' ').next().unwrap_or_default();
            words.iter().any(|word| first.eq_ignore_ascii_case(word))
        };
        if begins_with(known) {
            written.push(attribute);
        } else if begins_with(&MEANINGFUL) {
            return Err(Unsupported {
                dialect,
                operation: format!("create column `{}` with `{attribute}`", column.name),
                hint: "write the column under `-- migrate: only mysql`".to_owned(),
            });
        }
    }
    Ok(written)
}
