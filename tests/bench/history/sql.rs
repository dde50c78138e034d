//! Changes as statements of an engine.

use migration_core::dialect::Dialect;

use super::{Change, Column, History, Index, Kind, Table};

/// One statement, without its semicolon.
pub(super) fn statement(change: &Change, dialect: Dialect) -> String {
    match change {
        Change::CreateTable(table) => create_table(table),
        Change::DropTable(table) => format!("DROP TABLE {table}"),
        Change::AddColumn { table, column } => {
            format!("ALTER TABLE {table} ADD COLUMN {}", column_text(column))
        }
        Change::DropColumn { table, column } => format!("ALTER TABLE {table} DROP COLUMN {column}"),
        Change::RenameColumn { table, from, to } => {
            format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}")
        }
        Change::CreateIndex(index) => create_index(index),
        Change::DropIndex { table, name } => match dialect {
            Dialect::Mysql => format!("DROP INDEX {name} ON {table}"),
            Dialect::Sqlite | Dialect::Postgres => format!("DROP INDEX {name}"),
        },
        Change::Rows(statement) => statement.clone(),
    }
}

/// The schema that a history of tables makes, as models.
pub(crate) fn models(history: &History) -> String {
    let changes = history.revisions.iter().flat_map(|it| &it.up);
    changes
        .map(|change| statement(change, Dialect::Sqlite) + ";\n\n")
        .collect()
}

/// The name of a foreign key.
pub(super) fn fk(table: &str) -> String {
    format!("fk_{table}")
}

fn create_table(table: &Table) -> String {
    let mut parts = vec!["id INTEGER NOT NULL".to_owned()];
    parts.extend(table.columns.iter().map(column_text));
    if table.parent.is_some() {
        parts.push("parent_id INTEGER".to_owned());
    }
    parts.push("PRIMARY KEY (id)".to_owned());
    if let Some(parent) = &table.parent {
        parts.push(format!(
            "CONSTRAINT {} FOREIGN KEY (parent_id) REFERENCES {parent} (id)",
            fk(&table.name)
        ));
    }
    format!(
        "CREATE TABLE {} (\n    {}\n)",
        table.name,
        parts.join(",\n    ")
    )
}

fn create_index(index: &Index) -> String {
    let unique = if index.is_unique { "UNIQUE " } else { "" };
    let Index {
        name,
        table,
        column,
        ..
    } = index;
    format!("CREATE {unique}INDEX {name} ON {table} ({column})")
}

fn column_text(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Integer => "INTEGER",
        Kind::Big => "BIGINT",
        Kind::Short => "VARCHAR(50)",
        Kind::Text => "TEXT",
        Kind::Amount => "NUMERIC(10, 2)",
        Kind::Flag => "BOOLEAN",
    };
    format!("{} {kind}", column.name)
}
