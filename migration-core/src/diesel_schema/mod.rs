//! A schema as the `schema.rs` of Diesel.
//!
//! In: the models as one engine has them. Out: the text that `diesel print-schema` would print of a
//! database made of them, with names in the letters that Rust is written in: a table is called
//! without its prefix, `fileExt` is `file_ext`, and `sql_name` says what the database calls it.

mod name;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use crate::dialect::{Dialect, DieselType, diesel_type};
use crate::schema::{Column, ConstraintKind, ForeignKey, Ident, ObjectName, Schema, Table};

/// What writing needs to know.
#[derive(Debug, Clone, Copy)]
pub struct DieselOptions<'a> {
    /// The engine that the types are for.
    pub dialect: Dialect,
    /// What the names of tables begin with: `irma_`, or nothing.
    pub prefix: &'a str,
    /// The program that writes it.
    pub program: &'a str,
}

/// Writes the text of a `schema.rs`.
pub fn diesel_schema(schema: &Schema, options: &DieselOptions<'_>) -> String {
    let writer = Writer {
        schema,
        options,
        modules: name::modules(schema, options.prefix),
    };
    let mut text = format!("// Written by {} from the models.\n", options.program);
    let (keyed, keyless): (Vec<&Table>, Vec<&Table>) = schema
        .tables
        .iter()
        .filter(|table| !table.temporary)
        .partition(|table| !table.primary_key().is_empty());
    let mut custom = BTreeMap::new();
    let tables: Vec<String> = keyed
        .iter()
        .map(|table| writer.table(table, &mut custom))
        .collect();
    text += &custom_types(&custom);
    text += &tables.concat();
    for table in keyless {
        let name = &table.name;
        let _ = write!(
            text,
            "\n// `{name}` has no primary key, without which Diesel takes no table.\n"
        );
    }
    text += &writer.joins(&keyed);
    text
}

struct Writer<'a> {
    schema: &'a Schema,
    options: &'a DieselOptions<'a>,
    modules: HashMap<&'a ObjectName, String>,
}

impl Writer<'_> {
    fn table(&self, table: &Table, custom: &mut BTreeMap<String, String>) -> String {
        let module = &self.modules[&table.name];
        let key: Vec<String> = table.primary_key().iter().map(name::column).collect();
        let mut own = BTreeMap::new();
        let mut columns = String::new();
        for column in &table.columns {
            columns += &self.column(column, table, &mut own);
        }
        let mut text = "\ndiesel::table! {\n".to_owned();
        if !own.is_empty() {
            text += "    use diesel::sql_types::*;\n";
            for name in own.keys() {
                let _ = writeln!(text, "    use super::sql_types::{name};");
            }
            text.push('\n');
        }
        text += &comment(table.comment.as_deref(), "    ");
        let sql_name = table.name.name.as_str();
        if sql_name != module {
            let _ = writeln!(text, "    #[sql_name = {sql_name:?}]");
        }
        let schema = table.name.schema.as_ref();
        let schema = schema
            .map(|schema| format!("{schema}."))
            .unwrap_or_default();
        let _ = write!(
            text,
            "    {schema}{module} ({}) {{\n{columns}    }}\n}}\n",
            key.join(", ")
        );
        custom.append(&mut own);
        text
    }

    fn column(
        &self,
        column: &Column,
        table: &Table,
        custom: &mut BTreeMap<String, String>,
    ) -> String {
        let mut text = comment(column.comment.as_deref(), "        ");
        let name = name::column(&column.name);
        if name != column.name.as_str() {
            let _ = writeln!(text, "        #[sql_name = {:?}]", column.name.as_str());
        }
        let is_key = table.primary_key().contains(&column.name);
        let is_numbered = column.identity.is_some();
        let base = match diesel_type(self.options.dialect, &column.data_type, &self.schema.enums) {
            DieselType::Known(name) => name,
            DieselType::Custom { name, attribute } => {
                let rust = name::type_name(&name);
                custom.insert(rust.clone(), attribute);
                rust
            }
        };
        let base = if column.nullable && !is_key && !is_numbered {
            format!("Nullable<{base}>")
        } else {
            base
        };
        let _ = writeln!(text, "        {name} -> {base},");
        text
    }

    /// Which tables can be joined without saying by what, and that all may stand in one query.
    fn joins(&self, tables: &[&Table]) -> String {
        let mut text = String::new();
        let mut joined = HashSet::new();
        for child in tables {
            for (parent, column) in self.parents(child, tables) {
                // A pair can be joined in one way only.
                let pair = [&child.name.name, &parent.name.name];
                let is_new = joined.insert(pair) && !joined.contains(&[pair[1], pair[0]]);
                let is_single = self
                    .parents(child, tables)
                    .filter(|(it, _)| it.name == parent.name)
                    .count()
                    == 1;
                if is_new && is_single {
                    let (child, parent) = (&self.modules[&child.name], &self.modules[&parent.name]);
                    let column = name::column(column);
                    let _ = writeln!(text, "diesel::joinable!({child} -> {parent} ({column}));");
                }
            }
        }
        if !text.is_empty() {
            text.insert(0, '\n');
        }
        if tables.len() > 1 {
            let mut modules: Vec<&str> = tables
                .iter()
                .map(|table| self.modules[&table.name].as_str())
                .collect();
            modules.sort_unstable();
            let lines: String = modules.iter().map(|it| format!("    {it},\n")).collect();
            let _ = write!(
                text,
                "\ndiesel::allow_tables_to_appear_in_same_query!(\n{lines});\n"
            );
        }
        text
    }

    /// The tables that a column of `child` refers to by their primary keys.
    fn parents<'t>(
        &self,
        child: &'t Table,
        tables: &'t [&'t Table],
    ) -> impl Iterator<Item = (&'t Table, &'t Ident)> {
        child.constraints.iter().filter_map(move |constraint| {
            let ConstraintKind::ForeignKey(ForeignKey {
                columns,
                references,
                referenced_columns,
                ..
            }) = &constraint.kind
            else {
                return None;
            };
            let parent = tables.iter().find(|table| table.name == *references)?;
            let is_key =
                referenced_columns.is_empty() || referenced_columns == parent.primary_key();
            let [column] = columns.as_slice() else {
                return None;
            };
            (is_key && parent.name != child.name).then_some((*parent, column))
        })
    }
}

/// A Rust type for each type that only the database knows.
fn custom_types(custom: &BTreeMap<String, String>) -> String {
    if custom.is_empty() {
        return String::new();
    }
    let mut text = "\npub mod sql_types {".to_owned();
    for (name, attribute) in custom {
        let _ = write!(
            text,
            "\n    #[derive(diesel::query_builder::QueryId, diesel::sql_types::SqlType)]\n    \
             #[diesel({attribute})]\n    pub struct {name};\n"
        );
    }
    text + "}\n"
}

/// A comment of the database as documentation.
fn comment(text: Option<&str>, indent: &str) -> String {
    let lines = text.unwrap_or_default().lines();
    lines.map(|line| format!("{indent}/// {line}\n")).collect()
}

#[cfg(test)]
mod tests;
