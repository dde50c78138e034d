//! Values of enumerated types, made out of spare ones in a scratch place: PostgreSQL lets nobody use
//! a value that the same transaction added, and there all revisions run in one. A value that is
//! renamed may be used at once.

use super::{Action, Program, Work};
use crate::dialect::Unsupported;
use crate::operation::{EnumChange, Operation, ValuePosition, apply};
use crate::schema::{EnumType, ObjectName, Schema};

/// What the names of spare values begin with.
const PREFIX: &str = "_migrate_spare_";

/// How many there are at the end of a type, where most values are added.
const AT_END: usize = 24;

/// How many there are before each of its values.
const BETWEEN: usize = 3;

/// The types that were made with spare values, as they are now.
#[derive(Debug, Clone, Default)]
pub struct SpareValues {
    known: Schema,
}

impl SpareValues {
    /// Lets a program make types with spare values, and make of those what it adds. Where none is left
    /// a value is added as it is written.
    ///
    /// # Errors
    ///
    /// What the engine cannot do after all.
    pub fn spend(&mut self, program: &mut Program) -> Result<(), Unsupported> {
        if !program.dialect.syntax().named_types {
            return Ok(());
        }
        let compiler = program.dialect.compiler();
        let steps = program.steps.iter_mut();
        for action in steps.flat_map(|step| &mut step.actions) {
            let Some(change) = change_of(action) else {
                continue;
            };
            let operation = Operation::Enum(self.spending(change));
            // What does not fit the engine refuses, too.
            let _ = apply(&operation, &mut self.known);
            let operations = vec![operation];
            let lowered = compiler.compile(&operations, &Schema::default())?;
            action.work = Work::Statements(lowered.statements);
            action.mean(operations);
        }
        Ok(())
    }

    /// Takes the spare values out of what was read.
    pub fn hide(schema: &mut Schema) {
        for of in &mut schema.enums {
            of.values.retain(|value| !is_spare(value));
        }
    }

    fn spending(&self, change: EnumChange) -> EnumChange {
        match change {
            EnumChange::Create { created } => EnumChange::Create {
                created: with_spares(created),
            },
            EnumChange::AddValue {
                ref name,
                ref value,
                ref position,
                ..
            } => match self.spare(name, value, position.as_ref()) {
                Some(spare) => EnumChange::RenameValue {
                    name: name.clone(),
                    from: spare.clone(),
                    to: value.clone(),
                },
                None => change,
            },
            EnumChange::Drop { .. }
            | EnumChange::Rename { .. }
            | EnumChange::RenameValue { .. } => change,
        }
    }

    /// The spare value that stands where another is to be added; none where that one is there.
    fn spare(
        &self,
        name: &ObjectName,
        value: &str,
        position: Option<&ValuePosition>,
    ) -> Option<&String> {
        let mut enums = self.known.enums.iter();
        let values = &enums.find(|it| it.name == *name)?.values;
        let at = |wanted: &str| values.iter().position(|own| own == wanted);
        if at(value).is_some() {
            return None;
        }
        let is_taken = |own: &String| !is_spare(own);
        let (from, to) = match position {
            None => (values.iter().rposition(is_taken)? + 1, values.len()),
            Some(ValuePosition::Before(other)) => {
                let to = at(other)?;
                let before = values[..to].iter().rposition(is_taken);
                (before.map_or(0, |before| before + 1), to)
            }
            Some(ValuePosition::After(other)) => {
                let from = at(other)? + 1;
                let behind = values[from..].iter().position(is_taken);
                (from, behind.map_or(values.len(), |behind| from + behind))
            }
        };
        let gap = &values[from..to];
        // Room is left on both sides, but at the end, where most values come one after the other.
        match to == values.len() {
            true => gap.first(),
            false => gap.get(gap.len() / 2),
        }
    }
}

fn change_of(action: &Action) -> Option<EnumChange> {
    match &*action.operations() {
        [Operation::Enum(change)] => Some(change.clone()),
        _ => None,
    }
}

fn with_spares(created: EnumType) -> EnumType {
    let mut number = 0;
    let mut spares = |count: usize| -> Vec<String> {
        let numbers = number..number + count;
        number = numbers.end;
        numbers.map(|it| format!("{PREFIX}{it}")).collect()
    };
    let mut values = Vec::new();
    for value in created.values {
        values.extend(spares(BETWEEN));
        values.push(value);
    }
    values.extend(spares(AT_END));
    EnumType { values, ..created }
}

fn is_spare(value: &str) -> bool {
    value.starts_with(PREFIX)
}
