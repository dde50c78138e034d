//! Indexes.

use super::RenderOptions;
use super::name;
use crate::schema::{Index, IndexKey, IndexPart, NullsOrder, SortOrder};

/// `CREATE INDEX`.
pub(super) fn create(
    index: &Index,
    concurrently: bool,
    if_not_exists: bool,
    options: &RenderOptions<'_>,
) -> String {
    let mut words = vec!["CREATE".to_owned()];
    if index.unique {
        words.push("UNIQUE".to_owned());
    }
    let method = index.method.as_ref();
    let (kind, method) = method.map_or((None, None), |method| {
        let is_kind = ["FULLTEXT", "SPATIAL"].contains(&method.as_str());
        (is_kind.then_some(method), (!is_kind).then_some(method))
    });
    words.extend(kind.map(ToString::to_string));
    words.push("INDEX".to_owned());
    if concurrently {
        words.push("CONCURRENTLY".to_owned());
    }
    if if_not_exists {
        words.push("IF NOT EXISTS".to_owned());
    }
    words.extend(index.name.as_ref().map(|it| name::prefixed(it, options)));
    words.push(format!("ON {}", name::object(&index.table, options)));
    words.extend(method.map(|method| format!("USING {}", name::plain(method))));
    let parts: Vec<String> = index.parts.iter().map(|it| part(it, options)).collect();
    words.push(format!("({})", parts.join(", ")));
    if !index.include.is_empty() {
        words.push(format!("INCLUDE {}", name::list(&index.include)));
    }
    if let Some(predicate) = &index.predicate {
        words.push(format!("WHERE {}", name::expression(predicate, options)));
    }
    words.join(" ")
}

/// A part of the key; an expression in parentheses of its own, as every engine reads it.
fn part(part: &IndexPart, options: &RenderOptions<'_>) -> String {
    let mut text = match &part.key {
        IndexKey::Column { name, length } => {
            let length = length.map_or_else(String::new, |length| format!("({length})"));
            format!("{}{length}", name::plain(name))
        }
        IndexKey::Expression(expression) => {
            format!("({})", name::expression(expression, options))
        }
    };
    if let Some(collation) = &part.collation {
        text += &format!(" COLLATE {}", name::plain(collation));
    }
    if let Some(class) = &part.operator_class {
        text += &format!(" {}", name::object(class, options));
    }
    text += match part.order {
        SortOrder::Ascending => "",
        SortOrder::Descending => " DESC",
    };
    text += match part.nulls {
        None => "",
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
    };
    text
}
