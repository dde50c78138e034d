//! What compilers return.

use super::ansi;
use crate::operation::Operation;
use crate::schema::{Ident, ObjectName};

/// One statement in one engine's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text, without a semicolon.
    pub sql: String,
    /// False when the engine refuses it inside a transaction (`CREATE INDEX CONCURRENTLY`).
    pub transactional: bool,
    /// Whether what it makes can be used only once it is committed (a value that is added to a type
    /// whose values are listed, on PostgreSQL).
    pub usable_when_committed: bool,
    /// Set when the text is a query about rows that stand against what follows.
    pub check: Option<Box<RowCheck>>,
}

/// A query that must find nothing, or what follows must not run. It returns one row: how many were
/// found, and which (a list for `IN`, or NULL).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCheck {
    /// The table that is asked.
    pub table: ObjectName,
    /// The columns whose definition or values the answer depends on, besides on which rows there are;
    /// none where it may depend on all there is of the table.
    pub columns: Option<Vec<Ident>>,
    /// What is counted: "row".
    pub noun: &'static str,
    /// What is wrong with them, behind "2 rows": "with NULL in `size`".
    pub finding: String,
    /// Whether the list of what was found is told behind that.
    pub tells: bool,
    /// What to do about them.
    pub advice: String,
    /// A query that shows them before the change; [`RowCheck::FOUND`] in it stands for the list.
    /// None where there is nothing to see.
    pub show: Option<String>,
    /// The operation that asks; none for what all of them ask.
    pub cause: Option<Operation>,
    /// The same question as statements that fail, for a script that nobody watches.
    pub assertion: Vec<String>,
}

impl RowCheck {
    /// In [`show`](Self::show): where the list of what was found stands.
    pub const FOUND: &str = "{found}";

    /// What to do about rows that can be corrected beforehand.
    pub const CORRECT: &str = "correct them before the change, in this revision or by hand";

    /// What to do about a new column that every row must have a value for.
    pub const GIVE_A_VALUE: &str = "give the column a DEFAULT, or add it without NOT NULL, fill it \
                                    by an UPDATE, and then SET NOT NULL";

    /// The question whose answer an engine gave that refused an operation because of a NULL; none
    /// where the operation does not say of which column.
    pub fn of_null(operation: &Operation) -> Option<Self> {
        if let Operation::AddColumn { table, column, .. } = operation {
            let finding = format!("without a value for the new column `{}`", column.name);
            return Some(Self {
                advice: Self::GIVE_A_VALUE.to_owned(),
                ..Self::unasked(table, finding, operation)
            });
        }
        let Operation::SetNullable {
            table,
            column,
            nullable: false,
        } = operation
        else {
            return None;
        };
        let (from, null) = (ansi::object(table), ansi::ident(column));
        let finding = format!("with NULL in `{column}`");
        Some(Self {
            show: Some(format!("SELECT * FROM {from} WHERE {null} IS NULL")),
            ..Self::unasked(table, finding, operation)
        })
    }

    fn unasked(table: &ObjectName, finding: String, cause: &Operation) -> Self {
        Self {
            table: table.clone(),
            columns: None,
            noun: "row",
            finding,
            tells: false,
            advice: Self::CORRECT.to_owned(),
            show: None,
            cause: Some(cause.clone()),
            assertion: Vec::new(),
        }
    }
}

impl Statement {
    /// A statement that may run inside a transaction.
    pub fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            transactional: true,
            usable_when_committed: false,
            check: None,
        }
    }

    /// Whether it can be rolled back on an engine whose DDL cannot; in doubt it cannot.
    pub fn changes_rows_only(&self) -> bool {
        const WORDS: [&str; 6] = ["insert", "update", "delete", "replace", "select", "with"];
        let is_sign = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        let mut words = self.sql.split(|sign: char| !is_sign(sign));
        let word = words.find(|word| !word.is_empty()).unwrap_or_default();
        self.transactional && WORDS.iter().any(|it| it.eq_ignore_ascii_case(word))
    }

    /// A query about rows that stand against what follows.
    pub fn asking(sql: impl Into<String>, check: RowCheck) -> Self {
        Self {
            check: Some(Box::new(check)),
            ..Self::new(sql)
        }
    }

    /// A statement that must run outside one.
    pub fn outside_transaction(sql: impl Into<String>) -> Self {
        Self {
            transactional: false,
            ..Self::new(sql)
        }
    }
}

/// The statements of one operation, or of several on one table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lowered {
    /// To be run in order.
    pub statements: Vec<Statement>,
    /// How the table is changed, when that is worth a warning.
    pub change: Option<TableChange>,
}

impl Lowered {
    /// Statements without a remark.
    pub fn plain(statements: Vec<Statement>) -> Self {
        Self {
            statements,
            ..Self::default()
        }
    }
}

/// Operations of one table, or one operation, for a script: nobody reads the table when that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scripted {
    /// What is done.
    pub operations: Vec<Operation>,
    /// What does it.
    pub lowered: Lowered,
    /// Questions whether the table is the one that the statements were written for.
    pub presumed: Vec<Statement>,
}

/// A change that the engine has no statement for, and how it is done instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChange {
    /// The table.
    pub table: ObjectName,
    /// What changes, one clause each: "type of `size` to bigint".
    pub reasons: Vec<String>,
    /// The way chosen.
    pub way: Way,
}

impl TableChange {
    /// What to do when the settings refuse it.
    pub const ALLOW: &str =
        "set `sqlite_alter = warn` to have the table changed, its rows kept; nothing was done";

    /// That the settings forbid it, in words.
    pub fn refusal(&self) -> String {
        format!(
            "SQLite has no statement to change table `{}` so ({}), and `sqlite_alter` is `refuse`",
            self.table,
            self.reasons.join(", ")
        )
    }
}

/// How a table is changed where the engine has no statement for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The stored definition is edited; the stored rows stay as they are, after they were checked.
    Definition,
    /// Rows are copied to a new table that takes the old one's place.
    Rebuild,
}
