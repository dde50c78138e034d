//! A schema as an engine stores it: what the model says and what is introspected meet here. Every
//! line is a difference that is none.

use migration_core::dialect::Dialect;
use migration_core::operation::Operation;
use migration_core::render::{self, RenderOptions};
use migration_core::schema::{
    Constraint, ConstraintKind, DataType, Expression, Ident, Identity, Index, IndexKey, IndexPart,
    ReferentialAction, Schema, Table,
};

/// The schema as text, each table and index a statement.
pub(super) fn text(dialect: Dialect, schema: &Schema, in_order: bool) -> String {
    let schema = normal(dialect, schema, in_order);
    let mut operations = Vec::new();
    for table in schema.tables {
        operations.push(Operation::CreateTable {
            table,
            if_not_exists: false,
        });
    }
    for index in schema.indexes {
        operations.push(Operation::CreateIndex {
            index,
            concurrently: false,
            if_not_exists: false,
        });
    }
    render::section(&operations, &RenderOptions::default())
}

fn normal(dialect: Dialect, schema: &Schema, in_order: bool) -> Schema {
    let mut normal = schema.clone();
    for table in &mut normal.tables {
        // Names the key that is meant, as engines do.
        for constraint in &mut table.constraints {
            if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
                && key.referenced_columns.is_empty()
                && let Some(target) = schema.table(&key.references)
            {
                key.referenced_columns = target.primary_key().to_vec();
            }
        }
        common(dialect, table);
    }
    match dialect {
        Dialect::Sqlite => sqlite(&mut normal),
        Dialect::Postgres => postgres(&mut normal),
        Dialect::Mysql => mysql(&mut normal),
    }
    for index in &mut normal.indexes {
        index.predicate = index.predicate.as_ref().map(bare);
    }
    normal.tables.sort_by(|a, b| a.name.cmp(&b.name));
    normal.indexes.sort_by_key(|index| format!("{index:?}"));
    for table in &mut normal.tables {
        // No engine keeps the order of all kinds of constraints.
        table.constraints.sort_by_key(|it| format!("{it:?}"));
        if !in_order {
            table.columns.sort_by(|a, b| a.name.cmp(&b.name));
        }
    }
    normal
}

fn common(dialect: Dialect, table: &mut Table) {
    let key = table.primary_key().to_vec();
    for column in &mut table.columns {
        // Numbering and keys forbid NULL, whether or not the definition says so.
        if column.identity.is_some() || key.contains(&column.name) {
            column.nullable = false;
        }
        // What the engine is told is what it can say.
        let told = dialect.compiler().data_type(&column.data_type);
        let told = told.expect("the types are portable").to_lowercase();
        column.data_type = DataType::Other(Expression::new(told.replace(", ", ",")));
        column.default = column.default.as_ref().map(bare);
        if let Some(generated) = &mut column.generated {
            generated.expression = bare(&generated.expression);
        }
    }
    for constraint in &mut table.constraints {
        if let ConstraintKind::Check { expression } = &mut constraint.kind {
            *expression = bare(expression);
        }
    }
}

/// An expression without what engines add to it or write their own way: quotes of names,
/// parentheses, blanks, casts, the case of words.
fn bare(expression: &Expression) -> Expression {
    let text = expression.as_str().split("::").next().unwrap_or_default();
    let text: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '"' | '(' | ')'))
        .collect();
    Expression::new(text.to_lowercase())
}

fn sqlite(schema: &mut Schema) {
    for table in &mut schema.tables {
        // It has no comments.
        table.comment = None;
        for column in &mut table.columns {
            column.comment = None;
            // A key that is an INTEGER is the rowid, which numbers itself.
            column.identity = column
                .identity
                .filter(|identity| *identity == Identity::AutoIncrement);
        }
    }
}

fn postgres(schema: &mut Schema) {
    for table in &mut schema.tables {
        for column in &mut table.columns {
            // A sequence of its own, of which the catalog says no more than its default.
            if let Some(Identity::Serial | Identity::AutoIncrement) = column.identity {
                column.identity = None;
                column.default = Some(Expression::new("nextval"));
            }
            let is_counted = |it: &Expression| it.as_str().starts_with("nextval");
            if column.default.as_ref().is_some_and(is_counted) {
                column.default = Some(Expression::new("nextval"));
                column.nullable = false;
            }
        }
        unname_key(table);
    }
    for index in &mut schema.indexes {
        // What an index is when nothing is said.
        index.method = None;
    }
}

fn mysql(schema: &mut Schema) {
    let mut indexes = std::mem::take(&mut schema.indexes);
    for table in &mut schema.tables {
        // The engine, character set and next number of a table are its defaults.
        table.options.clear();
        for column in &mut table.columns {
            // One way to number rows.
            column.identity = column.identity.map(|_| Identity::AutoIncrement);
            column.default = column.default.as_ref().and_then(mysql_default);
        }
        unname_key(table);
        // A unique constraint is a unique index.
        indexes.extend(table.constraints.iter().filter_map(|it| unique(table, it)));
        let is_index = |it: &Constraint| matches!(it.kind, ConstraintKind::Unique { .. });
        table.constraints.retain(|it| !is_index(it));
        table.constraints.iter_mut().for_each(without_restrict);
    }
    indexes.retain(|index| !is_of_foreign_key(index));
    for index in &mut indexes {
        // It has none; an index of all rows serves as well.
        index.predicate = None;
    }
    schema.indexes = indexes;
}

fn mysql_default(default: &Expression) -> Option<Expression> {
    // A quote may be escaped in one of two ways.
    let text = default.as_str().replace("\\'", "''");
    let text = match text.trim_end_matches(char::is_numeric) {
        // Digits of a second follow the column's type.
        "current_timestamp" => "current_timestamp",
        // A number.
        "true" => "1",
        // Every column that may be NULL says so.
        "null" => return None,
        _ => text.as_str(),
    };
    Some(Expression::new(text))
}

fn unique(table: &Table, constraint: &Constraint) -> Option<Index> {
    let ConstraintKind::Unique { columns } = &constraint.kind else {
        return None;
    };
    Some(Index {
        name: constraint.name.clone(),
        table: table.name.clone(),
        unique: true,
        parts: columns.iter().cloned().map(IndexPart::column).collect(),
        method: None,
        include: Vec::new(),
        predicate: None,
    })
}

/// InnoDB knows no difference between RESTRICT and NO ACTION.
fn without_restrict(constraint: &mut Constraint) {
    let ConstraintKind::ForeignKey(key) = &mut constraint.kind else {
        return;
    };
    for action in [&mut key.on_update, &mut key.on_delete] {
        if *action == ReferentialAction::Restrict {
            *action = ReferentialAction::NoAction;
        }
    }
}

/// InnoDB makes an index for each foreign key, named like it, and keeps it.
fn is_of_foreign_key(index: &Index) -> bool {
    let name = index.name.as_ref().map_or("", Ident::as_str);
    let is_named = name.starts_with("fk") || name.contains("_fkey");
    let is_plain = index
        .parts
        .iter()
        .all(|part| matches!(&part.key, IndexKey::Column { length: None, .. }));
    is_named && is_plain && !index.unique
}

/// The name of a primary key is the engine's own when the text gives none.
fn unname_key(table: &mut Table) {
    for constraint in &mut table.constraints {
        if let ConstraintKind::PrimaryKey { .. } = constraint.kind {
            constraint.name = None;
        }
    }
}
