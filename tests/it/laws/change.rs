//! Random changes of a schema. Not every one fits; `apply` decides, and what no engine would take
//! besides is left out here.

use migration_core::operation::{ConstraintTarget, Operation};
use migration_core::schema::{
    Column, Constraint, ConstraintKind, DataType, Ident, Identity, ObjectName, Schema, Table,
};

use super::story::{self, Writer};

/// One change of any kind.
pub(super) fn any(writer: &mut Writer, schema: &Schema) -> Option<Operation> {
    let table = writer.chance.any(schema.tables.iter())?;
    match writer.chance.below(20) {
        0 => Some(Operation::CreateTable {
            table: writer.table(schema),
            if_not_exists: false,
        }),
        1 => drop_table(schema, table),
        2 => Some(Operation::RenameTable {
            from: table.name.clone(),
            to: writer.name("p_"),
        }),
        3 | 4 => Some(add_column(writer, table)),
        5 | 6 => drop_column(writer, table),
        7 | 8 => {
            let from = writer.chance.any(&table.columns)?.name.clone();
            Some(Operation::RenameColumn {
                table: table.name.clone(),
                from,
                to: writer.name("c"),
            })
        }
        9 | 10 => set_type(writer, schema, table),
        11 => set_nullable(writer, table),
        12 => set_default(writer, table),
        13 | 14 => Some(Operation::AddConstraint {
            table: table.name.clone(),
            constraint: writer.constraint(table, schema)?,
        }),
        15 => drop_constraint(writer, schema, table),
        16 => rename_constraint(writer, table),
        17 => writer.index(table, schema),
        18 => index(writer, schema),
        _ => comment(writer, table),
    }
}

fn drop_table(schema: &Schema, table: &Table) -> Option<Operation> {
    let is_referred_to = schema
        .tables
        .iter()
        .any(|other| other.name != table.name && refers(other, &table.name));
    (!is_referred_to && schema.tables.len() > 1).then(|| Operation::DropTable {
        name: table.name.clone(),
        if_exists: false,
        cascade: false,
    })
}

fn refers(table: &Table, to: &ObjectName) -> bool {
    table
        .constraints
        .iter()
        .any(|constraint| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => key.references == *to,
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Check { .. } => false,
        })
}

fn add_column(writer: &mut Writer, table: &Table) -> Operation {
    let column = writer.column(table);
    let mut constraints = Vec::new();
    let is_key = matches!(
        column.data_type,
        DataType::Integer | DataType::Varchar { .. }
    );
    if is_key && column.generated.is_none() && writer.chance.once_in(3) {
        let columns = vec![column.name.clone()];
        let kind = ConstraintKind::Unique { columns };
        let name = writer.chance.once_in(2).then(|| writer.name("con"));
        constraints.push(Constraint::new(name, kind));
    }
    Operation::AddColumn {
        table: table.name.clone(),
        column,
        constraints,
        if_not_exists: false,
    }
}

fn drop_column(writer: &mut Writer, table: &Table) -> Option<Operation> {
    let column = writer.chance.any(&table.columns)?;
    let is_key = table.primary_key().contains(&column.name);
    (!is_key && table.columns.len() > 2).then(|| Operation::DropColumn {
        table: table.name.clone(),
        column: column.name.clone(),
        if_exists: false,
        cascade: false,
    })
}

/// A column that no foreign key, key or computed column stands on.
fn free_column<'a>(writer: &mut Writer, table: &'a Table) -> Option<&'a Column> {
    let column = writer.chance.any(table.columns.iter())?;
    let is_bound = table
        .constraints
        .iter()
        .any(|constraint| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => key.columns.contains(&column.name),
            ConstraintKind::PrimaryKey { columns } => columns.contains(&column.name),
            ConstraintKind::Unique { .. } | ConstraintKind::Check { .. } => false,
        });
    let is_source = story::is_source_of_computed(table, &column.name);
    let is_free = !is_bound && !is_source && column.generated.is_none();
    (is_free && column.identity.is_none()).then_some(column)
}

