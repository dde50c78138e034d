//! The schema that the revisions make, for work without a database.

use super::{Action, Subject};
use crate::dialect::Dialect;
use crate::operation::{ApplyError, Operation};
use crate::schema::{ObjectName, Schema};

/// What is known of the database from the revisions alone.
#[derive(Debug)]
pub(super) struct Model {
    dialect: Dialect,
    schema: Schema,
}

impl Model {
    /// An empty database of an engine.
    pub(super) fn new(dialect: Dialect) -> Self {
        Self::of(dialect, Schema::default())
    }

    /// A database of an engine as it is.
    pub(super) fn of(dialect: Dialect, schema: Schema) -> Self {
        Self { dialect, schema }
    }

    /// Follows an operation. What does not fit is left out: raw SQL may have made what the model
    /// does not know, and it is missed only where it is needed.
    pub(super) fn follow(&mut self, operation: &Operation) {
        let operation = &self.as_kept(operation);
        self.forget_views(operation);
        let compiler = self.dialect.compiler();
        let result = compiler.follow(operation, &mut self.schema);
        if let (Err(_), Operation::CreateTable { table, .. }) = (result, operation) {
            // Raw SQL has dropped the former one.
            self.schema
                .tables
                .retain(|former| former.name != table.name);
            self.schema
                .indexes
                .retain(|index| index.table != table.name);
            let _ = compiler.follow(operation, &mut self.schema);
        }
    }

    /// A view that names what is renamed: the engine rewrites its text, and only it knows how.
    fn forget_views(&mut self, operation: &Operation) {
        let (Operation::RenameTable {
            from: ObjectName { name: renamed, .. },
            ..
        }
        | Operation::RenameColumn { from: renamed, .. }) = operation
        else {
            return;
        };
        self.schema
            .views
            .retain(|view| !view.query.mentions(renamed));
    }

    fn as_kept(&self, operation: &Operation) -> Operation {
        let mut operation = operation.clone();
        if let Operation::CreateTable { table, .. } = &mut operation {
            *table = self.dialect.compiler().created(table.clone());
        }
        operation
    }

    /// Follows all operations of an action.
    pub(super) fn follow_all(&mut self, action: &Action) {
        for operation in action.operations().iter() {
            self.follow(operation);
        }
    }

    /// The table with its indexes, as a live table would be read.
    ///
    /// # Errors
    ///
    /// When no revision made the table or the index by statements that are understood.
    pub(super) fn table(&self, subject: &Subject) -> Result<Schema, ApplyError> {
        let name = match subject {
            Subject::Table(name) => self.find(name)?,
            Subject::TableOfIndex(index) => self.table_of(index)?,
            Subject::View(_) => {
                return Ok(Schema {
                    views: self.schema.views.clone(),
                    dependents: self.schema.dependents.clone(),
                    ..Schema::default()
                });
            }
        };
        Ok(Schema {
            tables: self.schema.table(&name).cloned().into_iter().collect(),
            indexes: self.schema.indexes_of(&name).cloned().collect(),
            ..Schema::default()
        })
    }

    /// The name as the table was created; engines that ignore case are met half-way.
    fn find(&self, name: &ObjectName) -> Result<ObjectName, ApplyError> {
        let tables = &self.schema.tables;
        let found = tables.iter().find(|table| table.name == *name).or_else(|| {
            let wanted = name.to_string();
            tables
                .iter()
                .find(|table| table.name.to_string().eq_ignore_ascii_case(&wanted))
        });
        found
            .map(|table| table.name.clone())
            .ok_or_else(|| ApplyError::NoSuchTable {
                table: name.clone(),
                nearest: None,
            })
    }

    fn table_of(&self, index: &ObjectName) -> Result<ObjectName, ApplyError> {
        self.schema
            .index(&index.name)
            .map(|found| found.table.clone())
            .ok_or_else(|| ApplyError::NoSuchIndex {
                index: index.clone(),
                nearest: None,
            })
    }
}
