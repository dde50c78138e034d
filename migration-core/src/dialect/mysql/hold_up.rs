//! Who waits for a change of a table (MariaDB's "InnoDB Online DDL Operations", MySQL's manual
//! "Online DDL Operations").

use super::super::hold_up::{HoldUp, LongWork, Waiting};
use crate::operation::Operation;
use crate::schema::{Column, Constraint, ConstraintKind, DataType, Expression, Schema};

/// There is no other statement.
const WAY: &str = "no statement does this while others write: run it when few do, or do it in steps \
                   by a column or table beside the old one, filled in pieces";

/// Defaults that are the same for every row and no literal.
const SAME_FOR_ALL: [&str; 8] = [
    "null",
    "true",
    "false",
    "current_timestamp",
    "current_date",
    "current_time",
    "localtimestamp",
    "now",
];

#[expect(clippy::too_many_lines, reason = "one arm per operation")]
pub(in super::super) fn hold_up(operation: &Operation, before: &Schema) -> Option<HoldUp> {
    match operation {
        Operation::AddColumn {
            column,
            constraints,
            ..
        } => {
            let is_written = column.generated.as_ref().is_some_and(|it| it.stored)
                || column.identity.is_some()
                || column.default.as_ref().is_some_and(is_per_row);
            (is_written || constraints.iter().any(copies)).then_some(COPIED)
        }
        Operation::SetType {
            table,
            column,
            data_type,
            ..
        } => {
            let former = before.table(table).and_then(|table| table.column(column));
            let stays = former.is_some_and(|it| keeps_rows(it, data_type));
            (!stays).then_some(COPIED)
        }
        Operation::AddConstraint { constraint, .. } if copies(constraint) => Some(COPIED),
        Operation::CreateIndex { index, .. } => {
            let method = index
                .method
                .as_ref()
                .map(|it| it.as_str().to_ascii_uppercase());
            let is_offline = method.is_some_and(|it| ["FULLTEXT", "SPATIAL"].contains(&&*it));
            is_offline.then_some(HoldUp {
                work: LongWork::Indexes,
                ..COPIED
            })
        }
        Operation::CreateTable { .. }
        | Operation::DropTable { .. }
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
        | Operation::DropIndex { .. }
        | Operation::RenameIndex { .. }
        | Operation::SetTableComment { .. }
        | Operation::SetColumnComment { .. }
        | Operation::View(_)
        | Operation::Sequence(_)
        | Operation::Namespace(_)
        | Operation::Enum(_)
        | Operation::Raw { .. }
        | Operation::Call { .. } => None,
    }
}

const COPIED: HoldUp = HoldUp {
    work: LongWork::Rewrites,
    waiting: Waiting::Writers,
    way: WAY,
};

fn copies(constraint: &Constraint) -> bool {
    match &constraint.kind {
        ConstraintKind::Check { .. } | ConstraintKind::ForeignKey(_) => true,
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => false,
    }
}

/// Whether values stay as they are in their rows when a column gets another type.
fn keeps_rows(former: &Column, new: &DataType) -> bool {
    let old = &former.data_type;
    if let (
        DataType::Varchar {
            length: Some(before),
        },
        DataType::Varchar { length: Some(now) },
    ) = (old, new)
    {
        return now >= before;
    }
    if let (DataType::Other(old), DataType::Other(new)) = (old, new) {
        return is_longer_list(old, new);
    }
    old == new
}

/// Whether a list of values has more at its end alone.
fn is_longer_list(old: &Expression, new: &Expression) -> bool {
    let is_list = |text: &str| {
        let text = text.to_ascii_lowercase();
        text.starts_with("enum") || text.starts_with("set")
    };
    let (old, new) = (old.as_str().trim_end(), new.as_str());
    let beginning = old.strip_suffix(')').map(str::trim_end);
    is_list(old) && beginning.is_some_and(|it| new.starts_with(it))
}

/// Whether a default is computed for each row.
fn is_per_row(default: &Expression) -> bool {
    let text = default
        .as_str()
        .trim_start_matches(['(', ' '])
        .to_ascii_lowercase();
    let is_literal = text.starts_with(|it: char| it == '\'' || it == '-' || it.is_ascii_digit())
        || ["b'", "x'", "n'", "_utf8"]
            .iter()
            .any(|it| text.starts_with(it));
    let word = text
        .split(|it: char| !(it.is_ascii_alphanumeric() || it == '_'))
        .next();
    !is_literal && !SAME_FOR_ALL.contains(&word.unwrap_or_default())
}
