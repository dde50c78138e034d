//! Changes as statements of an engine.

use migration_core::dialect::Dialect;

use super::{Change, Column, History, Index, Kind, Table};

/// How statements are spelled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    dialect: Dialect,
    quote: &'static str,
}

impl Spelling {
    /// As a person would type them.
    pub(super) fn typed(dialect: Dialect) -> Self {
        Self { dialect, quote: "" }
    }

    /// As this product sends them to SQLite, which keeps the text of a definition and reads it again
    /// after each change of a table: names in quotes, to the byte. Servers keep no text.
    pub(super) fn kept(dialect: Dialect) -> Self {
        let quote = match dialect {
            Dialect::Sqlite => "\"",
            Dialect::Postgres | Dialect::Mysql => "",
        };
        Self { dialect, quote }
    }

    /// One statement, without its semicolon.
    pub(super) fn statement(self, change: &Change) -> String {
        let name = |name: &str| self.name(name);
        match change {
            Change::CreateTable(table) => self.create_table(table),
            Change::DropTable(table) => format!("DROP TABLE {}", name(table)),
            Change::AddColumn { table, column } => {
                format!(
                    "ALTER TABLE {} ADD COLUMN {}",
                    name(table),
                    self.column(column)
                )
            }
            Change::DropColumn { table, column } => {
                format!("ALTER TABLE {} DROP COLUMN {}", name(table), name(column))
            }
            Change::RenameColumn { table, from, to } => {
                let [table, from, to] = [table, from, to].map(|it| name(it));
                format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}")
            }
            Change::CreateIndex(index) => self.create_index(index),
            Change::DropIndex { table, name: index } => match self.dialect {
                Dialect::Mysql => format!("DROP INDEX {} ON {}", name(index), name(table)),
                Dialect::Sqlite | Dialect::Postgres => format!("DROP INDEX {}", name(index)),
            },
            Change::Rows(statement) => statement.clone(),
        }
    }

    fn name(self, name: &str) -> String {
        format!("{quote}{name}{quote}", quote = self.quote)
    }

    fn create_table(self, table: &Table) -> String {
        let [id, parent_id] = ["id", "parent_id"].map(|it| self.name(it));
        let mut parts = vec![format!("{id} INTEGER NOT NULL")];
        parts.extend(table.columns.iter().map(|it| self.column(it)));
        if table.parent.is_some() {
            parts.push(format!("{parent_id} INTEGER"));
        }
        parts.push(format!("PRIMARY KEY ({id})"));
        if let Some(parent) = &table.parent {
            parts.push(format!(
                "CONSTRAINT {} FOREIGN KEY ({parent_id}) REFERENCES {} ({id})",
                self.name(&fk(&table.name)),
                self.name(parent)
            ));
        }
        format!(
            "CREATE TABLE {} (\n    {}\n)",
            self.name(&table.name),
            parts.join(",\n    ")
        )
    }

    fn create_index(self, index: &Index) -> String {
        let unique = if index.is_unique { "UNIQUE " } else { "" };
        let [name, table, column] =
            [&index.name, &index.table, &index.column].map(|it| self.name(it));
        format!("CREATE {unique}INDEX {name} ON {table} ({column})")
    }

    fn column(self, column: &Column) -> String {
        let kind = match column.kind {
            Kind::Integer => "INTEGER",
            Kind::Big => "BIGINT",
            Kind::Short => "VARCHAR(50)",
            Kind::Text => "TEXT",
            Kind::Amount => "NUMERIC(10, 2)",
            Kind::Flag => "BOOLEAN",
        };
        format!("{} {kind}", self.name(&column.name))
    }
}

/// The schema that a history of tables makes, as models.
pub(crate) fn models(history: &History) -> String {
    let changes = history.revisions.iter().flat_map(|it| &it.up);
    changes
        .map(|change| Spelling::typed(Dialect::Sqlite).statement(change) + ";\n\n")
        .collect()
}

/// The name of a foreign key.
pub(super) fn fk(table: &str) -> String {
    format!("fk_{table}")
}
