//! MySQL 8 and MariaDB 10.11, and newer ones.
//!
//! A changed column is defined anew as a whole, so its present definition is read. Constraints
//! without a name get the one that PostgreSQL would give them.

mod alter;
mod bearing;
mod check;
mod collation;
mod hold_up;
mod object;
mod presumed;
mod serving;
mod session;
mod table;
mod types;

pub(super) use hold_up::hold_up;
use serving::Dropped;

use super::{
    Compiler, Dialect, Lowered, Reads, RowCheck, Statement, Syntax, TableChange, Unsupported, ansi,
    effect, enumeration,
};
use crate::operation::{ConstraintTarget, IdentityChange, Operation};
use crate::schema::{DataType, Ident, ObjectName, Schema};

/// The differences that are data.
pub(super) const SYNTAX: Syntax = Syntax {
    transactional_ddl: false,
    session: &[
        "SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_TRANS_TABLES,\
         STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
    ],
    client_session: &["SET NAMES utf8mb4", "SET SESSION autocommit = 1"],
    session_of_others: Some([
        "SET @migration_sql_mode = @@SESSION.sql_mode",
        "SET SESSION sql_mode = @migration_sql_mode",
    ]),
    begin: "START TRANSACTION",
    commit: "COMMIT",
    rollback: "ROLLBACK",
    identifier_limit: Some(64),
    folds_to_lower: false,
    converts_by_cast: false,
    drops_rights: false,
    keeps_collation: true,
    to_text: "",
    named_types: false,
    backslash_escapes: true,
    one_message: true,
    lock_per_transaction: false,
    own_table: " ENGINE=InnoDB",
    untransacted_note: Some(
        "a table without transactions (MyISAM, Aria) keeps what a statement changed, also where \
         this stops",
    ),
    find_violations: None,
    script_note: None,
    delimiter_command: true,
    renames_constraints: false,
    drops_triggers_by_table: false,
    keys_need_indexes: true,
    restrict_is_no_action: true,
    keeps_table_options: false,
    keys_hold_null: false,
    table_change: None,
    client: "mariadb",
    stops: None,
    stops_outside: None,
};

/// How columns are kept to the values of an enumerated type.
const KEEPING: enumeration::Keeping = enumeration::Keeping {
    dialect: Dialect::Mysql,
    listed: true,
};

/// The compiler.
pub(super) struct Mysql;

