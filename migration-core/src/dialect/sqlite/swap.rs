//! A table and the copy of its rows change places in `sqlite_schema`.
//!
//! Each keeps its own pages, so only root pages and definitions are exchanged. The indexes of
//! SQLite's own (`sqlite_autoindex_...`) stand behind their table in `sqlite_schema`, and their names
//! follow from it: the old ones are written anew behind the copy, whose definition becomes one that
//! has just as many.

use super::super::{Statement, Unsupported, ansi};
use super::check::literal;
use super::demands::Change;
use super::table;
use crate::schema::{ConstraintKind, ObjectName, Table};

/// Exchanges the two, and drops the old rows.
pub(super) fn places(
    change: &Change<'_>,
    copied: &ObjectName,
) -> Result<Vec<Statement>, Unsupported> {
    let swap = Swap {
        catalog: table::catalog(&change.old.name),
        name: change.old.name.name.as_str(),
        copied: copied.name.as_str(),
        has_indexes: has_automatic_index(change.old) || has_automatic_index(change.new),
    };
    let definition = table::definition(change.new)?.sql;
    let mut statements = vec!["PRAGMA writable_schema = ON".to_owned()];
    if swap.has_indexes {
        statements.extend(swap.indexes());
    }
    statements.push(swap.tables(&definition));
    if swap.has_indexes {
        statements.push(format!(
            "UPDATE {} SET sql = NULL WHERE type = 'index' AND tbl_name = {}",
            swap.catalog,
            literal(swap.copied)
        ));
    }
    statements.push("PRAGMA writable_schema = RESET".to_owned());
    statements.extend(drop(change, copied));
    Ok(statements.into_iter().map(Statement::new).collect())
}

struct Swap<'a> {
    catalog: String,
    name: &'a str,
    copied: &'a str,
    /// Whether either may have indexes of SQLite's own.
    has_indexes: bool,
}

impl Swap<'_> {
    /// Gives the indexes of the copy to the table, and its own to the copy.
    fn indexes(&self) -> [String; 3] {
        let catalog = &self.catalog;
        let (name, copied) = (literal(self.name), literal(self.copied));
        let named_after = |table: &str| format!("sqlite_autoindex_{table}_");
        let others = named_after(self.copied);
        [
            format!(
                "INSERT INTO {catalog} (type, name, tbl_name, rootpage, sql)\nSELECT 'index', {} || \
                 row_number() OVER (ORDER BY rowid), {copied}, rootpage, 'old'\nFROM {catalog} \
                 WHERE type = 'index' AND tbl_name = {name}",
                literal(&others)
            ),
            format!("DELETE FROM {catalog} WHERE type = 'index' AND tbl_name = {name}"),
            format!(
                "UPDATE {catalog} SET tbl_name = {name}, name = {} || substr(name, {})\n\
                 WHERE type = 'index' AND tbl_name = {copied} AND sql IS NULL",
                literal(&named_after(self.name)),
                others.chars().count() + 1
            ),
        ]
    }

    /// Gives the table its new definition and the pages of the copy, and the copy the old pages
    /// with a definition under which they can be dropped.
    fn tables(&self, definition: &str) -> String {
        let catalog = &self.catalog;
        let (name, copied) = (literal(self.name), literal(self.copied));
        let columns = if self.has_indexes {
            format!(
                " || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM \
                 {catalog} WHERE type = 'index' AND tbl_name = {copied}) || ')'"
            )
        } else {
            " || ')'".to_owned()
        };
        format!(
            "UPDATE {catalog} AS one SET rootpage = other.rootpage, sql = CASE one.name\nWHEN {name} \
             THEN {}\nELSE {}{columns} END\nFROM {catalog} AS other WHERE one.type = 'table' AND \
             other.type = 'table'\nAND one.name IN ({name}, {copied}) AND other.name IN ({name}, \
             {copied}) AND one.name <> other.name",
            literal(definition),
            literal(&format!("CREATE TABLE {} (x", ansi::quoted(self.copied))),
        )
    }
}

/// Drops the old rows. When a column went with them they are renamed before, which makes SQLite
/// look into every view and trigger: one that reads it stops the change here, not the first who
/// uses it.
fn drop(change: &Change<'_>, copied: &ObjectName) -> Vec<String> {
    let dropped = |name: &ObjectName| format!("DROP TABLE {}", ansi::object(name));
    if !change.drops_column() {
        return vec![dropped(copied)];
    }
    let passing = table::passing(&change.old.name);
    let rename = format!(
        "ALTER TABLE {} RENAME TO {}",
        ansi::object(copied),
        ansi::ident(&passing.name)
    );
    vec![rename, dropped(&passing)]
}

/// Whether SQLite may have made an index for a key of the table.
pub(super) fn has_automatic_index(table: &Table) -> bool {
    let constraints = &mut table.constraints.iter();
    constraints.any(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } => table::rowid_column(table).is_none(),
        ConstraintKind::Unique { .. } => true,
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
    })
}
