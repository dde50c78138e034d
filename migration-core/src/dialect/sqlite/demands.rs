//! What the rows of a table must fulfil before a change of it is final.

use super::super::{Statement, Unsupported, ansi, enumeration};
use super::check::Rows;
use super::conversion;
use crate::diagnostic::quoted;
use crate::operation::Operation;
use crate::schema::{Column, Constraint, ConstraintKind, Expression, Ident, ObjectName, Table};

/// A change of one table: what it was, what it becomes, and by which operations.
pub(super) struct Change<'a> {
    pub(super) old: &'a Table,
    pub(super) new: &'a Table,
    pub(super) operations: &'a [Operation],
}

impl Change<'_> {
    /// Questions to the rows as they are before anything is done: keys, which a copy could only
    /// break its head against, and digits that a number does not have.
    pub(super) fn beforehand(&self) -> Result<Vec<Statement>, Unsupported> {
        let rows = Rows {
            table: self.old,
            stored_in: &self.old.name,
        };
        let mut asked = Vec::new();
        for constraint in self.added() {
            if let ConstraintKind::Unique { columns } | ConstraintKind::PrimaryKey { columns } =
                &constraint.kind
                && columns.iter().all(|column| self.is_untouched(column))
            {
                asked.push(rows.agreeing(columns, self.adding(constraint)));
            }
        }
        for (old, new) in self.retyped() {
            if self.using(&old.name).is_none()
                && let Some(condition) = conversion::loses_digits(old, &new.data_type)?
            {
                let finding = format!("whose `{}` has more digits than SQLite keeps", old.name);
                asked.push(rows.fulfilling(&condition, finding, true, self.retyping(&old.name)));
            }
        }
        Ok(asked)
    }

    /// Questions to the rows with their final values: NOT NULL, CHECK and the new types.
    pub(super) fn of_values(&self, stored_in: &ObjectName) -> Vec<Statement> {
        let rows = Rows {
            table: self.old,
            stored_in,
        };
        let mut asked = Vec::new();
        for column in &self.new.columns {
            let was_required = self
                .source(column)
                .is_some_and(|source| !source.nullable && !self.is_converted(&source.name));
            if column.nullable || was_required {
                continue;
            }
            if self.source(column).is_none() {
                asked.push(rows.lacking(&column.name, self.bringing(&column.name)));
                continue;
            }
            let condition = format!("{} IS NULL", ansi::ident(&column.name));
            let finding = format!("with NULL in `{}`", column.name);
            let is_shown = self.is_untouched(&column.name);
            let cause = self.forbidding(&column.name);
            asked.push(rows.fulfilling(&condition, finding, is_shown, cause));
        }
        for (old, new) in self.retyped() {
            let is_wider = conversion::is_wider(&old.data_type, &new.data_type)
                && self.using(&old.name).is_none();
            if !is_wider && let Some(condition) = conversion::misfit(&new.name, &new.data_type) {
                let finding = format!("whose `{}` is no {}", old.name, words(new));
                let is_shown = self.is_untouched(&new.name);
                let cause = self.retyping(&old.name);
                asked.push(rows.fulfilling(&condition, finding, is_shown, cause));
            }
        }
        for (constraint, expression) in self.asked_checks() {
            let name = self.new.constraint_name(constraint);
            let cause = self.adding(constraint);
            let is_shown = !self.touches(&expression);
            if let Some(kept) = self.kept_to(&name, &expression) {
                asked.push(rows.outside(kept, is_shown, cause));
                continue;
            }
            asked.push(rows.fulfilling(
                &format!("NOT ({expression})"),
                format!("violating `{name}`"),
                is_shown,
                cause,
            ));
        }
        asked
    }

    /// The column and the values of a type whose check it is.
    fn kept_to<'e>(&self, name: &Ident, check: &'e Expression) -> Option<(&Ident, &'e str)> {
        let (quoted, values) = enumeration::kept_to(check)?;
        let mut columns = self.new.columns.iter().map(|it| &it.name);
        let column = columns.find(|it| ansi::ident(it) == quoted)?;
        let is_of_type = name.as_str().ends_with(enumeration::CHECK_SUFFIX);
        is_of_type.then_some((column, values))
    }

    /// The CHECK constraints that all rows are asked for, as they were not before.
    pub(super) fn asked_checks(&self) -> impl Iterator<Item = (&Constraint, Expression)> {
        self.new.constraints.iter().filter_map(|constraint| {
            let ConstraintKind::Check { expression } = &constraint.kind else {
                return None;
            };
            let expression = expression.without_qualifier(&self.new.name.name);
            let is_asked = !self.is_kept(constraint) || self.touches(&expression);
            is_asked.then_some((constraint, expression))
        })
    }

    /// Questions that only the finished table answers: where new foreign keys lead.
    pub(super) fn afterwards(&self) -> Vec<Statement> {
        let rows = Rows {
            table: self.old,
            stored_in: &self.old.name,
        };
        let keys: Vec<&Constraint> = self
            .new
            .constraints
            .iter()
            .filter(|constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_)))
            .collect();
        let mut asked = Vec::new();
        for (index, constraint) in keys.iter().enumerate() {
            if let ConstraintKind::ForeignKey(key) = &constraint.kind
                && !self.is_kept(constraint)
            {
                let from_the_end = keys.len() - 1 - index;
                let cause = self.adding(constraint);
                asked.push(rows.dangling(from_the_end, &key.references, cause));
            }
        }
        asked
    }

    /// The old column that a new one continues; none for an added one.
    pub(super) fn source(&self, column: &Column) -> Option<&Column> {
        match self.bringing(&column.name) {
            Some(_) => None,
            None => ansi::find_column(self.old, &column.name),
        }
    }

    /// Whether a column goes.
    pub(super) fn drops_column(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| matches!(operation, Operation::DropColumn { .. }))
    }

    /// The `USING` of a change of this column's type.
    pub(super) fn using(&self, name: &Ident) -> Option<&Expression> {
        let changes = self.operations.iter().rev();
        changes
            .filter_map(|operation| conversion_of(operation, name))
            .next()?
    }

    /// The operation that gives a column its new type.
    fn retyping(&self, name: &Ident) -> Option<&Operation> {
        let mut operations = self.operations.iter().rev();
        operations.find(|operation| conversion_of(operation, name).is_some())
    }

    /// The operation that forbids NULL in a column.
    fn forbidding(&self, name: &Ident) -> Option<&Operation> {
        let mut operations = self.operations.iter().rev();
        operations.find(|operation| {
            matches!(operation, Operation::SetNullable { column, nullable: false, .. }
                if ansi::same(column, name))
        })
    }

    /// The operation that adds a column.
    fn bringing(&self, name: &Ident) -> Option<&Operation> {
        let mut operations = self.operations.iter().rev();
        operations.find(|operation| {
            matches!(operation, Operation::AddColumn { column, .. }
                if ansi::same(&column.name, name))
        })
    }

    /// The operation that a constraint comes from.
    fn adding(&self, constraint: &Constraint) -> Option<&Operation> {
        self.operations.iter().find(|operation| match operation {
            Operation::AddConstraint {
                constraint: added, ..
            } => added.kind == constraint.kind,
            Operation::AddColumn { constraints, .. } => constraints
                .iter()
                .any(|added| added.kind == constraint.kind),
            _ => false,
        })
    }

    /// Columns whose type changes, as they were and as they will be.
    fn retyped(&self) -> impl Iterator<Item = (&Column, &Column)> {
        self.new.columns.iter().filter_map(|column| {
            let source = self.source(column)?;
            self.is_converted(&source.name).then_some((source, column))
        })
    }

    /// Whether the type of a column changes.
    fn is_converted(&self, name: &Ident) -> bool {
        self.retyping(name).is_some()
    }

    /// Whether the values of a column are what they were.
    pub(super) fn is_untouched(&self, name: &Ident) -> bool {
        let is_kept = ansi::find_column(self.old, name).is_some() && self.bringing(name).is_none();
        is_kept && !self.is_copied_otherwise(name)
    }

    fn is_copied_otherwise(&self, name: &Ident) -> bool {
        if !self.is_converted(name) {
            return false;
        }
        let (Some(old), Some(new)) = (
            ansi::find_column(self.old, name),
            ansi::find_column(self.new, name),
        ) else {
            return true;
        };
        self.using(name).is_some() || !super::definition::keeps_bytes(old, new)
    }

    fn touches(&self, expression: &Expression) -> bool {
        let mut columns = self.new.columns.iter();
        columns.any(|column| expression.mentions(&column.name) && !self.is_untouched(&column.name))
    }

    fn added(&self) -> impl Iterator<Item = &Constraint> {
        let constraints = self.new.constraints.iter();
        constraints.filter(|constraint| !self.is_kept(constraint))
    }

    fn is_kept(&self, constraint: &Constraint) -> bool {
        let mut constraints = self.old.constraints.iter();
        constraints.any(|old| old.kind == constraint.kind)
    }
}

/// The `USING` of an operation that changes the type of this column.
pub(super) fn conversion_of<'a>(
    operation: &'a Operation,
    name: &Ident,
) -> Option<Option<&'a Expression>> {
    if let Operation::SetType { column, using, .. } = operation
        && ansi::same(column, name)
    {
        return Some(using.as_ref());
    }
    None
}

/// A type for people.
fn words(column: &Column) -> String {
    super::types::name(&column.data_type).unwrap_or_else(|_| quoted([&column.name]))
}
