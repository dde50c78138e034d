//! Values of enumerated types, made out of spare ones in a scratch place: PostgreSQL lets nobody use
//! a value that the same transaction added, and there everything runs in one. A value that is renamed
//! may be used at once, so that a type is made with a nameless value wherever a later statement adds
//! one, and that statement renames it.

use std::collections::HashMap;

use super::{Action, Program, Work};
use crate::dialect::Unsupported;
use crate::operation::{EnumChange, Operation, ValuePosition, apply};
use crate::schema::{EnumType, ObjectName, Schema};

/// What the names of spare values begin with.
const PREFIX: &str = "_migrate_spare_";

/// What becomes of enumerated types, as far as it is known when one of them is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ahead {
    /// What is changed on the way to the end.
    Way(Vec<EnumChange>),
    /// What is changed on the way back to before the last way, and on that way once more.
    Return(Vec<EnumChange>),
}

/// The types that were made with spare values, as they are now.
#[derive(Debug, Clone, Default)]
pub struct SpareValues {
    known: Schema,
    /// The value that each of the spare ones is for.
    meant: HashMap<String, String>,
}

impl Program {
    /// What it does to enumerated types, in order.
    pub fn enum_changes(&self) -> Vec<EnumChange> {
        let actions = self.steps.iter().flat_map(|step| &step.actions);
        actions.filter_map(change_of).collect()
    }
}

impl SpareValues {
    /// Lets a program make types with a spare value for each that it adds later or that is added
    /// `ahead`, and make of those what it adds. Where none is meant a value is added as it is written.
    /// What the actions say of themselves stays as written.
    ///
    /// # Errors
    ///
    /// What the engine cannot do after all.
    pub fn spend(&mut self, program: &mut Program, ahead: &[Ahead]) -> Result<(), Unsupported> {
        if !program.dialect.syntax().named_types {
            return Ok(());
        }
        let compiler = program.dialect.compiler();
        let own = program.enum_changes();
        let mut left = own.as_slice();
        for action in program.steps.iter_mut().flat_map(|step| &mut step.actions) {
            let Some(change) = change_of(action) else {
                continue;
            };
            left = left.get(1..).unwrap_or_default();
            let operation = Operation::Enum(self.spending(change, left, ahead));
            // What does not fit the engine refuses, too.
            let _ = apply(&operation, &mut self.known);
            let lowered = compiler.compile(&[operation], &Schema::default())?;
            action.work = Work::Statements(lowered.statements);
        }
        Ok(())
    }

    /// Takes the spare values out of what was read.
    pub fn hide(schema: &mut Schema) {
        for of in &mut schema.enums {
            of.values.retain(|value| !is_spare(value));
        }
    }

    fn spending(&mut self, change: EnumChange, own: &[EnumChange], ahead: &[Ahead]) -> EnumChange {
        match change {
            EnumChange::Create { created } => EnumChange::Create {
                created: self.with_spares(created, own, ahead),
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

    fn with_spares(&mut self, created: EnumType, own: &[EnumChange], ahead: &[Ahead]) -> EnumType {
        let mut life = Life::of(created, &mut self.meant);
        if life.goes_on(own) {
            for ahead in ahead {
                match ahead {
                    Ahead::Way(changes) if !life.goes_on(changes) => break,
                    Ahead::Way(_) => {}
                    Ahead::Return(changes) => life.goes_back(changes),
                }
            }
        }
        life.into_made()
    }

    /// The spare value that is meant to become another where that is to be added; none where that
    /// one is there.
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
        let is_meant = |spare: &&String| self.meant.get(*spare).is_some_and(|it| it == value);
        values[from..to].iter().find(is_meant)
    }
}

/// A type from its creation on.
struct Life<'m> {
    made: ObjectName,
    /// Its name now.
    name: ObjectName,
    labels: Vec<Label>,
    meant: &'m mut HashMap<String, String>,
}

/// A value of the type, from the creation on.
struct Label {
    /// What it is called at first.
    made: String,
    /// The value that it is now, if it is one already.
    now: Option<String>,
    /// What it was before the way back.
    before: Option<String>,
}

impl<'m> Life<'m> {
    fn of(created: EnumType, meant: &'m mut HashMap<String, String>) -> Self {
        let labels = created.values.into_iter().map(|value| Label {
            now: Some(value.clone()),
            made: value,
            before: None,
        });
        Self {
            name: created.name.clone(),
            made: created.name,
            labels: labels.collect(),
            meant,
        }
    }

    /// Follows the changes; false where they drop the type.
    fn goes_on(&mut self, changes: &[EnumChange]) -> bool {
        for change in changes {
            match change {
                EnumChange::AddValue {
                    name,
                    value,
                    position,
                    ..
                } if *name == self.name => self.add(value, position.as_ref()),
                EnumChange::RenameValue { name, from, to } if *name == self.name => {
                    if let Some(at) = self.at(from) {
                        self.labels[at].now = Some(to.clone());
                    }
                }
                EnumChange::Rename { from, to } if *from == self.name => {
                    self.name = from.sibling(to.clone());
                }
                EnumChange::Drop { name, .. } if *name == self.name => return false,
                EnumChange::Create { .. }
                | EnumChange::AddValue { .. }
                | EnumChange::RenameValue { .. }
                | EnumChange::Rename { .. }
                | EnumChange::Drop { .. } => {}
            }
        }
        true
    }