impl Compiler for Mysql {
    #[expect(clippy::too_many_lines, reason = "one arm per operation")]
    fn reads<'a>(&self, operation: &'a Operation) -> Reads<'a> {
        match operation {
            Operation::SetType { table, .. }
            | Operation::SetNullable { table, .. }
            | Operation::SetDefault { table, .. }
            | Operation::SetColumnComment { table, .. }
            | Operation::SetIdentity {
                table,
                change: IdentityChange::Add(_) | IdentityChange::Drop { .. },
                ..
            }
            | Operation::DropExpression { table, .. }
            | Operation::DropColumn { table, .. }
            | Operation::RenameConstraint { table, .. } => Reads::Table(table),
            // MySQL knows no IF [NOT] EXISTS here, only MariaDB does.
            Operation::AddColumn {
                table,
                constraints,
                if_not_exists,
                ..
            } if *if_not_exists || constraints.iter().any(alter::is_unnamed_check) => {
                Reads::Table(table)
            }
            Operation::AddConstraint { table, constraint }
                if alter::is_unnamed_check(constraint)
                    || alter::refers_to_own_key(table, constraint) =>
            {
                Reads::Table(table)
            }
            // Its index may serve a foreign key, and a primary key has lost its name.
            Operation::DropConstraint { table, .. } => Reads::Table(table),
            Operation::CreateIndex {
                index,
                if_not_exists: true,
                ..
            } => Reads::Table(&index.table),
            // A foreign key may need the index.
            Operation::DropIndex {
                table: Some(table), ..
            } => Reads::Table(table),
            Operation::DropIndex {
                name, table: None, ..
            }
            | Operation::RenameIndex {
                from: name,
                table: None,
                ..
            } => Reads::TableOfIndex(name),
            Operation::CreateTable { .. }
            | Operation::DropTable { .. }
            | Operation::RenameTable { .. }
            | Operation::AddColumn { .. }
            | Operation::RenameColumn { .. }
            | Operation::AddConstraint { .. }
            | Operation::ValidateConstraint { .. }
            | Operation::CreateIndex { .. }
            | Operation::RenameIndex { table: Some(_), .. }
            | Operation::SetTableComment { .. }
            | Operation::SetIdentity {
                change: IdentityChange::Set { .. },
                ..
            }
            | Operation::View(_)
            | Operation::Sequence(_)
            | Operation::Namespace(_)
            | Operation::Enum(_)
            | Operation::Raw { .. }
            | Operation::Call { .. } => Reads::Nothing,
        }
    }

    fn compile(&self, operations: &[Operation], schema: &Schema) -> Result<Lowered, Unsupported> {
        let reads = self.reads_any(operations);
        let mut now = schema.clone();
        let mut statements = Vec::new();
        let operations = self.needed(operations, schema);
        for (position, operation) in operations.iter().enumerate() {
            let before = now.clone();
            if reads && is_in_model(operation, &before) {
                collation::follow(operation, &mut now)?;
            }
            // One definition serves consecutive changes of one column.
            let next = operations.get(position + 1);
            if next.is_some_and(|next| changed_column(next) == changed_column(operation))
                && changed_column(operation).is_some()
            {
                continue;
            }
            statements.extend(check::required(&operations[..=position], schema, &now));
            statements.extend(one(operation, &before, &now)?);
        }
        Ok(Lowered::plain(statements))
    }

    fn presumed(
        &self,
        operations: &[Operation],
        schema: &Schema,
        _: Option<&TableChange>,
    ) -> Result<Vec<Statement>, Unsupported> {
        let needed = self.needed(operations, schema);
        let said_anew = needed.iter().filter(|it| self.reads(it) != Reads::Nothing);
        presumed::of(schema, said_anew.filter_map(changed_column))
    }

    fn bears_on(&self, operation: &Operation, question: &RowCheck) -> bool {
        bearing::bears_on(operation, question)
    }

    fn keeps_session(&self, sql: &str) -> Result<(), Unsupported> {
        session::keeps(sql)
    }

    fn refusing(&self, promise: &str, query: &str) -> Vec<String> {
        check::refusing(promise, query)
    }

    fn check(&self, operation: &Operation) -> Result<(), Unsupported> {
        if let Operation::SetType {
            column,
            using: Some(using),
            ..
        } = operation
        {
            return Err(table::no_conversion(column, using));
        }
        let given = operation.type_given().map(|(_, _, data_type)| data_type);
        let new = operation.new_columns().iter().map(|it| &it.data_type);
        new.chain(given)
            .try_for_each(|it| types::name(it).map(drop))
    }

    fn joins(&self, first: &Operation, second: &Operation) -> bool {
        changed_column(first).is_some() && changed_column(first) == changed_column(second)
    }

    fn asks_history(&self, operation: &Operation) -> bool {
        enumeration::asks_history(operation)
    }

    fn spelled_out(&self, operation: &Operation, known: &Schema) -> Vec<Operation> {
        KEEPING.spelled_out(operation, known)
    }

    fn asks_server(&self, operation: &Operation) -> bool {
        table::asks_server(operation)
    }

    fn lacks(&self, server: &str, operation: &Operation) -> Option<Unsupported> {
        table::lacks(server, operation)
    }

    fn is_as_good(&self, stored: &DataType, written: &DataType) -> bool {
        types::is_as_good(stored, written)
    }

    fn kept_name(&self, data_type: &DataType) -> Option<String> {
        types::name(data_type).ok().map(types::kept_name)
    }

    fn follow(&self, operation: &Operation, schema: &mut Schema) -> Result<(), Unsupported> {
        collation::follow(operation, schema)
    }

    fn data_type(&self, data_type: &DataType) -> Result<String, Unsupported> {
        types::name(data_type)
    }
}

