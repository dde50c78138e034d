//! What only an engine knows, in a spelling that the others read, as far as there is one.

use crate::dialect::{Dialect, check_portable};
use crate::operation::{Operation, ViewChange};
use crate::schema::{Column, ConstraintKind, DataType, EnumType, Expression, IndexKey};

/// The engines that an operation as this engine spells it is for; none means all. Columns of the
/// types `enums` are for every engine.
pub(super) fn engines(operation: &Operation, at_hand: Dialect, enums: &[EnumType]) -> Vec<String> {
    let operation = &without(operation, enums);
    let texts = expressions(operation);
    if texts.iter().any(|text| text.contains("::")) {
        return vec![at_hand.name().to_owned()];
    }
    if matches!(operation, Operation::Raw { .. }) || has_attributes(operation) {
        return vec![at_hand.name().to_owned()];
    }
    let can = |engine: &Dialect| check_portable(*engine, operation).is_ok();
    let names: Vec<String> = Dialect::ALL
        .into_iter()
        .filter(|engine| *engine == at_hand || can(engine))
        .map(|engine| engine.name().to_owned())
        .collect();
    if names.len() == Dialect::ALL.len() {
        return Vec::new();
    }
    names
}

/// The operation with columns of listed types as columns of text, which is all that others keep.
fn without(operation: &Operation, enums: &[EnumType]) -> Operation {
    let mut plain = operation.clone();
    for column in plain.new_columns_mut() {
        let name = column.data_type.as_name();
        if enums.iter().any(|it| Some(&it.name) == name.as_ref()) {
            column.data_type = DataType::Text;
        }
    }
    plain
}

/// Whether a column says what only one engine has words for: `ON UPDATE CURRENT_TIMESTAMP`.
fn has_attributes(operation: &Operation) -> bool {
    let mut columns = operation.new_columns().iter();
    columns.any(|it| !it.attributes.is_empty())
}

/// The expressions of an operation, as text.
fn expressions(operation: &Operation) -> Vec<&str> {
    match operation {
        Operation::CreateTable { table, .. } => {
            let columns = table.columns.iter().flat_map(of_column);
            let checks = table.constraints.iter().filter_map(|it| check(&it.kind));
            columns.chain(checks).collect()
        }
        Operation::AddColumn {
            column,
            constraints,
            ..
        } => {
            let checks = constraints.iter().filter_map(|it| check(&it.kind));
            of_column(column).into_iter().chain(checks).collect()
        }
        Operation::AddConstraint { constraint, .. } => {
            check(&constraint.kind).into_iter().collect()
        }
        Operation::SetDefault {
            default: Some(default),
            ..
        } => vec![default.as_str()],
        Operation::CreateIndex { index, .. } => {
            let parts = index.parts.iter().filter_map(|part| match &part.key {
                IndexKey::Expression(expression) => Some(expression.as_str()),
                IndexKey::Column { .. } => None,
            });
            let predicate = index.predicate.as_ref().map(Expression::as_str);
            parts.chain(predicate).collect()
        }
        Operation::View(ViewChange::Create { view, .. }) => vec![view.query.as_str()],
        _ => Vec::new(),
    }
}

fn of_column(column: &Column) -> Vec<&str> {
    let generated = column.generated.as_ref().map(|it| it.expression.as_str());
    let default = column.default.as_ref().map(Expression::as_str);
    default.into_iter().chain(generated).collect()
}

fn check(kind: &ConstraintKind) -> Option<&str> {
    match kind {
        ConstraintKind::Check { expression } => Some(expression.as_str()),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::ForeignKey(_) => None,
    }
}
