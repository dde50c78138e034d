//! What statements refer to and do not build themselves: schemas, tables of others.

use super::Built;
use crate::operation::Operation;
use crate::schema::{Constraint, ConstraintKind, Ident, ObjectName};
use crate::sql::Statement;
use crate::text::Place;

/// A reference to a table that the statements do not make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The table that refers.
    pub table: ObjectName,
    /// The one it refers to.
    pub references: ObjectName,
    /// The statement.
    pub place: Place,
}

impl Built {
    /// The schemas in which something is created, with whether the models create the schema.
    pub fn namespaces(&self) -> Vec<(Ident, bool)> {
        let schema = &self.schema;
        let made = &schema.namespaces;
        let mut found: Vec<(Ident, bool)> = made.iter().map(|it| (it.clone(), true)).collect();
        let raw = self.raw.iter();
        let raw_made = raw.filter(|it| it.kind == "schema");
        found.extend(raw_made.map(|it| (it.name.name.clone(), true)));
        let names = (schema.tables.iter().map(|it| &it.name))
            .chain(schema.views.iter().map(|it| &it.name))
            .chain(schema.sequences.iter().map(|it| &it.name))
            .chain(schema.enums.iter().map(|it| &it.name))
            .chain(self.raw.iter().map(|it| &it.name));
        for name in names.filter_map(|it| it.schema.as_ref()) {
            if !found.iter().any(|(known, _)| known == name) {
                found.push((name.clone(), false));
            }
        }
        found
    }

    /// The foreign keys that lead out of the models.
    pub fn outside(&self, tells_case_apart: bool) -> Vec<Outside> {
        let mut found = Vec::new();
        let names = self.names(tells_case_apart);
        for table in &self.schema.tables {
            for constraint in &table.constraints {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else {
                    continue;
                };
                if !names.contains(&key.references) {
                    found.extend(
                        self.place_of_reference(&key.references)
                            .map(|place| Outside {
                                table: table.name.clone(),
                                references: key.references.clone(),
                                place,
                            }),
                    );
                }
            }
        }
        found
    }

    /// The tables that some foreign key ever leads to and none of the statements ever makes.
    pub fn borrowed(&self, tells_case_apart: bool) -> Vec<ObjectName> {
        let operations = || self.statements.iter().flat_map(|it| &it.operations);
        let names = self.names(tells_case_apart);
        let is_made =
            |name: &ObjectName| names.contains(name) || operations().any(|it| makes(it, name));
        let mut found: Vec<ObjectName> = Vec::new();
        for constraint in operations().flat_map(constraints_of) {
            if let ConstraintKind::ForeignKey(key) = &constraint.kind
                && !is_made(&key.references)
                && !found.contains(&key.references)
            {
                found.push(key.references.clone());
            }
        }
        found
    }

    /// A table that the statement at a place refers to and that only a later one makes.
    pub fn made_later(&self, place: &Place) -> Option<&ObjectName> {
        let at = self.statements.iter().position(|it| it.place == *place)?;
        let (before, after) = self.statements.split_at(at + 1);
        let is_made = |statements: &[Statement], name: &ObjectName| {
            let mut operations = statements.iter().flat_map(|it| &it.operations);
            operations.any(|it| makes(it, name))
        };
        let constraints = before.last()?.operations.iter().flat_map(constraints_of);
        let mut names = constraints.filter_map(|it| match &it.kind {
            ConstraintKind::ForeignKey(key) => Some(&key.references),
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Check { .. } => None,
        });
        names.find(|name| !is_made(before, name) && is_made(after, name))
    }

    /// The first statement for this engine that refers to a table.
    fn place_of_reference(&self, references: &ObjectName) -> Option<Place> {
        let refers = |it: &&Statement| it.operations.iter().any(|it| refers_to(it, references));
        let found = self.statements.iter().find(refers);
        found.map(|it| it.place.clone())
    }
}

fn makes(operation: &Operation, name: &ObjectName) -> bool {
    if let Operation::CreateTable { table, .. } = operation {
        return table.name == *name;
    }
    matches!(operation, Operation::RenameTable { from, to } if from.sibling(to.clone()) == *name)
}

fn refers_to(operation: &Operation, name: &ObjectName) -> bool {
    let refers = |it: &Constraint| matches!(&it.kind, ConstraintKind::ForeignKey(key) if key.references == *name);
    constraints_of(operation).iter().any(refers)
}

fn constraints_of(operation: &Operation) -> &[Constraint] {
    if let Operation::CreateTable { table, .. } = operation {
        table.constraints.as_slice()
    } else if let Operation::AddColumn { constraints, .. } = operation {
        constraints.as_slice()
    } else if let Operation::AddConstraint { constraint, .. } = operation {
        std::slice::from_ref(constraint)
    } else {
        &[]
    }
}
