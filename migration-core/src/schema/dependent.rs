//! Objects that stand on tables or beside them and are known by their text only.

use super::ObjectName;

/// A trigger, a function, a policy, or a view, constraint or index that the model does not take
/// apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// What it is.
    pub kind: DependentKind,
    /// Its name.
    pub name: ObjectName,
    /// The statement that creates it, without a semicolon.
    pub sql: String,
}

/// What a [`Dependent`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DependentKind {
    /// A view; which tables it reads is in its text.
    View,
    /// A view whose rows are stored (PostgreSQL).
    MaterializedView,
    /// A trigger on a table or view.
    Trigger {
        /// What it fires on.
        table: ObjectName,
    },
    /// A function.
    Function {
        /// The types of its arguments, by which PostgreSQL tells functions of one name apart;
        /// empty elsewhere.
        arguments: String,
    },
    /// A procedure of the database.
    Procedure {
        /// As a function's.
        arguments: String,
    },
    /// A policy of row-level security on a table (PostgreSQL).
    Policy {
        /// The table.
        table: ObjectName,
    },
    /// A rule that rewrites statements on a table (PostgreSQL).
    Rule {
        /// The table.
        table: ObjectName,
    },
    /// Triggers or a rule that do not do their work, or do it at other times (PostgreSQL).
    Switched {
        /// The table they stand on.
        table: ObjectName,
        /// What `ALTER TABLE ... ENABLE` says of them: `TRIGGER "name"`, `TRIGGER ALL`, `RULE "name"`.
        what: String,
    },
    /// A partition of a table (PostgreSQL), which is made as one; it stands beside its table, for it may
    /// belong to none or to another one.
    Partition {
        /// The table that it is a part of.
        parent: ObjectName,
        /// Which rows it takes: `FOR VALUES FROM (1) TO (2)`, `DEFAULT`; with `DETACH PENDING` behind it
        /// while it is between two states.
        bounds: String,
        /// How it is parted itself: `RANGE (a)`.
        key: Option<String>,
    },
    /// Statistics on several columns of a table (PostgreSQL).
    Statistics {
        /// The table.
        table: ObjectName,
    },
    /// A domain, without its rules (PostgreSQL).
    Domain,
    /// What a domain says besides its type; it has the domain's name.
    DomainRule {
        /// What `ALTER DOMAIN ... DROP` calls it: `DEFAULT`, `NOT NULL`, `CONSTRAINT "name"`.
        what: String,
    },
    /// A constraint that the model does not take apart: `EXCLUDE`, `UNIQUE NULLS NOT DISTINCT`
    /// (PostgreSQL). Its text is an `ALTER TABLE ... ADD CONSTRAINT`.
    Constraint {
        /// The table.
        table: ObjectName,
    },
    /// An index that the model does not take apart: storage parameters, `NULLS NOT DISTINCT`,
    /// parameters of operator classes (PostgreSQL).
    Index {
        /// What it stands on.
        table: ObjectName,
    },
    /// Row-level security is on for a table (PostgreSQL); it has the table's name.
    RowSecurity {
        /// Whether it holds for the table's owner, too.
        forced: bool,
    },
}

impl Dependent {
    /// The table it stands on and is dropped with, if it is bound to one.
    pub fn table(&self) -> Option<&ObjectName> {
        match &self.kind {
            DependentKind::Trigger { table }
            | DependentKind::Policy { table }
            | DependentKind::Rule { table }
            | DependentKind::Switched { table, .. }
            | DependentKind::Constraint { table }
            | DependentKind::Statistics { table }
            | DependentKind::Index { table } => Some(table),
            DependentKind::RowSecurity { .. } => Some(&self.name),
            DependentKind::View
            | DependentKind::MaterializedView
            | DependentKind::Function { .. }
            | DependentKind::Partition { .. }
            | DependentKind::Domain
            | DependentKind::DomainRule { .. }
            | DependentKind::Procedure { .. } => None,
        }
    }

    /// Follows the table it stands on to another name.
    pub fn rename_table(&mut self, from: &ObjectName, to: &ObjectName) {
        let table = match &mut self.kind {
            DependentKind::Trigger { table }
            | DependentKind::Policy { table }
            | DependentKind::Rule { table }
            | DependentKind::Switched { table, .. }
            | DependentKind::Constraint { table }
            | DependentKind::Statistics { table }
            | DependentKind::Partition { parent: table, .. }
            | DependentKind::Index { table } => table,
            DependentKind::RowSecurity { .. } => &mut self.name,
            DependentKind::View
            | DependentKind::MaterializedView
            | DependentKind::Function { .. }
            | DependentKind::Domain
            | DependentKind::DomainRule { .. }
            | DependentKind::Procedure { .. } => return,
        };
        if table == from {
            *table = to.clone();
        }
    }
}

impl DependentKind {
    /// What it is called.
    pub fn word(&self) -> &'static str {
        match self {
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::Trigger { .. } => "trigger",
            Self::Function { .. } => "function",
            Self::Procedure { .. } => "procedure",
            Self::Policy { .. } => "policy",
            Self::Rule { .. } => "rule",
            Self::Switched { .. } => "switch",
            Self::Partition { .. } => "partition",
            Self::Statistics { .. } => "statistics",
            Self::Domain => "domain",
            Self::DomainRule { .. } => "rule of a domain",
            Self::Constraint { .. } => "constraint",
            Self::Index { .. } => "index",
            Self::RowSecurity { .. } => "row-level security",
        }
    }
}
