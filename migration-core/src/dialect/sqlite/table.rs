//! Tables, columns and indexes on SQLite.

use std::borrow::Cow;

use super::super::{Statement, Unsupported, ansi};
use super::types::{self, Affinity};
use crate::dialect::Dialect;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Deferrability, Expression, Ident, Identity,
    Index, ObjectName, Table, TableOption,
};

/// `CREATE TABLE`.
pub(super) fn create(table: &Table, if_not_exists: bool) -> Result<Statement, Unsupported> {
    let temporary = if table.temporary { "TEMPORARY " } else { "" };
    let head = format!(
        "CREATE {temporary}TABLE {}{}",
        ansi::if_not_exists(if_not_exists),
        ansi::object(&table.name)
    );
    body(&head, &required_key(table, None)).map(Statement::new)
}

/// The definition as SQLite stores it: without the schema, and as the table is.
pub(super) fn definition(table: &Table) -> Result<Statement, Unsupported> {
    let head = format!("CREATE TABLE {}", ansi::ident(&table.name.name));
    body(&head, table).map(Statement::new)
}

/// The table under another name and for this session alone. It numbers no rows: a `sqlite_sequence` of
/// the session would be taken for the one of the database.
pub(super) fn temporary(table: &Table, name: Ident) -> Result<Statement, Unsupported> {
    let head = format!("CREATE TEMPORARY TABLE {}", ansi::ident(&name));
    let mut twin = table.clone();
    for constraint in &mut twin.constraints {
        if let ConstraintKind::Check { expression } = &mut constraint.kind {
            *expression = expression.without_qualifier(&table.name.name);
        }
    }
    forget_own_name(&mut twin);
    for column in &mut twin.columns {
        if column.identity == Some(Identity::AutoIncrement) {
            column.identity = Some(Identity::Serial);
        }
    }
    body(&head, &twin).map(Statement::new)
}

/// Where SQLite keeps the definitions of a table's schema.
pub(super) fn catalog(name: &ObjectName) -> String {
    ansi::object(&name.sibling(Ident::new("sqlite_schema")))
}

/// Before the name of a table that is there for the time of a change.
pub(crate) const SCRATCH_PREFIX: &str = "_migrate_new_";

/// Before the name of a table whose rows another has taken over.
pub(crate) const PASSING_PREFIX: &str = "_migrate_old_";

/// The table that is there for the time of a change of another.
pub(super) fn scratch(name: &ObjectName) -> ObjectName {
    name.sibling(Ident::new(format!("{SCRATCH_PREFIX}{}", name.name)))
}

/// What [`scratch`] is called once the table it was made for has taken its rows.
pub(super) fn passing(name: &ObjectName) -> ObjectName {
    name.sibling(Ident::new(format!("{PASSING_PREFIX}{}", name.name)))
}

/// What SQLite has for indexes.
const ABILITIES: ansi::Abilities = ansi::Abilities {
    dialect: Dialect::Sqlite,
    methods: Some(&[]),
    predicate: true,
    include: false,
    prefix_length: false,
    collation: true,
    operator_class: false,
    nulls_order: false,
};

fn body(head: &str, table: &Table) -> Result<String, Unsupported> {
    check_numbering(table)?;
    let inline_key = inline_key(table);
    let mut clauses = Vec::new();
    for column in &table.columns {
        let mut clause = self::column(column)?;
        if let Some((_, key)) = inline_key.filter(|(key, _)| **key == column.name) {
            let mark = match column.identity {
                Some(Identity::AutoIncrement) => " AUTOINCREMENT",
                Some(Identity::Serial | Identity::Standard { .. }) | None => "",
            };
            let name = key
                .name
                .as_ref()
                .map(|name| format!("CONSTRAINT {} ", ansi::ident(name)));
            clause += &format!(" {}PRIMARY KEY{mark}", name.unwrap_or_default());
        }
        clauses.push(clause);
    }
    for constraint in in_order(table) {
        let is_inline = inline_key.is_some_and(|(_, key)| std::ptr::eq(key, constraint));
        if !is_inline {
            clauses.push(self::constraint(constraint)?);
        }
    }
    let options: Vec<&str> = table
        .options
        .iter()
        .map(|option| option.keyword.as_str())
        .filter(|keyword| ["STRICT", "WITHOUT ROWID"].contains(keyword))
        .collect();
    let tail = if options.is_empty() {
        String::new()
    } else {
        format!(" {}", options.join(", "))
    };
    Ok(ansi::create_table(head, &clauses, &tail))
}

