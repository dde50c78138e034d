//! Tables and their foreign keys, taken out of a schema: what is drawn, in every language.

mod dot;
mod mermaid;
mod plantuml;
mod svg;

use std::collections::HashMap;

use serde::Serialize;

use crate::render;
use crate::schema::{
    Column, ConstraintKind, DataType, ForeignKey, Ident, Index, IndexKey, ObjectName,
    ReferentialAction, Schema, Table,
};

pub use dot::dot;
pub use mermaid::mermaid;
pub use plantuml::plantuml;
pub use svg::svg;

/// Tables with their columns, and the foreign keys between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagram {
    /// The tables, then those that are only referred to.
    pub tables: Vec<Entity>,
    /// The foreign keys, in order of their tables.
    pub relations: Vec<Relation>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// Its name, with its schema where it has one.
    pub name: String,
    /// The comment on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Its columns; none of a table that is only referred to.
    pub columns: Vec<Attribute>,
    /// Keys of several columns that no two rows agree in, besides the primary key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unique: Vec<Vec<String>>,
    /// Whether it is only referred to: by a table that is drawn, and not drawn itself.
    pub outside: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub data_type: String,
    /// Whether it has a value in every row.
    pub not_null: bool,
    /// Whether it is of the primary key.
    pub primary_key: bool,
    /// Whether it is of a foreign key.
    pub foreign_key: bool,
    /// Whether no two rows have the same value, by this column alone.
    pub unique: bool,
    /// The comment on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// The position of the table that refers.
    #[serde(skip)]
    pub from: usize,
    /// The position of the table referred to.
    #[serde(skip)]
    pub to: usize,
    /// The table that refers.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The table referred to.
    pub references: String,
    /// Its columns.
    pub referenced_columns: Vec<String>,
    /// How many rows refer to one row.
    pub referring: Many,
    /// How many rows one row refers to.
    pub referred: One,
    /// What the deletion of a row referred to does, when it does something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_delete: Option<&'static str>,
}

/// How many rows refer to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Many {
    /// Any number.
    ZeroOrMore,
    /// At most one: the foreign key is unique.
    ZeroOrOne,
}

impl Many {
    /// The end of a line, as Mermaid and PlantUML write it.
    fn sign(self) -> &'static str {
        match self {
            Self::ZeroOrMore => "}o",
            Self::ZeroOrOne => "|o",
        }
    }
}

/// How many rows one refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum One {
    /// Exactly one.
    ExactlyOne,
    /// At most one: the foreign key may be NULL.
    ZeroOrOne,
}

impl One {
    /// The end of a line, as Mermaid and PlantUML write it.
    fn sign(self) -> &'static str {
        match self {
            Self::ExactlyOne => "||",
            Self::ZeroOrOne => "o|",
        }
    }
}

impl Relation {
    /// In words: `a.b -> c.d, on delete cascade`.
    pub fn words(&self) -> String {
        let action = self.on_delete.map(|it| format!(", on delete {it}"));
        format!(
            "{}.{} → {}.{}{}",
            self.table,
            listed(&self.columns),
            self.references,
            listed(&self.referenced_columns),
            action.unwrap_or_default()
        )
    }
}