    /// Follows the changes, and is then what it was before: what they add needs its place, too.
    fn goes_back(&mut self, changes: &[EnumChange]) {
        let name = self.name.clone();
        for label in &mut self.labels {
            label.before.clone_from(&label.now);
        }
        self.goes_on(changes);
        for label in &mut self.labels {
            label.now = label.before.take();
        }
        self.name = name;
    }

    fn add(&mut self, value: &str, position: Option<&ValuePosition>) {
        let at = match position {
            None => Some(self.labels.len()),
            Some(ValuePosition::Before(other)) => self.at(other),
            Some(ValuePosition::After(other)) => self.at(other).map(|other| other + 1),
        };
        let (None, Some(at)) = (self.at(value), at) else {
            return;
        };
        let made = format!("{PREFIX}{}", self.meant.len());
        self.meant.insert(made.clone(), value.to_owned());
        let label = Label {
            made,
            now: Some(value.to_owned()),
            before: None,
        };
        self.labels.insert(at, label);
    }

    fn at(&self, value: &str) -> Option<usize> {
        let is_it = |label: &Label| label.now.as_deref() == Some(value);
        self.labels.iter().position(is_it)
    }

    fn into_made(self) -> EnumType {
        EnumType {
            name: self.made,
            values: self.labels.into_iter().map(|label| label.made).collect(),
        }
    }
}

fn change_of(action: &Action) -> Option<EnumChange> {
    match &*action.operations() {
        [Operation::Enum(change)] => Some(change.clone()),
        _ => None,
    }
}

fn is_spare(value: &str) -> bool {
    value.starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::tests::{applied, texts};

    const MAKE: &str = "CREATE TYPE mood AS ENUM ('a', 'z');";

    /// What the types hold once the programs ran one after the other, and how many values were added
    /// as they are written.
    fn ran(programs: &[(&Program, &[Ahead])]) -> (Vec<Vec<String>>, usize) {
        let mut spares = SpareValues::default();
        let mut added = 0;
        for (program, ahead) in programs {
            let mut program = (*program).clone();
            spares.spend(&mut program, ahead).unwrap();
            let texts = texts(&program);
            added += texts.iter().filter(|it| it.contains("ADD VALUE")).count();
        }
        SpareValues::hide(&mut spares.known);
        let enums = spares.known.enums.into_iter();
        (enums.map(|it| it.values).collect(), added)
    }

    /// The values that a statement makes of the type, which is made by another that knows of it.
    #[track_caller]
    fn holds(changes: &str, values: &[&str]) {
        let program = applied(&format!("{MAKE}\n{changes}"));
        let (found, added) = ran(&[(&program, &[])]);
        assert_eq!(found, [values], "{changes}");
        assert_eq!(added, 0, "{changes}");

        let (make, change) = (applied(MAKE), applied(changes));
        let ahead = [Ahead::Way(change.enum_changes())];
        let (found, added) = ran(&[(&make, &ahead), (&change, &[])]);
        assert_eq!(found, [values], "{changes}");
        assert_eq!(added, 0, "{changes}");
    }

    #[test]
    fn every_value_that_is_added_has_its_place_from_the_beginning() {
        holds("ALTER TYPE mood ADD VALUE 'b';", &["a", "z", "b"]);
        holds(
            "ALTER TYPE mood ADD VALUE 'b'; ALTER TYPE mood ADD VALUE 'c' BEFORE 'b';",
            &["a", "z", "c", "b"],
        );
        holds(
            "ALTER TYPE mood ADD VALUE 'b'; ALTER TYPE mood ADD VALUE 'c' AFTER 'z';",
            &["a", "z", "c", "b"],
        );
        holds(
            "ALTER TYPE mood RENAME VALUE 'a' TO 'b'; ALTER TYPE mood RENAME TO humour; \
             ALTER TYPE humour ADD VALUE 'a' AFTER 'b';",
            &["b", "a", "z"],
        );
        let names: Vec<String> = (0..40).map(|it| format!("n{it}")).collect();
        let many = names.iter();
        let many = many.map(|it| format!("ALTER TYPE mood ADD VALUE '{it}' BEFORE 'z';"));
        let mut values: Vec<&str> = names.iter().map(String::as_str).collect();
        values.insert(0, "a");
        values.push("z");
        holds(&many.collect::<String>(), &values);
    }

    #[test]
    fn a_way_back_takes_nothing_from_the_way_on() {
        let make = applied(MAKE);
        let up = applied("ALTER TYPE mood ADD VALUE 'b' BEFORE 'z';");
        let down = applied("ALTER TYPE mood RENAME VALUE 'b' TO 'was b';");
        let next = applied("ALTER TYPE mood ADD VALUE 'c' AFTER 'a';");
        let there_again = [down.enum_changes(), up.enum_changes()].concat();
        let ahead = [
            Ahead::Way(up.enum_changes()),
            Ahead::Return(there_again),
            Ahead::Way(next.enum_changes()),
        ];
        let (found, added) = ran(&[
            (&make, &ahead),
            (&up, &ahead[1..]),
            (&down, &ahead),
            (&up, &ahead[1..]),
            (&next, &[]),
        ]);
        assert_eq!(found, [["a", "c", "was b", "b", "z"]]);
        assert_eq!(added, 0);
    }

    #[test]
    fn a_value_that_nobody_foresaw_is_added_as_it_is_written() {
        let (make, change) = (applied(MAKE), applied("ALTER TYPE mood ADD VALUE 'b';"));
        let (found, added) = ran(&[(&make, &[]), (&change, &[])]);
        assert_eq!(found, [["a", "z", "b"]]);
        assert_eq!(added, 1);
    }
}
