//! A schema as somebody wrote it, with the statements that made it.

use std::collections::HashMap;

use super::key::{Deed, Key, Reading, key};
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{Column, Ident, Index, ObjectName, Schema, Sequence};
use crate::schema::{Table, View};
use crate::sql::{Fold, Statement};

/// What somebody wrote: the models, or all revisions that are applied.
#[derive(Debug, Clone)]
pub struct Words {
    schema: Schema,
    statements: Vec<Statement>,
    /// Which statements made an object, by the number of the statement.
    makers: HashMap<Key, Vec<usize>>,
    reading: Reading,
}

impl Words {
    /// `schema` is what the statements that are for `dialect` made of an empty one; `statements` are
    /// those for all engines, in order.
    pub fn new(dialect: Dialect, schema: Schema, statements: Vec<Statement>) -> Self {
        let reading = Self::reading_of(dialect);
        let mut makers: HashMap<Key, Vec<usize>> = HashMap::new();
        for (number, statement) in statements.iter().enumerate() {
            for operation in &statement.operations {
                match key(operation, reading) {
                    Some((Deed::Makes, key)) => makers.entry(key).or_default().push(number),
                    // Who made it before does not matter any more.
                    Some((Deed::Drops, key)) => drop(makers.remove(&key)),
                    Some((Deed::Changes, former)) => renamed(&mut makers, operation, &former),
                    None => {}
                }
            }
        }
        Self {
            schema,
            statements,
            makers,
            reading,
        }
    }

    /// How names are read on an engine.
    pub(super) fn reading_of(dialect: Dialect) -> Reading {
        let syntax = dialect.syntax();
        Reading {
            fold: if syntax.folds_to_lower {
                Fold::Lower
            } else {
                Fold::Keep
            },
            backslash_escapes: syntax.backslash_escapes,
        }
    }

    /// The schema that was written.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(super) fn statements(&self) -> &[Statement] {
        &self.statements
    }

    pub(super) fn reading(&self) -> Reading {
        self.reading
    }

    /// The statements that made an object, one for each set of engines.
    pub(super) fn makers(&self, key: &Key) -> impl Iterator<Item = &Statement> {
        let numbers = self.makers.get(key).into_iter().flatten();
        numbers.map(|number| &self.statements[*number])
    }

    pub(super) fn table(&self, name: &ObjectName) -> Option<&Table> {
        self.schema.table(name)
    }

    pub(super) fn column(&self, table: &ObjectName, column: &Ident) -> Option<&Column> {
        self.table(table)?.column(column)
    }

    pub(super) fn index(&self, name: &Ident) -> Option<&Index> {
        self.schema.index(name)
    }

    pub(super) fn view(&self, name: &ObjectName) -> Option<&View> {
        self.schema.views.iter().find(|it| it.name == *name)
    }

    pub(super) fn sequence(&self, name: &ObjectName) -> Option<&Sequence> {
        self.schema.sequences.iter().find(|it| it.name == *name)
    }
}

/// Follows an object to its new name.
fn renamed(makers: &mut HashMap<Key, Vec<usize>>, operation: &Operation, former: &Key) {
    let new = match (operation, former) {
        (Operation::RenameTable { from, to }, Key::Table(_)) => {
            Key::Table(from.sibling(to.clone()))
        }
        (Operation::RenameIndex { to, .. }, Key::Index(_)) => Key::Index(to.clone()),
        _ => return,
    };
    if let Some(numbers) = makers.remove(former) {
        makers.insert(new, numbers);
    }
}
