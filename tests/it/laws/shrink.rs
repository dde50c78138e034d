//! The smallest schema on which a change still fails.

use migration_core::operation::Operation;
use migration_core::schema::Schema;

use super::play::{Failure, Stage};
use super::story::Story;

/// Plays the failing step alone on ever smaller schemas; none when it needs what came before.
pub(super) fn smallest(stage: &mut Stage, story: &Story, failure: &Failure) -> Option<Failure> {
    let step = &story.steps[failure.step];
    let [operation] = step.up.as_slice() else {
        return None;
    };
    let mut schema = step.before.clone();
    let mut smallest = fails(stage, &schema, operation)?;
    while let Some((smaller, failure)) = parts(&schema)
        .into_iter()
        .find_map(|smaller| Some((smaller.clone(), fails(stage, &smaller, operation)?)))
    {
        schema = smaller;
        smallest = failure;
    }
    Some(smallest)
}

fn fails(stage: &mut Stage, schema: &Schema, operation: &Operation) -> Option<Failure> {
    let story = Story::of(schema, operation)?;
    let failure = stage.play(&story).err()?;
    (failure.step > 0).then_some(failure)
}

/// The schema without one of its parts each.
fn parts(schema: &Schema) -> Vec<Schema> {
    let mut parts = Vec::new();
    for at in 0..schema.indexes.len() {
        let mut smaller = schema.clone();
        smaller.indexes.remove(at);
        parts.push(smaller);
    }
    for at in 0..schema.tables.len() {
        let mut smaller = schema.clone();
        let removed = smaller.tables.remove(at);
        smaller.indexes.retain(|index| index.table != removed.name);
        if !smaller.tables.is_empty() {
            parts.push(smaller);
        }
        let table = &schema.tables[at];
        for constraint in 0..table.constraints.len() {
            let mut smaller = schema.clone();
            smaller.tables[at].constraints.remove(constraint);
            parts.push(smaller);
        }
        for column in 0..table.columns.len() {
            let mut smaller = schema.clone();
            let removed = smaller.tables[at].columns.remove(column);
            let is_used = format!("{smaller:?}").contains(removed.name.as_str());
            if !is_used && table.columns.len() > 1 {
                parts.push(smaller);
            }
        }
    }
    parts
}