/// The constraints, the key first where it is the rowid: SQLite cannot rename the column of such a
/// key behind a unique constraint that names it, too.
fn in_order(table: &Table) -> Vec<&Constraint> {
    let mut constraints: Vec<_> = table.constraints.iter().collect();
    if rowid_column(table).is_some() {
        constraints.sort_by_key(|it| !matches!(it.kind, ConstraintKind::PrimaryKey { .. }));
    }
    constraints
}

/// The table under another name with nothing but what decides how its rows are stored: what they
/// must fulfil is asked of them, and foreign keys would be checked row by row.
pub(super) fn bare(table: &Table, name: &ObjectName) -> Table {
    let mut bare = table.clone();
    forget_own_name(&mut bare);
    bare.name = name.clone();
    bare.constraints.retain(|constraint| match constraint.kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => true,
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
    });
    for column in &mut bare.columns {
        column.nullable = true;
    }
    bare
}

/// Under another name the table's own would be unknown in what is computed.
fn forget_own_name(table: &mut Table) {
    for column in &mut table.columns {
        if let Some(generated) = &mut column.generated {
            generated.expression = generated.expression.without_qualifier(&table.name.name);
        }
    }
}

/// The table with NOT NULL on its key, which forbids NULL on every other engine; the rowid is never
/// NULL, whatever is written. A key that was there before stays what it was, unless it was the rowid.
pub(super) fn with_required_key(table: &Table, before: Option<&Table>) -> Table {
    required_key(table, before).into_owned()
}

fn required_key<'t>(table: &'t Table, before: Option<&Table>) -> Cow<'t, Table> {
    let mut required = Cow::Borrowed(table);
    let is_new = before.is_none_or(|before| {
        before.primary_key() != table.primary_key() || rowid_column(before).is_some()
    });
    if is_new && rowid_column(table).is_none() {
        for name in table.primary_key() {
            if table.column(name).is_some_and(|column| column.nullable)
                && let Some(column) = required.to_mut().column_mut(name)
            {
                column.nullable = false;
            }
        }
    }
    required
}

/// A name of the rowid that no column has taken; none when rows have no number.
pub(super) fn rowid_name(table: &Table) -> Option<&'static str> {
    let is_free = |name: &&str| {
        let columns = &mut table.columns.iter();
        !columns.any(|column| column.name.as_str().eq_ignore_ascii_case(name))
    };
    let names = ["rowid", "_rowid_", "oid"];
    names.into_iter().find(is_free).filter(|_| has_rowid(table))
}

/// The column that is the rowid itself: one INTEGER that is the whole key.
pub(super) fn rowid_column(table: &Table) -> Option<&Column> {
    let [key] = table.primary_key() else {
        return None;
    };
    let column = table.column(key)?;
    let is_integer = column.identity.is_some() || column.data_type == DataType::Integer;
    (is_integer && has_rowid(table)).then_some(column)
}

/// Whether rows are stored by a number.
pub(super) fn has_rowid(table: &Table) -> bool {
    let is_without = |option: &TableOption| option.keyword == "WITHOUT ROWID";
    !table.options.iter().any(is_without)
}

/// Whether no number is given to two rows, not even when the first is gone.
pub(super) fn numbers_rows(table: &Table) -> bool {
    table
        .columns
        .iter()
        .any(|column| column.identity == Some(Identity::AutoIncrement))
}

/// Whether a value of another type than its column's is refused.
pub(super) fn is_strict(table: &Table) -> bool {
    let is_strict = |option: &TableOption| option.keyword == "STRICT";
    table.options.iter().any(is_strict)
}

/// Rows are numbered by the rowid or not at all.
fn check_numbering(table: &Table) -> Result<(), Unsupported> {
    let rowid = rowid_column(table).map(|column| &column.name);
    let is_numbered = |column: &&Column| column.identity.is_some() && rowid != Some(&column.name);
    match table.columns.iter().find(is_numbered) {
        None => Ok(()),
        Some(column) => Err(super::cannot(
            &format!(
                "number rows in `{}`, which is not the primary key by itself",
                column.name
            ),
            "make it the primary key, or write the table once for each engine under \
             `-- migrate: only`",
        )),
    }
}

