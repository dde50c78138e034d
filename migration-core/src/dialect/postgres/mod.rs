//! PostgreSQL, version 15 and newer: every operation has a statement of its own.

mod alter;
mod hold_up;
mod object;
mod table;
mod types;

use super::{Compiler, Dialect, Lowered, Reads, Statement, Syntax, Unsupported, ansi, effect};
use crate::operation::{ConstraintTarget, IdentityChange, Operation};
use crate::schema::{DataType, ObjectName, Schema};

pub(super) use hold_up::{hold_up, locked_by};

/// The differences that are data.
pub(super) const SYNTAX: Syntax = Syntax {
    transactional_ddl: true,
    session: &["SET standard_conforming_strings = on"],
    client_session: &["SET client_encoding = 'UTF8'"],
    session_of_others: None,
    begin: "BEGIN",
    commit: "COMMIT",
    rollback: "ROLLBACK",
    identifier_limit: Some(63),
    folds_to_lower: true,
    converts_by_cast: true,
    drops_rights: true,
    keeps_collation: false,
    to_text: "::text",
    named_types: true,
    backslash_escapes: false,
    one_message: true,
    lock_per_transaction: false,
    own_table: "",
    untransacted_note: None,
    find_violations: None,
    script_note: None,
    delimiter_command: false,
    renames_constraints: true,
    drops_triggers_by_table: true,
    keys_need_indexes: false,
    restrict_is_no_action: false,
    keeps_table_options: false,
    keys_hold_null: false,
    table_change: None,
    client: "psql -v ON_ERROR_STOP=1",
    stops: None,
    stops_outside: Some(r"\set ON_ERROR_STOP on"),
};

/// The compiler.
pub(super) struct Postgres;

impl Compiler for Postgres {
    fn reads<'a>(&self, operation: &'a Operation) -> Reads<'a> {
        // SERIAL is no identity to this engine.
        if let Operation::SetIdentity { table, change, .. } = operation
            && matches!(change, IdentityChange::Drop { .. })
        {
            return Reads::Table(table);
        }
        // The key has kept the name that it had when the table was made.
        if let Operation::DropConstraint {
            table,
            target: ConstraintTarget::PrimaryKey,
            ..
        } = operation
        {
            return Reads::Table(table);
        }
        Reads::Nothing
    }

    fn keeps_session(&self, sql: &str) -> Result<(), Unsupported> {
        match empties_search_path(sql) {
            true => Err(Unsupported {
                dialect: Dialect::Postgres,
                operation: "find the version table without a search path".to_owned(),
                hint: "leave it out: the names in a dump have their schema, and names without \
                       one are then those of the connection's own"
                    .to_owned(),
            }),
            false => Ok(()),
        }
    }

    fn refusing(&self, promise: &str, query: &str) -> Vec<String> {
        vec![stopping(promise, query)]
    }

    fn compile(&self, operations: &[Operation], schema: &Schema) -> Result<Lowered, Unsupported> {
        let mut statements = Vec::new();
        for operation in operations {
            match alter::serial_dropped(operation, schema) {
                Some(dropped) => statements.extend(dropped),
                None => statements.extend(one(&alter::with_key_name(operation, schema))?),
            }
        }
        Ok(Lowered::plain(statements))
    }

    fn follow(&self, operation: &Operation, schema: &mut Schema) -> Result<(), Unsupported> {
        effect::follow(Dialect::Postgres, operation, schema)
    }

    fn data_type(&self, data_type: &DataType) -> Result<String, Unsupported> {
        Ok(types::name(data_type))
    }
}

