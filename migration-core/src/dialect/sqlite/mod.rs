//! SQLite, version 3.53 (bundled).
//!
//! What SQLite can do in place is done in place; every other change of a table edits its stored
//! definition or copies its rows, all changes that stand together at once. Constraints without a name get the one that PostgreSQL
//! would give them, so that one text drops them anywhere. SQLite knows no comments on tables and
//! columns: they are accepted and not kept.

mod alter;
mod check;
mod conversion;
mod definition;
mod demands;
mod kept;
mod object;
mod presumed;
mod rebuild;
mod swap;
mod table;
mod types;

use super::{
    Compiler, Dialect, Lowered, Reads, Statement, Syntax, TableChange, Unsupported, ansi, effect,
    enumeration,
};
use crate::operation::{IdentityChange, Operation};
use crate::schema::{
    Constraint, ConstraintKind, DataType, Ident, Identity, Index, ObjectName, Schema, Table,
};

pub(crate) use table::{PASSING_PREFIX, SCRATCH_PREFIX};
pub(crate) use types::has_same_affinity;

/// The differences that are data.
pub(super) const SYNTAX: Syntax = Syntax {
    transactional_ddl: true,
    session: &["PRAGMA foreign_keys = ON"],
    client_session: &[],
    session_of_others: None,
    begin: "BEGIN IMMEDIATE",
    commit: "COMMIT",
    rollback: "ROLLBACK",
    identifier_limit: None,
    folds_to_lower: false,
    converts_by_cast: false,
    drops_rights: false,
    keeps_collation: false,
    to_text: "",
    named_types: false,
    backslash_escapes: false,
    one_message: false,
    lock_per_transaction: true,
    own_table: "",
    untransacted_note: None,
    find_violations: Some("PRAGMA foreign_key_check"),
    script_note: Some(
        "it edits sqlite_schema, which a client in defensive mode refuses: there, type \
         `.dbconfig defensive off` before",
    ),
    delimiter_command: false,
    renames_constraints: true,
    drops_triggers_by_table: false,
    keys_need_indexes: false,
    restrict_is_no_action: false,
    keeps_table_options: true,
    keys_hold_null: true,
    table_change: Some(
        "has no statement for most changes of a column: the table is read through, and copied where its rows change",
    ),
    client: "sqlite3 FILE",
    stops: Some(".bail on"),
    stops_outside: None,
};

/// How columns are kept to the values of an enumerated type.
const KEEPING: enumeration::Keeping = enumeration::Keeping {
    dialect: Dialect::Sqlite,
    listed: false,
};

/// The compiler.
pub(super) struct Sqlite;

