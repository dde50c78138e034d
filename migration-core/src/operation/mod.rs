//! The intermediate representation: one change of a database, free of any engine.
//!
//! Whatever produces a change (a revision file, a diff, an importer) makes [`Operation`]s;
//! whatever consumes one (execution, offline script, lint, rendering) reads them. `apply` is
//! their meaning, `reverse` their inverse. What the parser does not understand is
//! [`Operation::Raw`] and passes through untouched.

mod apply;
mod columns;
mod display;
mod error;
mod object;
mod reverse;
mod table;

use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Ident, Identity, Index, ObjectName,
    Table,
};

pub use apply::{Names, apply};
pub use error::{ApplyError, Irreversible, ObjectKind};
pub use object::{EnumChange, NamespaceChange, Restart, SequenceChange, ValuePosition, ViewChange};
pub use reverse::reverse;

/// One change. `Display` is its one-line description, such as ``add column `tag.text` ``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Creates a table with its columns and constraints. Inverse: `DropTable`.
    CreateTable {
        /// The table.
        table: Table,
        /// Says nothing when it is there already.
        if_not_exists: bool,
    },
    /// Drops a table and its rows. Inverse: `CreateTable` of the table as it was.
    DropTable {
        /// The table.
        name: ObjectName,
        /// Says nothing when it is not there.
        if_exists: bool,
        /// Drops what depends on it too (PostgreSQL).
        cascade: bool,
    },
    /// Renames a table; indexes and references follow. Inverse: itself, turned round.
    RenameTable {
        /// The table.
        from: ObjectName,
        /// Its new name, in the same schema.
        to: Ident,
    },
    /// Adds a column as the last one. Inverse: `DropColumn`.
    AddColumn {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Column,
        /// What was written inside the column: `REFERENCES`, `UNIQUE`, `CHECK`, `PRIMARY KEY`.
        constraints: Vec<Constraint>,
        /// Says nothing when it is there already.
        if_not_exists: bool,
    },
    /// Drops a column and its values. Inverse: `AddColumn` of the column as it was.
    DropColumn {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// Says nothing when it is not there.
        if_exists: bool,
        /// Drops what depends on it too (PostgreSQL).
        cascade: bool,
    },
    /// Renames a column; indexes, constraints and views follow. Inverse: itself, turned round.
    RenameColumn {
        /// The table.
        table: ObjectName,
        /// The column.
        from: Ident,
        /// Its new name.
        to: Ident,
    },
    /// Changes a column's type and converts its values. Inverse: the former type.
    SetType {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// The new type.
        data_type: DataType,
        /// The new collation, when one is named.
        collation: Option<Ident>,
        /// How a value is converted; without it the engine casts.
        using: Option<Expression>,
    },
    /// Allows or forbids NULL. Inverse: the former state.
    SetNullable {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// Whether NULL is allowed from now on.
        nullable: bool,
    },
    /// Sets or drops the default. Inverse: the former one.
    SetDefault {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// The new default; none drops it.
        default: Option<Expression>,
    },
    /// Begins, changes or ends the numbering of rows by a column. Inverse: the former state.
    SetIdentity {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// What happens to it.
        change: IdentityChange,
    },
    /// Makes a computed column an ordinary one that keeps its values. Has no inverse: what is
    /// written to it afterwards cannot be computed again.
    DropExpression {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// Says nothing when it is not computed.
        if_exists: bool,
    },
    /// Adds a constraint. Inverse: `DropConstraint`, when it has a name.
    AddConstraint {
        /// The table.
        table: ObjectName,
        /// The constraint.
        constraint: Constraint,
    },
    /// Drops a constraint. Inverse: `AddConstraint` of the constraint as it was.
    DropConstraint {
        /// The table.
        table: ObjectName,
        /// Which one.
        target: ConstraintTarget,
        /// Says nothing when it is not there.
        if_exists: bool,
        /// Drops what depends on it too (PostgreSQL).
        cascade: bool,
    },
    /// Renames a constraint. Inverse: itself, turned round.
    RenameConstraint {
        /// The table.
        table: ObjectName,
        /// The constraint.
        from: Ident,
        /// Its new name.
        to: Ident,
    },
    /// Checks the rows of a `NOT VALID` constraint (PostgreSQL). Inverse: nothing to do.
    ValidateConstraint {
        /// The table.
        table: ObjectName,
        /// The constraint.
        name: Ident,
    },
    /// Creates an index. Inverse: `DropIndex`, when it has a name.
    CreateIndex {
        /// The index.
        index: Index,
        /// Without blocking writers, outside a transaction (PostgreSQL).
        concurrently: bool,
        /// Says nothing when it is there already.
        if_not_exists: bool,
    },
    /// Drops an index. Inverse: `CreateIndex` of the index as it was.
    DropIndex {
        /// The index.
        name: ObjectName,
        /// The table, where the text names it (`ON t`, MySQL's spelling).
        table: Option<ObjectName>,
        /// Without blocking writers, outside a transaction (PostgreSQL).
        concurrently: bool,
        /// Says nothing when it is not there.
        if_exists: bool,
    },
    /// Renames an index. Inverse: itself, turned round.
    RenameIndex {
        /// The index.
        from: ObjectName,
        /// Its new name.
        to: Ident,
        /// The table, where the text names it (`ALTER TABLE t RENAME INDEX`, MySQL's spelling).
        table: Option<ObjectName>,
    },
    /// Sets or drops the comment on a table. Inverse: the former one.
    SetTableComment {
        /// The table.
        table: ObjectName,
        /// The comment; none drops it.
        comment: Option<String>,
    },
    /// Sets or drops the comment on a column. Inverse: the former one.
    SetColumnComment {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// The comment; none drops it.
        comment: Option<String>,
    },
    /// Changes a view.
    View(ViewChange),
    /// Changes a sequence.
    Sequence(SequenceChange),
    /// Changes a schema.
    Namespace(NamespaceChange),
    /// Changes an enumerated type.
    Enum(EnumChange),
    /// A statement that passes through as written, the prefix in place. Has no inverse.
    Raw {
        /// The statement, without its semicolon.
        sql: String,
    },
    /// A procedure that the component registered under this name. Has no inverse.
    Call {
        /// The registered name.
        procedure: String,
    },
}

/// What happens to the numbering of rows by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityChange {
    /// `ADD GENERATED ... AS IDENTITY`.
    Add(Identity),
    /// `SET GENERATED ...`: numbers go on, values given by the writer are refused or not.
    Set {
        /// Whether the engine refuses a value given by the writer.
        always: bool,
    },
    /// `DROP IDENTITY`.
    Drop {
        /// Says nothing when the column numbers no rows.
        if_exists: bool,
    },
}

/// Which constraint is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstraintTarget {
    /// `DROP CONSTRAINT name`.
    Named(Ident),
    /// `DROP PRIMARY KEY` (MySQL's spelling); also any key that has no name of its own.
    PrimaryKey,
    /// One that has no name, by what it demands; never comes from text, but from a diff.
    Unnamed(ConstraintKind),
}

#[cfg(test)]
pub(crate) mod tests;
