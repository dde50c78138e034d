//! What all three engines write alike: names, constraints, keys of indexes, the frame of a table.

mod attribute;
mod default;
mod index;
mod object;

use crate::operation::{Operation, apply};
use crate::schema::{
    Column, Constraint, ConstraintKind, Deferrability, ForeignKey, Ident, IndexKey, IndexPart,
    MatchKind, NullsOrder, ObjectName, ReferentialAction, Schema, SortOrder, Table, TableOption,
};

pub(super) use attribute::attributes;
pub(super) use default::{clock, in_parentheses, is_constant};
pub(super) use index::{Abilities, reduce};
pub(super) use object::{create_view, drop, owner, restart, sequence_options};

/// A name in ANSI quotes.
pub(super) fn ident(name: &Ident) -> String {
    quoted(name.as_str())
}

/// A text as a name in ANSI quotes.
pub(super) fn quoted(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push('"');
    match name.contains('"') {
        true => text.push_str(&name.replace('"', "\"\"")),
        false => text.push_str(name),
    }
    text.push('"');
    text
}

/// A name with its schema.
pub(super) fn object(name: &ObjectName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", ident(schema), ident(&name.name)),
        None => ident(&name.name),
    }
}

/// Names with commas between.
pub(super) fn idents(names: &[Ident]) -> String {
    match names {
        [only] => ident(only),
        names => {
            let quoted: Vec<String> = names.iter().map(ident).collect();
            quoted.join(", ")
        }
    }
}

/// Clauses of `CREATE TABLE`, one on a line.
pub(super) fn create_table(head: &str, clauses: &[String], tail: &str) -> String {
    format!("{head} (\n    {}\n){tail}", clauses.join(",\n    "))
}

/// The options behind the parenthesis that the engine knows, each with a blank before it; those of
/// other engines say nothing to it.
pub(super) fn options(table: &Table, known: &[&str], separator: &str) -> String {
    let is_known = |option: &&TableOption| known.contains(&option.keyword.as_str());
    let written = |option: &TableOption| match &option.value {
        Some(value) => format!(" {}{separator}{value}", option.keyword),
        None => format!(" {}", option.keyword),
    };
    table.options.iter().filter(is_known).map(written).collect()
}

/// `CONSTRAINT "name" CHECK (...)`, with its time of checking.
pub(super) fn constraint(constraint: &Constraint) -> String {
    let demand = demand(&constraint.kind);
    format!("{}{demand}{}", label(constraint), deferrability(constraint))
}

/// A constraint as it stands inside the column it is about.
pub(super) fn inline(constraint: &Constraint) -> String {
    let demand = match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } => "PRIMARY KEY".to_owned(),
        ConstraintKind::Unique { .. } => "UNIQUE".to_owned(),
        ConstraintKind::ForeignKey(key) => references(key),
        ConstraintKind::Check { .. } => demand(&constraint.kind),
    };
    format!("{}{demand}{}", label(constraint), deferrability(constraint))
}

fn label(constraint: &Constraint) -> String {
    match &constraint.name {
        Some(name) => format!("CONSTRAINT {} ", ident(name)),
        None => String::new(),
    }
}

fn deferrability(constraint: &Constraint) -> &'static str {
    match constraint.deferrability {
        Deferrability::NotDeferrable => "",
        Deferrability::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrability::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}

/// What a constraint demands, without its name.
fn demand(kind: &ConstraintKind) -> String {
    match kind {
        ConstraintKind::PrimaryKey { columns } => format!("PRIMARY KEY ({})", idents(columns)),
        ConstraintKind::Unique { columns } => format!("UNIQUE ({})", idents(columns)),
        ConstraintKind::ForeignKey(key) => {
            format!("FOREIGN KEY ({}) {}", idents(&key.columns), references(key))
        }
        ConstraintKind::Check { expression } => format!("CHECK ({expression})"),
    }
}

/// `REFERENCES t (a) MATCH FULL ON UPDATE ... ON DELETE ...`.
fn references(key: &ForeignKey) -> String {
    let mut text = format!("REFERENCES {}", object(&key.references));
    if !key.referenced_columns.is_empty() {
        text += &format!(" ({})", idents(&key.referenced_columns));
    }
    if key.match_kind == MatchKind::Full {
        text += " MATCH FULL";
    }
    if let Some(action) = action(key.on_update) {
        text += &format!(" ON UPDATE {action}");
    }
    if let Some(action) = action(key.on_delete) {
        text += &format!(" ON DELETE {action}");
    }
    text
}

