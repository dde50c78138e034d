//! Tables, columns and indexes on MySQL and MariaDB.

use super::super::{Statement, Unsupported, ansi};
use super::types;
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{
    Column, Constraint, ConstraintKind, Deferrability, Expression, Ident, Index, IndexKey,
    IndexPart, MatchKind, ReferentialAction, Table, TableOption,
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

/// The first words of clauses that MySQL or MariaDB knows in a column.
const ATTRIBUTES: [&str; 12] = [
    "CHARACTER",
    "CHARSET",
    "COLUMN_FORMAT",
    "COMPRESSED",
    "INVISIBLE",
    "ON",
    "REF_SYSTEM_ID",
    "SRID",
    "STORAGE",
    "VISIBLE",
    "WITH",
    "WITHOUT",
];

/// What MySQL and MariaDB have for indexes.
const ABILITIES: ansi::Abilities = ansi::Abilities {
    dialect: Dialect::Mysql,
    methods: Some(&["BTREE", "HASH", "FULLTEXT", "SPATIAL"]),
    predicate: false,
    include: false,
    prefix_length: true,
    collation: false,
    operator_class: false,
    nulls_order: false,
};

/// `CREATE TABLE`, every constraint with a name.
pub(super) fn create(table: &Table, if_not_exists: bool) -> Result<Statement, Unsupported> {
    check_numbering(table)?;
    let temporary = if table.temporary { "TEMPORARY " } else { "" };
    let head = format!(
        "CREATE {temporary}TABLE {}{}",
        ansi::if_not_exists(if_not_exists),
        ansi::object(&table.name)
    );
    let mut clauses = Vec::new();
    for column in &table.columns {
        clauses.push(self::column(column, table)?);
    }
    for constraint in &table.constraints {
        let constraint = with_referenced_columns(constraint, table);
        clauses.push(self::constraint(&constraint)?);
    }
    let mut tail: String = table.options.iter().filter_map(option).collect();
    if let Some(comment) = &table.comment {
        tail += &format!(" COMMENT={}", Dialect::Mysql.syntax().literal(comment));
    }
    Ok(Statement::new(ansi::create_table(&head, &clauses, &tail)))
}

/// A reference of a table to itself names the key it means.
fn with_referenced_columns(constraint: &Constraint, table: &Table) -> Constraint {
    let mut complete = constraint.clone();
    if let ConstraintKind::ForeignKey(key) = &mut complete.kind
        && key.referenced_columns.is_empty()
        && key.references == table.name
    {
        key.referenced_columns = table.primary_key().to_vec();
    }
    complete
}

/// A column that numbers rows must come first in a key.
pub(super) fn check_numbering(table: &Table) -> Result<(), Unsupported> {
    let is_first_of_key = |column: &Column| {
        table
            .constraints
            .iter()
            .any(|constraint| match &constraint.kind {
                ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                    columns.first() == Some(&column.name)
                }
                ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
            })
    };
    let numbered = table.columns.iter().filter(|it| it.identity.is_some());
    for column in numbered {
        if !is_first_of_key(column) {
            return Err(cannot(
                &format!("number rows in `{}`, which is no key", column.name),
                "make it PRIMARY KEY or UNIQUE, or write the table once for each engine under \
                 `-- migrate: only`",
            ));
        }
    }
    Ok(())
}

/// `"name" TYPE ...`: the whole definition, as `MODIFY COLUMN` needs it too.
pub(super) fn column(column: &Column, table: &Table) -> Result<String, Unsupported> {
    let mut text = format!(
        "{} {}",
        ansi::ident(&column.name),
        types::name(&column.data_type)?
    );
    let attributes = ansi::attributes(Dialect::Mysql, column, &ATTRIBUTES)?;
    let (before, after): (Vec<_>, Vec<_>) = attributes
        .into_iter()
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
    // MySQL refuses a key that is said to be NULL.
    let is_key = column.identity.is_some() || table.primary_key().contains(&column.name);
    if column.nullable && !is_key {
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
        text += &format!(" {}", types::attribute(&column.data_type, attribute));
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
    let ConstraintKind::ForeignKey(key) = &constraint.kind else {
        return Ok(ansi::constraint(constraint));
    };
    if [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault) {
        return Err(cannot(
            "set referring columns to their default",
            "use SET NULL, or a trigger under `-- migrate: only mysql`",
        ));
    }
    if key.referenced_columns.is_empty() {
        return Err(cannot(
            &format!("refer to `{}` without naming its columns", key.references),
            &format!("write REFERENCES {} (...)", key.references),
        ));
    }
    if key.match_kind == MatchKind::Full && key.columns.len() > 1 {
        return Err(cannot(
            "demand that all columns of a reference are NULL or none (MATCH FULL)",
            "leave MATCH FULL out and add a CHECK that says so",
        ));
    }
    let mut simple = key.clone();
    simple.match_kind = MatchKind::Simple;
    let kind = ConstraintKind::ForeignKey(simple);
    Ok(ansi::constraint(&Constraint::new(
        constraint.name.clone(),
        kind,
    )))
}

/// `CREATE INDEX`.
///
/// `INCLUDE` columns, operator classes and the predicate of an index that is not unique are left
/// out: they make an index smaller or faster, not an answer different.
pub(super) fn index(index: &Index) -> Result<Statement, Unsupported> {
    let index = ansi::reduce(index, ABILITIES)?;
    let method = index.method.as_ref().map(Ident::as_str);
    let method = method.map(str::to_ascii_uppercase).unwrap_or_default();
    let is_special = ["FULLTEXT", "SPATIAL"].contains(&method.as_str());
    let kind = if is_special {
        format!("{method} ")
    } else if index.unique {
        "UNIQUE ".to_owned()
    } else {
        String::new()
    };
    let using = if is_special || method.is_empty() {
        String::new()
    } else {
        format!(" USING {method}")
    };
    let parts: Vec<String> = index.parts.iter().map(ansi::index_part).collect();
    Ok(Statement::new(format!(
        "CREATE {kind}INDEX {} ON {} ({}){using}",
        index.name.as_ref().map(ansi::ident).unwrap_or_default(),
        ansi::object(&index.table),
        parts.join(", ")
    )))
}

/// Whether MySQL has an operation and MariaDB has not: indexes on expressions.
pub(super) fn asks_server(operation: &Operation) -> bool {
    let is_expression = |part: &IndexPart| matches!(part.key, IndexKey::Expression(_));
    matches!(operation, Operation::CreateIndex { index, .. } if index.parts.iter().any(is_expression))
}

/// What MariaDB lacks of what MySQL has.
pub(super) fn lacks(server: &str, operation: &Operation) -> Option<Unsupported> {
    let is_lacking = server.starts_with("MariaDB") && asks_server(operation);
    is_lacking.then(|| Unsupported {
        dialect: Dialect::Mysql,
        operation: format!("index an expression where the server is {server}, as MySQL 8 can"),
        hint:
            "add a computed column of it (`GENERATED ALWAYS AS (...) STORED`) and index that, or \
               write the index under `-- migrate: only sqlite, postgresql`"
                .to_owned(),
    })
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

/// Values are converted as the server thinks fit.
pub(super) fn no_conversion(column: &Ident, using: &Expression) -> Unsupported {
    cannot(
        &format!("convert the values of `{column}` with USING {using}"),
        "convert them with an UPDATE and change the type, under `-- migrate: only mysql`",
    )
}

pub(super) fn cannot(operation: &str, hint: &str) -> Unsupported {
    Unsupported {
        dialect: Dialect::Mysql,
        operation: operation.to_owned(),
        hint: hint.to_owned(),
    }
}
