//! What a downgrade takes away for good: rows and values that no upgrade brings back.
//!
//! Only what a statement says plainly is found; what a type rounds or cuts off is for who counts to
//! find. What a procedure does, what a `DELETE` with a
//! condition removes, and what `CASCADE` takes along is the author's own affair.

use std::borrow::Cow;

use super::lower::options_of;
use super::{Action, Program};
use crate::dialect::Dialect;
use crate::operation::{NamespaceChange, Operation};
use crate::plan::Direction;
use crate::revision::RevisionId;
use crate::schema::{DataType, Ident, ObjectName};
use crate::sql::emptied;
use crate::text::Place;

/// What is lost, if it holds anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// All rows of a table.
    Rows {
        /// The table.
        table: ObjectName,
    },
    /// All values of a column.
    Values {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
    },
    /// What the values of a column have more than its next type holds.
    Digits {
        /// The table.
        table: ObjectName,
        /// The column.
        column: Ident,
        /// The type.
        data_type: DataType,
    },
    /// Everything in a schema (on MySQL: in a database).
    Schema {
        /// The schema.
        name: Ident,
    },
}

/// A loss and the statement that brings it about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What is lost, under the names that it has before the program runs.
    pub lost: Lost,
    /// The revision that is undone.
    pub revision: Option<RevisionId>,
    /// The statement.
    pub place: Place,
}

/// What the downgrades of a program take away of what is there before it runs.
pub fn losses(program: &Program) -> Vec<Loss> {
    let actions = program.steps.iter().flat_map(|step| &step.actions);
    let operations: Vec<Cow<'_, [Operation]>> = actions.map(Action::operations).collect();
    let mut operations = operations.iter();
    let mut before: Vec<&Operation> = Vec::new();
    let mut found: Vec<Loss> = Vec::new();
    for step in &program.steps {
        for (action, operations) in step.actions.iter().zip(operations.by_ref()) {
            for operation in &**operations {
                if step.direction == Direction::Downgrade {
                    let lost = lost(program.dialect, operation);
                    let known = lost.into_iter().filter_map(|it| origin(&before, it));
                    found.extend(known.map(|lost| Loss {
                        lost,
                        revision: step.revision.clone(),
                        place: action.place_of(operation).clone(),
                    }));
                }
                before.push(operation);
            }
        }
    }
    found
}

/// What operations take away, under the names of their own time.
pub fn lost_by(dialect: Dialect, operations: &[Operation]) -> Vec<Lost> {
    let lost = operations.iter().flat_map(|it| lost(dialect, it));
    lost.collect()
}

fn lost(dialect: Dialect, operation: &Operation) -> Vec<Lost> {
    if let Operation::DropTable { name, .. } = operation {
        return vec![Lost::Rows {
            table: name.clone(),
        }];
    }
    if let Operation::DropColumn { table, column, .. } = operation {
        return vec![Lost::Values {
            table: table.clone(),
            column: column.clone(),
        }];
    }
    if let Operation::SetType {
        table,
        column,
        data_type,
        using: None,
        ..
    } = operation
        && dialect.may_narrow(data_type)
    {
        return vec![Lost::Digits {
            table: table.clone(),
            column: column.clone(),
            data_type: data_type.clone(),
        }];
    }
    if let Operation::Namespace(NamespaceChange::Drop { name, .. }) = operation {
        return vec![Lost::Schema { name: name.clone() }];
    }
    if let Operation::Raw { sql } = operation {
        let tables = emptied(sql, &options_of(dialect, ""));
        return tables
            .into_iter()
            .map(|table| Lost::Rows { table })
            .collect();
    }
    Vec::new()
}

