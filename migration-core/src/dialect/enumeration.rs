//! Enumerated types on engines that have none with a name: each column says which values it holds.
//!
//! What the columns of a type are is known from the revisions before, which come in as a schema.

use super::{Dialect, Unsupported, ansi};
use crate::operation::{ConstraintTarget, EnumChange, Operation, apply};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, EnumType, Expression, Ident, ObjectName, Schema,
    Table,
};

/// How an engine keeps a column to the values of its type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keeping {
    /// The engine.
    pub(super) dialect: Dialect,
    /// The type that lists the values; without one the column is text with a check.
    pub(super) listed: bool,
}

/// What the name of the check ends with that keeps a column to the values of its type.
pub(super) const CHECK_SUFFIX: &str = "_enum";

/// Whether only the revisions before tell what the operation is here.
pub(super) fn asks_history(operation: &Operation) -> bool {
    let is_named = |data_type: &DataType| data_type.as_name().is_some();
    if let Operation::CreateTable { table, .. } = operation {
        let mut columns = table.columns.iter();
        return columns.any(|it| is_named(&it.data_type));
    }
    if let Operation::AddColumn { column, .. } = operation {
        return is_named(&column.data_type);
    }
    // The former type of a column may have been one.
    matches!(operation, Operation::Enum(_) | Operation::SetType { .. })
}

impl Keeping {
    /// The operation in terms that the engine has.
    pub(super) fn spelled_out(self, operation: &Operation, known: &Schema) -> Vec<Operation> {
        let mut spelled = operation.clone();
        match &mut spelled {
            Operation::CreateTable { table, .. } => *table = self.table(table, known),
            Operation::AddColumn {
                table,
                column,
                constraints,
                ..
            } => {
                let (kept, check) = self.column(table, column, known);
                *column = kept;
                constraints.extend(check);
            }
            Operation::SetType { table, column, .. } => {
                return self.set_type(operation, table, column, known);
            }
            Operation::Enum(change) => {
                let columns = self.change(operation, change, known);
                return std::iter::once(operation.clone()).chain(columns).collect();
            }
            Operation::DropTable { .. }
            | Operation::RenameTable { .. }
            | Operation::DropColumn { .. }
            | Operation::RenameColumn { .. }
            | Operation::SetNullable { .. }
            | Operation::SetDefault { .. }
            | Operation::SetIdentity { .. }
            | Operation::DropExpression { .. }
            | Operation::AddConstraint { .. }
            | Operation::DropConstraint { .. }
            | Operation::RenameConstraint { .. }
            | Operation::ValidateConstraint { .. }
            | Operation::CreateIndex { .. }
            | Operation::DropIndex { .. }
            | Operation::RenameIndex { .. }
            | Operation::SetTableComment { .. }
            | Operation::SetColumnComment { .. }
            | Operation::View(_)
            | Operation::Sequence(_)
            | Operation::Namespace(_)
            | Operation::Raw { .. }
            | Operation::Call { .. } => {}
        }
        vec![spelled]
    }

    fn table(self, table: &Table, known: &Schema) -> Table {
        let mut kept = table.clone();
        for column in &mut kept.columns {
            let (spelled, check) = self.column(&table.name, column, known);
            *column = spelled;
            kept.constraints.extend(check);
        }
        kept
    }

    /// The column as the engine keeps it, with the check that belongs to it.
    fn column(
        self,
        table: &ObjectName,
        column: &Column,
        known: &Schema,
    ) -> (Column, Option<Constraint>) {
        let mut kept = column.clone();
        let Some(of) = find(known, &column.data_type) else {
            return (kept, None);
        };
        kept.data_type = self.data_type(&of.values);
        if let Some(default) = &mut kept.default {
            *default = without_cast(default);
        }
        let check = self.check(table, &column.name, &of.values);
        (kept, check)
    }

    fn data_type(self, values: &[String]) -> DataType {
        if self.listed {
            DataType::Other(Expression::new(format!("ENUM({})", self.list(values))))
        } else {
            DataType::Text
        }
    }

    fn list(self, values: &[String]) -> String {
        let syntax = self.dialect.syntax();
        let values: Vec<String> = values.iter().map(|value| syntax.literal(value)).collect();
        values.join(", ")
    }

    fn check(self, table: &ObjectName, column: &Ident, values: &[String]) -> Option<Constraint> {
        let name = Ident::new(format!("{}_{column}{CHECK_SUFFIX}", table.name));
        (!self.listed).then(|| Constraint::new(Some(name), self.demand(column, values)))
    }

    /// What the check demands; by it the check is found again, whatever was renamed since.
    fn demand(self, column: &Ident, values: &[String]) -> ConstraintKind {
        let text = format!("{} IN ({})", ansi::ident(column), self.list(values));
        ConstraintKind::Check {
            expression: Expression::new(text),
        }
    }

