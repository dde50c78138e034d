//! The names that constraints and indexes get when the text gives none: PostgreSQL's, on every
//! engine, so that a later revision can name what an earlier one left unnamed.

use super::{Constraint, ConstraintKind, Ident, Index, IndexKey, Table};

/// Most bytes of a name on PostgreSQL; MySQL allows one more.
const LIMIT: usize = 63;

impl Table {
    /// The name of a constraint of this table, its own or the one it gets.
    pub fn constraint_name(&self, constraint: &Constraint) -> Ident {
        let own = constraint.name.clone();
        own.or_else(|| {
            let unnamed = self.unnamed_constraints().into_iter();
            let mut same = unnamed.filter(|(_, it)| it.kind == constraint.kind);
            same.next().map(|(name, _)| name)
        })
        .unwrap_or_else(|| self.default_constraint_name(&constraint.kind))
    }

    /// The constraints of this table that have no name, each with the one it gets: one after another,
    /// so that only those have the same that demand the same, in the order of what they demand, which
    /// is the same wherever they stand.
    pub fn unnamed_constraints(&self) -> Vec<(Ident, &Constraint)> {
        let unnamed = self.constraints.iter().filter(|it| it.name.is_none());
        let mut unnamed: Vec<&Constraint> = unnamed.collect();
        unnamed.sort_by_cached_key(|it| demand(it));
        let mut named: Vec<(Ident, &Constraint)> = Vec::new();
        for constraint in unnamed {
            let same = named.iter().find(|(_, it)| it.kind == constraint.kind);
            let same = same.map(|(name, _)| name.clone());
            let name = same.unwrap_or_else(|| {
                self.free_constraint_name(&constraint.kind, |name| {
                    self.constraint(name).is_some() || named.iter().any(|(given, _)| given == name)
                })
            });
            named.push((name, constraint));
        }
        named
    }

    /// Whether a constraint of this table has a name, or gets it because it has none.
    pub fn has_constraint(&self, name: &Ident) -> bool {
        let mut unnamed = self.unnamed_constraints().into_iter();
        self.constraint(name).is_some() || unnamed.any(|(given, _)| given == *name)
    }

    /// The name that a constraint of this table gets when the text gives none: `t_pkey`,
    /// `t_a_b_key`, `t_a_fkey`, `t_a_check` when one column is checked, else `t_check`. A number
    /// follows when another constraint has that name.
    pub fn default_constraint_name(&self, kind: &ConstraintKind) -> Ident {
        self.free_constraint_name(kind, |name| self.constraint(name).is_some())
    }

    /// The same where other names are taken.
    pub fn free_constraint_name(
        &self,
        kind: &ConstraintKind,
        is_taken: impl Fn(&Ident) -> bool,
    ) -> Ident {
        let (columns, label) = self.default_parts(kind);
        numbered(self.name.name.as_str(), &columns, label, is_taken)
    }

    /// Whether a constraint of this table has no name, or one that it could have got without.
    pub fn has_default_name(&self, constraint: &Constraint) -> bool {
        let Some(name) = &constraint.name else {
            return true;
        };
        let (columns, label) = self.default_parts(&constraint.kind);
        is_numbered(name, self.name.name.as_str(), &columns, label)
    }

    /// What the name of a constraint is made of: columns and label.
    fn default_parts(&self, kind: &ConstraintKind) -> (String, &'static str) {
        let (columns, label) = match kind {
            ConstraintKind::PrimaryKey { .. } => (Vec::new(), "pkey"),
            ConstraintKind::Unique { columns } => (columns.iter().collect(), "key"),
            ConstraintKind::ForeignKey(key) => (key.columns.iter().collect(), "fkey"),
            ConstraintKind::Check { expression } => {
                let mentioned: Vec<_> = self
                    .columns
                    .iter()
                    .map(|column| &column.name)
                    .filter(|name| expression.mentions(name))
                    .collect();
                let single = if mentioned.len() == 1 {
                    mentioned
                } else {
                    Vec::new()
                };
                (single, "check")
            }
        };
        (join(columns.into_iter().map(Ident::as_str)), label)
    }

    /// The name that an index on this table gets when the text gives none: `t_a_b_idx`.
    pub fn default_index_name(&self, index: &Index, is_taken: impl Fn(&Ident) -> bool) -> Ident {
        numbered(
            self.name.name.as_str(),
            &index_columns(index),
            "idx",
            is_taken,
        )
    }

    /// Whether an index of this table has no name, or one that it could have got without.
    pub fn has_default_index_name(&self, index: &Index) -> bool {
        let table = self.name.name.as_str();
        index
            .name
            .as_ref()
            .is_none_or(|name| is_numbered(name, table, &index_columns(index), "idx"))
    }
}

