//! The parts of the reference of dialects about what stands beside tables, and what one engine has
//! alone.

use std::fmt::Write as _;

use super::{Dialect, own};
use crate::operation::{
    EnumChange, IdentityChange, NamespaceChange, Operation, SequenceChange, ViewChange,
};
use crate::schema::{
    Column, DataType, EnumType, Expression, Ident, Identity, ObjectName, Schema, Sequence,
    SequenceOptions, Table, View,
};

/// What the operations below stand on.
pub(super) fn add_to(model: &mut Schema) {
    model.views.push(view());
    model.enums.push(mood());
    let mut table = Table::new(ObjectName::new("feeling"));
    let data_type = DataType::of_name(&ObjectName::new("mood"));
    table.columns.push(Column::new("now", data_type));
    model.tables.push(table);
}

fn view() -> View {
    View {
        name: ObjectName::new("v"),
        columns: Vec::new(),
        query: Expression::new("SELECT 1"),
        temporary: false,
        check_option: None,
    }
}

fn mood() -> EnumType {
    EnumType {
        name: ObjectName::new("mood"),
        values: vec!["sad".to_owned(), "happy".to_owned()],
    }
}

/// What an engine does with an operation on an enumerated type.
pub(super) fn enum_way(dialect: Dialect, operation: &Operation, model: &Schema) -> &'static str {
    if dialect.syntax().named_types {
        return "in place";
    }
    if dialect.compiler().spelled_out(operation, model).len() > 1 {
        "in every column of the type"
    } else {
        "nothing"
    }
}

/// Sample operations, each with its name.
pub(super) fn operations() -> Vec<(&'static str, Operation)> {
    let mut operations = columns();
    operations.extend(views());
    operations.extend(sequences_and_schemas());
    operations.extend(enums());
    operations
}

fn columns() -> Vec<(&'static str, Operation)> {
    let change = |change| Operation::SetIdentity {
        table: ObjectName::new("t"),
        column: Ident::new("b"),
        change,
    };
    vec![
        (
            "number rows by a column (not SQLite's key)",
            change(IdentityChange::Add(Identity::Standard { always: false })),
        ),
        (
            "SET GENERATED ALWAYS or BY DEFAULT",
            change(IdentityChange::Set { always: true }),
        ),
    ]
}

fn views() -> Vec<(&'static str, Operation)> {
    let create = |or_replace| {
        Operation::View(ViewChange::Create {
            view: view(),
            or_replace,
            if_not_exists: false,
        })
    };
    vec![
        ("create a view", create(false)),
        ("create or replace a view", create(true)),
        (
            "rename a view",
            Operation::View(ViewChange::Rename {
                from: ObjectName::new("v"),
                to: Ident::new("w"),
            }),
        ),
        (
            "drop a view",
            Operation::View(ViewChange::Drop {
                name: ObjectName::new("v"),
                if_exists: false,
                cascade: false,
            }),
        ),
    ]
}

fn sequences_and_schemas() -> Vec<(&'static str, Operation)> {
    let drop_schema = |cascade| {
        Operation::Namespace(NamespaceChange::Drop {
            name: Ident::new("s"),
            if_exists: false,
            cascade,
        })
    };
    vec![
        (
            "create, change or drop a sequence (MySQL: MariaDB only)",
            Operation::Sequence(SequenceChange::Create {
                sequence: Sequence {
                    name: ObjectName::new("s"),
                    temporary: false,
                    options: SequenceOptions::default(),
                },
                if_not_exists: false,
            }),
        ),
        (
            "create a schema",
            Operation::Namespace(NamespaceChange::Create {
                name: Ident::new("s"),
                if_not_exists: false,
            }),
        ),
        ("drop a schema", drop_schema(false)),
        ("drop a schema CASCADE", drop_schema(true)),
        (
            "rename a schema",
            Operation::Namespace(NamespaceChange::Rename {
                from: Ident::new("s"),
                to: Ident::new("r"),
            }),
        ),
    ]
}

fn enums() -> Vec<(&'static str, Operation)> {
    let name = ObjectName::new("mood");
    vec![
        (
            "create an enumerated type",
            Operation::Enum(EnumChange::Create { created: mood() }),
        ),
        (
            "add a value to an enumerated type",
            Operation::Enum(EnumChange::AddValue {
                name: name.clone(),
                value: "angry".to_owned(),
                position: None,
                if_not_exists: false,
            }),
        ),
        (
            "rename a value of an enumerated type",
            Operation::Enum(EnumChange::RenameValue {
                name: name.clone(),
                from: "sad".to_owned(),
                to: "blue".to_owned(),
            }),
        ),
        (
            "rename an enumerated type",
            Operation::Enum(EnumChange::Rename {
                from: name,
                to: Ident::new("feeling_type"),
            }),
        ),
    ]
}

/// The types and statements of one engine, as tables.
pub(super) fn own_tables() -> String {
    let mut page = String::from(
        "\n## Types of one engine\n\nThese pass through on the engines that have them. Elsewhere \
         the plan stops with this hint, unless the statement stands under `-- migrate: only`. Any \
         other name is PostgreSQL's to know.\n\n| types | engines | elsewhere |\n|---|---|---|\n",
    );
    for (engines, names, near) in own::types() {
        let _ = writeln!(page, "| `{names}` | {engines} | {near} |");
    }
    page += "\n## Statements of one engine\n\nStatements that are no operation pass through as \
             written. Those that begin with these words stop the plan on other engines; `...` \
             stands for anything between.\n";
    for (engines, statements) in own::statements() {
        let _ = writeln!(page, "\n{engines}:\n");
        for statement in statements {
            let _ = writeln!(page, "- `{statement}`");
        }
    }
    page
}
