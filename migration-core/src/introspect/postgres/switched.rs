//! Triggers and rules that `ALTER TABLE` has switched.

use super::{Part, quoted};
use crate::schema::{Dependent, DependentKind, Ident, ObjectName};

/// Those of parts that are not as they were made; `word` is what the engine calls them.
pub(super) fn of(table: &ObjectName, word: &str, parts: &[Part]) -> Vec<Dependent> {
    let switched = parts.iter().filter_map(|part| {
        let how = match part.other.as_deref()? {
            "D" => "DISABLE",
            "R" => "ENABLE REPLICA",
            "A" => "ENABLE ALWAYS",
            _ => return None,
        };
        let name = quoted(&ObjectName::new(part.name.as_str()));
        let name = (Ident::new(part.name.as_str()), format!("{word} {name}"));
        Some(switched(table, how, name))
    });
    switched.collect()
}

/// Those that the engine itself made for keys are off: nothing but all can be switched.
pub(super) fn all_off(table: &ObjectName) -> Dependent {
    let name = (table.name.clone(), "TRIGGER ALL".to_owned());
    switched(table, "DISABLE", name)
}

fn switched(table: &ObjectName, how: &str, (name, what): (Ident, String)) -> Dependent {
    Dependent {
        sql: format!("ALTER TABLE {} {how} {what}", quoted(table)),
        kind: DependentKind::Switched {
            table: table.clone(),
            what,
        },
        name: table.sibling(name),
    }
}
