//! MySQL and MariaDB write the text of a definition on request.

use super::{IntrospectError, Live, count, pair, stored, text};
use crate::database::{Connection, DatabaseError, Value};
use crate::dialect::Dialect;
use crate::schema::{Constraint, ConstraintKind, DataType, Ident, ObjectName, Schema, Table};

/// Tables by name.
pub(super) const TABLES: &str = "SELECT table_name FROM information_schema.tables \
    WHERE table_schema = database() AND table_type = 'BASE TABLE' ORDER BY table_name";

/// Given an index and a schema or NULL.
pub(super) const TABLE_OF_INDEX: &str = "SELECT table_name FROM information_schema.statistics \
    WHERE index_name = ? AND table_schema = coalesce(?, database()) ORDER BY table_name LIMIT 1";

const ROWS: &str = "SELECT table_rows FROM information_schema.tables \
    WHERE table_name = ? AND table_schema = coalesce(?, database())";

/// The columns of a table and their types.
const TYPES: &str = "SELECT column_name, column_type FROM information_schema.columns \
    WHERE table_name = ? AND table_schema = coalesce(?, database())";

/// Reads a table. What stands on it (triggers, views) survives every change of it here.
pub(super) fn table(
    connection: &mut dyn Connection,
    name: &ObjectName,
) -> Result<Live, IntrospectError> {
    let syntax = Dialect::Mysql.syntax();
    let schema = name.schema.as_ref().map(|schema| schema.as_str());
    let quoted = match schema {
        Some(schema) => format!("{}.", syntax.quote(schema)),
        None => String::new(),
    } + &syntax.quote(name.name.as_str());
    let rows = match connection.query(&format!("SHOW CREATE TABLE {quoted}"), &[]) {
        Ok(rows) => rows,
        Err(error) if is_missing(&error) => {
            return Err(IntrospectError::NoSuchTable { name: name.clone() });
        }
        Err(error) => return Err(error.into()),
    };
    let ddl = rows.into_iter().next().map(|row| text(row, 1));
    let ddl = ddl.unwrap_or_default();
    // Comments that only some versions read (`/*!80016 NOT ENFORCED */`) are lost to our parser.
    if ddl.contains("/*!") {
        return Err(stored::not_understood(&name.to_string(), &ddl));
    }
    let (mut table, indexes) = stored::table(Dialect::Mysql, name, &ddl)?;
    let parameters = [Value::from(name.name.as_str()), Value::from(schema)];
    let declared = connection.query(TYPES, &parameters)?;
    let declared: Vec<_> = declared.into_iter().map(pair).collect();
    stored::keep_declared(Dialect::Mysql, &mut table, &declared);
    find_json(&mut table);
    let rows = connection.query(ROWS, &parameters)?;
    Ok(Live {
        schema: Schema {
            tables: vec![table],
            indexes,
            ..Schema::default()
        },
        rows: count(&rows),
    })
}

/// MariaDB writes `JSON` as the long text with the check that it stands for.
fn find_json(table: &mut Table) {
    for column in &mut table.columns {
        let unquoted = |text: &str| text.replace(['"', '`'], "").to_lowercase();
        let check = unquoted(&format!("json_valid({})", column.name));
        let is_check = |constraint: &Constraint| match &constraint.kind {
            ConstraintKind::Check { expression } => {
                constraint.name.is_none() && unquoted(expression.as_str()) == check
            }
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_) => false,
        };
        let is_binary = column.collation.as_ref().map(Ident::as_str) == Some("utf8mb4_bin");
        let is_long = matches!(&column.data_type, DataType::Other(name)
            if name.as_str().eq_ignore_ascii_case("longtext"))
            || column.data_type == DataType::Text;
        if is_long && is_binary && table.constraints.iter().any(is_check) {
            table.constraints.retain(|constraint| !is_check(constraint));
            column.data_type = DataType::Json;
            column.collation = None;
            column
                .attributes
                .retain(|attribute| !attribute.as_str().starts_with("CHARACTER SET"));
        }
    }
}

/// 1146: no such table; 1049: no such database.
fn is_missing(error: &DatabaseError) -> bool {
    let code = error.refusal().and_then(|refusal| refusal.code.as_deref());
    matches!(code, Some("1146" | "1049"))
}
