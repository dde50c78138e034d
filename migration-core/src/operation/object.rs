//! Changes of what stands beside tables: views, sequences, enumerated types, schemas.

use std::fmt;

use crate::schema::{EnumType, Ident, ObjectName, Sequence, SequenceOptions, View};

/// A change of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewChange {
    /// Creates it. Inverse: `Drop`, and `Create` of the one that was replaced.
    Create {
        /// The view.
        view: View,
        /// Takes the place of one of that name.
        or_replace: bool,
        /// Says nothing when it is there already.
        if_not_exists: bool,
    },
    /// Drops it. Inverse: `Create` of the view as it was.
    Drop {
        /// The view.
        name: ObjectName,
        /// Says nothing when it is not there.
        if_exists: bool,
        /// Drops what depends on it too (PostgreSQL).
        cascade: bool,
    },
    /// Renames it. Inverse: itself, turned round.
    Rename {
        /// The view.
        from: ObjectName,
        /// Its new name, in the same schema.
        to: Ident,
    },
}

/// A change of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SequenceChange {
    /// Creates it. Inverse: `Drop`.
    Create {
        /// The sequence.
        sequence: Sequence,
        /// Says nothing when it is there already.
        if_not_exists: bool,
    },
    /// Changes how it counts. Inverse: the former options, where they are known.
    Alter {
        /// The sequence.
        name: ObjectName,
        /// What changes.
        options: SequenceOptions,
        /// Where it goes on.
        restart: Option<Restart>,
        /// Says nothing when it is not there.
        if_exists: bool,
    },
    /// Drops it. Inverse: `Create` of the sequence as it was; it starts anew.
    Drop {
        /// The sequence.
        name: ObjectName,
        /// Says nothing when it is not there.
        if_exists: bool,
        /// Drops what depends on it too (PostgreSQL).
        cascade: bool,
    },
    /// Renames it. Inverse: itself, turned round.
    Rename {
        /// The sequence.
        from: ObjectName,
        /// Its new name, in the same schema.
        to: Ident,
    },
}

/// Where a sequence goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restart {
    /// At its first number.
    AtStart,
    /// At this number.
    At(i64),
}

/// A change of a schema, the name space of tables (on MySQL: of a database).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamespaceChange {
    /// Creates it. Inverse: `Drop`.
    Create {
        /// The schema.
        name: Ident,
        /// Says nothing when it is there already.
        if_not_exists: bool,
    },
    /// Drops it. Inverse: `Create`; what it held is not brought back.
    Drop {
        /// The schema.
        name: Ident,
        /// Says nothing when it is not there.
        if_exists: bool,
        /// Drops what it holds.
        cascade: bool,
    },
    /// Renames it. Inverse: itself, turned round.
    Rename {
        /// The schema.
        from: Ident,
        /// Its new name.
        to: Ident,
    },
}

/// A change of an enumerated type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnumChange {
    /// Creates it. Inverse: `Drop`.
    Create {
        /// The type.
        created: EnumType,
    },
    /// Drops it. Inverse: `Create` of the type as it was.
    Drop {
        /// The type.
        name: ObjectName,
        /// Says nothing when it is not there.
        if_exists: bool,
        /// Drops the columns of the type too.
        cascade: bool,
    },
    /// Adds a value. Has no inverse: PostgreSQL cannot take a value out again.
    AddValue {
        /// The type.
        name: ObjectName,
        /// The value.
        value: String,
        /// Where it stands; without it, last.
        position: Option<ValuePosition>,
        /// Says nothing when it is there already.
        if_not_exists: bool,
    },
    /// Renames a value, in rows and defaults too. Inverse: itself, turned round.
    RenameValue {
        /// The type.
        name: ObjectName,
        /// The value.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Renames the type. Inverse: itself, turned round.
    Rename {
        /// The type.
        from: ObjectName,
        /// Its new name, in the same schema.
        to: Ident,
    },
}

/// Where a value of an enumerated type stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValuePosition {
    /// Just before that value.
    Before(String),
    /// Just behind that value.
    After(String),
}

impl fmt::Display for ViewChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create {
                view, or_replace, ..
            } => {
                let verb = if *or_replace { "replace" } else { "create" };
                write!(f, "{verb} view `{}`", view.name)
            }
            Self::Drop { name, .. } => write!(f, "drop view `{name}`"),
            Self::Rename { from, to } => write!(f, "rename view `{from}` to `{to}`"),
        }
    }
}

impl fmt::Display for SequenceChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { sequence, .. } => write!(f, "create sequence `{}`", sequence.name),
            Self::Alter { name, .. } => write!(f, "change sequence `{name}`"),
            Self::Drop { name, .. } => write!(f, "drop sequence `{name}`"),
            Self::Rename { from, to } => write!(f, "rename sequence `{from}` to `{to}`"),
        }
    }
}

impl fmt::Display for NamespaceChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { name, .. } => write!(f, "create schema `{name}`"),
            Self::Drop { name, .. } => write!(f, "drop schema `{name}`"),
            Self::Rename { from, to } => write!(f, "rename schema `{from}` to `{to}`"),
        }
    }
}

impl fmt::Display for EnumChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { created } => write!(f, "create type `{}`", created.name),
            Self::Drop { name, .. } => write!(f, "drop type `{name}`"),
            Self::AddValue { name, value, .. } => {
                write!(f, "add value '{value}' to type `{name}`")
            }
            Self::RenameValue { name, from, to } => {
                write!(f, "rename value '{from}' of type `{name}` to '{to}'")
            }
            Self::Rename { from, to } => write!(f, "rename type `{from}` to `{to}`"),
        }
    }
}
