//! What somebody wants left alone.

use super::ours::drop_from;
use super::pattern::Pattern;
use crate::schema::{Constraint, ConstraintKind, DependentKind, ObjectName, Schema};

/// What is left alone, on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Tables and views to look at; none means all.
    pub include_tables: Vec<Pattern>,
    /// Tables and views to leave alone.
    pub exclude_tables: Vec<Pattern>,
    /// Kinds of objects to leave alone.
    pub exclude_kinds: Vec<Kind>,
}

/// A kind of object that can be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Tables, with what stands on them.
    Table,
    /// Indexes that belong to no constraint.
    Index,
    /// Unique constraints.
    Unique,
    /// Foreign keys.
    ForeignKey,
    /// Checks.
    Check,
    /// Comments on tables and columns.
    Comment,
    /// Views, also those whose rows are stored.
    View,
    /// Sequences that stand by themselves.
    Sequence,
    /// Enumerated types.
    Enum,
    /// Functions and procedures.
    Function,
    /// Triggers.
    Trigger,
    /// Policies, and whether row-level security is on.
    Policy,
    /// Schemas.
    Schema,
}

impl Kind {
    /// All kinds with their names.
    pub const NAMES: [(&'static str, Self); 13] = [
        ("table", Self::Table),
        ("index", Self::Index),
        ("unique", Self::Unique),
        ("foreign-key", Self::ForeignKey),
        ("check", Self::Check),
        ("comment", Self::Comment),
        ("view", Self::View),
        ("sequence", Self::Sequence),
        ("enum", Self::Enum),
        ("function", Self::Function),
        ("trigger", Self::Trigger),
        ("policy", Self::Policy),
        ("schema", Self::Schema),
    ];
}

impl Filter {
    /// Takes what is left alone out of a schema.
    pub fn apply(&self, schema: &mut Schema) {
        self.leave_tables(schema);
        self.leave_kinds(schema);
        if self.leaves_enums() {
            schema.enums.clear();
        }
    }

    /// Whether enumerated types are left alone.
    pub(super) fn leaves_enums(&self) -> bool {
        self.exclude_kinds.contains(&Kind::Enum)
    }

    /// Takes the tables and views out whose names are left alone.
    pub(super) fn leave_tables(&self, schema: &mut Schema) {
        if !self.include_tables.is_empty() || !self.exclude_tables.is_empty() {
            drop_from(schema, |name| !self.is_looked_at(name));
            schema.views.retain(|it| self.is_looked_at(&it.name));
            schema.dependents.retain(|it| match &it.kind {
                DependentKind::Partition { parent, .. } => {
                    self.is_looked_at(&it.name) && self.is_looked_at(parent)
                }
                kind => !is_view(kind) || self.is_looked_at(&it.name),
            });
        }
    }

    /// Takes the kinds out that are left alone, but enumerated types: what they are says how the
    /// columns are kept that have them.
    pub(super) fn leave_kinds(&self, schema: &mut Schema) {
        for kind in &self.exclude_kinds {
            exclude(schema, *kind);
        }
    }

    /// Whether a table or view is compared, by its name.
    pub(super) fn is_looked_at(&self, name: &ObjectName) -> bool {
        let whole = name.to_string();
        let fits = |it: &Pattern| it.fits(name.name.as_str()) || it.fits(&whole);
        let is_included = self.include_tables.is_empty() || self.include_tables.iter().any(fits);
        is_included && !self.exclude_tables.iter().any(fits)
    }
}

fn exclude(schema: &mut Schema, kind: Kind) {
    match kind {
        Kind::Table => drop_all(schema),
        Kind::Index => {
            schema.indexes.clear();
            drop_dependents(schema, |it| matches!(it, DependentKind::Index { .. }));
        }
        Kind::Unique => drop_constraints(schema, |it| {
            matches!(it.kind, ConstraintKind::Unique { .. })
        }),
        Kind::ForeignKey => drop_constraints(schema, |it| {
            matches!(it.kind, ConstraintKind::ForeignKey(_))
        }),
        Kind::Check => {
            drop_constraints(schema, |it| matches!(it.kind, ConstraintKind::Check { .. }));
        }
        Kind::Comment => {
            for table in &mut schema.tables {
                table.comment = None;
                for column in &mut table.columns {
                    column.comment = None;
                }
            }
        }
        Kind::View => {
            schema.views.clear();
            drop_dependents(schema, is_view);
        }
        Kind::Sequence => schema.sequences.clear(),
        Kind::Enum => {}
        Kind::Function => drop_dependents(schema, |it| {
            matches!(
                it,
                DependentKind::Function { .. } | DependentKind::Procedure { .. }
            )
        }),
        Kind::Trigger => drop_dependents(schema, |it| {
            matches!(
                it,
                DependentKind::Trigger { .. } | DependentKind::Switched { .. }
            )
        }),
        Kind::Policy => drop_dependents(schema, |it| {
            matches!(
                it,
                DependentKind::Policy { .. } | DependentKind::RowSecurity { .. }
            )
        }),
        Kind::Schema => schema.namespaces.clear(),
    }
}

/// Takes out all tables, with what stands on them and what they are parted into.
fn drop_all(schema: &mut Schema) {
    drop_from(schema, |_| true);
    drop_dependents(schema, |it| matches!(it, DependentKind::Partition { .. }));
}

fn is_view(kind: &DependentKind) -> bool {
    matches!(kind, DependentKind::View | DependentKind::MaterializedView)
}

fn drop_dependents(schema: &mut Schema, is_dropped: impl Fn(&DependentKind) -> bool) {
    schema.dependents.retain(|it| !is_dropped(&it.kind));
}

fn drop_constraints(schema: &mut Schema, is_dropped: impl Fn(&Constraint) -> bool) {
    for table in &mut schema.tables {
        table.constraints.retain(|it| !is_dropped(it));
    }
}
