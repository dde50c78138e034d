//! A history as Alembic reads it: `env.py` as its template has it, a Python file for each revision.

use std::path::Path;

use migration_core::database::{Address, Secret};

use super::sql::fk;
use super::{Change, Column, History, Index, Kind, Revision, Table};
use crate::failure::Failure;
use crate::files::put;

/// Writes `env.py` and `versions/*.py` below a directory; with `models`, also the metadata of the
/// tables that the history makes.
pub(crate) fn write(history: &History, directory: &Path, models: bool) -> Result<(), Failure> {
    let versions = directory.join("versions");
    for revision in &history.revisions {
        put(&versions.join(revision.stem() + ".py"), &text(revision))?;
    }
    let metadata = match models {
        true => "from models import metadata as target_metadata",
        false => "target_metadata = None",
    };
    let env = ENV.replace("TARGET_METADATA", metadata);
    put(&directory.join("env.py"), &env)?;
    put(
        &directory.join("models.py"),
        &metadata_text(history, models),
    )
}

/// The ini of a database.
pub(crate) fn settings(address: &Address, directory: &Path) -> String {
    let url = match address {
        Address::Sqlite { path } => format!("sqlite:///{}", path.display()),
        Address::Postgres(server) | Address::Mysql(server) => {
            let driver = match address {
                Address::Mysql(_) => "mysql+pymysql",
                Address::Sqlite { .. } | Address::Postgres(_) => "postgresql+psycopg2",
            };
            format!(
                "{driver}://{}:{}@{}:{}/{}",
                server.user.as_deref().unwrap_or_default(),
                server.password.as_ref().map_or("", Secret::expose),
                server.host,
                server.port.unwrap_or_default(),
                server.database
            )
        }
    };
    let directory = directory.display();
    format!(
        "[alembic]\nscript_location = {directory}\nprepend_sys_path = {directory}\n\
         path_separator = os\nsqlalchemy.url = {url}\n{LOGGING}"
    )
}

const ENV: &str = r#"from logging.config import fileConfig

from sqlalchemy import engine_from_config
from sqlalchemy import pool

from alembic import context

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name)

TARGET_METADATA


def run_migrations_online() -> None:
    connectable = engine_from_config(
        config.get_section(config.config_ini_section, {}),
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )
    with connectable.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            transaction_per_migration="each" in context.get_x_argument(as_dictionary=True),
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations_online()
"#;

const LOGGING: &str = "
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
";

fn text(revision: &Revision) -> String {
    let parents = match revision.parents.as_slice() {
        [] => "None".to_owned(),
        [only] => format!("{only:?}"),
        several => format!("({})", quoted(several)),
    };
    let Revision { id, message, .. } = revision;
    format!(
        "\"\"\"{message}\n\nRevision ID: {id}\nRevises: {}\nCreate Date: 2024-03-01 09:00:00\n\n\"\"\"\n\
         from typing import Sequence, Union\n\nfrom alembic import op\nimport sqlalchemy as sa\n\n\n\
         revision: str = {id:?}\ndown_revision: Union[str, Sequence[str], None] = {parents}\n\
         branch_labels: Union[str, Sequence[str], None] = None\n\
         depends_on: Union[str, Sequence[str], None] = None\n\n\n\
         def upgrade() -> None:\n{}\n\ndef downgrade() -> None:\n{}",
        revision.parents.join(", "),
        body(&revision.up),
        body(&revision.down)
    )
}

fn body(changes: &[Change]) -> String {
    changes
        .iter()
        .map(|change| format!("    {}\n", operation(change)))
        .collect()
}

fn operation(change: &Change) -> String {
    match change {
        Change::CreateTable(table) => {
            let mut parts = vec![format!("{:?}", table.name)];
            parts.extend(columns(table));
            format!(
                "op.create_table(\n        {},\n    )",
                parts.join(",\n        ")
            )
        }
        Change::DropTable(table) => format!("op.drop_table({table:?})"),
        Change::AddColumn { table, column } => {
            format!("op.add_column({table:?}, {})", column_text(column))
        }
        Change::DropColumn { table, column } => format!("op.drop_column({table:?}, {column:?})"),
        Change::RenameColumn { table, from, to } => {
            format!("op.execute(\"ALTER TABLE {table} RENAME COLUMN {from} TO {to}\")")
        }
        Change::CreateIndex(index) => {
            let Index {
                name,
                table,
                column,
                is_unique,
            } = index;
            let unique = python(*is_unique);
            format!("op.create_index({name:?}, {table:?}, [{column:?}], unique={unique})")
        }
        Change::DropIndex { table, name } => {
            format!("op.drop_index({name:?}, table_name={table:?})")
        }
        Change::Rows(statement) => format!("op.execute({statement:?})"),
    }
}

/// The columns and constraints of a table, each an argument.
fn columns(table: &Table) -> Vec<String> {
    let mut parts =
        vec!["sa.Column(\"id\", sa.Integer(), autoincrement=False, nullable=False)".to_owned()];
    parts.extend(table.columns.iter().map(column_text));
    if table.parent.is_some() {
        parts.push("sa.Column(\"parent_id\", sa.Integer())".to_owned());
    }
    parts.push("sa.PrimaryKeyConstraint(\"id\")".to_owned());
    if let Some(parent) = &table.parent {
        parts.push(format!(
            "sa.ForeignKeyConstraint([\"parent_id\"], [\"{parent}.id\"], name={:?})",
            fk(&table.name)
        ));
    }
    parts
}

fn column_text(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Integer => "sa.Integer()",
        Kind::Big => "sa.BigInteger()",
        Kind::Short => "sa.String(50)",
        Kind::Text => "sa.Text()",
        Kind::Amount => "sa.Numeric(10, 2)",
        Kind::Flag => "sa.Boolean()",
    };
    format!("sa.Column({:?}, {kind})", column.name)
}

fn metadata_text(history: &History, models: bool) -> String {
    let mut text = String::from("import sqlalchemy as sa\n\nmetadata = sa.MetaData()\n");
    let changes = history.revisions.iter().flat_map(|it| &it.up);
    for change in changes.filter(|_| models) {
        match change {
            Change::CreateTable(table) => {
                let mut parts = vec![format!("{:?}", table.name), "metadata".to_owned()];
                parts.extend(columns(table));
                text += &format!("\nsa.Table(\n    {},\n)\n", parts.join(",\n    "));
            }
            Change::CreateIndex(index) => {
                text += &format!(
                    "sa.Index({:?}, metadata.tables[{:?}].c.{}, unique={})\n",
                    index.name,
                    index.table,
                    index.column,
                    python(index.is_unique)
                );
            }
            Change::DropTable(_)
            | Change::AddColumn { .. }
            | Change::DropColumn { .. }
            | Change::RenameColumn { .. }
            | Change::DropIndex { .. }
            | Change::Rows(_) => {}
        }
    }
    text
}

fn python(flag: bool) -> &'static str {
    if flag { "True" } else { "False" }
}

fn quoted(ids: &[String]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("{id:?}")).collect();
    ids.join(", ")
}
