//! What tables have that say nothing of it, where somebody asks what other hands did: models leave to
//! the server which engine and which collation a table has; who looks for changes wants to know.

use std::collections::HashMap;

use super::ours::is_bookkeeping;
use crate::dialect::VersionTable;
use crate::introspect::Whole;
use crate::schema::{ObjectName, Table, TableOption};

/// Says of each wanted table what goes without saying, where the live one has something else.
///
/// What a table shares with the version table is no other hand's: both were made where something else
/// went without saying.
pub(super) fn say((live, wanted): (&Whole, &mut Whole), version_table: &VersionTable) {
    if live.unsaid.is_empty() {
        return;
    }
    let tables = live.schema.tables.iter();
    let there: HashMap<&ObjectName, &Table> = tables.map(|it| (&it.name, it)).collect();
    let mut book = there
        .values()
        .filter(|it| it.name.name.as_str() == version_table.name);
    let book = book.find(|it| is_bookkeeping(&it.name, version_table));
    let book = book.map_or(&[][..], |it| it.options.as_slice());
    for table in &mut wanted.schema.tables {
        let mut homes = live.unsaid.iter();
        let home = homes.find(|it| it.schema == table.name.schema);
        let (Some(home), Some(there)) = (home, there.get(&table.name)) else {
            continue;
        };
        for unsaid in &home.options {
            let Some(other) = option(&there.options, &unsaid.keyword) else {
                continue;
            };
            if option(&table.options, &unsaid.keyword).is_none() {
                let is_shared = book.contains(other);
                let said = if is_shared { other } else { unsaid };
                table.options.push(said.clone());
            }
        }
        table.options.sort_by(|a, b| a.keyword.cmp(&b.keyword));
    }
}

fn option<'a>(options: &'a [TableOption], keyword: &str) -> Option<&'a TableOption> {
    options.iter().find(|it| it.keyword == keyword)
}
