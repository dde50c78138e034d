//! The reference of dialects: made by the compilers themselves, so that it says what they do.

use std::fmt::Write as _;

use super::page_objects;
use super::{Dialect, Lowered, Reads, Way};
use crate::operation::Operation;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Deferrability, Expression, ForeignKey, Ident,
    Index, IndexPart, MatchKind, ObjectName, ReferentialAction, Schema, Table, TimeZone,
};

/// `docs/reference/dialects.md` as it has to be.
pub fn reference_page() -> String {
    let mut page = String::from(include_str!("page.md"));
    page += "\n## Types\n\n| written | SQLite | PostgreSQL | MySQL, MariaDB | lost |\n\
             |---|---|---|---|---|\n";
    for (written, data_type, lost) in types() {
        // Writing to a string cannot fail.
        let _ = write!(page, "| `{written}` |");
        for dialect in Dialect::ALL {
            let _ = write!(page, " {} |", type_on(dialect, &data_type));
        }
        let _ = writeln!(page, " {lost} |");
    }
    page += "\n## Operations\n\n*in place*: a statement of the engine. *definition*: a statement \
             that repeats what the column, index or constraint is, which a run reads from the database. \
             *edit*: the rows are checked and the stored definition is edited, after a warning. \
             *rebuild*: the rows are copied, after a warning. *nothing*: accepted, with no effect.\n\
             \n| operation | SQLite | PostgreSQL | MySQL, MariaDB |\n|---|---|---|---|\n";
    let samples = operations().into_iter().chain(page_objects::operations());
    for (name, operation) in samples {
        let _ = write!(page, "| {name} |");
        for dialect in Dialect::ALL {
            let _ = write!(page, " {} |", way_on(dialect, &operation));
        }
        page.push('\n');
    }
    page += &page_objects::own_tables();
    page
}

fn type_on(dialect: Dialect, data_type: &DataType) -> String {
    let mut table = Table::new(ObjectName::new("t"));
    table.columns.push(Column::new("c", data_type.clone()));
    let create = Operation::CreateTable {
        table,
        if_not_exists: false,
    };
    match dialect.compiler().compile(&[create], &Schema::default()) {
        Ok(lowered) => {
            let sql = &lowered.statements[0].sql;
            let clause = sql.lines().nth(1).unwrap_or_default().trim();
            let name = clause
                .trim_start_matches("\"c\" ")
                .trim_end_matches(" NULL");
            format!("`{name}`")
        }
        Err(unsupported) => format!("no: {}", unsupported.hint),
    }
}

fn way_on(dialect: Dialect, operation: &Operation) -> String {
    if let Operation::Enum(_) = operation {
        return page_objects::enum_way(dialect, operation, &model()).to_owned();
    }
    let compiler = dialect.compiler();
    match compiler.compile(std::slice::from_ref(operation), &model()) {
        Err(unsupported) => format!("no: {}", unsupported.hint),
        Ok(Lowered {
            change: Some(change),
            ..
        }) => match change.way {
            Way::Definition => "edit".to_owned(),
            Way::Rebuild => "rebuild".to_owned(),
        },
        Ok(lowered) if lowered.statements.is_empty() => "nothing".to_owned(),
        Ok(lowered) if lowered.statements.iter().any(|one| !one.transactional) => {
            "in place, outside a transaction".to_owned()
        }
        Ok(_) if compiler.reads(operation) == Reads::Nothing => "in place".to_owned(),
        Ok(_) if dialect.syntax().transactional_ddl => "in place".to_owned(),
        Ok(_) => "definition".to_owned(),
    }
}

/// What the sample operations stand on.
fn model() -> Schema {
    let mut table = Table::new(ObjectName::new("t"));
    for name in ["id", "a", "b"] {
        table.columns.push(Column::new(name, DataType::Integer));
    }
    table.constraints.push(key("t_a_key"));
    let mut schema = Schema::default();
    schema.tables.push(table);
    schema.indexes.push(index());
    page_objects::add_to(&mut schema);
    schema
}

fn key(name: &str) -> Constraint {
    let columns = vec![Ident::new("a")];
    Constraint::new(Some(Ident::new(name)), ConstraintKind::Unique { columns })
}

fn index() -> Index {
    Index {
        name: Some(Ident::new("t_b")),
        table: ObjectName::new("t"),
        unique: false,
        parts: vec![IndexPart::column(Ident::new("b"))],
        method: None,
        include: Vec::new(),
        predicate: None,
    }
}