/// What it was called before these operations; none when they made it.
fn origin(before: &[&Operation], lost: Lost) -> Option<Lost> {
    let mut narrowed = None;
    let (mut table, mut column) = match lost {
        Lost::Rows { table } => (table, None),
        Lost::Values { table, column } => (table, Some(column)),
        Lost::Digits {
            table,
            column,
            data_type,
        } => {
            narrowed = Some(data_type);
            (table, Some(column))
        }
        Lost::Schema { .. } => return Some(lost),
    };
    for operation in before.iter().rev() {
        if let Operation::CreateTable {
            table: made,
            if_not_exists: false,
        } = operation
            && is_same(&made.name, &table)
        {
            return None;
        }
        if let Operation::RenameTable { from, to } = operation
            && is_same(&from.sibling(to.clone()), &table)
        {
            table = from.clone();
        }
        column = match column {
            Some(column) => Some(column_before(operation, &table, column)?),
            None => None,
        };
    }
    Some(match (column, narrowed) {
        (Some(column), Some(data_type)) => Lost::Digits {
            table,
            column,
            data_type,
        },
        (Some(column), None) => Lost::Values { table, column },
        (None, _) => Lost::Rows { table },
    })
}

/// The name of a column before an operation; none when it made the column.
fn column_before(operation: &Operation, table: &ObjectName, column: Ident) -> Option<Ident> {
    if let Operation::AddColumn {
        table: of,
        column: made,
        if_not_exists: false,
        ..
    } = operation
        && is_same(of, table)
        && is_same_word(&made.name, &column)
    {
        return None;
    }
    if let Operation::RenameColumn {
        table: of,
        from,
        to,
    } = operation
        && is_same(of, table)
        && is_same_word(to, &column)
    {
        return Some(from.clone());
    }
    Some(column)
}

fn is_same(one: &ObjectName, other: &ObjectName) -> bool {
    let schema = match (&one.schema, &other.schema) {
        (Some(one), Some(other)) => is_same_word(one, other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    schema && is_same_word(&one.name, &other.name)
}

/// Most engines ignore the case of letters; where they do not, a loss too many is found, not one too
/// few.
fn is_same_word(one: &Ident, other: &Ident) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Lost, losses};
    use crate::program::tests::down;

    #[track_caller]
    fn check(downgrade: &str, expected: &[&str]) {
        let found = losses(&down(downgrade));
        let found: Vec<String> = found
            .iter()
            .map(|loss| match &loss.lost {
                Lost::Rows { table } => table.to_string(),
                Lost::Values { table, column } => format!("{table}.{column}"),
                Lost::Digits { table, column, .. } => format!("{table}.{column}: digits"),
                Lost::Schema { name } => format!("{name}.*"),
            })
            .collect();
        assert_eq!(found, expected, "{downgrade}");
    }

    #[test]
    fn what_is_dropped_or_emptied_is_lost() {
        check("DROP TABLE a, b;", &["a", "b"]);
        check("ALTER TABLE a DROP COLUMN x;", &["a.x"]);
        check("ALTER TABLE a ALTER COLUMN x TYPE DATE;", &["a.x: digits"]);
        check("ALTER TABLE a ALTER COLUMN x TYPE TEXT;", &[]);
        check("DROP SCHEMA s CASCADE;", &["s.*"]);
        check("TRUNCATE TABLE a, s.b CASCADE;", &["a", "s.b"]);
        check("DELETE FROM \"{prefix}a\" -- all\n;", &["irma_a"]);
    }

    #[test]
    fn a_deletion_that_says_which_rows_it_means_is_the_authors_affair() {
        check("DELETE FROM a WHERE id = 3;\nUPDATE a SET x = NULL;", &[]);
        check(
            "DROP INDEX i; DROP VIEW v; ALTER TABLE a ADD COLUMN x INTEGER;",
            &[],
        );
    }

    #[test]
    fn losses_go_by_the_names_from_before_the_run() {
        check("ALTER TABLE a RENAME TO b; DROP TABLE b;", &["a"]);
        check("CREATE TABLE c (x INTEGER); DROP TABLE c;", &[]);
        let renamed = "ALTER TABLE a RENAME COLUMN x TO y; ALTER TABLE a RENAME TO b;\n\
                       ALTER TABLE b DROP COLUMN y;";
        check(renamed, &["a.x"]);
        check(
            "ALTER TABLE a ADD COLUMN x INTEGER; ALTER TABLE a DROP COLUMN x;",
            &[],
        );
    }
}