/// Whether the model must know what is changed: a column dropped from a table that is not known
/// takes along what the server takes along, and an index may be one that the server made for a
/// foreign key.
fn is_in_model(operation: &Operation, schema: &Schema) -> bool {
    match operation {
        Operation::DropColumn { table, .. } => ansi::find_table(schema, table).is_some(),
        Operation::DropConstraint {
            table,
            target: ConstraintTarget::Named(name),
            if_exists: false,
            ..
        } => ansi::find_table(schema, table).is_some_and(|known| known.has_constraint(name)),
        Operation::DropConstraint {
            table,
            target: ConstraintTarget::PrimaryKey,
            ..
        } => ansi::find_table(schema, table).is_some_and(|known| !known.primary_key().is_empty()),
        Operation::DropIndex {
            name,
            table: Some(table),
            if_exists: false,
            ..
        } => ansi::find_table(schema, table).is_some_and(|known| {
            let mut indexes = schema.indexes_of(&known.name);
            indexes.any(|index| {
                let own = index.name.as_ref();
                own.is_some_and(|own| ansi::same(own, &name.name))
            })
        }),
        _ => true,
    }
}

impl Mysql {
    /// Those of several operations that there is something to do for.
    fn needed(&self, operations: &[Operation], schema: &Schema) -> Vec<Operation> {
        let means = |operation| alter::with_key(operation, schema);
        let meant: Vec<Operation> = operations.iter().filter_map(means).collect();
        if !self.reads_any(operations) {
            return meant;
        }
        effect::necessary(&meant, schema, |operation, now| {
            collation::follow(operation, now)
        })
    }

    fn reads_any(&self, operations: &[Operation]) -> bool {
        operations.iter().any(|it| self.reads(it) != Reads::Nothing)
    }
}

fn changed_column(operation: &Operation) -> Option<(&ObjectName, &Ident)> {
    match operation {
        Operation::SetType {
            table,
            column,
            using: None,
            ..
        }
        | Operation::SetNullable { table, column, .. }
        | Operation::SetDefault { table, column, .. }
        | Operation::SetColumnComment { table, column, .. }
        | Operation::SetIdentity {
            table,
            column,
            change: IdentityChange::Add(_) | IdentityChange::Drop { .. },
        }
        | Operation::DropExpression { table, column, .. } => Some((table, column)),
        Operation::SetType { using: Some(_), .. }
        | Operation::CreateTable { .. }
        | Operation::DropTable { .. }
        | Operation::RenameTable { .. }
        | Operation::AddColumn { .. }
        | Operation::DropColumn { .. }
        | Operation::RenameColumn { .. }
        | Operation::AddConstraint { .. }
        | Operation::DropConstraint { .. }
        | Operation::RenameConstraint { .. }
        | Operation::ValidateConstraint { .. }
        | Operation::CreateIndex { .. }
        | Operation::DropIndex { .. }
        | Operation::RenameIndex { .. }
        | Operation::SetTableComment { .. }
        | Operation::SetIdentity {
            change: IdentityChange::Set { .. },
            ..
        }
        | Operation::View(_)
        | Operation::Sequence(_)
        | Operation::Namespace(_)
        | Operation::Enum(_)
        | Operation::Raw { .. }
        | Operation::Call { .. } => None,
    }
}

