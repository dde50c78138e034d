//! SQLite, version 3.53 (bundled).

use super::{Compiler, Lowered, Syntax, Unsupported};
use crate::operation::Operation;
use crate::schema::{ObjectName, Schema};

/// The differences that are data.
pub(super) const SYNTAX: Syntax = Syntax {
    transactional_ddl: true,
    session: &["PRAGMA foreign_keys = ON"],
    begin: "BEGIN IMMEDIATE",
    commit: "COMMIT",
    rollback: "ROLLBACK",
    identifier_limit: None,
    folds_to_lower: false,
    backslash_escapes: false,
};

/// The compiler.
pub(super) struct Sqlite;

impl Compiler for Sqlite {
    fn reads<'a>(&self, _operation: &'a Operation) -> Option<&'a ObjectName> {
        None
    }

    fn compile(&self, _: &[Operation], _: &Schema) -> Result<Lowered, Unsupported> {
        Ok(Lowered::default())
    }
}
