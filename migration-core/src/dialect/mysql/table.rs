//! Tables, columns and indexes on MySQL and MariaDB.

use super::super::{Statement, Unsupported, ansi};
use super::types;
use crate::dialect::Dialect;
use crate::schema::{
    Column, Constraint, ConstraintKind, Deferrability, Index, IndexKey, IndexPart,
    ReferentialAction, SortOrder, Table, TableOption,
};

/// Clauses behind the parenthesis that belong to other engines.
const FOREIGN_OPTIONS: [&str; 8] = [
    "STRICT",
    "WITHOUT ROWID",
    "WITHOUT OIDS",
    "WITH",
    "TABLESPACE",
    "USING",
    "ON COMMIT DROP",
    "ON COMMIT PRESERVE ROWS",
];

/// `CREATE TABLE`, every constraint with a name.
pub(super) fn create(table: &Table, if_not_exists: bool) -> Result<Vec<Statement>, Unsupported> {
    let temporary = if table.temporary { "TEMPORARY " } else { "" };
    let head = format!(
        "CREATE {temporary}TABLE {}{}",
        ansi::if_not_exists(if_not_exists),
        ansi::object(&table.name)
    );
    let mut clauses = Vec::new();
    for column in &table.columns {
        clauses.push(self::column(column)?);
    }
    for constraint in &table.constraints {
        clauses.push(self::constraint(constraint)?);
    }
    let mut tail: String = table.options.iter().filter_map(option).collect();
    if let Some(comment) = &table.comment {
        tail += &format!(" COMMENT={}", Dialect::Mysql.syntax().literal(comment));
    }
    Ok(vec![Statement::new(ansi::create_table(
        &head, &clauses, &tail,
    ))])
}

/// `"name" TYPE ...`: the whole definition, as `MODIFY COLUMN` needs it too.
pub(super) fn column(column: &Column) -> Result<String, Unsupported> {
    let mut text = format!(
        "{} {}",
        ansi::ident(&column.name),
        types::name(&column.data_type)?
    );
    let (before, after): (Vec<_>, Vec<_>) = column
        .attributes
        .iter()
        .partition(|attribute| attribute.as_str().to_ascii_uppercase().starts_with("CHAR"));
    for attribute in before {
        text += &format!(" {attribute}");
    }
    if let Some(collation) = &column.collation {
        text += &format!(" COLLATE {collation}");
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored {
            "STORED"
        } else {
            "VIRTUAL"
        };
        text += &format!(" GENERATED ALWAYS AS ({}) {kept}", generated.expression);
    }
    if column.nullable {
        // A DATETIME or TIMESTAMP without it may be taken as NOT NULL, by a server's setting.
        if column.generated.is_none() {
            text += " NULL";
        }
    } else {
        text += " NOT NULL";
    }
    // `SHOW CREATE TABLE` writes DEFAULT NULL for no default at all, which NOT NULL contradicts.
    let is_null = |text: &str| text.eq_ignore_ascii_case("NULL");
    if let Some(default) = &column.default
        && (column.nullable || !is_null(default.as_str()))
    {
        text += &format!(" DEFAULT {}", types::default(&column.data_type, default));
    }
    if column.identity.is_some() {
        text += " AUTO_INCREMENT";
    }
    for attribute in after {
        text += &format!(" {attribute}");
    }
    if let Some(comment) = &column.comment {
        text += &format!(" COMMENT {}", Dialect::Mysql.syntax().literal(comment));
    }
    Ok(text)
}

/// A constraint, when MySQL can keep its promise.
pub(super) fn constraint(constraint: &Constraint) -> Result<String, Unsupported> {
    if constraint.deferrability != Deferrability::NotDeferrable {
        return Err(cannot(
            "check a constraint at the end of a transaction",
            "leave DEFERRABLE out, or write the constraint once for each engine under \
             `-- migrate: only`",
        ));
    }
    if let ConstraintKind::ForeignKey(key) = &constraint.kind
        && [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault)
    {
        return Err(cannot(
            "set referring columns to their default",
            "use SET NULL, or a trigger under `-- migrate: only mysql`",
        ));
    }
    Ok(ansi::constraint(constraint))
}

/// `CREATE INDEX`.
///
/// `INCLUDE` columns, operator classes and the predicate of an index that is not unique are left
/// out: they make an index smaller or faster, not an answer different.
pub(super) fn index(index: &Index, if_not_exists: bool) -> Result<Statement, Unsupported> {
    if index.unique && index.predicate.is_some() {
        return Err(cannot(
            "make an index unique for some rows only",
            "use a generated column that is NULL for the other rows, and a unique index on it",
        ));
    }
    let Some(name) = &index.name else {
        return Err(cannot("create an index without a name", "give it one"));
    };
    let method = index
        .method
        .as_ref()
        .map(|method| method.as_str().to_ascii_uppercase());
    let kind = match method.as_deref() {
        Some("FULLTEXT") => "FULLTEXT ",
        Some("SPATIAL") => "SPATIAL ",
        _ if index.unique => "UNIQUE ",
        _ => "",
    };
    let parts: Vec<String> = index.parts.iter().map(part).collect();
    let using = match method.as_deref() {
        Some(method @ ("BTREE" | "HASH")) => format!(" USING {method}"),
        _ => String::new(),
    };
    Ok(Statement::new(format!(
        "CREATE {kind}INDEX {}{} ON {} ({}){using}",
        ansi::if_not_exists(if_not_exists),
        ansi::ident(name),
        ansi::object(&index.table),
        parts.join(", ")
    )))
}

fn part(part: &IndexPart) -> String {
    let key = match &part.key {
        IndexKey::Column {
            name,
            length: Some(length),
        } => {
            format!("{}({length})", ansi::ident(name))
        }
        IndexKey::Column { name, length: None } => ansi::ident(name),
        IndexKey::Expression(expression) => format!("({expression})"),
    };
    match part.order {
        SortOrder::Ascending => key,
        SortOrder::Descending => format!("{key} DESC"),
    }
}

fn option(option: &TableOption) -> Option<String> {
    if FOREIGN_OPTIONS.contains(&option.keyword.as_str()) {
        return None;
    }
    Some(match &option.value {
        Some(value) => format!(" {}={value}", option.keyword),
        None => format!(" {}", option.keyword),
    })
}

pub(super) fn cannot(operation: &str, hint: &str) -> Unsupported {
    Unsupported {
        dialect: Dialect::Mysql,
        operation: operation.to_owned(),
        hint: hint.to_owned(),
    }
}
