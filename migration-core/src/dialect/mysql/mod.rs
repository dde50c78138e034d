//! MySQL 8 and MariaDB 10.11 and newer.

use super::{Compiler, Lowered, Reads, Syntax, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;

/// The differences that are data.
pub(super) const SYNTAX: Syntax = Syntax {
    transactional_ddl: false,
    session: &[
        "SET SESSION sql_mode = 'ANSI_QUOTES,STRICT_TRANS_TABLES,STRICT_ALL_TABLES,\
         ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
    ],
    begin: "START TRANSACTION",
    commit: "COMMIT",
    rollback: "ROLLBACK",
    identifier_limit: Some(64),
    folds_to_lower: false,
    backslash_escapes: true,
};

/// The compiler.
pub(super) struct Mysql;

impl Compiler for Mysql {
    fn reads<'a>(&self, _: &'a Operation) -> Reads<'a> {
        Reads::Nothing
    }

    fn compile(&self, _: &[Operation], _: &Schema) -> Result<Lowered, Unsupported> {
        Ok(Lowered::default())
    }
}