fn foreign_key(on_delete: ReferentialAction) -> Constraint {
    let kind = ConstraintKind::ForeignKey(ForeignKey {
        columns: vec![Ident::new("b")],
        references: ObjectName::new("other"),
        referenced_columns: vec![Ident::new("id")],
        on_update: ReferentialAction::NoAction,
        on_delete,
        match_kind: MatchKind::Simple,
    });
    Constraint::new(Some(Ident::new("t_b_fkey")), kind)
}

fn check() -> Constraint {
    let expression = Expression::new("b > 0");
    Constraint::new(
        Some(Ident::new("t_b_check")),
        ConstraintKind::Check { expression },
    )
}

#[expect(clippy::too_many_lines, reason = "one entry per type")]
fn types() -> Vec<(&'static str, DataType, &'static str)> {
    let plain = TimeZone::Without;
    let zoned = TimeZone::With;
    vec![
        ("SMALLINT", DataType::SmallInt, ""),
        ("INTEGER", DataType::Integer, ""),
        ("BIGINT", DataType::BigInt, ""),
        (
            "NUMERIC",
            DataType::Numeric {
                precision: None,
                scale: None,
            },
            "MySQL: more than 35 digits before or 30 behind the point",
        ),
        (
            "NUMERIC(10, 2)",
            DataType::Numeric {
                precision: Some(10),
                scale: Some(2),
            },
            "SQLite: exactness beyond 15 digits",
        ),
        ("REAL", DataType::Real, ""),
        ("DOUBLE PRECISION", DataType::Double, ""),
        ("FLOAT(2)", DataType::Float { precision: Some(2) }, ""),
        (
            "FLOAT(53)",
            DataType::Float {
                precision: Some(53),
            },
            "",
        ),
        (
            "BOOLEAN",
            DataType::Boolean,
            "SQLite, MySQL: other numbers are not refused",
        ),
        (
            "VARCHAR",
            DataType::Varchar { length: None },
            "MySQL: more than 255 characters, which are refused",
        ),
        (
            "VARCHAR(50)",
            DataType::Varchar { length: Some(50) },
            "SQLite: the limit",
        ),
        (
            "CHAR(3)",
            DataType::Char { length: Some(3) },
            "SQLite: the limit and the padding",
        ),
        ("TEXT", DataType::Text, ""),
        ("BYTEA, BLOB", DataType::Binary, ""),
        ("DATE", DataType::Date, "SQLite: any text is accepted"),
        (
            "TIME",
            DataType::Time {
                precision: None,
                zone: plain,
            },
            "SQLite: any text is accepted",
        ),
        (
            "TIMESTAMP",
            DataType::Timestamp {
                precision: None,
                zone: plain,
            },
            "SQLite: any text is accepted",
        ),
        (
            "TIMESTAMP WITH TIME ZONE",
            DataType::Timestamp {
                precision: None,
                zone: zoned,
            },
            "MySQL: the zone",
        ),
        (
            "INTERVAL",
            DataType::Interval,
            "SQLite: any text is accepted",
        ),
        (
            "UUID",
            DataType::Uuid,
            "SQLite, MySQL: any text of 36 characters is accepted",
        ),
        ("JSON", DataType::Json, "SQLite: any text is accepted"),
        ("JSONB", DataType::Jsonb, "SQLite: any text is accepted"),
    ]
}

