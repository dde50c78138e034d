//! Texts that say the same.

use crate::schema::{Expression, Generated, Index, IndexKey};

/// Whether two expressions differ at most in quotes that a name does not need; a rename writes
/// them.
pub(super) fn is_same(a: &Expression, b: &Expression) -> bool {
    a == b || unquoted(a.as_str()) == unquoted(b.as_str())
}

/// As [`is_same`], where there may be none.
pub(super) fn is_same_option(a: Option<&Expression>, b: Option<&Expression>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => is_same(a, b),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether two columns are computed alike.
pub(super) fn is_same_generated(a: &Generated, b: &Generated) -> bool {
    a.stored == b.stored && is_same(&a.expression, &b.expression)
}

/// Whether two indexes are the same but for their names.
pub(super) fn is_same_index(a: &Index, b: &Index) -> bool {
    let is_key = |a: &IndexKey, b: &IndexKey| match (a, b) {
        (IndexKey::Expression(a), IndexKey::Expression(b)) => is_same(a, b),
        (IndexKey::Column { .. }, _) | (IndexKey::Expression(_), IndexKey::Column { .. }) => a == b,
    };
    a.table == b.table
        && a.unique == b.unique
        && a.method == b.method
        && a.include == b.include
        && is_same_option(a.predicate.as_ref(), b.predicate.as_ref())
        && a.parts.len() == b.parts.len()
        && a.parts.iter().zip(&b.parts).all(|(a, b)| {
            is_key(&a.key, &b.key)
                && a.collation == b.collation
                && a.operator_class == b.operator_class
                && a.order == b.order
                && a.nulls == b.nulls
        })
}

/// The text without the quotes of names that are plain words in lower case.
fn unquoted(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['\'', '"']) {
        let quote = &rest[start..=start];
        let inner = &rest[start + 1..];
        let end = inner.find(quote).unwrap_or(inner.len());
        let name = &inner[..end];
        let is_plain = quote == "\""
            && name.starts_with(|it: char| it.is_ascii_lowercase() || it == '_')
            && name
                .chars()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
        bare.push_str(&rest[..start]);
        let quote = if is_plain { "" } else { quote };
        bare.push_str(quote);
        bare.push_str(name);
        bare.push_str(quote);
        rest = inner.get(end + 1..).unwrap_or_default();
    }
    bare.push_str(rest);
    bare
}
