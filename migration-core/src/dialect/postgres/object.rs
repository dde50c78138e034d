//! Views, sequences, schemas and enumerated types on PostgreSQL.

use super::super::{Statement, ansi};
use super::{SYNTAX, types};
use crate::operation::{EnumChange, NamespaceChange, SequenceChange, ValuePosition, ViewChange};
use crate::schema::{EnumType, SequenceOptions, View};

/// A change of a view.
pub(super) fn view(change: &ViewChange) -> Statement {
    Statement::new(match change {
        ViewChange::Create {
            view,
            or_replace: false,
            if_not_exists: true,
        } => unless_there(view),
        ViewChange::Create {
            view, or_replace, ..
        } => {
            let how = if *or_replace {
                "CREATE OR REPLACE"
            } else {
                "CREATE"
            };
            ansi::create_view(how, false, view)
        }
        ViewChange::Drop {
            name,
            if_exists,
            cascade,
        } => ansi::drop("VIEW", name, *if_exists, *cascade),
        ViewChange::Rename { from, to } => format!(
            "ALTER VIEW {} RENAME TO {}",
            ansi::object(from),
            ansi::ident(to)
        ),
    })
}

/// PostgreSQL has no IF NOT EXISTS for views; a block asks first.
fn unless_there(view: &View) -> String {
    let mut tag = "$view$".to_owned();
    while view.query.as_str().contains(&tag) {
        tag.insert(1, '_');
    }
    format!(
        "DO {tag}\nBEGIN\n    IF to_regclass({}) IS NULL THEN\n        {};\n    END IF;\nEND\n{tag}",
        SYNTAX.literal(&ansi::object(&view.name)),
        ansi::create_view("CREATE", false, view)
    )
}

/// A change of a sequence.
pub(super) fn sequence(change: &SequenceChange) -> Statement {
    Statement::new(match change {
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
        } => format!(
            "ALTER SEQUENCE {}{}{}{}",
            ansi::if_exists(*if_exists),
            ansi::object(name),
            self::options(options),
            ansi::restart(*restart)
        ),
        SequenceChange::Drop {
            name,
            if_exists,
            cascade,
        } => ansi::drop("SEQUENCE", name, *if_exists, *cascade),
        SequenceChange::Rename { from, to } => format!(
            "ALTER SEQUENCE {} RENAME TO {}",
            ansi::object(from),
            ansi::ident(to)
        ),
    })
}

fn options(options: &SequenceOptions) -> String {
    let data_type = options.data_type.as_ref().map(types::name);
    let cycle = match options.cycle {
        None => "",
        Some(true) => " CYCLE",
        Some(false) => " NO CYCLE",
    };
    let counting = ansi::sequence_options(options, data_type.as_deref());
    format!("{counting}{cycle}{}", ansi::owner(options))
}

/// A change of a schema.
pub(super) fn namespace(change: &NamespaceChange) -> Statement {
    Statement::new(match change {
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
            if_exists,
            cascade,
        } => format!(
            "DROP SCHEMA {}{}{}",
            ansi::if_exists(*if_exists),
            ansi::ident(name),
            ansi::cascade(*cascade)
        ),
        NamespaceChange::Rename { from, to } => format!(
            "ALTER SCHEMA {} RENAME TO {}",
            ansi::ident(from),
            ansi::ident(to)
        ),
    })
}

/// A change of an enumerated type. A value that was added cannot be used before the transaction
/// has ended.
pub(super) fn enumeration(change: &EnumChange) -> Statement {
    let sql = match change {
        EnumChange::Create {
            created: EnumType { name, values },
        } => {
            let values: Vec<String> = values.iter().map(|value| SYNTAX.literal(value)).collect();
            format!(
                "CREATE TYPE {} AS ENUM ({})",
                ansi::object(name),
                values.join(", ")
            )
        }
        EnumChange::Drop {
            name,
            if_exists,
            cascade,
        } => ansi::drop("TYPE", name, *if_exists, *cascade),
        EnumChange::AddValue {
            name,
            value,
            position,
            if_not_exists,
        } => {
            let position = position.as_ref().map(|position| match position {
                ValuePosition::Before(other) => format!(" BEFORE {}", SYNTAX.literal(other)),
                ValuePosition::After(other) => format!(" AFTER {}", SYNTAX.literal(other)),
            });
            format!(
                "ALTER TYPE {} ADD VALUE {}{}{}",
                ansi::object(name),
                ansi::if_not_exists(*if_not_exists),
                SYNTAX.literal(value),
                position.unwrap_or_default()
            )
        }
        EnumChange::RenameValue { name, from, to } => format!(
            "ALTER TYPE {} RENAME VALUE {} TO {}",
            ansi::object(name),
            SYNTAX.literal(from),
            SYNTAX.literal(to)
        ),
        EnumChange::Rename { from, to } => format!(
            "ALTER TYPE {} RENAME TO {}",
            ansi::object(from),
            ansi::ident(to)
        ),
    };
    Statement {
        usable_when_committed: matches!(change, EnumChange::AddValue { .. }),
        ..Statement::new(sql)
    }
}