fn listed(columns: &[String]) -> String {
    match columns {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

/// Takes tables and foreign keys out of a schema.
pub fn diagram(schema: &Schema) -> Diagram {
    let drawn: Vec<&Table> = schema.tables.iter().filter(|it| !it.temporary).collect();
    let mut places: HashMap<ObjectName, usize> = HashMap::new();
    let mut tables = Vec::new();
    for table in &drawn {
        places.insert(table.name.clone(), tables.len());
        tables.push(entity(schema, table));
    }
    let mut relations = Vec::new();
    for (from, table) in drawn.iter().enumerate() {
        for (name, key) in foreign_keys(table) {
            let to = *places.entry(key.references.clone()).or_insert_with(|| {
                tables.push(outside(&key.references));
                tables.len() - 1
            });
            let referred = drawn.get(to).copied();
            relations.push(relation(schema, (table, from), (referred, to), (name, key)));
        }
    }
    Diagram { tables, relations }
}

fn foreign_keys(table: &Table) -> impl Iterator<Item = (Ident, &ForeignKey)> {
    table.constraints.iter().filter_map(|it| match &it.kind {
        ConstraintKind::ForeignKey(key) => Some((table.constraint_name(it), key)),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => None,
    })
}

fn outside(name: &ObjectName) -> Entity {
    Entity {
        name: name.to_string(),
        comment: None,
        columns: Vec::new(),
        unique: Vec::new(),
        outside: true,
    }
}

fn entity(schema: &Schema, table: &Table) -> Entity {
    let foreign: Vec<&Ident> = foreign_keys(table)
        .flat_map(|(_, key)| &key.columns)
        .collect();
    let unique = uniques(schema, table);
    let column = |column: &Column| Attribute {
        name: column.name.to_string(),
        data_type: type_name(&column.data_type),
        not_null: is_filled(table, &column.name),
        primary_key: table.primary_key().contains(&column.name),
        foreign_key: foreign.contains(&&column.name),
        unique: unique.iter().any(|key| key.as_slice() == [&column.name])
            && table.primary_key() != std::slice::from_ref(&column.name),
        comment: column.comment.clone(),
    };
    let mut several: Vec<Vec<String>> = Vec::new();
    for key in unique.iter().filter(|key| key.len() > 1) {
        let names: Vec<String> = key.iter().map(ToString::to_string).collect();
        if !table.primary_key().iter().eq(key.iter().copied()) && !several.contains(&names) {
            several.push(names);
        }
    }
    Entity {
        name: table.name.to_string(),
        comment: table.comment.clone(),
        columns: table.columns.iter().map(column).collect(),
        unique: several,
        outside: false,
    }
}

/// A type as it is read most easily: known ones in small letters, others as the engine has them.
fn type_name(data_type: &DataType) -> String {
    let text = render::data_type(data_type);
    if matches!(data_type, DataType::Other(_)) {
        text
    } else {
        text.to_lowercase()
    }
}

fn is_filled(table: &Table, name: &Ident) -> bool {
    let column = table.column(name);
    column.is_some_and(|it| !it.nullable) || table.primary_key().contains(name)
}

/// The columns of each key, and of each index over whole columns of all rows, that no two rows
/// agree in.
fn uniques<'a>(schema: &'a Schema, table: &'a Table) -> Vec<Vec<&'a Ident>> {
    let constraints = table.constraints.iter().filter_map(|it| match &it.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
            Some(columns.iter().collect())
        }
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => None,
    });
    let is_whole = |index: &&Index| index.unique && index.predicate.is_none();
    let indexes = schema.indexes_of(&table.name).filter(is_whole);
    let indexes = indexes.filter_map(|index| {
        let columns = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column { name, length: None } => Some(name),
            IndexKey::Column { .. } | IndexKey::Expression(_) => None,
        });
        columns.collect()
    });
    constraints.chain(indexes).collect()
}

fn relation(
    schema: &Schema,
    (table, from): (&Table, usize),
    (referred, to): (Option<&Table>, usize),
    (name, key): (Ident, &ForeignKey),
) -> Relation {
    let is_unique = uniques(schema, table)
        .iter()
        .any(|unique| unique.iter().all(|it| key.columns.contains(it)));
    let is_filled = key.columns.iter().all(|it| is_filled(table, it));
    let referenced_columns = match (key.referenced_columns.as_slice(), referred) {
        ([], Some(referred)) => referred.primary_key(),
        (named, _) => named,
    };
    Relation {
        name: name.to_string(),
        from,
        to,
        table: table.name.to_string(),
        columns: key.columns.iter().map(ToString::to_string).collect(),
        references: key.references.to_string(),
        referenced_columns: referenced_columns.iter().map(ToString::to_string).collect(),
        referring: if is_unique {
            Many::ZeroOrOne
        } else {
            Many::ZeroOrMore
        },
        referred: if is_filled {
            One::ExactlyOne
        } else {
            One::ZeroOrOne
        },
        on_delete: match key.on_delete {
            ReferentialAction::NoAction | ReferentialAction::Restrict => None,
            ReferentialAction::Cascade => Some("cascade"),
            ReferentialAction::SetNull => Some("set null"),
            ReferentialAction::SetDefault => Some("set default"),
        },
    }
}

#[cfg(test)]
mod tests;