    /// Why the check of a type is not on its column: other hands changed it.
    pub(super) fn other_values(
        self,
        table: &Table,
        target: &ConstraintTarget,
    ) -> Option<Unsupported> {
        let ConstraintTarget::Unnamed(ConstraintKind::Check { expression }) = target else {
            return None;
        };
        let (column, values) = kept_to(expression)?;
        let mut names = table.columns.iter().map(|it| &it.name);
        let name = names.find(|it| ansi::ident(it) == column)?;
        let mut others = table.constraints.iter().filter_map(|it| match &it.kind {
            ConstraintKind::Check { expression } => kept_to(expression),
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_) => None,
        });
        let others = others.find(|(of, _)| *of == column).map(|(_, it)| it);
        Some(Unsupported {
            dialect: self.dialect,
            operation: format!(
                "change the values of `{}.{name}`: the revisions keep it to {values}, the \
                 database {}",
                table.name,
                others.map_or_else(|| "does not".to_owned(), |it| format!("to {it}"))
            ),
            hint: "`drift` shows what other hands changed, and `drift --sql` writes what takes it \
                   back; a value that may be there is added by `ADD VALUE IF NOT EXISTS`"
                .to_owned(),
        })
    }

    fn drop_check(
        self,
        table: &ObjectName,
        column: &Ident,
        values: &[String],
        if_exists: bool,
    ) -> Vec<Operation> {
        if self.listed {
            return Vec::new();
        }
        vec![Operation::DropConstraint {
            table: table.clone(),
            target: ConstraintTarget::Unnamed(self.demand(column, values)),
            if_exists,
            cascade: false,
        }]
    }

    fn add_check(self, table: &ObjectName, column: &Ident, values: &[String]) -> Option<Operation> {
        let constraint = self.check(table, column, values)?;
        Some(Operation::AddConstraint {
            table: table.clone(),
            constraint,
        })
    }

    fn set_type(
        self,
        operation: &Operation,
        table: &ObjectName,
        column: &Ident,
        known: &Schema,
    ) -> Vec<Operation> {
        let former = ansi::find_table(known, table)
            .and_then(|table| ansi::find_column(table, column))
            .and_then(|column| find(known, &column.data_type));
        let mut changed = operation.clone();
        let mut operations = Vec::new();
        if let Some(former) = former {
            operations.extend(self.drop_check(table, column, &former.values, false));
        }
        let Operation::SetType {
            data_type, using, ..
        } = &mut changed
        else {
            return vec![changed];
        };
        let Some(of) = find(known, data_type) else {
            operations.push(changed);
            return operations;
        };
        *data_type = self.data_type(&of.values);
        // `USING mood::text::mood` is how PostgreSQL is told what happens here by itself.
        let is_cast = using.as_ref().is_some_and(|using| {
            let bare = without_cast(using);
            let bare = bare.as_str().trim_matches('"');
            bare.eq_ignore_ascii_case(column.as_str())
        });
        if is_cast {
            *using = None;
        }
        operations.push(changed);
        operations.extend(self.add_check(table, column, &of.values));
        operations
    }

    /// What a change of a type makes of its columns.
    fn change(self, operation: &Operation, change: &EnumChange, known: &Schema) -> Vec<Operation> {
        let mut after = known.clone();
        if apply(operation, &mut after).is_err() {
            return Vec::new();
        }
        let (name, made) = match change {
            EnumChange::AddValue {
                name,
                if_not_exists,
                ..
            } => (name, Made::Added(*if_not_exists)),
            EnumChange::RenameValue { name, from, to } => (name, Made::Renamed(from, to)),
            EnumChange::Drop {
                name,
                cascade: true,
                ..
            } => return dropped_columns(known, name),
            EnumChange::Create { .. }
            | EnumChange::Drop { cascade: false, .. }
            | EnumChange::Rename { .. } => return Vec::new(),
        };
        let data_type = DataType::of_name(name);
        let (Some(old), Some(new)) = (find(known, &data_type), find(&after, &data_type)) else {
            return Vec::new();
        };
        if old == new {
            return Vec::new();
        }
        let columns = columns_of(known, old);
        let changed = columns.into_iter().map(|(table, column)| Changed {
            table,
            column,
            old: &old.values,
            new: &new.values,
        });
        changed
            .flat_map(|it| match made {
                Made::Added(if_not_exists) => self.added(&it, if_not_exists),
                Made::Renamed(from, to) => self.renamed(&it, from, to),
            })
            .collect()
    }

    /// A value that may be there is one that a downgrade left: the check already allows it.
    fn added(self, changed: &Changed<'_>, if_not_exists: bool) -> Vec<Operation> {
        let (table, column) = (changed.table, &changed.column.name);
        if self.listed {
            return vec![changed.set_type(self.data_type(changed.new), None)];
        }
        let mut operations = self.drop_check(table, column, changed.old, if_not_exists);
        if if_not_exists {
            operations.extend(self.drop_check(table, column, changed.new, true));
        }
        operations.extend(self.add_check(table, column, changed.new));
        operations
    }

    fn renamed(self, changed: &Changed<'_>, from: &str, to: &str) -> Vec<Operation> {
        let (table, column) = (changed.table, &changed.column.name);
        let syntax = self.dialect.syntax();
        let (from_text, to_text) = (syntax.literal(from), syntax.literal(to));
        let default = changed.column.default.as_ref().map(without_cast);
        let default =
            default
                .filter(|it| it.as_str() == from_text)
                .map(|_| Operation::SetDefault {
                    table: table.clone(),
                    column: column.clone(),
                    default: Some(Expression::new(to_text.clone())),
                });
        let quoted = ansi::ident(column);
        if !self.listed {
            let using = format!("CASE {quoted} WHEN {from_text} THEN {to_text} ELSE {quoted} END");
            let mut operations = self.drop_check(table, column, changed.old, false);
            operations.push(changed.set_type(DataType::Text, Some(Expression::new(using))));
            operations.extend(default);
            operations.extend(self.add_check(table, column, changed.new));
            return operations;
        }
        let narrow = changed.set_type(self.data_type(changed.new), None);
        // To this engine they are one value.
        if from.eq_ignore_ascii_case(to) {
            return default.into_iter().chain([narrow]).collect();
        }
        let mut both = changed.old.to_vec();
        both.push(to.to_owned());
        let mut operations = vec![changed.set_type(self.data_type(&both), None)];
        operations.push(Operation::Raw {
            sql: format!(
                "UPDATE {} SET {quoted} = {to_text} WHERE {quoted} = {from_text}",
                ansi::object(table)
            ),
        });
        operations.extend(default);
        operations.push(narrow);
        operations
    }
}

