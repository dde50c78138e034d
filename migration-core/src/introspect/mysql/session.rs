//! Tables that were made for one session, read as tables that stay would be: what the server does not
//! do for a session (foreign keys, indexes of words) is added by rules.

use super::super::{IntrospectError, Unread, Whole, order, stored, text, texts};
use super::plain::{self, Rules};
use super::{RULES, add, add_table, definition, first_rows, show};
use crate::database::{Connection, DatabaseError, Value};
use crate::dialect::Dialect;
use crate::schema::{Constraint, ConstraintKind, Index, ObjectName, Table};

/// A table that was made for one session in place of one that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionTable {
    /// Its name.
    pub name: ObjectName,
    /// The statement that would make the one that stays, foreign keys included.
    pub meant: String,
    /// The indexes that a table of a session cannot have.
    pub indexes: Vec<Index>,
}

/// The codes of what a table has and a table of a session cannot: an option, references in a
/// statement that is not understood, partitions, an index of words, versions.
const NOT_IN_A_SESSION: [&str; 7] = ["1005", "1214", "1478", "1506", "1796", "4047", "4137"];

/// The codes of a default that counts by a sequence which is not there.
const NO_SEQUENCE: [&str; 2] = ["1146", "4091"];

/// Whether the server makes no such table for one session, though it may make one that stays.
pub fn is_beyond_session(error: &DatabaseError) -> bool {
    let code = error.refusal().and_then(|refusal| refusal.code.as_deref());
    code.is_some_and(|code| NOT_IN_A_SESSION.contains(&code) || NO_SEQUENCE.contains(&code))
}

/// Reads tables of the session of a connection.
///
/// # Errors
///
/// What the engine says.
pub fn session_tables(
    connection: &mut dyn Connection,
    tables: &[SessionTable],
) -> Result<Whole, IntrospectError> {
    let rules = rules(connection)?;
    let shown: Vec<String> = tables.iter().map(|it| show("TABLE", &it.name)).collect();
    let rows = first_rows(connection, &shown)?;
    let defaults = default_collations(connection)?;
    let mut whole = Whole::default();
    for (table, row) in tables.iter().zip(rows) {
        let ddl = text(row, 1);
        let Ok(mut read) = definition::read(&table.name, &ddl) else {
            let name = table.name.clone();
            whole.unread.push(Unread { name, ddl });
            continue;
        };
        read.table.temporary = false;
        read.table.constraints.extend(references(table));
        read.indexes.extend(table.indexes.iter().cloned());
        let collation =
            collation(&read.table, &defaults).unwrap_or_else(|| rules.collation.clone());
        plain::table(&mut read, &collation, None, &rules);
        add_table(&mut whole.schema, read);
    }
    order::sort(&mut whole);
    Ok(whole)
}

/// Reads one object, called `there`, as the one it stands for; `kind` is the word for it.
///
/// # Errors
///
/// What the engine says.
pub fn standing_for(
    connection: &mut dyn Connection,
    kind: &str,
    there: &str,
    name: &ObjectName,
) -> Result<Whole, IntrospectError> {
    let rules = rules(connection)?;
    let there = ObjectName::new(there);
    let kind = kind.to_ascii_uppercase();
    let rows = connection.query(&show(&kind, &there), &[])?;
    let [_, first, second, _] = texts(rows.into_iter().next().unwrap_or_default());
    let ddl = if kind == "VIEW" { first } else { second };
    let ddl = ddl.replacen(&super::quoted(&there), &super::quoted(name), 1);
    let object = super::Object {
        kind,
        name: name.clone(),
        collation: String::new(),
    };
    let mut whole = Whole::default();
    add(&mut whole, object, ddl, None, &rules);
    Ok(whole)
}

fn rules(connection: &mut dyn Connection) -> Result<Rules, IntrospectError> {
    let rows = connection.query(RULES, &[Value::Null])?;
    let [own, collation, engine] = texts(rows.into_iter().next().unwrap_or_default());
    Ok(Rules {
        own,
        collation,
        engine,
    })
}

/// The collation of a table: a server may leave it out when it is that of the character set.
fn collation(table: &Table, defaults: &[[String; 2]]) -> Option<String> {
    if let Some(said) = definition::option(table, "COLLATE") {
        return Some(said.to_owned());
    }
    let charset = definition::option(table, "CHARSET")?;
    let found = defaults.iter().find(|[known, _]| known == charset)?;
    Some(found[1].clone())
}

fn default_collations(
    connection: &mut dyn Connection,
) -> Result<Vec<[String; 2]>, IntrospectError> {
    let rows = connection.query(
        "SELECT character_set_name, default_collate_name FROM information_schema.character_sets",
        &[],
    )?;
    Ok(rows.into_iter().map(texts).collect())
}

/// The foreign keys, as the server keeps them.
fn references(table: &SessionTable) -> Vec<Constraint> {
    let Ok((meant, _)) = stored::table(Dialect::Mysql, &table.name, &table.meant) else {
        return Vec::new();
    };
    let is_reference = |it: &Constraint| matches!(it.kind, ConstraintKind::ForeignKey(_));
    meant.constraints.into_iter().filter(is_reference).collect()
}
