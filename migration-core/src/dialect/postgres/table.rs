//! Tables, columns and indexes on PostgreSQL.

use super::super::{Statement, Unsupported, ansi};
use super::types;
use crate::dialect::Dialect;
use crate::schema::{Column, Identity, Index, Table};

/// What PostgreSQL knows behind the parenthesis.
const OPTIONS: [&str; 9] = [
    "INHERITS",
    "PARTITION BY",
    "USING",
    "WITH",
    "WITHOUT OIDS",
    "ON COMMIT DROP",
    "ON COMMIT DELETE ROWS",
    "ON COMMIT PRESERVE ROWS",
    "TABLESPACE",
];

/// What PostgreSQL has for indexes.
const ABILITIES: ansi::Abilities = ansi::Abilities {
    dialect: Dialect::Postgres,
    methods: None,
    predicate: true,
    include: true,
    prefix_length: false,
    collation: true,
    operator_class: true,
    nulls_order: true,
};

/// `CREATE TABLE` and the comments on it.
pub(super) fn create(table: &Table, if_not_exists: bool) -> Result<Vec<Statement>, Unsupported> {
    let is_unlogged = table.options.iter().any(|it| it.keyword == "UNLOGGED");
    let how = match (table.temporary, is_unlogged) {
        (true, _) => "TEMPORARY ",
        (false, true) => "UNLOGGED ",
        (false, false) => "",
    };
    let head = format!(
        "CREATE {how}TABLE {}{}",
        ansi::if_not_exists(if_not_exists),
        ansi::object(&table.name)
    );
    let mut clauses = Vec::new();
    for column in &table.columns {
        clauses.push(self::column(column)?);
    }
    clauses.extend(table.constraints.iter().map(ansi::constraint));
    let tail = ansi::options(table, &OPTIONS, " ");
    let mut statements = vec![Statement::new(ansi::create_table(&head, &clauses, &tail))];
    let name = ansi::object(&table.name);
    if let Some(comment) = &table.comment {
        statements.push(comment_on(&format!("TABLE {name}"), Some(comment)));
    }
    for column in &table.columns {
        if let Some(comment) = &column.comment {
            let target = format!("COLUMN {name}.{}", ansi::ident(&column.name));
            statements.push(comment_on(&target, Some(comment)));
        }
    }
    Ok(statements)
}

/// `"name" TYPE ...`, without constraints.
pub(super) fn column(column: &Column) -> Result<String, Unsupported> {
    let serial = match column.identity {
        Some(Identity::Serial | Identity::AutoIncrement) => {
            let name = types::serial(&column.data_type).ok_or_else(|| Unsupported {
                dialect: Dialect::Postgres,
                operation: format!("number the rows of `{}`, which is no integer", column.name),
                hint: "give the column the type SERIAL, BIGSERIAL or SMALLSERIAL".to_owned(),
            })?;
            Some(name)
        }
        Some(Identity::Standard { .. }) | None => None,
    };
    let data_type = serial.map_or_else(|| types::name(&column.data_type), str::to_owned);
    let mut text = format!("{} {data_type}", ansi::ident(&column.name));
    for attribute in ansi::attributes(Dialect::Postgres, column, &["COMPRESSION", "STORAGE"])? {
        text += &format!(" {attribute}");
    }
    if let Some(collation) = &column.collation {
        text += &format!(" COLLATE {}", ansi::ident(collation));
    }
    if let Some(Identity::Standard { always }) = column.identity {
        let when = if always { "ALWAYS" } else { "BY DEFAULT" };
        text += &format!(" GENERATED {when} AS IDENTITY");
    }
    if let Some(generated) = &column.generated {
        // VIRTUAL came with version 18; the values are the same.
        text += &format!(" GENERATED ALWAYS AS ({}) STORED", generated.expression);
    }
    if let Some(default) = &column.default {
        text += &format!(" DEFAULT {default}");
    }
    if !column.nullable {
        text += " NOT NULL";
    }
    Ok(text)
}

/// `CREATE INDEX`.
pub(super) fn index(
    index: &Index,
    concurrently: bool,
    if_not_exists: bool,
) -> Result<Statement, Unsupported> {
    let given_name = index.name.as_ref();
    let index = &ansi::reduce(index, ABILITIES)?;
    let unique = if index.unique { "UNIQUE " } else { "" };
    let how = if concurrently { "CONCURRENTLY " } else { "" };
    let mut sql = format!(
        "CREATE {unique}INDEX {how}{}",
        ansi::if_not_exists(if_not_exists)
    );
    // Without a name PostgreSQL chooses one that is free.
    if let Some(name) = given_name {
        sql += &format!("{} ", ansi::ident(name));
    }
    sql += &format!("ON {}", ansi::object(&index.table));
    if let Some(method) = &index.method {
        sql += &format!(" USING {method}");
    }
    let parts: Vec<String> = index.parts.iter().map(ansi::index_part).collect();
    sql += &format!(" ({})", parts.join(", "));
    if !index.include.is_empty() {
        sql += &format!(" INCLUDE ({})", ansi::idents(&index.include));
    }
    if let Some(predicate) = &index.predicate {
        sql += &format!(" WHERE {predicate}");
    }
    Ok(if concurrently {
        Statement::outside_transaction(sql)
    } else {
        Statement::new(sql)
    })
}

/// `COMMENT ON ... IS ...`.
pub(super) fn comment_on(target: &str, comment: Option<&str>) -> Statement {
    let text = comment.map_or_else(
        || "NULL".to_owned(),
        |comment| Dialect::Postgres.syntax().literal(comment),
    );
    Statement::new(format!("COMMENT ON {target} IS {text}"))
}
