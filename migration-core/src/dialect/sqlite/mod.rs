//! SQLite, version 3.53 (bundled).

use super::{Compiler, Lowered, Reads, Syntax, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;

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
    fn reads<'a>(&self, _: &'a Operation) -> Reads<'a> {
        Reads::Nothing
    }

    fn compile(&self, _: &[Operation], _: &Schema) -> Result<Lowered, Unsupported> {
        Ok(Lowered::default())
    }
}