/// The column that numbers the rows and its key, which then stand in one clause: only so is it the
/// rowid itself, and only there may AUTOINCREMENT stand.
fn inline_key(table: &Table) -> Option<(&Ident, &Constraint)> {
    let column = table
        .columns
        .iter()
        .find(|column| column.identity.is_some())?;
    let key = table.constraints.iter().find(|constraint| {
        matches!(&constraint.kind, ConstraintKind::PrimaryKey { columns }
            if columns.as_slice() == [column.name.clone()])
    })?;
    Some((&column.name, key))
}

/// `"name" TYPE ...`, without constraints.
pub(super) fn column(column: &Column) -> Result<String, Unsupported> {
    let mut text = ansi::ident(&column.name);
    // Only a column declared INTEGER is the rowid.
    let data_type = match (column.identity, &column.data_type) {
        (Some(_), DataType::SmallInt | DataType::Integer | DataType::BigInt) => {
            "INTEGER".to_owned()
        }
        (Some(_) | None, data_type) => types::name(data_type)?,
    };
    if !data_type.is_empty() {
        text.push(' ');
        text.push_str(&data_type);
    }
    if let Some(collation) = &column.collation {
        text += &format!(" COLLATE {}", ansi::ident(collation));
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored {
            "STORED"
        } else {
            "VIRTUAL"
        };
        text += &format!(" GENERATED ALWAYS AS ({}) {kept}", generated.expression);
    }
    if let Some(default) = &column.default {
        text += &format!(" DEFAULT {}", self::default(default));
    }
    if !column.nullable {
        text += " NOT NULL";
    }
    ansi::attributes(Dialect::Sqlite, column, &[])?;
    Ok(text)
}

/// A constraint of a table.
fn constraint(constraint: &Constraint) -> Result<String, Unsupported> {
    supported(constraint).map(|constraint| ansi::constraint(&constraint))
}

/// The constraint as SQLite can keep it.
pub(super) fn supported(constraint: &Constraint) -> Result<Constraint, Unsupported> {
    let mut supported = constraint.clone();
    let is_key = matches!(
        constraint.kind,
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. }
    );
    if is_key && constraint.deferrability != Deferrability::NotDeferrable {
        return Err(super::cannot(
            "check a unique or primary key at the end of a transaction",
            "leave DEFERRABLE out, or write the constraint once for each engine under \
             `-- migrate: only`",
        ));
    }
    if let ConstraintKind::ForeignKey(key) = &mut supported.kind {
        // Never leaves the database that the table is in.
        key.references.schema = None;
    }
    // Rows are checked when the constraint comes; there is no unchecked state to keep.
    supported.not_valid = false;
    Ok(supported)
}

/// `CREATE INDEX`; `INCLUDE` columns and operator classes are of other engines and make no answer
/// different.
pub(super) fn index(index: &Index, if_not_exists: bool) -> Result<Statement, Unsupported> {
    let index = ansi::reduce(index, ABILITIES)?;
    let unique = if index.unique { "UNIQUE " } else { "" };
    let parts: Vec<String> = index.parts.iter().map(ansi::index_part).collect();
    // The index carries the schema, the table must not.
    let name = index.name.map(|name| index.table.sibling(name));
    let mut sql = format!(
        "CREATE {unique}INDEX {}{} ON {} ({})",
        ansi::if_not_exists(if_not_exists),
        name.as_ref().map(ansi::object).unwrap_or_default(),
        ansi::ident(&index.table.name),
        parts.join(", ")
    );
    if let Some(predicate) = &index.predicate {
        sql += &format!(" WHERE {predicate}");
    }
    Ok(Statement::new(sql))
}

/// A default as SQLite takes it: anything but a constant or the clock in parentheses.
fn default(expression: &Expression) -> String {
    match ansi::clock(expression) {
        Some(clock) => clock.to_owned(),
        None if ansi::is_constant(expression) => expression.to_string(),
        None => ansi::in_parentheses(expression),
    }
}

/// The affinity of a column's type.
pub(super) fn affinity(data_type: &DataType) -> Result<Affinity, Unsupported> {
    Ok(Affinity::of(&types::name(data_type)?))
}