fn action(action: ReferentialAction) -> Option<&'static str> {
    match action {
        ReferentialAction::NoAction => None,
        ReferentialAction::Restrict => Some("RESTRICT"),
        ReferentialAction::Cascade => Some("CASCADE"),
        ReferentialAction::SetNull => Some("SET NULL"),
        ReferentialAction::SetDefault => Some("SET DEFAULT"),
    }
}

/// A part of an index key: what is indexed, its collation, operator class and order.
pub(super) fn index_part(part: &IndexPart) -> String {
    let mut text = match &part.key {
        IndexKey::Column { name, length: None } => ident(name),
        IndexKey::Column {
            name,
            length: Some(length),
        } => format!("{}({length})", ident(name)),
        // In parentheses of its own: the one spelling that all engines read.
        IndexKey::Expression(expression) => format!("({expression})"),
    };
    if let Some(collation) = &part.collation {
        text += &format!(" COLLATE {}", ident(collation));
    }
    if let Some(class) = &part.operator_class {
        text += &format!(" {}", object(class));
    }
    text + order(part)
}

/// ` DESC`, and where NULLs stand.
fn order(part: &IndexPart) -> &'static str {
    match (part.order, part.nulls) {
        (SortOrder::Ascending, None) => "",
        (SortOrder::Ascending, Some(NullsOrder::First)) => " NULLS FIRST",
        (SortOrder::Ascending, Some(NullsOrder::Last)) => " NULLS LAST",
        (SortOrder::Descending, None) => " DESC",
        (SortOrder::Descending, Some(NullsOrder::First)) => " DESC NULLS FIRST",
        (SortOrder::Descending, Some(NullsOrder::Last)) => " DESC NULLS LAST",
    }
}

/// Finds a table as an engine does that ignores case.
pub(super) fn find_table<'a>(schema: &'a Schema, name: &ObjectName) -> Option<&'a Table> {
    schema.table(name).or_else(|| {
        schema
            .tables
            .iter()
            .find(|table| table.name.schema == name.schema && same(&table.name.name, &name.name))
    })
}

/// Whether two names are one to an engine that ignores case.
pub(super) fn same(one: &Ident, other: &Ident) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

/// The column of a table, whatever the case of the letters that are asked for.
pub(super) fn find_column<'t>(table: &'t Table, name: &Ident) -> Option<&'t Column> {
    table.columns.iter().find(|it| same(&it.name, name))
}

/// Statements that fail with `promise` unless a query finds 0: it is the name of a CHECK. A temporary
/// table has it, whose column is begun by `found`, and goes by `drop`.
pub(super) fn refusing(promise: &str, query: &str, [found, drop]: [&str; 2]) -> Vec<String> {
    vec![
        format!(
            "CREATE TEMPORARY TABLE \"_migrate_check\" ({found} CONSTRAINT {} CHECK (\"found\" = 0))",
            quoted(promise)
        ),
        format!("INSERT INTO \"_migrate_check\" {query}"),
        format!("{drop} \"_migrate_check\""),
    ]
}

/// `IF EXISTS `, when asked for.
pub(super) fn if_exists(asked: bool) -> &'static str {
    if asked { "IF EXISTS " } else { "" }
}

/// `IF NOT EXISTS `, when asked for.
pub(super) fn if_not_exists(asked: bool) -> &'static str {
    if asked { "IF NOT EXISTS " } else { "" }
}

/// ` CASCADE`, when asked for.
pub(super) fn cascade(asked: bool) -> &'static str {
    if asked { " CASCADE" } else { "" }
}

/// The table with every constraint named, as the model names them.
pub(super) fn with_names(create: &Operation, table: &Table) -> Table {
    let mut schema = Schema::default();
    match apply(create, &mut schema) {
        Ok(()) => schema.tables.remove(0),
        // What does not fit a model is for the engine to refuse.
        Err(_) => table.clone(),
    }
}

/// Whether a statement begins with one of some words, which are ASCII: most of a long one need not be
/// looked at then.
pub(super) fn begins_with_one_of(sql: &str, words: &[&str]) -> bool {
    let is_one = |word: &&str| {
        let first = sql.get(..word.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(word))
    };
    words.iter().any(is_one)
}
