//! Who waits for a change of a table (PostgreSQL's manual: "ALTER TABLE", Notes; "CREATE INDEX",
//! Building Indexes Concurrently; "Explicit Locking", Table-Level Locks).

use super::super::hold_up::{HoldUp, LongWork, Waiting};
use crate::operation::Operation;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Ident, ObjectName, Schema,
};

/// Functions whose value is another one for each row, so that a default of them is written into each.
const PER_ROW: [&str; 11] = [
    "clock_timestamp",
    "gen_random_uuid",
    "nextval",
    "random",
    "timeofday",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
    "uuidv4",
    "uuidv7",
    "random_normal",
];

#[expect(clippy::too_many_lines, reason = "one arm per operation")]
pub(in super::super) fn hold_up(operation: &Operation, before: &Schema) -> Option<HoldUp> {
    match operation {
        Operation::AddColumn {
            column,
            constraints,
            ..
        } => added(column, constraints),
        Operation::SetType {
            table,
            column,
            data_type,
            using,
            ..
        } => {
            let former = before.table(table).and_then(|table| table.column(column));
            let stays = former.is_some_and(|it| keeps_rows(&it.data_type, data_type));
            (!stays || using.is_some()).then_some(everybody(
                LongWork::Rewrites,
                "add a column of the new type, let programs write both, fill it by UPDATEs in \
                 pieces, and drop the old one in a later release",
            ))
        }
        Operation::SetNullable {
            table,
            column,
            nullable: false,
        } if !is_filled(before, table, column) => Some(everybody(
            LongWork::Reads,
            "ADD CHECK (... IS NOT NULL) NOT VALID first, VALIDATE CONSTRAINT in a revision of its \
             own, then SET NOT NULL, which reads no row, and drop the CHECK",
        )),
        Operation::AddConstraint { constraint, .. } => demanded(constraint),
        Operation::CreateIndex {
            concurrently: false,
            ..
        } => Some(HoldUp {
            work: LongWork::Indexes,
            waiting: Waiting::Writers,
            way: "CREATE INDEX CONCURRENTLY, in a revision of its own",
        }),
        Operation::CreateTable { .. }
        | Operation::DropTable { .. }
        | Operation::RenameTable { .. }
        | Operation::DropColumn { .. }
        | Operation::RenameColumn { .. }
        | Operation::SetNullable { .. }
        | Operation::SetDefault { .. }
        | Operation::SetIdentity { .. }
        | Operation::DropExpression { .. }
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
        | Operation::Enum(_)
        | Operation::Raw { .. }
        | Operation::Call { .. } => None,
    }
}

pub(in super::super) fn locked_by(operation: &Operation) -> Option<&ObjectName> {
    match operation {
        Operation::AddColumn { table, .. }
        | Operation::DropColumn { table, .. }
        | Operation::RenameColumn { table, .. }
        | Operation::SetType { table, .. }
        | Operation::SetNullable { table, .. }
        | Operation::SetDefault { table, .. }
        | Operation::SetIdentity { table, .. }
        | Operation::DropExpression { table, .. }
        | Operation::AddConstraint { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::RenameConstraint { table, .. }
        | Operation::RenameTable { from: table, .. } => Some(table),
        Operation::CreateIndex {
            index,
            concurrently: false,
            ..
        } => Some(&index.table),
        Operation::CreateTable { .. }
        | Operation::DropTable { .. }
        | Operation::ValidateConstraint { .. }
        | Operation::CreateIndex { .. }
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

fn everybody(work: LongWork, way: &'static str) -> HoldUp {
    HoldUp {
        work,
        waiting: Waiting::Everybody,
        way,
    }
}

fn added(column: &Column, constraints: &[Constraint]) -> Option<HoldUp> {
    if column.generated.as_ref().is_some_and(|it| it.stored) {
        return Some(everybody(
            LongWork::Rewrites,
            "add an ordinary column, let a trigger or the programs fill it, and the rows that are \
             there by UPDATEs in pieces",
        ));
    }
    if column.identity.is_some() || column.default.as_ref().is_some_and(is_per_row) {
        return Some(everybody(
            LongWork::Rewrites,
            "add the column without a default, SET DEFAULT then, and fill the rows that are there \
             by UPDATEs in pieces",
        ));
    }
    // Where no row has a value yet, none can refer to what is not there.
    let is_filled = column.default.is_some();
    let mut demands = constraints.iter();
    demands.find_map(|constraint| match &constraint.kind {
        ConstraintKind::ForeignKey(_) if !is_filled => None,
        _ => demanded(constraint),
    })
}

fn demanded(constraint: &Constraint) -> Option<HoldUp> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => Some(everybody(
            LongWork::Indexes,
            "CREATE UNIQUE INDEX CONCURRENTLY first, in a revision of its own; ADD CONSTRAINT ... \
             USING INDEX makes it the constraint then",
        )),
        _ if constraint.not_valid => None,
        ConstraintKind::ForeignKey(_) => Some(HoldUp {
            work: LongWork::Reads,
            waiting: Waiting::Writers,
            way: "add it with NOT VALID, and VALIDATE CONSTRAINT in a revision of its own",
        }),
        ConstraintKind::Check { .. } => Some(everybody(
            LongWork::Reads,
            "add it with NOT VALID, and VALIDATE CONSTRAINT in a revision of its own",
        )),
    }
}

/// Whether values stay as they are in their rows when a column gets another type.
fn keeps_rows(former: &DataType, new: &DataType) -> bool {
    let is_text = |it: &DataType| matches!(it, DataType::Varchar { .. } | DataType::Text);
    let is_time = |it: &DataType| matches!(it, DataType::Time { .. } | DataType::Timestamp { .. });
    let scales = [former, new].map(|it| match it {
        DataType::Numeric { precision, scale } => Some(precision.map(|_| scale.unwrap_or(0))),
        _ => None,
    });
    let is_same_scale = match scales {
        [Some(_), Some(None)] => true,
        [Some(former), Some(new)] => former == new,
        _ => false,
    };
    let is_alike = [is_text, is_time]
        .iter()
        .any(|of_kind| of_kind(former) && of_kind(new));
    former == new || new.holds_every(former) && (is_alike || is_same_scale)
}

/// Whether a column holds no NULL as it is, or a valid CHECK says so.
fn is_filled(before: &Schema, table: &ObjectName, column: &Ident) -> bool {
    let now = before.table(table).and_then(|table| table.column(column));
    if now.is_some_and(|it| !it.nullable) {
        return true;
    }
    let plain = |text: &str| -> String {
        let kept = text.chars().filter(|it| !" \"()".contains(*it));
        kept.collect::<String>().to_ascii_lowercase()
    };
    let wanted = plain(&format!("{column} IS NOT NULL"));
    let constraints = before.table(table).map(|it| it.constraints.as_slice());
    constraints
        .unwrap_or_default()
        .iter()
        .any(|it| match &it.kind {
            ConstraintKind::Check { expression } => {
                !it.not_valid && plain(expression.as_str()) == wanted
            }
            _ => false,
        })
}

fn is_per_row(default: &Expression) -> bool {
    let text = default.as_str().to_ascii_lowercase();
    let mut words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    words.any(|word| PER_ROW.contains(&word))
}