#[expect(clippy::too_many_lines, reason = "one arm per operation")]
fn one(
    operation: &Operation,
    before: &Schema,
    after: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
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
            let to = ansi::object(&from.sibling(to.clone()));
            alter::alter(from, &format!("RENAME TO {to}"))
        }
        Operation::AddColumn {
            table,
            column,
            constraints,
            ..
        } => {
            let known = ansi::find_table(before, table);
            alter::add_column(table, known, column, constraints)?
        }
        Operation::DropColumn { table, column, .. } => {
            alter::drop_column(table, column, before, after)
        }
        Operation::RenameColumn { table, from, to } => alter::alter(
            table,
            &format!("RENAME COLUMN {} TO {}", ansi::ident(from), ansi::ident(to)),
        ),
        Operation::SetType {
            using: Some(using),
            column,
            ..
        } => {
            return Err(table::no_conversion(column, using));
        }
        Operation::SetType { table, column, .. }
        | Operation::SetNullable { table, column, .. }
        | Operation::SetDefault { table, column, .. }
        | Operation::SetColumnComment { table, column, .. }
        | Operation::SetIdentity {
            table,
            column,
            change: IdentityChange::Add(_) | IdentityChange::Drop { .. },
        }
        | Operation::DropExpression { table, column, .. } => alter::modify(after, table, column)?,
        // Numbers given by the writer are never refused here.
        Operation::SetIdentity {
            change: IdentityChange::Set { .. },
            ..
        } => return Ok(Vec::new()),
        Operation::View(change) => object::view(change)?,
        Operation::Sequence(change) => object::sequence(change)?,
        Operation::Namespace(change) => object::namespace(change)?,
        // Columns say which values they hold; the type itself is nowhere.
        Operation::Enum(_) => return Ok(Vec::new()),
        Operation::AddConstraint { table, constraint } => {
            let known = ansi::find_table(before, table);
            let named = alter::named(table, known, constraint);
            alter::alter(table, &format!("ADD {}", table::constraint(&named)?))
        }
        Operation::DropConstraint { table, target, .. } => {
            alter::drop_constraint(table, target, before, after)?
        }
        Operation::RenameConstraint { table, .. } => {
            return alter::rename_constraint(table, before, after);
        }
        // Constraints are always valid here.
        Operation::ValidateConstraint { .. } => return Ok(Vec::new()),
        Operation::CreateIndex { index, .. } => table::index(index)?,
        Operation::DropIndex { name, table, .. } => {
            let table = table_of(name, table.as_ref(), before)?;
            let index = ansi::ident(&name.name);
            let mut actions = serving::substitutes(before, &table, Dropped::Named(&name.name));
            if actions.is_empty() {
                Statement::new(format!("DROP INDEX {index} ON {}", ansi::object(&table)))
            } else {
                actions.push(format!("DROP INDEX {index}"));
                alter::alter(&table, &actions.join(", "))
            }
        }
        Operation::RenameIndex { from, to, table } => {
            let table = table_of(from, table.as_ref(), before)?;
            let action = format!(
                "RENAME INDEX {} TO {}",
                ansi::ident(&from.name),
                ansi::ident(to)
            );
            alter::alter(&table, &action)
        }
        Operation::SetTableComment { table, comment } => {
            let text = Dialect::Mysql
                .syntax()
                .literal(comment.as_deref().unwrap_or_default());
            alter::alter(table, &format!("COMMENT = {text}"))
        }
        Operation::Raw { sql } => Statement::new(sql.clone()),
        Operation::Call { procedure } => {
            return Err(Unsupported::procedure(Dialect::Mysql, procedure));
        }
    };
    Ok(vec![statement])
}

/// The table an index stands on: named, or the one table that was read.
fn table_of(
    index: &ObjectName,
    named: Option<&ObjectName>,
    schema: &Schema,
) -> Result<ObjectName, Unsupported> {
    if let Some(table) = named {
        return Ok(table.clone());
    }
    schema
        .index(&index.name)
        .map(|index| index.table.clone())
        .or_else(|| schema.tables.first().map(|table| table.name.clone()))
        .ok_or_else(|| {
            table::cannot(
                &format!("find the table of index `{index}`"),
                "name it: DROP INDEX ... ON table",
            )
        })
}