/// What tells constraints apart that get the same name but for the number, however it is spelled.
fn demand(constraint: &Constraint) -> String {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique { .. } => String::new(),
        ConstraintKind::ForeignKey(key) => key.references.to_string(),
        ConstraintKind::Check { expression } => {
            let letters = expression.as_str().chars();
            let letters = letters.filter(|it| !it.is_whitespace() && !"()\"`".contains(*it));
            letters.flat_map(char::to_lowercase).collect()
        }
    }
}

fn index_columns(index: &Index) -> String {
    join(index.parts.iter().map(|part| match &part.key {
        IndexKey::Column { name, .. } => name.as_str(),
        IndexKey::Expression(_) => "expr",
    }))
}

/// Whether a name is one of those that [`numbered`] gives.
fn is_numbered(name: &Ident, table: &str, columns: &str, label: &str) -> bool {
    let bare = name
        .as_str()
        .trim_end_matches(|it: char| it.is_ascii_digit());
    let number = &name.as_str()[bare.len()..];
    let is_number = number.len() < 5 && !number.starts_with('0');
    is_number && assemble(table, columns, &format!("{label}{number}")) == name.as_str()
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut joined = names.collect::<Vec<_>>().join("_");
    clip(&mut joined, LIMIT);
    joined
}

fn numbered(table: &str, columns: &str, label: &str, is_taken: impl Fn(&Ident) -> bool) -> Ident {
    let mut number = 0;
    loop {
        let label = if number == 0 {
            label.to_owned()
        } else {
            format!("{label}{number}")
        };
        let name = Ident::new(assemble(table, columns, &label));
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

/// Joins the parts, the longer of the first two cut until the whole fits.
fn assemble(table: &str, columns: &str, label: &str) -> String {
    let separators = if columns.is_empty() { 1 } else { 2 };
    let room = LIMIT - label.len() - separators;
    let (mut table, mut columns) = (table.to_owned(), columns.to_owned());
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second > room {
        if first > second {
            first -= 1;
        } else {
            second -= 1;
        }
    }
    clip(&mut table, first);
    clip(&mut columns, second);
    if columns.is_empty() {
        format!("{table}_{label}")
    } else {
        format!("{table}_{columns}_{label}")
    }
}

fn clip(text: &mut String, length: usize) {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::super::{Column, DataType, Expression, ObjectName};
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(ObjectName::new("t"));
        for name in ["a", "b"] {
            table.columns.push(Column::new(name, DataType::Integer));
        }
        table
    }

    #[test]
    fn names_are_those_of_postgresql() {
        let table = table();
        let name = |kind| table.default_constraint_name(&kind).to_string();
        let columns = vec!["a".into(), "b".into()];
        assert_eq!(
            name(ConstraintKind::PrimaryKey {
                columns: columns.clone()
            }),
            "t_pkey"
        );
        assert_eq!(name(ConstraintKind::Unique { columns }), "t_a_b_key");
        let check = |text| ConstraintKind::Check {
            expression: Expression::new(text),
        };
        assert_eq!(name(check("a > 0")), "t_a_check");
        assert_eq!(name(check("a > b")), "t_check");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut table = table();
        let kind = ConstraintKind::Unique {
            columns: vec!["a".into()],
        };
        table
            .constraints
            .push(Constraint::new(Some("t_a_key".into()), kind.clone()));
        assert_eq!(table.default_constraint_name(&kind).as_str(), "t_a_key1");
    }

    #[test]
    fn what_demands_another_thing_gets_another_name() {
        let mut table = table();
        for text in ["a > 0", "a < 9", "b > 0", "a < 9"] {
            let expression = Expression::new(text);
            let kind = ConstraintKind::Check { expression };
            table.constraints.push(Constraint::new(None, kind));
        }
        let constraints = table.constraints.iter();
        let names: Vec<_> = constraints.map(|it| table.constraint_name(it)).collect();
        let names: Vec<_> = names.iter().map(Ident::as_str).collect();
        assert_eq!(names, ["t_a_check1", "t_a_check", "t_b_check", "t_a_check"]);
        table.constraints[0].name = Some("t_a_check1".into());
        let names: Vec<_> = table.unnamed_constraints();
        let names: Vec<_> = names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["t_a_check", "t_a_check", "t_b_check"]);
    }

    #[test]
    fn long_names_are_cut_where_they_are_longest() {
        let mut table = table();
        table.name = ObjectName::new("x".repeat(70));
        let kind = ConstraintKind::Unique {
            columns: vec!["a".into()],
        };
        let name = table.default_constraint_name(&kind);
        assert_eq!(name.as_str(), format!("{}_a_key", "x".repeat(57)));
    }
}