/// Another type that the engines convert to without being told how, and back.
fn set_type(writer: &mut Writer, schema: &Schema, table: &Table) -> Option<Operation> {
    let column = free_column(writer, table)?;
    let families = [
        vec![DataType::SmallInt, DataType::Integer, DataType::BigInt],
        vec![DataType::Real, DataType::Double],
        vec![
            DataType::Varchar { length: Some(40) },
            DataType::Varchar { length: Some(60) },
            DataType::Text,
        ],
    ];
    let family = families
        .iter()
        .find(|family| family.contains(&column.data_type))?;
    let data_type = writer.chance.pick(family).clone();
    // A long text is no key on MySQL.
    let is_indexed = schema.indexes.iter().any(|index| index.table == table.name)
        || table
            .constraints
            .iter()
            .any(|it| matches!(it.kind, ConstraintKind::Unique { .. }));
    if data_type == DataType::Text && is_indexed {
        return None;
    }
    Some(Operation::SetType {
        table: table.name.clone(),
        column: column.name.clone(),
        data_type,
        collation: None,
        using: None,
    })
}

fn set_nullable(writer: &mut Writer, table: &Table) -> Option<Operation> {
    let column = free_column(writer, table)?;
    Some(Operation::SetNullable {
        table: table.name.clone(),
        column: column.name.clone(),
        nullable: !column.nullable,
    })
}

fn set_default(writer: &mut Writer, table: &Table) -> Option<Operation> {
    let column = free_column(writer, table)?;
    let default = match column.default {
        Some(_) => None,
        None => Some(story::default(&column.data_type)?),
    };
    Some(Operation::SetDefault {
        table: table.name.clone(),
        column: column.name.clone(),
        default,
    })
}

/// Never the key that a foreign key or the numbering of rows needs.
fn drop_constraint(writer: &mut Writer, schema: &Schema, table: &Table) -> Option<Operation> {
    let constraint = writer.chance.any(&table.constraints)?;
    let is_numbered = table.columns.iter().any(|column| {
        matches!(
            column.identity,
            Some(Identity::AutoIncrement | Identity::Serial | Identity::Standard { .. })
        )
    });
    let is_referred_to = schema.tables.iter().any(|other| refers(other, &table.name));
    let is_key = matches!(constraint.kind, ConstraintKind::PrimaryKey { .. });
    if is_key && (is_numbered || is_referred_to) {
        return None;
    }
    Some(Operation::DropConstraint {
        table: table.name.clone(),
        target: match &constraint.name {
            Some(name) => ConstraintTarget::Named(name.clone()),
            None => ConstraintTarget::PrimaryKey,
        },
        if_exists: false,
        cascade: false,
    })
}

fn rename_constraint(writer: &mut Writer, table: &Table) -> Option<Operation> {
    let constraint = writer.chance.any(&table.constraints)?;
    let label = match &constraint.kind {
        ConstraintKind::ForeignKey(_) => "fk",
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => "con",
    };
    Some(Operation::RenameConstraint {
        table: table.name.clone(),
        from: constraint.name.clone()?,
        to: writer.name(label),
    })
}

fn index(writer: &mut Writer, schema: &Schema) -> Option<Operation> {
    let index = writer.chance.any(&schema.indexes)?;
    let name = index.table.sibling(index.name.clone()?);
    let table = writer.chance.once_in(2).then(|| index.table.clone());
    if writer.chance.once_in(2) {
        return Some(Operation::DropIndex {
            name,
            table,
            concurrently: false,
            if_exists: false,
        });
    }
    let to: Ident = writer.name("ix");
    Some(Operation::RenameIndex {
        from: name,
        to,
        table,
    })
}

fn comment(writer: &mut Writer, table: &Table) -> Option<Operation> {
    let comment = (!writer.chance.once_in(3)).then(|| "now 'so'".to_owned());
    if writer.chance.once_in(2) {
        return Some(Operation::SetTableComment {
            table: table.name.clone(),
            comment,
        });
    }
    let column = writer.chance.any(&table.columns)?;
    Some(Operation::SetColumnComment {
        table: table.name.clone(),
        column: column.name.clone(),
        comment,
    })
}