#[expect(clippy::too_many_lines, reason = "one entry per operation")]
fn operations() -> Vec<(&'static str, Operation)> {
    let table = ObjectName::new("t");
    let column = Ident::new("b");
    let add_column = |column: Column| Operation::AddColumn {
        table: ObjectName::new("t"),
        column,
        constraints: Vec::new(),
        if_not_exists: false,
    };
    let add = |constraint: Constraint| Operation::AddConstraint {
        table: ObjectName::new("t"),
        constraint,
    };
    let create_index = |index: Index, concurrently: bool| Operation::CreateIndex {
        index,
        concurrently,
        if_not_exists: false,
    };
    let mut required = Column::new("c", DataType::Integer);
    required.nullable = false;
    let mut with_default = required.clone();
    with_default.default = Some(Expression::new("0"));
    let mut deferred = foreign_key(ReferentialAction::NoAction);
    deferred.deferrability = Deferrability::InitiallyDeferred;
    let mut partial = index();
    partial.name = Some(Ident::new("t_partial"));
    partial.predicate = Some(Expression::new("b > 0"));
    let mut partial_unique = partial.clone();
    partial_unique.unique = true;
    let drop_index = |concurrently| Operation::DropIndex {
        name: ObjectName::new("t_b"),
        table: None,
        concurrently,
        if_exists: false,
    };
    vec![
        (
            "create a table",
            Operation::CreateTable {
                table: model().tables.remove(0),
                if_not_exists: false,
            },
        ),
        (
            "drop a table",
            Operation::DropTable {
                name: table.clone(),
                if_exists: false,
                cascade: false,
            },
        ),
        (
            "rename a table",
            Operation::RenameTable {
                from: table.clone(),
                to: Ident::new("u"),
            },
        ),
        (
            "add a column that may be NULL",
            add_column(Column::new("c", DataType::Integer)),
        ),
        (
            "add a column NOT NULL with a constant default",
            add_column(with_default),
        ),
        (
            "add a column NOT NULL without a default",
            add_column(required),
        ),
        (
            "drop a column that nothing stands on",
            Operation::DropColumn {
                table: table.clone(),
                column: Ident::new("id"),
                if_exists: false,
                cascade: false,
            },
        ),
        (
            "drop a column with an index",
            Operation::DropColumn {
                table: table.clone(),
                column: column.clone(),
                if_exists: false,
                cascade: false,
            },
        ),
        (
            "rename a column",
            Operation::RenameColumn {
                table: table.clone(),
                from: column.clone(),
                to: Ident::new("c"),
            },
        ),
        (
            "change a type",
            Operation::SetType {
                table: table.clone(),
                column: column.clone(),
                data_type: DataType::BigInt,
                collation: None,
                using: None,
            },
        ),
        (
            "change a type with USING",
            Operation::SetType {
                table: table.clone(),
                column: column.clone(),
                data_type: DataType::Text,
                collation: None,
                using: Some(Expression::new("b || 'x'")),
            },
        ),
        (
            "set or drop NOT NULL",
            Operation::SetNullable {
                table: table.clone(),
                column: column.clone(),
                nullable: false,
            },
        ),
        (
            "set or drop a default",
            Operation::SetDefault {
                table: table.clone(),
                column: column.clone(),
                default: Some(Expression::new("1")),
            },
        ),
        ("add a unique constraint", add(key("t_again_key"))),
        (
            "add a foreign key",
            add(foreign_key(ReferentialAction::Cascade)),
        ),
        (
            "add a foreign key with SET DEFAULT",
            add(foreign_key(ReferentialAction::SetDefault)),
        ),
        ("add a deferrable foreign key", add(deferred)),
        ("add a check", add(check())),
        (
            "drop a constraint",
            Operation::DropConstraint {
                table: table.clone(),
                target: crate::operation::ConstraintTarget::Named(Ident::new("t_a_key")),
                if_exists: false,
                cascade: false,
            },
        ),
        (
            "rename a constraint",
            Operation::RenameConstraint {
                table: table.clone(),
                from: Ident::new("t_a_key"),
                to: Ident::new("u_a_key"),
            },
        ),
        (
            "validate a constraint",
            Operation::ValidateConstraint {
                table: table.clone(),
                name: Ident::new("t_a_key"),
            },
        ),
        ("create an index", create_index(new_index(), false)),
        (
            "create an index CONCURRENTLY",
            create_index(new_index(), true),
        ),
        (
            "create an index on some rows (WHERE)",
            create_index(partial, false),
        ),
        (
            "create a unique index on some rows (WHERE)",
            create_index(partial_unique, false),
        ),
        ("drop an index", drop_index(false)),
        ("drop an index CONCURRENTLY", drop_index(true)),
        (
            "rename an index",
            Operation::RenameIndex {
                from: ObjectName::new("t_b"),
                to: Ident::new("u_b"),
                table: None,
            },
        ),
        (
            "comment on a table",
            Operation::SetTableComment {
                table: table.clone(),
                comment: Some("x".to_owned()),
            },
        ),
        (
            "comment on a column",
            Operation::SetColumnComment {
                table,
                column,
                comment: Some("x".to_owned()),
            },
        ),
    ]
}

/// An index that is not there yet.
fn new_index() -> Index {
    let mut index = index();
    index.name = Some(Ident::new("t_new"));
    index
}