impl Compiler for Sqlite {
    fn reads<'a>(&self, operation: &'a Operation) -> Reads<'a> {
        match operation {
            Operation::AddColumn {
                table,
                column,
                constraints,
                if_not_exists,
            } => {
                let needs_columns = constraints.iter().any(is_unnamed_check);
                if *if_not_exists || needs_columns || !alter::can_add(column, constraints) {
                    Reads::Table(table)
                } else {
                    Reads::Nothing
                }
            }
            Operation::DropColumn { table, .. }
            | Operation::SetType { table, .. }
            | Operation::SetNullable { table, .. }
            | Operation::SetDefault { table, .. }
            | Operation::SetIdentity {
                table,
                change: IdentityChange::Add(_) | IdentityChange::Drop { .. },
                ..
            }
            | Operation::DropExpression { table, .. }
            | Operation::AddConstraint { table, .. }
            | Operation::DropConstraint { table, .. }
            | Operation::RenameConstraint { table, .. } => Reads::Table(table),
            Operation::View(change) => object::reads(change).map_or(Reads::Nothing, Reads::View),
            Operation::RenameIndex { from, .. } => Reads::TableOfIndex(from),
            Operation::CreateTable { .. }
            | Operation::DropTable { .. }
            | Operation::RenameTable { .. }
            | Operation::RenameColumn { .. }
            | Operation::ValidateConstraint { .. }
            | Operation::CreateIndex { .. }
            | Operation::DropIndex { .. }
            | Operation::SetTableComment { .. }
            | Operation::SetColumnComment { .. }
            | Operation::SetIdentity {
                change: IdentityChange::Set { .. },
                ..
            }
            | Operation::Sequence(_)
            | Operation::Namespace(_)
            | Operation::Enum(_)
            | Operation::Raw { .. }
            | Operation::Call { .. } => Reads::Nothing,
        }
    }

    fn compile(&self, operations: &[Operation], schema: &Schema) -> Result<Lowered, Unsupported> {
        let Some(first) = operations.first() else {
            return Ok(Lowered::default());
        };
        if let Operation::View(_) = first {
            return object::views(operations, schema);
        }
        let Reads::Table(name) = self.reads(first) else {
            let mut statements = Vec::new();
            for operation in operations {
                statements.extend(in_place(operation, schema)?);
            }
            return Ok(Lowered::plain(statements));
        };
        let Some(table) = ansi::find_table(schema, name) else {
            return Err(rebuild::unknown(name, operations));
        };
        let operations = effect::necessary(operations, schema, follow);
        match columns_in_place(&operations, schema)? {
            Some(statements) => Ok(Lowered::plain(statements)),
            None => change(&table.name, &operations, schema),
        }
    }

    fn presumed(
        &self,
        _: &[Operation],
        schema: &Schema,
        change: Option<&TableChange>,
    ) -> Result<Vec<Statement>, Unsupported> {
        change.map_or_else(|| Ok(Vec::new()), |it| presumed::of(schema, it))
    }

    fn created(&self, table: Table) -> Table {
        table::with_required_key(&table, None)
    }

    fn follow(&self, operation: &Operation, schema: &mut Schema) -> Result<(), Unsupported> {
        let Reads::Table(name) = self.reads(operation) else {
            return effect::follow(Dialect::Sqlite, operation, schema);
        };
        let before = ansi::find_table(schema, name).cloned();
        follow(operation, schema)?;
        if let Some(before) = before
            && let Some(table) = schema.table_mut(&before.name)
        {
            *table = table::with_required_key(table, Some(&before));
        }
        Ok(())
    }

    fn asks_history(&self, operation: &Operation) -> bool {
        enumeration::asks_history(operation)
    }

    fn spelled_out(&self, operation: &Operation, known: &Schema) -> Vec<Operation> {
        KEEPING.spelled_out(operation, known)
    }

    fn refusing(&self, promise: &str, query: &str) -> Vec<String> {
        check::refusing(promise, query)
    }

    fn kept_table(&self, table: &Table) -> Option<String> {
        table::create(table, false).ok().map(|created| created.sql)
    }

    fn kept_index(&self, index: &Index) -> Option<String> {
        table::index(index, false).ok().map(|created| created.sql)
    }

    fn counting_key<'t>(&self, table: &'t Table) -> Option<&'t Ident> {
        table::rowid_column(table).map(|column| &column.name)
    }

    fn is_as_good(&self, stored: &DataType, written: &DataType) -> bool {
        types::is_as_good(stored, written)
    }

    fn data_type(&self, data_type: &DataType) -> Result<String, Unsupported> {
        types::name(data_type)
    }
}

/// Applies an operation to the model of a table as SQLite has it.
fn follow(operation: &Operation, schema: &mut Schema) -> Result<(), Unsupported> {
    if let Operation::SetIdentity {
        table,
        column,
        change: IdentityChange::Add(_),
    } = operation
    {
        // A key numbers rows anyway. What it lacks is that no number is given twice.
        let numbering = Operation::SetIdentity {
            table: table.clone(),
            column: column.clone(),
            change: IdentityChange::Add(Identity::AutoIncrement),
        };
        return effect::follow(Dialect::Sqlite, &numbering, schema);
    }
    let Operation::DropConstraint {
        table: name,
        target,
        ..
    } = operation
    else {
        return effect::follow(Dialect::Sqlite, operation, schema);
    };
    let before = ansi::find_table(schema, name).cloned();
    effect::follow(Dialect::Sqlite, operation, schema).map_err(|error| {
        let other = before
            .as_ref()
            .and_then(|it| KEEPING.other_values(it, target));
        other.unwrap_or(error)
    })?;
    let Some(before) = before else {
        return Ok(());
    };
    // A key leaves its columns NOT NULL elsewhere. Here they are what their own text says, but for
    // the rowid, which holds no NULL whatever is written.
    if table::rowid_column(&before).is_some() {
        return Ok(());
    }
    if let Some(table) = schema.table_mut(&before.name) {
        for column in &mut table.columns {
            if let Some(old) = before.column(&column.name) {
                column.nullable = old.nullable;
            }
        }
    }
    Ok(())
}

/// Whether only all columns of the table tell which name a constraint gets.
fn is_unnamed_check(constraint: &Constraint) -> bool {
    constraint.name.is_none() && matches!(constraint.kind, ConstraintKind::Check { .. })
}

/// Columns added and dropped by SQLite's own statements, when that is all there is to do.
fn columns_in_place(
    operations: &[Operation],
    schema: &Schema,
) -> Result<Option<Vec<Statement>>, Unsupported> {
    let mut now = schema.clone();
    let mut statements = Vec::new();
    for operation in operations {
        let before = now.clone();
        follow(operation, &mut now)?;
        if let Operation::AddColumn {
            table,
            column,
            constraints,
            ..
        } = operation
            && alter::can_add(column, constraints)
        {
            let known = ansi::find_table(&before, table);
            statements.push(alter::add_column(table, known, column, constraints)?);
        } else if let Some(dropped) = alter::drop_column(operation, &before, &now) {
            statements.extend(dropped);
        } else {
            return Ok(None);
        }
    }
    Ok(Some(statements))
}