/// What is made of the values of a type.
#[derive(Clone, Copy)]
enum Made<'a> {
    /// One is added, or only if it is not there.
    Added(bool),
    /// One gets another name.
    Renamed(&'a str, &'a str),
}

/// A column whose type gets other values.
struct Changed<'a> {
    table: &'a ObjectName,
    column: &'a Column,
    old: &'a [String],
    new: &'a [String],
}

impl Changed<'_> {
    fn set_type(&self, data_type: DataType, using: Option<Expression>) -> Operation {
        Operation::SetType {
            table: self.table.clone(),
            column: self.column.name.clone(),
            data_type,
            collation: self.column.collation.clone(),
            using,
        }
    }
}

/// The column, as it is quoted, and the values that a check keeps it to, if that is what it says.
pub(super) fn kept_to(check: &Expression) -> Option<(&str, &str)> {
    let (column, rest) = check.as_str().split_once(" IN (")?;
    let values = rest.strip_suffix(')')?;
    values.starts_with('\'').then_some((column, values))
}

/// The enumerated type that a column's type names.
fn find<'a>(known: &'a Schema, data_type: &DataType) -> Option<&'a EnumType> {
    let name = data_type.as_name()?;
    let mut enums = known.enums.iter();
    enums.find(|it| it.name.schema == name.schema && ansi::same(&it.name.name, &name.name))
}

fn columns_of<'a>(known: &'a Schema, of: &EnumType) -> Vec<(&'a ObjectName, &'a Column)> {
    let is_of = |column: &&Column| find(known, &column.data_type).is_some_and(|it| it == of);
    let tables = known.tables.iter();
    tables
        .flat_map(|table| {
            let columns = table.columns.iter().filter(is_of);
            columns.map(move |column| (&table.name, column))
        })
        .collect()
}

fn dropped_columns(known: &Schema, name: &ObjectName) -> Vec<Operation> {
    let Some(of) = find(known, &DataType::of_name(name)) else {
        return Vec::new();
    };
    let columns = columns_of(known, of).into_iter();
    columns
        .map(|(table, column)| Operation::DropColumn {
            table: table.clone(),
            column: column.name.clone(),
            if_exists: false,
            cascade: true,
        })
        .collect()
}

/// The expression without casts behind it: `'sad'::mood` is `'sad'`.
fn without_cast(expression: &Expression) -> Expression {
    let mut text = expression.as_str();
    while let Some((before, cast)) = text.rsplit_once("::") {
        let is_type = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '"');
        if before.is_empty() || cast.is_empty() || !cast.chars().all(is_type) {
            break;
        }
        text = before;
    }
    Expression::new(text)
}
