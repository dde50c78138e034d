//! Columns that list their values, where an engine keeps no type with a name, as columns of a type
//! that every engine is told.

use crate::dialect::Dialect;
use crate::schema::{Column, DataType, EnumType, Ident, ObjectName, Schema};
use crate::sql::{self, LexemeKind};

/// Gives every listed type a name, the first column's, and the columns that type.
pub(super) fn name_types(dialect: Dialect, schema: &mut Schema) {
    let syntax = dialect.syntax();
    if syntax.named_types {
        return;
    }
    for table in &mut schema.tables {
        for column in &mut table.columns {
            let Some(values) = listed(column, syntax.backslash_escapes) else {
                continue;
            };
            let known = schema.enums.iter().find(|it| it.values == values);
            let name = match known {
                Some(known) => known.name.clone(),
                None => {
                    let name = named_after(&table.name, &column.name, &schema.enums);
                    schema.enums.push(EnumType {
                        name: name.clone(),
                        values,
                    });
                    name
                }
            };
            column.data_type = DataType::of_name(&name);
        }
    }
}

fn named_after(table: &ObjectName, column: &Ident, taken: &[EnumType]) -> ObjectName {
    let mut name = table.sibling(Ident::new(format!("{}_{column}", table.name)));
    while taken.iter().any(|it| it.name == name) {
        name = name.sibling(Ident::new(format!("{}_", name.name)));
    }
    name
}

/// The values of `enum('a','b')`.
fn listed(column: &Column, backslash_escapes: bool) -> Option<Vec<String>> {
    let DataType::Other(text) = &column.data_type else {
        return None;
    };
    if !column.attributes.is_empty() || column.collation.is_some() {
        return None;
    }
    let words = sql::lexemes(text.as_str(), backslash_escapes)?;
    let [first, open, values @ .., close] = words.as_slice() else {
        return None;
    };
    let is_list = first.text.eq_ignore_ascii_case("ENUM")
        && open.kind == LexemeKind::Open
        && close.kind == LexemeKind::Close;
    if !is_list {
        return None;
    }
    let strings = values.iter().filter(|it| it.kind == LexemeKind::String);
    let bare = |text: &str| {
        let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
        // Escapes would have to be read as the server does.
        (!inner.contains('\\')).then(|| inner.replace("''", "'"))
    };
    strings.map(|it| bare(&it.text)).collect()
}

#[cfg(test)]
mod tests {
    use super::name_types;
    use crate::dialect::Dialect;
    use crate::schema::{Column, DataType, Expression, ObjectName, Schema, Table};

    fn table(name: &str, columns: &[(&str, &str)]) -> Table {
        let mut table = Table::new(ObjectName::new(name));
        for (name, data_type) in columns {
            let data_type = DataType::Other(Expression::new(*data_type));
            table.columns.push(Column::new(*name, data_type));
        }
        table
    }

    #[test]
    fn a_listed_type_is_named_once_after_the_first_column_that_has_it() {
        let mut schema = Schema {
            tables: vec![
                table("a", &[("x", "enum('it''s','b')"), ("y", "set('a')")]),
                table("b", &[("z", "ENUM('it''s', 'b')"), ("w", "enum('\\\\')")]),
            ],
            ..Schema::default()
        };
        name_types(Dialect::Mysql, &mut schema);
        let [made] = schema.enums.as_slice() else {
            panic!("{:?}", schema.enums);
        };
        assert_eq!(made.name, ObjectName::new("a_x"));
        assert_eq!(made.values, ["it's", "b"]);
        let named = DataType::of_name(&made.name);
        let types = schema.tables.iter().flat_map(|it| &it.columns);
        let is_named: Vec<bool> = types.map(|it| it.data_type == named).collect();
        assert_eq!(is_named, [true, false, true, false]);
    }
}