#[expect(clippy::too_many_lines, reason = "one arm per operation")]
fn one(operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
    let statement = match operation {
        Operation::CreateTable {
            table,
            if_not_exists,
        } => {
            return table::create(table, *if_not_exists);
        }
        Operation::DropTable {
            name,
            if_exists,
            cascade,
        } => Statement::new(format!(
            "DROP TABLE {}{}{}",
            ansi::if_exists(*if_exists),
            ansi::object(name),
            ansi::cascade(*cascade)
        )),
        Operation::RenameTable { from, to } => {
            alter::alter(from, &format!("RENAME TO {}", ansi::ident(to)))
        }
        Operation::AddColumn {
            table,
            column,
            constraints,
            if_not_exists,
        } => {
            return alter::add_column(table, column, constraints, *if_not_exists);
        }
        Operation::DropColumn {
            table,
            column,
            if_exists,
            cascade,
        } => alter::alter(
            table,
            &format!(
                "DROP COLUMN {}{}{}",
                ansi::if_exists(*if_exists),
                ansi::ident(column),
                ansi::cascade(*cascade)
            ),
        ),
        Operation::RenameColumn { table, from, to } => alter::alter(
            table,
            &format!("RENAME COLUMN {} TO {}", ansi::ident(from), ansi::ident(to)),
        ),
        Operation::SetType {
            table,
            column,
            data_type,
            collation,
            using,
        } => alter::alter(
            table,
            &alter::set_type(column, data_type, collation.as_ref(), using.as_ref()),
        ),
        Operation::SetNullable {
            table,
            column,
            nullable,
        } => {
            let action = if *nullable {
                "DROP NOT NULL"
            } else {
                "SET NOT NULL"
            };
            alter::alter(
                table,
                &format!("ALTER COLUMN {} {action}", ansi::ident(column)),
            )
        }
        Operation::SetDefault {
            table,
            column,
            default,
        } => {
            let action = default.as_ref().map_or_else(
                || "DROP DEFAULT".to_owned(),
                |default| format!("SET DEFAULT {default}"),
            );
            alter::alter(
                table,
                &format!("ALTER COLUMN {} {action}", ansi::ident(column)),
            )
        }
        Operation::AddConstraint { table, constraint } => {
            alter::alter(table, &format!("ADD {}", alter::constraint(constraint)))
        }
        Operation::DropConstraint {
            table,
            target,
            if_exists,
            cascade,
        } => alter::alter(
            table,
            &format!(
                "DROP CONSTRAINT {}{}{}",
                ansi::if_exists(*if_exists),
                ansi::ident(&alter::constraint_name(table, target)),
                ansi::cascade(*cascade)
            ),
        ),
        Operation::RenameConstraint { table, from, to } => alter::alter(
            table,
            &format!(
                "RENAME CONSTRAINT {} TO {}",
                ansi::ident(from),
                ansi::ident(to)
            ),
        ),
        Operation::ValidateConstraint { table, name } => {
            alter::alter(table, &format!("VALIDATE CONSTRAINT {}", ansi::ident(name)))
        }
        Operation::CreateIndex {
            index,
            concurrently,
            if_not_exists,
        } => table::index(index, *concurrently, *if_not_exists)?,
        Operation::DropIndex {
            name,
            table,
            concurrently,
            if_exists,
        } => {
            let name = in_schema_of(name, table.as_ref());
            let text = ansi::if_exists(*if_exists);
            if *concurrently {
                let sql = format!("DROP INDEX CONCURRENTLY {text}{}", ansi::object(&name));
                Statement::outside_transaction(sql)
            } else {
                Statement::new(format!("DROP INDEX {text}{}", ansi::object(&name)))
            }
        }
        Operation::RenameIndex { from, to, table } => Statement::new(format!(
            "ALTER INDEX {} RENAME TO {}",
            ansi::object(&in_schema_of(from, table.as_ref())),
            ansi::ident(to)
        )),
        Operation::SetTableComment { table, comment } => table::comment_on(
            &format!("TABLE {}", ansi::object(table)),
            comment.as_deref(),
        ),
        Operation::SetColumnComment {
            table,
            column,
            comment,
        } => {
            let target = format!("COLUMN {}.{}", ansi::object(table), ansi::ident(column));
            table::comment_on(&target, comment.as_deref())
        }
        Operation::SetIdentity {
            table,
            column,
            change,
        } => return Ok(alter::set_identity(table, column, *change)),
        Operation::DropExpression {
            table,
            column,
            if_exists,
        } => {
            let optional = if *if_exists { " IF EXISTS" } else { "" };
            let action = format!(
                "ALTER COLUMN {} DROP EXPRESSION{optional}",
                ansi::ident(column)
            );
            alter::alter(table, &action)
        }
        Operation::View(change) => object::view(change),
        Operation::Sequence(change) => object::sequence(change),
        Operation::Namespace(change) => object::namespace(change),
        Operation::Enum(change) => object::enumeration(change),
        Operation::Raw { sql } => raw(sql),
        Operation::Call { procedure } => {
            return Err(Unsupported::procedure(Dialect::Postgres, procedure));
        }
    };
    Ok(vec![statement])
}

