//! Partitions with what is theirs alone, domains and extended statistics: what is not compared with
//! models.

use std::collections::HashMap;

use super::super::Whole;
use super::{Part, draft, quoted};
use crate::schema::{Dependent, DependentKind, Ident, ObjectName};

/// Adds each as a statement that makes it.
pub(super) fn add(mut parts: Vec<Part>, whole: &mut Whole) {
    parts.sort_unstable_by(|a, b| {
        (&a.schema, &a.name, a.place, &a.other).cmp(&(&b.schema, &b.name, b.place, &b.other))
    });
    let named = |is: fn(&str) -> bool| -> HashMap<i64, ObjectName> {
        let parts = parts.iter().filter(|it| is(&it.kind));
        parts.map(|it| (it.owner, name_of(it))).collect()
    };
    // What a partition is a part of, or what statistics are of.
    let above = named(|kind| matches!(kind, "parent" | "table"));
    let partitions = named(|kind| kind == "partition");
    let read = parts.iter().filter_map(|part| {
        let tables = (partitions.get(&part.owner), above.get(&part.owner));
        dependent(part, tables)
    });
    whole.apart.extend(read);
    let invalid = parts.iter().filter_map(|part| {
        let table = partitions.get(&part.owner)?;
        draft::invalid(table, part).filter(|_| part.kind == "index")
    });
    whole.invalid.extend(invalid);
}

fn name_of(part: &Part) -> ObjectName {
    ObjectName {
        schema: part.schema.as_deref().map(Ident::new),
        name: Ident::new(part.name.as_str()),
    }
}

/// One of them; none of what only says where one belongs.
fn dependent(
    part: &Part,
    (partition, above): (Option<&ObjectName>, Option<&ObjectName>),
) -> Option<Dependent> {
    let text = part.text.as_deref().unwrap_or_default();
    let on = |kind: fn(ObjectName) -> DependentKind, sql: String| {
        let table = partition?.clone();
        Some(Dependent {
            name: table.sibling(Ident::new(part.name.as_str())),
            kind: kind(table),
            sql,
        })
    };
    match part.kind.as_str() {
        "partition" => Some(partition_of(above?, part)),
        "index" => on(|table| DependentKind::Index { table }, text.to_owned()),
        "trigger" => on(|table| DependentKind::Trigger { table }, text.to_owned()),
        "policy" => on(|table| DependentKind::Policy { table }, text.to_owned()),
        "secured" => Some(draft::row_security(partition?, !text.is_empty())),
        "constraint" => on(
            |table| DependentKind::Constraint { table },
            format!("ALTER TABLE {} ADD {text}", quoted(partition?)),
        ),
        "statistics" => Some(Dependent {
            kind: DependentKind::Statistics {
                table: above?.clone(),
            },
            name: name_of(part),
            sql: format!("CREATE STATISTICS {}{text}", quoted(&name_of(part))),
        }),
        "parent" | "table" => None,
        _ => Some(of_domain(part, text)),
    }
}

fn partition_of(parent: &ObjectName, part: &Part) -> Dependent {
    let bounds = part.text.clone().unwrap_or_default();
    let name = name_of(part);
    let key = part.other.as_ref();
    let key_text = key.map_or_else(String::new, |key| format!(" PARTITION BY {key}"));
    let (table, above) = (quoted(&name), quoted(parent));
    Dependent {
        sql: format!("CREATE TABLE {table} PARTITION OF {above} {bounds}{key_text}"),
        name,
        kind: DependentKind::Partition {
            parent: parent.clone(),
            bounds,
            key: key.cloned(),
        },
    }
}

/// A domain, or one of its rules.
fn of_domain(part: &Part, text: &str) -> Dependent {
    let name = name_of(part);
    let domain = quoted(&name);
    let (what, sql) = match part.kind.as_str() {
        "default" => ("DEFAULT".to_owned(), format!("SET DEFAULT {text}")),
        "required" => ("NOT NULL".to_owned(), "SET NOT NULL".to_owned()),
        "check" => {
            let check = quoted(&ObjectName::new(part.other.as_deref().unwrap_or_default()));
            let what = format!("CONSTRAINT {check}");
            let sql = format!("ADD {what} {text}");
            (what, sql)
        }
        _ => {
            return Dependent {
                kind: DependentKind::Domain,
                name,
                sql: format!("CREATE DOMAIN {domain} AS {text}"),
            };
        }
    };
    Dependent {
        kind: DependentKind::DomainRule { what },
        name,
        sql: format!("ALTER DOMAIN {domain} {sql}"),
    }
}
