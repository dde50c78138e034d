//! Tables, columns and indexes on SQLite.

use super::super::{Statement, Unsupported, ansi};
use super::types::{self, Affinity};
use crate::dialect::Dialect;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Deferrability, Ident, Identity, Index,
    ObjectName, Table,
};

/// `CREATE TABLE` under its own name.
pub(super) fn create(table: &Table, if_not_exists: bool) -> Result<Statement, Unsupported> {
    create_as(table, &table.name, if_not_exists)
}

/// `CREATE TABLE` under another name; what refers to the table itself keeps the old one.
pub(super) fn create_as(
    table: &Table,
    name: &ObjectName,
    if_not_exists: bool,
) -> Result<Statement, Unsupported> {
    let temporary = if table.temporary { "TEMPORARY " } else { "" };
    let head = format!(
        "CREATE {temporary}TABLE {}{}",
        ansi::if_not_exists(if_not_exists),
        ansi::object(name)
    );
    let inline_key = inline_key(table);
    let mut clauses = Vec::new();
    for column in &table.columns {
        let mut clause = self::column(column)?;
        if let Some((_, key)) = inline_key.filter(|(key, _)| **key == column.name) {
            let mark = match column.identity {
                Some(Identity::AutoIncrement) => " AUTOINCREMENT",
                Some(Identity::Serial | Identity::Standard { .. }) | None => "",
            };
            let name = key
                .name
                .as_ref()
                .map(|name| format!("CONSTRAINT {} ", ansi::ident(name)));
            clause += &format!(" {}PRIMARY KEY{mark}", name.unwrap_or_default());
        }
        clauses.push(clause);
    }
    for constraint in &table.constraints {
        let is_inline = inline_key.is_some_and(|(_, key)| std::ptr::eq(key, constraint));
        if !is_inline {
            clauses.push(self::constraint(constraint)?);
        }
    }
    let options: Vec<&str> = table
        .options
        .iter()
        .map(|option| option.keyword.as_str())
        .filter(|keyword| ["STRICT", "WITHOUT ROWID"].contains(keyword))
        .collect();
    let tail = if options.is_empty() {
        String::new()
    } else {
        format!(" {}", options.join(", "))
    };
    Ok(Statement::new(ansi::create_table(&head, &clauses, &tail)))
}

/// The column that numbers the rows and its key, which then stand in one clause: only so is it the
/// rowid itself, and only there may AUTOINCREMENT stand.
fn inline_key(table: &Table) -> Option<(&Ident, &Constraint)> {
    let column = table
        .columns
        .iter()
        .find(|column| column.identity.is_some())?;
    let key = table.constraints.iter().find(|constraint| {
        matches!(&constraint.kind, ConstraintKind::PrimaryKey { columns }
            if columns.as_slice() == [column.name.clone()])
    })?;
    Some((&column.name, key))
}

/// `"name" TYPE ...`, without constraints.
pub(super) fn column(column: &Column) -> Result<String, Unsupported> {
    let mut text = ansi::ident(&column.name);
    // Only a column declared INTEGER is the rowid.
    let data_type = match (column.identity, &column.data_type) {
        (Some(_), DataType::SmallInt | DataType::Integer | DataType::BigInt) => {
            "INTEGER".to_owned()
        }
        (Some(_) | None, data_type) => types::name(data_type)?,
    };
    if !data_type.is_empty() {
        text += &format!(" {data_type}");
    }
    if let Some(collation) = &column.collation {
        text += &format!(" COLLATE {}", ansi::ident(collation));
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored {
            "STORED"
        } else {
            "VIRTUAL"
        };
        text += &format!(" GENERATED ALWAYS AS ({}) {kept}", generated.expression);
    }
    if let Some(default) = &column.default {
        text += &format!(" DEFAULT {}", self::default(default.as_str()));
    }
    if !column.nullable {
        text += " NOT NULL";
    }
    for attribute in &column.attributes {
        text += &format!(" {attribute}");
    }
    Ok(text)
}

/// A constraint of a table.
pub(super) fn constraint(constraint: &Constraint) -> Result<String, Unsupported> {
    let mut supported = constraint.clone();
    let is_key = matches!(
        constraint.kind,
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. }
    );
    if is_key && constraint.deferrability != Deferrability::NotDeferrable {
        return Err(Unsupported {
            dialect: Dialect::Sqlite,
            operation: "check a unique or primary key at the end of a transaction".to_owned(),
            hint: "leave DEFERRABLE out, or write the constraint once for each engine under \
                   `-- migrate: only`"
                .to_owned(),
        });
    }
    // Rows are checked when the constraint comes; there is no unchecked state to keep.
    supported.not_valid = false;
    Ok(ansi::constraint(&supported))
}

/// `CREATE INDEX`; `INCLUDE` columns, methods and operator classes are of other engines and make
/// no answer different.
pub(super) fn index(index: &Index, if_not_exists: bool) -> Result<Statement, Unsupported> {
    let Some(name) = &index.name else {
        return Err(Unsupported {
            dialect: Dialect::Sqlite,
            operation: "create an index without a name".to_owned(),
            hint: "give it one".to_owned(),
        });
    };
    let unique = if index.unique { "UNIQUE " } else { "" };
    let parts: Vec<String> = index
        .parts
        .iter()
        .map(|part| {
            let mut part = part.clone();
            part.operator_class = None;
            part.nulls = None;
            ansi::index_part(&part)
        })
        .collect();
    // The index carries the schema, the table must not.
    let index_name = index.table.sibling(name.clone());
    let mut sql = format!(
        "CREATE {unique}INDEX {}{} ON {} ({})",
        ansi::if_not_exists(if_not_exists),
        ansi::object(&index_name),
        ansi::ident(&index.table.name),
        parts.join(", ")
    );
    if let Some(predicate) = &index.predicate {
        sql += &format!(" WHERE {predicate}");
    }
    Ok(Statement::new(sql))
}

/// A default as SQLite takes it: anything but a literal or the clock in parentheses.
fn default(text: &str) -> String {
    if is_constant(text) || is_clock(text) || (text.starts_with('(') && text.ends_with(')')) {
        text.to_owned()
    } else if text.eq_ignore_ascii_case("now()") {
        "CURRENT_TIMESTAMP".to_owned()
    } else {
        format!("({text})")
    }
}

/// Whether a default is the same for every row, so that a column may be added in place.
pub(super) fn is_constant(text: &str) -> bool {
    let number = text.trim_start_matches(['-', '+', ' ']);
    let is_number = !number.is_empty() && number.parse::<f64>().is_ok();
    let inner = text
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    let is_text = inner.is_some_and(|inner| !inner.replace("''", "").contains('\''));
    let is_word = ["NULL", "TRUE", "FALSE"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    is_number || is_text || is_word
}

fn is_clock(text: &str) -> bool {
    ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"]
        .iter()
        .any(|clock| text.eq_ignore_ascii_case(clock))
}

/// The affinity of a column's type.
pub(super) fn affinity(data_type: &DataType) -> Result<Affinity, Unsupported> {
    Ok(Affinity::of(&types::name(data_type)?))
}
