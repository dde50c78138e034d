//! One operation in the words of those who wrote its object.

use std::collections::HashMap;

use super::former::Former;
use super::key::{Deed, Key, key};
use super::note::{fewer_values, note, rights};
use super::portable;
use super::words::Words;
use crate::dialect::Dialect;
use crate::diff;
use crate::operation::{ConstraintTarget, Operation};
use crate::render::Entry;
use crate::schema::{Column, ConstraintKind, DataType, EnumType, Ident, Index, ObjectName, Table};
use crate::sql::{self, LexemeKind, Statement, Subject};

/// One direction of a revision.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) dialect: Dialect,
    /// Where what is made was written.
    pub(super) new: &'a Words,
    /// Where what is dropped was written.
    pub(super) old: &'a Words,
    pub(super) former: &'a Former,
    /// The types that columns have before the section runs.
    pub(super) before: &'a Types,
    /// The table that is being made, if one is.
    pub(super) making: Option<&'a Table>,
    /// Whether what is made was written before the revision gave new names: it is made while they
    /// still hold.
    pub(super) is_back: bool,
}

/// The types of columns, as the engine at hand keeps them.
pub(super) type Types = HashMap<(ObjectName, Ident), DataType>;

/// The types that columns have before a section: those that the other one gives back.
pub(super) fn types_given<'o>(operations: impl Iterator<Item = &'o Operation>) -> Types {
    let given = operations.filter_map(Operation::type_given);
    let owned = given
        .map(|(table, column, data_type)| ((table.clone(), column.clone()), data_type.clone()));
    owned.collect()
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
        let operation = &self.of_index(operation);
        let Some((deed, key)) = key(operation, self.new.reading()) else {
            return vec![Entry::from(operation)];
        };
        match deed {
            Deed::Makes => self.made(operation, &key),
            Deed::Changes => self.changed(operation, &key),
            Deed::Drops => self.dropped(operation, &key),
        }
    }

    /// A unique constraint that was written as an index, which some engines do not tell apart.
    fn of_index(&self, operation: &Operation) -> Operation {
        let is_index =
            |words: &Words, name: &Ident| words.index(name).is_some_and(|index| index.unique);
        match operation {
            Operation::AddConstraint { table, constraint }
                if matches!(constraint.kind, ConstraintKind::Unique { .. }) =>
            {
                let name = constraint.name.as_ref().filter(|it| is_index(self.new, it));
                let index = name.and_then(|name| self.new.index(name));
                index.map(|index| Operation::CreateIndex {
                    index: Index {
                        // It may have been renamed since.
                        table: table.clone(),
                        ..index.clone()
                    },
                    concurrently: false,
                    if_not_exists: false,
                })
            }
            Operation::DropConstraint {
                table,
                target: ConstraintTarget::Named(name),
                ..
            } if is_index(self.old, name) => Some(Operation::DropIndex {
                name: table.sibling(name.clone()),
                table: Some(table.clone()),
                concurrently: false,
                if_exists: false,
            }),
            _ => None,
        }
        .unwrap_or_else(|| operation.clone())
    }

    fn changed(&self, operation: &Operation, key: &Key) -> Vec<Entry> {
        let worded = self.worded(operation);
        let only = self.engines_of(key);
        if let Some([told, plain]) = self.converting(&worded)
            && only.is_empty()
        {
            let reads = |engine: &&Dialect| engine.syntax().converts_by_cast;
            let (tells, converts): (Vec<_>, Vec<_>) = Dialect::ALL.iter().partition(reads);
            let names = |engines: Vec<&Dialect>| {
                let names = engines.into_iter().map(|it| it.name().to_owned());
                names.collect()
            };
            return vec![
                self.entry(told, names(tells)),
                self.entry(plain, names(converts)),
            ];
        }
        let mut engines = portable::engines(&worded, self.dialect, &self.new.schema().enums);
        // How values become those of a listed type is understood wherever such types are.
        if engines.is_empty() || self.listing(&worded).is_some() {
            engines = only;
        }
        let mut entry = self.entry(worded, engines);
        entry.note = (entry.note)
            .or_else(|| self.lost_values(&entry.operation))
            .or_else(|| self.lost_collation(&entry.operation));
        vec![entry]
    }

    /// The listed type that a column gets, as it will be.
    fn listing(&self, operation: &Operation) -> Option<&EnumType> {
        let Operation::SetType { data_type, .. } = operation else {
            return None;
        };
        let name = data_type.as_name()?;
        let mut enums = self.new.schema().enums.iter();
        enums.find(|it| it.name == name)
    }

    /// What has to be done about rows before a column gets a type that lists fewer values.
    fn lost_values(&self, operation: &Operation) -> Option<String> {
        let (table, column, data_type) = operation.type_given()?;
        let beyond = |one: &[String], other: &[String]| -> Vec<String> {
            let values = one.iter().filter(|it| !other.contains(it));
            values.map(|it| format!("'{it}'")).collect()
        };
        if let Some(wanted) = self.listing(operation) {
            let mut enums = self.old.schema().enums.iter();
            let former = enums.find(|it| it.name == wanted.name)?;
            let gone = beyond(&former.values, &wanted.values);
            let new = beyond(&wanted.values, &former.values);
            return fewer_values(Some(&wanted.name), column, (&gone, &new));
        }
        let former = self.before.get(&(table.clone(), column.clone()))?;
        let former = listed(self.old, former)?;
        let wanted = listed(self.new, data_type)?;
        fewer_values(None, column, (&beyond(&former, &wanted), &[]))
    }

    /// The collation that goes with a type.
    fn lost_collation(&self, operation: &Operation) -> Option<String> {
        let (table, column, _) = operation.type_given()?;
        let collation = operation.collation_lost(self.written_before(table, column)?)?;
        Some(format!("takes the collation {collation} from `{column}`"))
    }

    /// A column as it was written before this section.
    fn written_before(&self, table: &ObjectName, column: &Ident) -> Option<&Column> {
        let (of, name) = match self.is_back {
            true => (table, column),
            false => (self.former.table(table), self.former.column(table, column)),
        };
        self.old.column(of, name)
    }

    /// A new type whose values one engine converts only when it is told how, with and without that.
    fn converting(&self, operation: &Operation) -> Option<[Operation; 2]> {
        let (table, column, data_type) = operation.type_given()?;
        let is_listed = |data_type: &DataType| {
            let name = data_type.as_name();
            let schemas = [self.new.schema(), self.old.schema()];
            let mut enums = schemas.into_iter().flat_map(|it| &it.enums);
            name.is_some_and(|name| enums.any(|it| it.name == name))
        };
        let written = self.written_before(table, column);
        let written = written.map(|it| &it.data_type);
        // Where nobody wrote it, the database knows.
        let before = written.or_else(|| self.before.get(&(table.clone(), column.clone())));
        // Every engine is told what a listed type means.
        if is_listed(data_type) {
            return None;
        }
        let (mut told, mut plain) = (operation.clone(), operation.clone());
        if let Operation::SetType { using, .. } = &mut plain {
            *using = None;
        }
        // Where a type is one engine's own, there is nothing to tell the others.
        if !portable::engines(&plain, self.dialect, &self.new.schema().enums).is_empty() {
            return None;
        }
        if let Operation::SetType { using, .. } = &mut told {
            let cast = before.and_then(|before| diff::using(column, before, data_type));
            *using = using.take().or(cast);
            using.as_ref()?;
        }
        Some([told, plain])
    }

    fn dropped(&self, operation: &Operation, key: &Key) -> Vec<Entry> {
        let mut entries = self.drops(operation, key);
        let is_remade = !self.makers(self.new, key).is_empty();
        if let Some(entry) = entries.first_mut()
            && is_remade
            && self.dialect.syntax().drops_rights
        {
            entry.note = entry.note.take().or_else(|| rights(key));
        }
        entries
    }

    /// What drops an object, on this engine and on those for which it was written apart.
    fn drops(&self, operation: &Operation, key: &Key) -> Vec<Entry> {
        let own = || vec![self.dialect.name().to_owned()];
        match key {
            Key::Other(_) => {
                let mut entries = vec![self.entry(operation.clone(), own())];
                // What replaces it says the same where it is made.
                if self.makers(self.new, key).is_empty() {
                    let others = self.makers(self.old, key).into_iter();
                    let others = others.filter(|it| !self.is_ours(it));
                    entries.extend(others.filter_map(retired));
                }
                entries
            }
            // The engine made it for a foreign key.
            Key::Index(name) if self.is_own_of_engine(name) => {
                vec![self.entry(operation.clone(), own())]
            }
            _ => vec![self.entry(operation.clone(), self.engines_of(key))],
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
            let only = portable::engines(&worded, self.dialect, &self.new.schema().enums);
            return vec![self.entry(worded, only)];
        };
        let worded = match (operation, ours.operations.first()) {
            (Operation::Raw { sql }, Some(Operation::Raw { sql: written })) => Operation::Raw {
                sql: replacing(written, sql),
            },
            _ => self.worded(operation),
        };
        let mut entries = vec![self.entry(worded, only(ours))];
        let before = self.makers(self.old, key);
        for other in others {
            let former = before.iter().find(|it| only(it) == only(other));
            if former.is_some_and(|it| it.operations == other.operations) && is_text(operation) {
                continue;
            }
            if is_text(operation) {
                entries.extend(former.and_then(|it| retired(it)));
            }
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

    /// The engines that an object was made for; none means all. What was there before the revision
    /// was made by others, whatever the models say of it now.
    fn engines_of(&self, key: &Key) -> Vec<String> {
        let (before, after) = match self.is_back {
            true => (self.new, self.old),
            false => (self.old, self.new),
        };
        let mut makers = self.makers(before, key);
        if makers.is_empty() {
            makers = self.makers(after, key);
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
}

/// The values that a type lists, by its name or in its words.
fn listed(words: &Words, data_type: &DataType) -> Option<Vec<String>> {
    if let Some(name) = data_type.as_name() {
        let mut enums = words.schema().enums.iter();
        return Some(enums.find(|it| it.name == name)?.values.clone());
    }
    let DataType::Other(text) = data_type else {
        return None;
    };
    let mut lexemes = sql::lexemes(text.as_str(), false)?.into_iter();
    lexemes
        .next()
        .filter(|it| it.text.eq_ignore_ascii_case("ENUM"))?;
    let literals = lexemes.filter(|it| it.kind == LexemeKind::String);
    let values = literals.map(|it| it.text.trim_matches('\'').to_owned());
    Some(values.collect())
}

/// Whether an operation is nothing but its text, so that each engine drops what is its own.
fn is_text(operation: &Operation) -> bool {
    matches!(operation, Operation::Raw { .. })
}

/// What drops, on its engines, an object that is known by its text.
fn retired(maker: &Statement) -> Option<Entry> {
    let Some(Operation::Raw { sql }) = maker.operations.first() else {
        return None;
    };
    let engine = maker.only.iter().find_map(|it| Dialect::parse(&it.name))?;
    let syntax = engine.syntax();
    let reading = Words::reading_of(engine);
    let (Subject { kind, name, table }, _) =
        sql::subject(sql, reading.fold, reading.backslash_escapes)?;
    let on = table.filter(|_| syntax.drops_triggers_by_table);
    let on = on.map(|table| format!(" ON {}", syntax.quote(table.name.as_str())));
    Some(Entry {
        operation: Operation::Raw {
            sql: format!(
                "DROP {} {}{}",
                kind.to_ascii_uppercase(),
                syntax.quote(name.name.as_str()),
                on.unwrap_or_default()
            ),
        },
        only: only(maker),
        note: None,
    })
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