/// A statement that fails with `promise` unless a query finds 0 or false. Where it reads a table that
/// may not be there, it finds nothing then: a query in a branch is read once the branch is taken.
fn stopping(promise: &str, query: &str) -> String {
    let refusal = SYNTAX.literal(&format!("this is not so: {promise}"));
    format!(
        "DO $migrate$ BEGIN IF ({query})::int <> 0 THEN \
         RAISE EXCEPTION USING MESSAGE = {refusal}; END IF; END $migrate$"
    )
}

/// What PostgreSQL refuses inside a transaction, by its first words.
const OUTSIDE_TRANSACTION: [&[&str]; 10] = [
    &["CREATE", "INDEX", "CONCURRENTLY"],
    &["CREATE", "UNIQUE", "INDEX", "CONCURRENTLY"],
    &["DROP", "INDEX", "CONCURRENTLY"],
    &["REINDEX", "INDEX", "CONCURRENTLY"],
    &["REINDEX", "TABLE", "CONCURRENTLY"],
    &["REINDEX", "SCHEMA", "CONCURRENTLY"],
    &["ALTER", "SYSTEM"],
    &["CREATE", "DATABASE"],
    &["CREATE", "TABLESPACE"],
    &["VACUUM"],
];

/// A statement as written.
fn raw(sql: &str) -> Statement {
    let is_refused = OUTSIDE_TRANSACTION.iter().any(|words| {
        let mut written = sql.split_whitespace();
        words.iter().all(|word| {
            written
                .next()
                .is_some_and(|it| it.eq_ignore_ascii_case(word))
        })
    });
    if is_refused {
        Statement::outside_transaction(sql)
    } else {
        Statement::new(sql)
    }
}

/// An index lives in the schema of its table.
fn in_schema_of(index: &ObjectName, table: Option<&ObjectName>) -> ObjectName {
    match (table, &index.schema) {
        (Some(table), None) => table.sibling(index.name.clone()),
        (Some(_) | None, _) => index.clone(),
    }
}

/// Whether a statement leaves the session without a search path, as the first lines of a dump do.
fn empties_search_path(sql: &str) -> bool {
    if !ansi::begins_with_one_of(sql.trim_start(), &["select", "set"]) {
        return false;
    }
    let mut squeezed = sql.to_ascii_lowercase();
    squeezed.retain(|letter| !letter.is_whitespace());
    let set = ["set", "setsession", "setlocal"].into_iter();
    let mut set = set.flat_map(|set| ["=", "to"].map(|is| format!("{set}search_path{is}''")));
    set.any(|set| squeezed == set)
        || squeezed.starts_with("select") && squeezed.contains("set_config('search_path','',")
}

#[cfg(test)]
mod tests {
    use super::empties_search_path;

    #[test]
    fn an_empty_search_path_is_told_from_another() {
        for sql in [
            "SELECT pg_catalog.set_config('search_path', '', false)",
            "SET search_path = ''",
            "SET LOCAL search_path TO ''",
        ] {
            assert!(empties_search_path(sql), "{sql}");
        }
        for sql in [
            "SELECT set_config('search_path', 'app', false)",
            "SET search_path = app, public",
            "INSERT INTO t VALUES ('set_config(''search_path'', '''', true)')",
        ] {
            assert!(!empties_search_path(sql), "{sql}");
        }
    }
}