/// A table changed in a way that SQLite has no statement for: by its definition where the rows may
/// stay as they are stored, else by a copy.
fn change(
    name: &ObjectName,
    operations: &[Operation],
    before: &Schema,
) -> Result<Lowered, Unsupported> {
    let mut after = before.clone();
    for operation in operations {
        follow(operation, &mut after)?;
    }
    if let (Some(old), Some(new)) = (before.table(name), after.table(name)) {
        if old == new && operations.iter().all(is_of_constraint) {
            return Ok(Lowered::default());
        }
        let change = demands::Change {
            old,
            new,
            operations,
        };
        if rebuild::is_one_step(operations) && definition::is_enough(&change) {
            return definition::edit(&change);
        }
    }
    rebuild::rebuild(name, operations, before)
}

/// Whether an operation leaves every value what it is, so that what takes it back leaves nothing to do.
fn is_of_constraint(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::AddConstraint { .. } | Operation::DropConstraint { .. }
    )
}

#[expect(clippy::too_many_lines, reason = "one arm per operation")]
fn in_place(operation: &Operation, schema: &Schema) -> Result<Vec<Statement>, Unsupported> {
    let statement = match operation {
        Operation::CreateTable {
            table,
            if_not_exists,
        } => table::create(&ansi::with_names(operation, table), *if_not_exists)?,
        Operation::DropTable {
            name, if_exists, ..
        } => Statement::new(format!(
            "DROP TABLE {}{}",
            ansi::if_exists(*if_exists),
            ansi::object(name)
        )),
        Operation::RenameTable { from, to } => {
            alter::alter(from, &format!("RENAME TO {}", ansi::ident(to)))
        }
        Operation::AddColumn {
            table,
            column,
            constraints,
            ..
        } => alter::add_column(table, None, column, constraints)?,
        Operation::RenameColumn { table, from, to } => alter::alter(
            table,
            &format!("RENAME COLUMN {} TO {}", ansi::ident(from), ansi::ident(to)),
        ),
        Operation::CreateIndex {
            index,
            if_not_exists,
            ..
        } => table::index(index, *if_not_exists)?,
        Operation::DropIndex {
            name, if_exists, ..
        } => drop_index(name, *if_exists),
        Operation::RenameIndex { from, to, .. } => {
            return rename_index(operation, from, to, schema);
        }
        // Rows were checked when the constraint came.
        Operation::ValidateConstraint { .. }
        | Operation::SetTableComment { .. }
        | Operation::SetColumnComment { .. }
        // Numbers given by the writer are never refused here.
        | Operation::SetIdentity {
            change: IdentityChange::Set { .. },
            ..
        }
        // Columns say which values they hold; the type itself is nowhere.
        | Operation::Enum(_) => return Ok(Vec::new()),
        Operation::View(_) => {
            let views = object::views(std::slice::from_ref(operation), schema)?;
            return Ok(views.statements);
        }
        Operation::Sequence(change) => return Err(object::sequence(change)),
        Operation::Namespace(change) => return Err(object::namespace(change)),
        Operation::Raw { sql } => Statement::new(sql.clone()),
        Operation::Call { procedure } => {
            return Err(Unsupported::procedure(Dialect::Sqlite, procedure));
        }
        Operation::DropColumn { table, .. }
        | Operation::SetType { table, .. }
        | Operation::SetNullable { table, .. }
        | Operation::SetDefault { table, .. }
        | Operation::SetIdentity { table, .. }
        | Operation::DropExpression { table, .. }
        | Operation::AddConstraint { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::RenameConstraint { table, .. } => {
            return change(table, std::slice::from_ref(operation), schema)
                .map(|lowered| lowered.statements);
        }
    };
    Ok(vec![statement])
}

fn drop_index(name: &ObjectName, if_exists: bool) -> Statement {
    Statement::new(format!(
        "DROP INDEX {}{}",
        ansi::if_exists(if_exists),
        ansi::object(name)
    ))
}

/// SQLite has no new name for an index, only a new index.
fn rename_index(
    operation: &Operation,
    from: &ObjectName,
    to: &Ident,
    schema: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let mut after = schema.clone();
    follow(operation, &mut after)?;
    let Some(index) = after.index(to) else {
        return Ok(Vec::new());
    };
    Ok(vec![drop_index(from, false), table::index(index, false)?])
}

fn cannot(operation: &str, hint: &str) -> Unsupported {
    Unsupported {
        dialect: Dialect::Sqlite,
        operation: operation.to_owned(),
        hint: hint.to_owned(),
    }
}
