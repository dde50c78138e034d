//! Values of enumerated types, added when the type is made: PostgreSQL lets nobody use a value that
//! the same transaction added, and a rehearsal is one transaction.

use super::{Action, Program, Work};
use crate::dialect::Unsupported;
use crate::operation::{EnumChange, Operation, apply};
use crate::schema::Schema;

/// Moves every value that is added later to the creation of its type, where the program has it.
pub(super) fn bring_forward(program: &mut Program) -> Result<(), Unsupported> {
    let compiler = program.dialect.compiler();
    for step in 0..program.steps.len() {
        let mut at = 0;
        while at < program.steps[step].actions.len() {
            let adding = &program.steps[step].actions[at];
            let Some((made, operation)) = with_value(program, (step, at), adding) else {
                at += 1;
                continue;
            };
            let operations = vec![operation];
            let lowered = compiler.compile(&operations, &Schema::default())?;
            let action = &mut program.steps[made.0].actions[made.1];
            action.work = Work::Statements(lowered.statements);
            action.mean(operations);
            program.steps[step].actions.remove(at);
        }
    }
    Ok(())
}

/// The place of the creation of the type that an action adds a value to, and the creation with it.
fn with_value(
    program: &Program,
    place: (usize, usize),
    adding: &Action,
) -> Option<((usize, usize), Operation)> {
    let adding = adding.operations();
    let [Operation::Enum(add @ EnumChange::AddValue { name, .. })] = &*adding else {
        return None;
    };
    let mut name = name.clone();
    let actions = |step: usize| (0..program.steps[step].actions.len()).map(move |at| (step, at));
    let before: Vec<(usize, usize)> = (0..=place.0)
        .flat_map(actions)
        .take_while(|it| *it != place)
        .collect();
    for made in before.into_iter().rev() {
        let action = &program.steps[made.0].actions[made.1];
        let operations = action.operations();
        let [Operation::Enum(change)] = &*operations else {
            continue;
        };
        if let EnumChange::Rename { from, to } = change
            && from.sibling(to.clone()) == name
        {
            name = from.clone();
        } else if let EnumChange::RenameValue { name: of, .. } = change
            && *of == name
        {
            return None;
        } else if let EnumChange::Create { created } = change
            && created.name == name
        {
            let mut add = add.clone();
            if let EnumChange::AddValue { name: of, .. } = &mut add {
                *of = name;
            }
            let mut schema = Schema {
                enums: vec![created.clone()],
                ..Schema::default()
            };
            apply(&Operation::Enum(add), &mut schema).ok()?;
            let created = schema.enums.pop()?;
            return Some((made, Operation::Enum(EnumChange::Create { created })));
        }
    }
    None
}
