//! Views and sequences as all engines that have them write them.

use super::{cascade, ident, idents, if_exists, object};
use crate::operation::Restart;
use crate::schema::{Bound, CheckOption, ObjectName, SequenceOptions, SequenceOwner, View};

/// `VIEW "v" ("a") AS SELECT ...`, with `how` before it and `IF NOT EXISTS` behind the first word.
pub(in crate::dialect) fn create_view(how: &str, if_not_exists: bool, view: &View) -> String {
    let temporary = if view.temporary { "TEMPORARY " } else { "" };
    let columns = if view.columns.is_empty() {
        String::new()
    } else {
        format!(" ({})", idents(&view.columns))
    };
    let check = match view.check_option {
        None => "",
        Some(CheckOption::Local) => " WITH LOCAL CHECK OPTION",
        Some(CheckOption::Cascaded) => " WITH CASCADED CHECK OPTION",
    };
    format!(
        "{how} {temporary}VIEW {}{}{columns} AS {}{check}",
        super::if_not_exists(if_not_exists),
        object(&view.name),
        view.query
    )
}

/// `DROP <kind> IF EXISTS "name" CASCADE`.
pub(in crate::dialect) fn drop(
    kind: &str,
    name: &ObjectName,
    is_optional: bool,
    cascades: bool,
) -> String {
    format!(
        "DROP {kind} {}{}{}",
        if_exists(is_optional),
        object(name),
        cascade(cascades)
    )
}

/// The options of a sequence, each with a blank before it; `data_type` is the type as the engine
/// writes it.
pub(in crate::dialect) fn sequence_options(
    options: &SequenceOptions,
    data_type: Option<&str>,
) -> String {
    let mut text = String::new();
    let mut add = |clause: Option<String>| {
        if let Some(clause) = clause {
            text += &format!(" {clause}");
        }
    };
    let bound = |bound: Option<Bound>, word: &str| {
        bound.map(|bound| match bound {
            Bound::At(number) => format!("{word} {number}"),
            Bound::OfType => format!("NO {word}"),
        })
    };
    add(data_type.map(|name| format!("AS {name}")));
    add(options.increment.map(|step| format!("INCREMENT BY {step}")));
    add(bound(options.minimum, "MINVALUE"));
    add(bound(options.maximum, "MAXVALUE"));
    add(options.start.map(|number| format!("START WITH {number}")));
    add(options.cache.map(|numbers| format!("CACHE {numbers}")));
    text
}

/// ` RESTART`, when it is asked for.
pub(in crate::dialect) fn restart(restart: Option<Restart>) -> String {
    match restart {
        None => String::new(),
        Some(Restart::AtStart) => " RESTART".to_owned(),
        Some(Restart::At(number)) => format!(" RESTART WITH {number}"),
    }
}

/// ` OWNED BY ...` (PostgreSQL).
pub(in crate::dialect) fn owner(options: &SequenceOptions) -> String {
    match &options.owner {
        None => String::new(),
        Some(SequenceOwner::Nobody) => " OWNED BY NONE".to_owned(),
        Some(SequenceOwner::Column { table, column }) => {
            format!(" OWNED BY {}.{}", object(table), ident(column))
        }
    }
}
