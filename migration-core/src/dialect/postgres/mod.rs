//! PostgreSQL, version 15 and newer.

use super::{Compiler, Lowered, Reads, Syntax, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;

/// The differences that are data.
pub(super) const SYNTAX: Syntax = Syntax {
    transactional_ddl: true,
    session: &["SET standard_conforming_strings = on"],
    begin: "BEGIN",
    commit: "COMMIT",
    rollback: "ROLLBACK",
    identifier_limit: Some(63),
    folds_to_lower: true,
    backslash_escapes: false,
};

/// The compiler.
pub(super) struct Postgres;

impl Compiler for Postgres {
    fn reads<'a>(&self, _: &'a Operation) -> Reads<'a> {
        Reads::Nothing
    }

    fn compile(&self, _: &[Operation], _: &Schema) -> Result<Lowered, Unsupported> {
        Ok(Lowered::default())
    }
}
