//! Schemas, enumerated types, sequences, functions and procedures.

use std::collections::{BTreeMap, HashSet};

use super::super::{Unread, Whole, stored};
use super::Part;
use crate::dialect::Dialect;
use crate::operation::{Operation, SequenceChange};
use crate::schema::{Dependent, DependentKind, EnumType, ObjectName, Sequence};

/// Adds them by name, but for the sequences by which columns number rows.
pub(super) fn add(mut parts: Vec<Part>, numbering: &HashSet<i64>, whole: &mut Whole) {
    parts.sort_unstable_by(|a, b| {
        (&a.schema, &a.name, a.place, &a.other).cmp(&(&b.schema, &b.name, b.place, &b.other))
    });
    let mut enums: BTreeMap<ObjectName, Vec<String>> = BTreeMap::new();
    for mut part in parts {
        let name = part.object_name();
        match part.kind.as_str() {
            "schema" => whole.schema.namespaces.extend(name.schema),
            "enum" => enums.entry(name).or_default().extend(part.text),
            "sequence" if numbering.contains(&part.owner) => {}
            "sequence" => add_sequence(name, part.text.unwrap_or_default(), whole),
            kind => {
                let arguments = part.other.unwrap_or_default();
                let kind = if kind == "procedure" {
                    DependentKind::Procedure { arguments }
                } else {
                    DependentKind::Function { arguments }
                };
                let text = part.text.unwrap_or_default();
                whole.schema.dependents.push(Dependent {
                    kind,
                    name,
                    sql: text.trim_end().to_owned(),
                });
            }
        }
    }
    let enums = enums.into_iter();
    whole
        .schema
        .enums
        .extend(enums.map(|(name, values)| EnumType { name, values }));
}

fn add_sequence(name: ObjectName, ddl: String, whole: &mut Whole) {
    let statements = stored::statements(Dialect::Postgres, &name.to_string(), &ddl);
    let operation = statements
        .ok()
        .and_then(|it| it.into_iter().flatten().next());
    match operation {
        Some(Operation::Sequence(SequenceChange::Create { sequence, .. })) => {
            whole.schema.sequences.push(Sequence { name, ..sequence });
        }
        Some(_) | None => whole.unread.push(Unread { name, ddl }),
    }
}
