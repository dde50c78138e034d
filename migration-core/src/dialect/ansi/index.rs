//! What an engine lacks for an index, taken away where no answer changes by it.

use super::super::{Dialect, Unsupported};
use crate::schema::{Ident, Index, IndexKey, Table};

/// What an engine has for indexes besides columns, expressions and directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect) struct Abilities {
    pub(in crate::dialect) dialect: Dialect,
    /// Access methods by their upper-case names; none means that any name is the engine's to judge.
    pub(in crate::dialect) methods: Option<&'static [&'static str]>,
    pub(in crate::dialect) predicate: bool,
    pub(in crate::dialect) include: bool,
    pub(in crate::dialect) prefix_length: bool,
    pub(in crate::dialect) collation: bool,
    pub(in crate::dialect) operator_class: bool,
    pub(in crate::dialect) nulls_order: bool,
}

/// The index with a name and without what the engine lacks: queries have the same answers, though
/// the index may be larger or serve fewer of them.
///
/// # Errors
///
/// A method that other engines have, and what cannot be left out of a unique index, because it
/// decides which rows are allowed.
pub(in crate::dialect) fn reduce(index: &Index, has: Abilities) -> Result<Index, Unsupported> {
    let mut reduced = index.clone();
    if reduced.name.is_none() {
        let table = Table::new(index.table.clone());
        reduced.name = Some(table.default_index_name(index, |_| false));
    }
    if let Some(method) = &index.method {
        reduced.method = self::method(method, has)?;
    }
    match lost(&mut reduced, has) {
        Some(lost) if index.unique => Err(Unsupported {
            dialect: has.dialect,
            operation: format!("create a unique index {lost}"),
            hint: "put what must be unique into a column of its own, which may be computed, and \
                   make the index on that"
                .to_owned(),
        }),
        Some(_) | None => Ok(reduced),
    }
}

/// The method, if the engine has it; an ordinary index takes the place of a B-tree or hash.
fn method(method: &Ident, has: Abilities) -> Result<Option<Ident>, Unsupported> {
    let name = method.as_str().to_ascii_uppercase();
    let is_of_mysql = ["FULLTEXT", "SPATIAL"].contains(&name.as_str());
    let is_known = has
        .methods
        .map_or(!is_of_mysql, |known| known.contains(&name.as_str()));
    if is_known {
        return Ok(Some(method.clone()));
    }
    if ["BTREE", "HASH"].contains(&name.as_str()) {
        return Ok(None);
    }
    let owner = if is_of_mysql {
        Dialect::Mysql
    } else {
        Dialect::Postgres
    };
    Err(Unsupported {
        dialect: has.dialect,
        operation: format!("create an index of kind {name}"),
        hint: format!("write it under `-- migrate: only {owner}`"),
    })
}

/// Takes away what the engine lacks and says what of it matters to a unique index.
fn lost(index: &mut Index, has: Abilities) -> Option<&'static str> {
    let mut lost = None;
    if !has.predicate && index.predicate.take().is_some() {
        lost = Some("on some of the rows");
    }
    if !has.include {
        index.include.clear();
    }
    for part in &mut index.parts {
        if let IndexKey::Column { length, .. } = &mut part.key
            && !has.prefix_length
            && length.take().is_some()
        {
            lost = Some("on the first characters of a column");
        }
        if !has.collation && part.collation.take().is_some() {
            lost = Some("with a collation of its own");
        }
        if !has.operator_class && part.operator_class.take().is_some() {
            lost = Some("with an operator class");
        }
        if !has.nulls_order {
            part.nulls = None;
        }
    }
    lost
}
