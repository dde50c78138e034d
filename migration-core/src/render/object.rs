//! Views, sequences, schemas and enumerated types.

use super::{RenderOptions, name, types};
use crate::operation::{
    EnumChange, NamespaceChange, Restart, SequenceChange, ValuePosition, ViewChange,
};
use crate::schema::{Bound, CheckOption, ObjectName, SequenceOptions, SequenceOwner, View};
use crate::sql::template;

pub(super) fn view(change: &ViewChange, options: &RenderOptions<'_>) -> String {
    match change {
        ViewChange::Create {
            view,
            or_replace,
            if_not_exists,
        } => {
            let replace = if *or_replace { " OR REPLACE" } else { "" };
            create_view(view, replace, *if_not_exists, options)
        }
        ViewChange::Drop {
            name,
            if_exists,
            cascade,
        } => drop("VIEW", &name::object(name, options), *if_exists, *cascade),
        ViewChange::Rename { from, to } => format!(
            "ALTER VIEW {} RENAME TO {}",
            name::object(from, options),
            name::prefixed(to, options)
        ),
    }
}

fn create_view(
    view: &View,
    replace: &str,
    if_not_exists: bool,
    options: &RenderOptions<'_>,
) -> String {
    let temporary = if view.temporary { " TEMPORARY" } else { "" };
    let columns = if view.columns.is_empty() {
        String::new()
    } else {
        format!(" {}", name::list(&view.columns))
    };
    let query = template::statement(
        view.query.as_str(),
        options.mark(),
        options.backslash_escapes,
    );
    let check = match view.check_option {
        None => "",
        Some(CheckOption::Local) => "\nWITH LOCAL CHECK OPTION",
        Some(CheckOption::Cascaded) => "\nWITH CASCADED CHECK OPTION",
    };
    format!(
        "CREATE{replace}{temporary} VIEW {}{}{columns} AS\n{query}{check}",
        condition(if_not_exists),
        name::object(&view.name, options),
    )
}

pub(super) fn sequence(change: &SequenceChange, options: &RenderOptions<'_>) -> String {
    match change {
        SequenceChange::Create {
            sequence,
            if_not_exists,
        } => {
            let temporary = if sequence.temporary { " TEMPORARY" } else { "" };
            format!(
                "CREATE{temporary} SEQUENCE {}{}{}",
                condition(*if_not_exists),
                name::object(&sequence.name, options),
                counting(&sequence.options, options)
            )
        }
        SequenceChange::Alter {
            name,
            options: changed,
            restart,
            if_exists,
        } => {
            let restart = match restart {
                None => String::new(),
                Some(Restart::AtStart) => " RESTART".to_owned(),
                Some(Restart::At(number)) => format!(" RESTART WITH {number}"),
            };
            let optional = if *if_exists { "IF EXISTS " } else { "" };
            format!(
                "ALTER SEQUENCE {optional}{}{}{restart}",
                name::object(name, options),
                counting(changed, options)
            )
        }
        SequenceChange::Drop {
            name,
            if_exists,
            cascade,
        } => drop(
            "SEQUENCE",
            &name::object(name, options),
            *if_exists,
            *cascade,
        ),
        SequenceChange::Rename { from, to } => format!(
            "ALTER SEQUENCE {} RENAME TO {}",
            name::object(from, options),
            name::prefixed(to, options)
        ),
    }
}

/// The options of a sequence, each with a blank before it.
fn counting(counting: &SequenceOptions, options: &RenderOptions<'_>) -> String {
    let bound = |bound: &Bound, word: &str| match bound {
        Bound::At(number) => format!("{word} {number}"),
        Bound::OfType => format!("NO {word}"),
    };
    let cycle = |cycle: bool| if cycle { "CYCLE" } else { "NO CYCLE" };
    let owner = |owner: &SequenceOwner| match owner {
        SequenceOwner::Nobody => "OWNED BY NONE".to_owned(),
        SequenceOwner::Column { table, column } => format!(
            "OWNED BY {}.{}",
            name::object(table, options),
            name::plain(column)
        ),
    };
    let data_type = counting.data_type.as_ref();
    let clauses = [
        data_type.map(|it| format!("AS {}", types::name(it, options))),
        counting.increment.map(|it| format!("INCREMENT BY {it}")),
        counting.minimum.as_ref().map(|it| bound(it, "MINVALUE")),
        counting.maximum.as_ref().map(|it| bound(it, "MAXVALUE")),
        counting.start.map(|it| format!("START WITH {it}")),
        counting.cache.map(|it| format!("CACHE {it}")),
        counting.cycle.map(|it| cycle(it).to_owned()),
        counting.owner.as_ref().map(owner),
    ];
    let clauses = clauses.into_iter().flatten();
    clauses.map(|clause| format!(" {clause}")).collect()
}

pub(super) fn namespace(change: &NamespaceChange) -> String {
    match change {
        NamespaceChange::Create {
            name,
            if_not_exists,
        } => format!(
            "CREATE SCHEMA {}{}",
            condition(*if_not_exists),
            name::plain(name)
        ),
        NamespaceChange::Drop {
            name,
            if_exists,
            cascade,
        } => drop("SCHEMA", &name::plain(name), *if_exists, *cascade),
        NamespaceChange::Rename { from, to } => format!(
            "ALTER SCHEMA {} RENAME TO {}",
            name::plain(from),
            name::plain(to)
        ),
    }
}

pub(super) fn enumeration(change: &EnumChange, options: &RenderOptions<'_>) -> String {
    let alter = |name: &ObjectName, action: &str| {
        format!("ALTER TYPE {} {action}", name::object(name, options))
    };
    match change {
        EnumChange::Create { created } => {
            let values: Vec<String> = created.values.iter().map(|it| name::string(it)).collect();
            format!(
                "CREATE TYPE {} AS ENUM ({})",
                name::object(&created.name, options),
                values.join(", ")
            )
        }
        EnumChange::Drop {
            name,
            if_exists,
            cascade,
        } => drop("TYPE", &name::object(name, options), *if_exists, *cascade),
        EnumChange::AddValue {
            name,
            value,
            position,
            if_not_exists,
        } => {
            let position = position.as_ref().map(|position| match position {
                ValuePosition::Before(other) => format!(" BEFORE {}", name::string(other)),
                ValuePosition::After(other) => format!(" AFTER {}", name::string(other)),
            });
            let action = format!(
                "ADD VALUE {}{}{}",
                condition(*if_not_exists),
                name::string(value),
                position.unwrap_or_default()
            );
            alter(name, &action)
        }
        EnumChange::RenameValue { name, from, to } => alter(
            name,
            &format!(
                "RENAME VALUE {} TO {}",
                name::string(from),
                name::string(to)
            ),
        ),
        EnumChange::Rename { from, to } => {
            alter(from, &format!("RENAME TO {}", name::prefixed(to, options)))
        }
    }
}

fn drop(kind: &str, name: &str, if_exists: bool, cascade: bool) -> String {
    let optional = if if_exists { "IF EXISTS " } else { "" };
    let cascade = if cascade { " CASCADE" } else { "" };
    format!("DROP {kind} {optional}{name}{cascade}")
}

fn condition(if_not_exists: bool) -> &'static str {
    if if_not_exists { "IF NOT EXISTS " } else { "" }
}
