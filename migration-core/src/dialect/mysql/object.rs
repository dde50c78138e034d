//! Views, sequences (MariaDB) and schemas, which are databases, on MySQL and MariaDB.

use super::super::{Statement, Unsupported, ansi};
use super::table::cannot;
use crate::operation::{NamespaceChange, SequenceChange, ViewChange};
use crate::schema::{Ident, ObjectName, SequenceOptions};

/// A change of a view. `IF NOT EXISTS` is MariaDB's, and MySQL's since 9.1.
pub(super) fn view(change: &ViewChange) -> Result<Statement, Unsupported> {
    Ok(match change {
        ViewChange::Create { view, .. } if view.temporary => {
            return Err(cannot(
                &format!("keep view `{}` for one session only", view.name),
                "leave TEMPORARY out and drop the view, or write it under \
                 `-- migrate: only sqlite, postgresql`",
            ));
        }
        ViewChange::Create {
            view,
            or_replace,
            if_not_exists,
        } => {
            let how = if *or_replace {
                "CREATE OR REPLACE"
            } else {
                "CREATE"
            };
            Statement::new(ansi::create_view(how, *if_not_exists, view))
        }
        ViewChange::Drop {
            name, if_exists, ..
        } => Statement::new(ansi::drop("VIEW", name, *if_exists, false)),
        ViewChange::Rename { from, to } => rename(from, to),
    })
}

/// Views and sequences are renamed as tables are.
fn rename(from: &ObjectName, to: &Ident) -> Statement {
    let to = ansi::object(&from.sibling(to.clone()));
    Statement::new(format!("RENAME TABLE {} TO {to}", ansi::object(from)))
}

/// A change of a sequence. MariaDB has them; MySQL refuses the statement.
pub(super) fn sequence(change: &SequenceChange) -> Result<Statement, Unsupported> {
    Ok(Statement::new(match change {
        SequenceChange::Create {
            sequence,
            if_not_exists,
        } => {
            let temporary = if sequence.temporary { "TEMPORARY " } else { "" };
            format!(
                "CREATE {temporary}SEQUENCE {}{}{}",
                ansi::if_not_exists(*if_not_exists),
                ansi::object(&sequence.name),
                options(&sequence.options)
            )
        }
        SequenceChange::Alter {
            name,
            options,
            restart,
            if_exists,
        } => {
            let changes = format!("{}{}", self::options(options), ansi::restart(*restart));
            if changes.is_empty() {
                return Err(cannot(
                    &format!("give sequence `{name}` to a column"),
                    "write OWNED BY under `-- migrate: only postgresql`",
                ));
            }
            format!(
                "ALTER SEQUENCE {}{}{changes}",
                ansi::if_exists(*if_exists),
                ansi::object(name),
            )
        }
        SequenceChange::Drop {
            name, if_exists, ..
        } => ansi::drop("SEQUENCE", name, *if_exists, false),
        SequenceChange::Rename { from, to } => return Ok(rename(from, to)),
    }))
}

/// The type of the numbers and the column that a sequence goes with are PostgreSQL's; numbers have
/// 64 bits here.
fn options(options: &SequenceOptions) -> String {
    let cycle = match options.cycle {
        None => "",
        Some(true) => " CYCLE",
        Some(false) => " NOCYCLE",
    };
    format!("{}{cycle}", ansi::sequence_options(options, None))
}

/// A change of a schema, which is a database here.
pub(super) fn namespace(change: &NamespaceChange) -> Result<Statement, Unsupported> {
    Ok(Statement::new(match change {
        NamespaceChange::Create {
            name,
            if_not_exists,
        } => format!(
            "CREATE SCHEMA {}{}",
            ansi::if_not_exists(*if_not_exists),
            ansi::ident(name)
        ),
        NamespaceChange::Drop {
            name,
            cascade: false,
            ..
        } => {
            return Err(cannot(
                &format!("drop schema `{name}` only if it is empty"),
                "a schema is a database here and goes with all its tables: say CASCADE if that is \
                 meant",
            ));
        }
        NamespaceChange::Drop {
            name, if_exists, ..
        } => format!(
            "DROP SCHEMA {}{}",
            ansi::if_exists(*if_exists),
            ansi::ident(name)
        ),
        NamespaceChange::Rename { from, .. } => {
            return Err(cannot(
                &format!("rename schema `{from}`, which is a database"),
                "create the other one and move the tables into it, under `-- migrate: only mysql`",
            ));
        }
    }))
}
