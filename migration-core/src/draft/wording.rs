//! One operation in the words of those who wrote its object.

use std::collections::HashMap;

use super::key::{Deed, Key, key};
use super::note::note;
use super::portable;
use super::words::Words;
use crate::dialect::Dialect;
use crate::operation::{Operation, SequenceChange, ViewChange};
use crate::render::Entry;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Ident, Index, IndexKey, ObjectName,
    Table,
};
use crate::sql::Statement;

/// One direction of a revision.
pub(super) struct Wording<'a> {
    pub(super) dialect: Dialect,
    /// Where what is made was written.
    pub(super) new: &'a Words,
    /// Where what is dropped was written.
    pub(super) old: &'a Words,
    pub(super) former: &'a Former,
    /// Whether what is made was written before the revision gave new names: it is made while they
    /// still hold.
    pub(super) is_back: bool,
}

/// Tables and columns that the revision renames: the name in the models, then the one before.
#[derive(Debug, Default)]
pub(super) struct Former {
    tables: HashMap<ObjectName, ObjectName>,
    columns: HashMap<(ObjectName, Ident), Ident>,
}

impl Former {
    fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.columns.is_empty()
    }

    /// Finds the renames among operations.
    pub(super) fn of<'o>(operations: impl Iterator<Item = &'o Operation>) -> Self {
        let mut former = Self::default();
        for operation in operations {
            match operation {
                Operation::RenameTable { from, to } => {
                    former.tables.insert(from.sibling(to.clone()), from.clone());
                }
                Operation::RenameColumn { table, from, to } => {
                    let key = (table.clone(), to.clone());
                    former.columns.insert(key, from.clone());
                }
                _ => {}
            }
        }
        former
    }

    fn table<'n>(&'n self, name: &'n ObjectName) -> &'n ObjectName {
        self.tables.get(name).unwrap_or(name)
    }

    fn column<'n>(&'n self, table: &ObjectName, column: &'n Ident) -> &'n Ident {
        self.columns
            .get(&(table.clone(), column.clone()))
            .unwrap_or(column)
    }

    /// A text about a table, written before, with the names that hold while it is made again.
    fn renamed(&self, table: &ObjectName, text: &Expression) -> Expression {
        let mut text = text.clone();
        for ((of, to), from) in &self.columns {
            if of == table {
                text = text.rename_column(from, to);
            }
        }
        match self.tables.get(table) {
            Some(from) => text.rename_table(&from.name, &table.name),
            None => text,
        }
    }

    /// The name that holds for a column that was called so before.
    fn renamed_column(&self, table: &ObjectName, column: &Ident) -> Ident {
        let mut renamed = self.columns.iter();
        let found = renamed.find(|((of, _), from)| of == table && *from == column);
        found.map_or_else(|| column.clone(), |((_, to), _)| to.clone())
    }
}

