//! What only an engine knows, in a spelling that the others read, as far as there is one.

use crate::dialect::{Dialect, check_portable};
use crate::operation::{Operation, ViewChange};
use crate::schema::{Column, ConstraintKind, Expression, IndexKey};

/// A default without the cast that PostgreSQL puts behind a plain value: `'x'::text` is `'x'`.
pub(super) fn default(default: &Expression) -> Expression {
    let text = default.as_str();
    let Some((value, cast)) = text.rsplit_once("::") else {
        return default.clone();
    };
    let is_type = |sign: char| sign.is_alphanumeric() || " _(),\".".contains(sign);
    let value = value.trim();
    let inner = value.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let value = inner.unwrap_or(value).trim();
    if !cast.chars().all(is_type) {
        return default.clone();
    }
    if let Some(number) = quoted_number(value, cast) {
        return Expression::new(number);
    }
    if is_plain(value) {
        return Expression::new(value);
    }
    default.clone()
}

/// `'-1'::integer` is -1.
fn quoted_number<'a>(value: &'a str, cast: &str) -> Option<&'a str> {
    let inner = value.strip_prefix('\'')?.strip_suffix('\'')?;
    let cast = cast.trim();
    let is_numeric = ["smallint", "integer", "bigint", "numeric", "double", "real"]
        .iter()
        .any(|name| cast.starts_with(name));
    (is_numeric && inner.parse::<f64>().is_ok()).then_some(inner)
}

/// Whether it is one string, number or key word.
fn is_plain(value: &str) -> bool {
    if let Some(inner) = value
        .strip_prefix('\'')
        .and_then(|it| it.strip_suffix('\''))
    {
        return !inner.replace("''", "").contains('\'');
    }
    let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '.');
    !value.is_empty() && value.trim_start_matches('-').chars().all(is_word)
}

/// A column with its default respelled.
pub(super) fn column(column: &Column) -> Column {
    let mut spelled = column.clone();
    spelled.default = column.default.as_ref().map(default);
    spelled
}

/// The engines that an operation as this engine spells it is for; none means all.
pub(super) fn engines(operation: &Operation, at_hand: Dialect) -> Vec<String> {
    let texts = expressions(operation);
    if texts.iter().any(|text| text.contains("::")) {
        return vec![at_hand.name().to_owned()];
    }
    if let Operation::Raw { .. } = operation {
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
