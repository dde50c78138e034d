//! A table without what is only spelling, so that two that are the same are equal.

use std::collections::HashMap;

use super::spelling::{self, Names};
use crate::dialect::Dialect;
use crate::dialect::sqlite::has_same_affinity;
use crate::schema::{
    Column, ConstraintKind, DataType, Deferrability, Expression, ForeignKey, Ident, Index,
    IndexKey, IndexPart, MatchKind, Table,
};

/// What SQLite itself says of a column.
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) data_type: String,
    pub(super) is_not_null: bool,
}

/// What foreign keys refer to: tables by their names in lower case.
pub(super) type Targets = HashMap<String, Target>;

/// A table that a foreign key may refer to.
pub(super) struct Target {
    name: Ident,
    columns: Vec<Ident>,
    key: Vec<Ident>,
}

impl Target {
    pub(super) fn of(table: &Table) -> (String, Self) {
        let target = Self {
            name: table.name.name.clone(),
            columns: table.columns.iter().map(|it| it.name.clone()).collect(),
            key: table.primary_key().to_vec(),
        };
        (target.name.as_str().to_ascii_lowercase(), target)
    }
}

/// Spells a table and its indexes as every other that is the same is spelled.
pub(super) fn table(table: &mut Table, indexes: &mut [Index], declared: &[Declared]) {
    let own = table.name.name.clone();
    let columns: Vec<Ident> = table.columns.iter().map(|it| it.name.clone()).collect();
    let names = Names {
        table: &own,
        columns: &columns,
    };
    let key = match table.primary_key() {
        [only] => Some(only.clone()),
        _ => None,
    };
    let has_rowid = !table.options.iter().any(|it| it.keyword == "WITHOUT ROWID");
    for column in &mut table.columns {
        let is_whole_key = key.as_ref() == Some(&column.name);
        let said = declared.iter().find(|it| it.name == column.name.as_str());
        self::column(column, said, is_whole_key && has_rowid, &names);
    }
    for constraint in &mut table.constraints {
        // Nothing but a transaction's own words lets such a constraint wait.
        if constraint.deferrability == Deferrability::InitiallyImmediate {
            constraint.deferrability = Deferrability::NotDeferrable;
        }
        if let ConstraintKind::Check { expression } = &mut constraint.kind {
            *expression = spelling::expression(expression, &names);
        }
    }
    table.options.sort_by(|a, b| a.keyword.cmp(&b.keyword));
    for index in indexes {
        self::index(index, &table.columns, &names);
    }
}

/// Names the table and the columns a foreign key refers to, as they are spelled there.
pub(super) fn reference(key: &mut ForeignKey, home: Option<&Ident>, targets: &Targets) {
    // Read and never kept.
    key.match_kind = MatchKind::Simple;
    key.references.schema = home.cloned();
    let Some(target) = targets.get(&key.references.name.as_str().to_ascii_lowercase()) else {
        return;
    };
    key.references.name = target.name.clone();
    if key.referenced_columns.is_empty() && target.key.len() == key.columns.len() {
        key.referenced_columns = target.key.clone();
    }
    for column in &mut key.referenced_columns {
        let mut known = target.columns.iter();
        let is_same = |it: &&Ident| it.as_str().eq_ignore_ascii_case(column.as_str());
        if let Some(name) = known.find(is_same) {
            *column = name.clone();
        }
    }
}

fn column(column: &mut Column, declared: Option<&Declared>, is_rowid_key: bool, names: &Names<'_>) {
    if let Some(declared) = declared {
        column.nullable = !declared.is_not_null;
        let spelled = spelling::type_name(&declared.data_type);
        // Only under that very name is a key the rowid itself, which is never NULL.
        let is_rowid = is_rowid_key && spelled == "INTEGER";
        if is_rowid {
            column.nullable = false;
        }
        let is_other = is_rowid_key && !is_rowid && column.data_type == DataType::Integer;
        if is_other || !is_portable(&column.data_type, &spelled) {
            column.data_type = DataType::Other(Expression::new(spelled));
        }
    }
    column.default = column.default.as_ref().and_then(spelling::default);
    if let Some(generated) = &mut column.generated {
        generated.expression = spelling::expression(&generated.expression, names);
    }
    column.collation = collation(column.collation.take());
}

/// Whether the model's type, written again, treats values as the declared one does.
fn is_portable(data_type: &DataType, declared: &str) -> bool {
    let written = Dialect::Sqlite.compiler().data_type(data_type);
    let is_known = !matches!(data_type, DataType::Other(_));
    is_known
        && written.is_ok_and(|written| written == declared || has_same_affinity(&written, declared))
}

/// Names of collations ignore case; the one that every column has is not said.
fn collation(said: Option<Ident>) -> Option<Ident> {
    let upper = said?.as_str().to_ascii_uppercase();
    (upper != "BINARY").then(|| Ident::new(upper))
}

fn index(index: &mut Index, columns: &[Column], names: &Names<'_>) {
    if let Some(predicate) = &mut index.predicate {
        *predicate = spelling::expression(predicate, names);
    }
    for part in &mut index.parts {
        self::part(part, columns, names);
    }
}

fn part(part: &mut IndexPart, columns: &[Column], names: &Names<'_>) {
    if let IndexKey::Expression(expression) = &part.key {
        let expression = spelling::expression(expression, names);
        let bare = expression.as_str().trim_matches('"').replace("\"\"", "\"");
        part.key = match columns.iter().find(|it| it.name.as_str() == bare) {
            Some(column) => IndexKey::Column {
                name: column.name.clone(),
                length: None,
            },
            None => IndexKey::Expression(expression),
        };
    }
    let IndexKey::Column { name, .. } = &part.key else {
        part.collation = collation(part.collation.take());
        return;
    };
    let own = columns.iter().find(|column| column.name == *name);
    let own = own.and_then(|column| column.collation.clone());
    let said = part
        .collation
        .take()
        .map(|it| it.as_str().to_ascii_uppercase());
    part.collation = match (said, own) {
        (Some(said), Some(own)) if said == own.as_str() => None,
        (Some(said), None) if said == "BINARY" => None,
        (said, _) => said.map(Ident::new),
    };
}