impl Wording<'_> {
    /// The operations of a section, worded.
    pub(super) fn section<'o>(
        &self,
        operations: impl Iterator<Item = &'o Operation>,
    ) -> Vec<Entry> {
        operations.flat_map(|it| self.entries(it)).collect()
    }

    fn entries(&self, operation: &Operation) -> Vec<Entry> {
        let Some((deed, key)) = key(operation, self.new.reading()) else {
            return vec![Entry::from(operation)];
        };
        match deed {
            Deed::Makes => self.made(operation, &key),
            Deed::Changes => {
                let worded = self.worded(operation);
                let mut only = portable::engines(&worded, self.dialect);
                if only.is_empty() {
                    only = self.engines_of(&key);
                }
                vec![self.entry(worded, only)]
            }
            Deed::Drops => {
                let only = match &key {
                    Key::Other(_) if self.makers(self.old, &key).is_empty() => {
                        vec![self.dialect.name().to_owned()]
                    }
                    // The engine made it for a foreign key.
                    Key::Index(name) if self.is_own_of_engine(name) => {
                        vec![self.dialect.name().to_owned()]
                    }
                    _ => self.engines_of(&key),
                };
                vec![self.entry(operation.clone(), only)]
            }
        }
    }

    /// Whether an index has the name of a constraint, and nobody made it.
    fn is_own_of_engine(&self, name: &Ident) -> bool {
        let is_named = |words: &Words| {
            let mut tables = words.schema().tables.iter();
            tables.any(|table| {
                let mut constraints = table.constraints.iter();
                constraints.any(|it| table.constraint_name(it) == *name)
            })
        };
        let key = Key::Index(name.clone());
        let is_made = |words| !self.makers(words, &key).is_empty();
        !is_made(self.old) && !is_made(self.new) && (is_named(self.old) || is_named(self.new))
    }

    fn entry(&self, operation: Operation, only: Vec<String>) -> Entry {
        Entry {
            note: note(&operation, self.old),
            operation,
            only,
        }
    }

    /// What makes an object, on this engine and on those for which it was written apart.
    fn made(&self, operation: &Operation, key: &Key) -> Vec<Entry> {
        let makers = self.makers(self.new, key);
        let (ours, others): (Vec<_>, Vec<_>) = makers.into_iter().partition(|it| self.is_ours(it));
        let Some(ours) = ours.last() else {
            let worded = self.worded(operation);
            let only = portable::engines(&worded, self.dialect);
            return vec![self.entry(worded, only)];
        };
        let worded = match (operation, ours.operations.first()) {
            (Operation::Raw { sql }, Some(Operation::Raw { sql: written })) => Operation::Raw {
                sql: replacing(written, sql),
            },
            _ => self.worded(operation),
        };
        let mut entries = vec![self.entry(worded, only(ours))];
        for other in others {
            entries.extend(other.operations.iter().map(|operation| Entry {
                operation: operation.clone(),
                only: only(other),
                note: None,
            }));
        }
        entries
    }

    fn is_ours(&self, statement: &Statement) -> bool {
        let mut named = statement.only.iter();
        statement.only.is_empty()
            || named.any(|engine| Dialect::parse(&engine.name) == Some(self.dialect))
    }

    /// The statements that made an object, by its present or its former name.
    fn makers<'w>(&self, words: &'w Words, key: &Key) -> Vec<&'w Statement> {
        let makers: Vec<_> = words.makers(key).collect();
        match key {
            Key::Table(name) if makers.is_empty() => {
                let former = Key::Table(self.former.table(name).clone());
                words.makers(&former).collect()
            }
            _ => makers,
        }
    }

    /// The engines that an object was made for; none means all.
    fn engines_of(&self, key: &Key) -> Vec<String> {
        let mut makers = self.makers(self.old, key);
        if makers.is_empty() {
            makers = self.makers(self.new, key);
        }
        let mut engines: Vec<String> = Vec::new();
        for maker in makers {
            if maker.only.is_empty() {
                return Vec::new();
            }
            for name in only(maker) {
                if !engines.contains(&name) {
                    engines.push(name);
                }
            }
        }
        let is_for = |engine: &Dialect| {
            let mut names = engines.iter();
            names.any(|name| Dialect::parse(name) == Some(*engine))
        };
        if Dialect::ALL.iter().all(is_for) {
            return Vec::new();
        }
        engines
    }

    #[expect(clippy::too_many_lines, reason = "one arm per operation")]
    fn worded(&self, operation: &Operation) -> Operation {
        let mut worded = operation.clone();
        match &mut worded {
            Operation::CreateTable { table, .. } => self.table(table),
            Operation::AddColumn {
                table,
                column,
                constraints,
                ..
            } => {
                *column = self.column(table, column, false);
                for constraint in constraints {
                    self.constraint(table, constraint);
                }
            }
            Operation::SetType {
                table,
                column,
                data_type,
                collation,
                ..
            } => {
                let written = self.written(table, column);
                let agreed = written.filter(|it| self.agree(&it.data_type, data_type));
                if let Some(written) = agreed {
                    data_type.clone_from(&written.data_type);
                    keep(collation, written.collation.as_ref());
                }
            }
            Operation::SetDefault {
                table,
                column,
                default: Some(default),
            } => {
                let written = self
                    .written(table, column)
                    .and_then(|it| it.default.clone());
                *default = written.unwrap_or_else(|| portable::default(default));
            }
            Operation::AddConstraint { table, constraint } => self.constraint(table, constraint),
            Operation::CreateIndex { index, .. } => {
                let written = index.name.as_ref().and_then(|name| self.new.index(name));
                if let Some(written) = written {
                    let table = std::mem::replace(index, written.clone()).table;
                    index.table = table;
                    self.rename_index(index);
                }
            }
            Operation::View(ViewChange::Create { view, .. }) => {
                // What a view reads may have other names by now; the engine knows which.
                let is_renamed = self.is_back && !self.former.is_empty();
                if let Some(written) = self.new.view(&view.name).filter(|_| !is_renamed) {
                    view.clone_from(written);
                }
            }
            Operation::Sequence(SequenceChange::Create { sequence, .. }) => {
                // It is given to its column by a statement of its own, where the column is there.
                let owner = sequence.options.owner.take();
                let written = self.new.sequence(&sequence.name);
                *sequence = written.unwrap_or(sequence).clone();
                sequence.options.owner = owner;
            }
            _ => {}
        }
        worded
    }

    /// The text of a column or constraint, with the names that hold.
    fn text(&self, table: &ObjectName, text: &Expression) -> Expression {
        if self.is_back {
            self.former.renamed(table, text)
        } else {
            text.clone()
        }
    }

    fn rename_index(&self, index: &mut Index) {
        if !self.is_back {
            return;
        }
        let table = index.table.clone();
        for part in &mut index.parts {
            match &mut part.key {
                IndexKey::Column { name, .. } => *name = self.former.renamed_column(&table, name),
                IndexKey::Expression(text) => *text = self.former.renamed(&table, text),
            }
        }
        for column in &mut index.include {
            *column = self.former.renamed_column(&table, column);
        }
        if let Some(text) = &mut index.predicate {
            *text = self.former.renamed(&table, text);
        }
    }

    fn table(&self, table: &mut Table) {
        let bare = table.clone();
        for column in &mut table.columns {
            let is_key = bare.primary_key().contains(&column.name);
            *column = self.column(&bare.name, column, is_key);
        }
        for constraint in &mut table.constraints {
            self.constraint(&bare.name, constraint);
        }
        for at in 0..table.constraints.len() {
            let mut others = table.clone();
            let constraint = others.constraints.remove(at);
            if constraint.name == Some(others.default_constraint_name(&constraint.kind)) {
                table.constraints[at].name = None;
            }
        }
        if let Some(written) = self.new.table(self.former.table(&table.name)) {
            table.options.clone_from(&written.options);
        }
    }

    /// The column where it was written, by its present or its former name.
    fn written(&self, table: &ObjectName, column: &Ident) -> Option<&Column> {
        self.new.column(table, column).or_else(|| {
            let former = self.former.column(table, column);
            self.new.column(self.former.table(table), former)
        })
    }

    fn column(&self, table: &ObjectName, column: &Column, is_key: bool) -> Column {
        let mut worded = portable::column(column);
        let Some(written) = self.written(table, &column.name) else {
            return worded;
        };
        if !self.agree(&written.data_type, &column.data_type) {
            return worded;
        }
        worded.data_type.clone_from(&written.data_type);
        worded.attributes.clone_from(&written.attributes);
        if written.identity.is_some() == column.identity.is_some() {
            worded.identity = written.identity;
        }
        if is_key || written.identity.is_some() {
            worded.nullable = written.nullable;
        }
        keep(&mut worded.default, written.default.as_ref());
        keep(&mut worded.generated, written.generated.as_ref());
        if let Some(generated) = &mut worded.generated {
            generated.expression = self.text(table, &generated.expression);
        }
        keep(&mut worded.collation, written.collation.as_ref());
        worded
    }

    /// Whether a type as it was written is the one that the engine keeps.
    fn agree(&self, written: &DataType, kept: &DataType) -> bool {
        let compiler = self.dialect.compiler();
        let squeezed = |data_type: &DataType| {
            let text = compiler.data_type(data_type).ok()?;
            let signs = text.chars().filter(|sign| !sign.is_whitespace());
            Some(signs.collect::<String>().to_ascii_lowercase())
        };
        written == kept || squeezed(written) == squeezed(kept)
    }

    /// Conditions in the words of the models; names only where somebody chose one.
    fn constraint(&self, table: &ObjectName, constraint: &mut Constraint) {
        let Some(name) = constraint.name.clone() else {
            return;
        };
        let written = self.new.constraint(table, &name).or_else(|| {
            let former = self.former.table(table);
            self.new.constraint(former, &name)
        });
        let Some(written) = written else {
            return;
        };
        if let (
            ConstraintKind::Check { expression },
            ConstraintKind::Check {
                expression: written,
            },
        ) = (&mut constraint.kind, &written.kind)
        {
            *expression = self.text(table, written);
        }
    }
}

/// Says what is there as it was written.
fn keep<T: Clone>(there: &mut Option<T>, written: Option<&T>) {
    if let (Some(there), Some(written)) = (there, written) {
        there.clone_from(written);
    }
}

fn only(statement: &Statement) -> Vec<String> {
    let names = statement.only.iter();
    names.map(|engine| engine.name.clone()).collect()
}

/// The statement as it was written, taking the place of what is there when the engine's form does.
fn replacing(written: &str, kept: &str) -> String {
    let begins = |text: &str, words: &str| {
        let mut text = text.split_whitespace();
        words
            .split(' ')
            .all(|word| text.next().is_some_and(|it| it.eq_ignore_ascii_case(word)))
    };
    let replaces = begins(kept, "CREATE OR REPLACE") && !begins(written, "CREATE OR REPLACE");
    match written.trim_start().split_once(char::is_whitespace) {
        Some((create, rest)) if replaces && create.eq_ignore_ascii_case("CREATE") => {
            format!("{create} OR REPLACE {}", rest.trim_start())
        }
        _ => written.to_owned(),
    }
}
