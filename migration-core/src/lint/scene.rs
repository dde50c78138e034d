//! What stands around an operation: what the database is before it, what this program made, what its
//! transaction holds.

use crate::dialect::{Dialect, HoldUp};
use crate::operation::{Names, Operation};
use crate::schema::{Column, Ident, ObjectName, Schema};
use crate::sql::first_words;

/// An operation, and what stands around it.
pub(super) struct Scene<'p> {
    pub(super) dialect: Dialect,
    /// The one that is looked at; none before the first.
    operation: Option<&'p Operation>,
    /// What is known of the database before it.
    pub(super) before: Schema,
    new_tables: Vec<ObjectName>,
    new_columns: Vec<(ObjectName, Ident)>,
    /// The tables that the transaction keeps locked.
    locked: Vec<ObjectName>,
}

impl<'p> Scene<'p> {
    pub(super) fn new(dialect: Dialect, before: Schema) -> Self {
        Self {
            dialect,
            operation: None,
            before,
            new_tables: Vec::new(),
            new_columns: Vec::new(),
            locked: Vec::new(),
        }
    }

    /// No table is locked yet.
    pub(super) fn begin_transaction(&mut self) {
        self.locked.clear();
    }

    pub(super) fn come_to(&mut self, operation: &'p Operation) {
        self.operation = Some(operation);
    }

    /// The operation is done.
    pub(super) fn pass(&mut self, names: &mut Names) {
        let Some(operation) = self.operation else {
            return;
        };
        if let Operation::CreateTable { table, .. } = operation {
            self.new_tables.push(table.name.clone());
        }
        if let Operation::AddColumn { table, column, .. } = operation {
            self.new_columns.push((table.clone(), column.name.clone()));
        }
        let locked = self.dialect.locked_by(operation);
        if let Some(table) = locked.filter(|table| !self.is_new(table)) {
            self.locked.push(table.clone());
        }
        self.follow_names(operation);
        // What does not fit was made by what passes through as written.
        let _ = names.apply(operation, &mut self.before);
    }

    /// What is new stays so under another name.
    fn follow_names(&mut self, operation: &Operation) {
        if let Operation::RenameTable { from, to } = operation {
            let new = from.sibling(to.clone());
            if self.is_new(from) {
                self.new_tables.push(new.clone());
            }
            let columns = self.new_columns.iter().filter(|(of, _)| of == from);
            let columns: Vec<_> = columns.map(|(_, it)| (new.clone(), it.clone())).collect();
            self.new_columns.extend(columns);
            let locked = self.locked.iter_mut().filter(|it| **it == *from);
            locked.for_each(|it| *it = new.clone());
        }
        if let Operation::RenameColumn { table, from, to } = operation
            && self.is_new_column(table, from)
        {
            self.new_columns.push((table.clone(), to.clone()));
        }
    }

    /// The operation, and its table, when that was there before this program.
    pub(super) fn on_old_table(&self) -> Option<(&'p Operation, &'p ObjectName)> {
        let operation = self.operation?;
        let table = operation.table_changed()?;
        (!self.is_new(table)).then_some((operation, table))
    }

    /// Whom the operation holds up.
    pub(super) fn hold_up(&self) -> Option<(&'p ObjectName, HoldUp)> {
        let (operation, table) = self.on_old_table()?;
        Some((table, self.dialect.hold_up(operation, &self.before)?))
    }

    /// The table that was locked first, while this operation goes through rows.
    pub(super) fn locked_meanwhile(&self) -> Option<&ObjectName> {
        let operation = self.operation?;
        let is_proof = matches!(operation, Operation::ValidateConstraint { .. });
        let is_long = is_proof || matches!(operation, Operation::Raw { sql } if changes_rows(sql));
        self.locked.first().filter(|_| is_long)
    }

    /// A column as it is before the operation.
    pub(super) fn column(&self, table: &ObjectName, column: &Ident) -> Option<&Column> {
        self.before.table(table)?.column(column)
    }

    pub(super) fn is_new_column(&self, table: &ObjectName, column: &Ident) -> bool {
        let mut columns = self.new_columns.iter();
        columns.any(|(of, name)| of == table && name == column)
    }

    fn is_new(&self, table: &ObjectName) -> bool {
        self.new_tables.contains(table)
    }
}

/// Whether a statement goes through the rows of a table and changes them.
fn changes_rows(sql: &str) -> bool {
    /// How far a question stands behind the columns that it fills.
    const WORDS: usize = 200;
    let words = first_words(sql, false, WORDS);
    match words.first().map(String::as_str) {
        Some("UPDATE" | "DELETE" | "MERGE") => true,
        Some("INSERT") => words.iter().any(|it| it == "SELECT"),
        Some(_) | None => false,
    }
}
