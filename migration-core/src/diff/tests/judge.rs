//! A judge as strict as the strictest engine: what an operation names is there, and what stands on a
//! thing is out of the way before the thing changes.

use crate::operation::{
    ConstraintTarget, EnumChange, Operation, SequenceChange, ViewChange, apply,
};
use crate::schema::{
    Column, ConstraintKind, Dependent, DependentKind, ForeignKey, Ident, ObjectName, Schema, Table,
};
use crate::sql::mentions;

/// A schema, and the objects known by their text that may be made in it.
pub(super) struct Judge {
    pub(super) schema: Schema,
    pub(super) known: Vec<Dependent>,
    /// Whether a column that came may go under views, which know nothing of it.
    pub(super) is_back: bool,
}

impl Judge {
    /// Does an operation, or says why that cannot be done.
    pub(super) fn run(&mut self, operation: &Operation) -> Result<(), String> {
        if let Operation::Raw { sql } = operation {
            return self.raw(sql);
        }
        self.before(operation)?;
        apply(operation, &mut self.schema).map_err(|error| error.to_string())?;
        self.after(operation)
    }

    fn raw(&mut self, sql: &str) -> Result<(), String> {
        let words: Vec<&str> = sql.split(' ').collect();
        let bare = |name: &str| name.replace('"', "");
        if let [
            "ALTER",
            "TABLE",
            table,
            verb @ ..,
            "ROW",
            "LEVEL",
            "SECURITY",
        ] = words.as_slice()
        {
            return self.row_security(&bare(table), &verb.join(" "));
        }
        match words.as_slice() {
            ["DROP", kind, name, rest @ ..] => {
                let on = rest.get(1).map(|it| bare(it));
                self.drop(sql, kind, &bare(name), on.as_deref())
            }
            _ => self.make(sql),
        }
    }

    fn drop(&mut self, sql: &str, kind: &str, name: &str, on: Option<&str>) -> Result<(), String> {
        let at = self.schema.dependents.iter().position(|it| {
            it.kind.word().eq_ignore_ascii_case(kind)
                && it.name.to_string() == name
                && on.is_none_or(|on| it.table().is_some_and(|it| it.to_string() == on))
        });
        let dropped = at.map(|at| self.schema.dependents.remove(at));
        let dropped = dropped.ok_or_else(|| format!("`{sql}` drops nothing"))?;
        let name = dropped.name.name.as_str();
        let mut others = self.schema.dependents.iter();
        let is_function = matches!(dropped.kind, DependentKind::Function { .. });
        match others.find(|it| is_function && mentions(&it.sql, name)) {
            Some(user) => Err(format!("`{}` needs `{name}`", user.sql)),
            None => Ok(()),
        }
    }

    fn make(&mut self, sql: &str) -> Result<(), String> {
        let made = self.known.iter().find(|it| it.sql == sql).cloned();
        let made = made.ok_or_else(|| format!("nobody knows `{sql}`"))?;
        let same = |it: &Dependent| {
            it.kind.word() == made.kind.word() && it.name == made.name && it.table() == made.table()
        };
        let is_replaced = sql.starts_with("CREATE OR REPLACE");
        if self.schema.dependents.iter().any(same) && !is_replaced {
            return Err(format!("`{sql}` is there"));
        }
        if let Some(table) = made.table() {
            let table = self.table(table)?;
            let mut columns = table.columns.iter();
            if !columns.any(|it| mentions(sql, it.name.as_str())) {
                return Err(format!("`{sql}` names no column"));
            }
            let mut functions = self.schema.dependents.iter();
            if !functions.any(|it| mentions(sql, it.name.name.as_str()) && it.table().is_none()) {
                return Err(format!("`{sql}` calls nothing"));
            }
        }
        self.schema.dependents.retain(|it| !same(it));
        self.schema.dependents.push(made);
        Ok(())
    }

    fn row_security(&mut self, table: &str, verb: &str) -> Result<(), String> {
        let name = self
            .schema
            .tables
            .iter()
            .find(|it| it.name.to_string() == table);
        let name = name
            .ok_or_else(|| format!("no table `{table}`"))?
            .name
            .clone();
        let all = &mut self.schema.dependents;
        let at = all
            .iter()
            .position(|it| it.name == name && it.kind.word() == "row-level security");
        let kind = |forced| DependentKind::RowSecurity { forced };
        match (verb, at) {
            ("ENABLE", None) => all.push(Dependent {
                kind: kind(false),
                name,
                sql: String::new(),
            }),
            ("DISABLE", Some(at)) => {
                all.remove(at);
            }
            ("FORCE", Some(at)) => all[at].kind = kind(true),
            ("NO FORCE", Some(at)) => all[at].kind = kind(false),
            _ => return Err(format!("cannot {verb} on `{table}`")),
        }
        Ok(())
    }

    fn table(&self, name: &ObjectName) -> Result<&Table, String> {
        self.schema
            .table(name)
            .ok_or_else(|| format!("no table `{name}`"))
    }

    /// What has to be out of the way.
    fn before(&self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::DropTable { name, .. } => {
                self.no_view_reads(name)?;
                self.no_key_refers(name, |_| true)
            }
            Operation::SetType { table, column, .. } => {
                self.no_view_reads_column(table, column)?;
                self.no_reference_on(table, column)?;
                self.nothing_computed_from(table, column)
            }
            Operation::DropColumn { table, column, .. } => {
                if !self.is_back {
                    self.no_view_reads_column(table, column)?;
                }
                self.no_trigger_names(table, column)?;
                self.nothing_stands_on(table, column)
            }
            Operation::DropConstraint { table, target, .. } => self.no_key_needs(table, target),
            Operation::View(ViewChange::Drop { name, .. }) => self.no_view_reads(name),
            Operation::Sequence(SequenceChange::Drop { name, .. }) => {
                let mut columns = self.schema.tables.iter().flat_map(|it| &it.columns);
                let uses = |it: &Column| {
                    it.default
                        .as_ref()
                        .is_some_and(|it| mentions(it.as_str(), name.name.as_str()))
                };
                if columns.any(uses) {
                    return Err(format!("a default needs `{name}`"));
                }
                Ok(())
            }
            Operation::RenameTable { from, .. } => self.no_view_reads(from),
            Operation::RenameColumn { table, from, .. } => self.no_view_reads_column(table, from),
            _ => Ok(()),
        }
    }

    fn no_view_reads(&self, name: &ObjectName) -> Result<(), String> {
        self.no_view(name, |_| true)
    }

    fn no_view_reads_column(&self, table: &ObjectName, column: &Ident) -> Result<(), String> {
        self.no_view(table, |query| {
            query.contains('*') || mentions(query, column.as_str())
        })
    }

    fn no_view(&self, name: &ObjectName, reads: impl Fn(&str) -> bool) -> Result<(), String> {
        let end = format!("FROM {name}");
        let mut queries = self.schema.views.iter().map(|it| (it, it.query.as_str()));
        let reader = queries.find(|(_, query)| query.ends_with(&end) && reads(query));
        reader.map_or(Ok(()), |(it, _)| {
            Err(format!("view `{}` reads `{name}`", it.name))
        })
    }

    fn no_key_refers(
        &self,
        name: &ObjectName,
        is_used: impl Fn(&[Ident]) -> bool,
    ) -> Result<(), String> {
        for table in self.schema.tables.iter().filter(|it| it.name != *name) {
            for constraint in &table.constraints {
                if let ConstraintKind::ForeignKey(key) = &constraint.kind
                    && key.references == *name
                    && is_used(&key.referenced_columns)
                {
                    return Err(format!("`{}` refers to `{name}`", table.name));
                }
            }
        }
        Ok(())
    }

    fn no_reference_on(&self, name: &ObjectName, column: &Ident) -> Result<(), String> {
        self.no_key_refers(name, |columns| columns.contains(column))?;
        let table = self.table(name)?;
        let mut constraints = table.constraints.iter();
        let is_on = constraints.any(|it| {
            matches!(&it.kind, ConstraintKind::ForeignKey(key) if key.columns.contains(column))
        });
        if is_on {
            return Err(format!("a foreign key stands on `{name}.{column}`"));
        }
        Ok(())
    }

    fn nothing_computed_from(&self, name: &ObjectName, column: &Ident) -> Result<(), String> {
        let mut columns = self.table(name)?.columns.iter();
        let computed = columns.find(|it| {
            let generated = it.generated.as_ref();
            generated.is_some_and(|it| it.expression.mentions(column))
        });
        computed.map_or(Ok(()), |it| {
            Err(format!("`{}` is computed from `{column}`", it.name))
        })
    }

    fn nothing_stands_on(&self, name: &ObjectName, column: &Ident) -> Result<(), String> {
        self.nothing_computed_from(name, column)?;
        self.no_key_refers(name, |columns| columns.contains(column))?;
        let table = self.table(name)?;
        for constraint in &table.constraints {
            let is_in_the_way = match &constraint.kind {
                ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                    columns.contains(column) && columns.len() > 1
                }
                ConstraintKind::ForeignKey(key) => key.columns.contains(column),
                ConstraintKind::Check { expression } => expression.mentions(column),
            };
            if is_in_the_way {
                return Err(format!("{constraint:?} stands on `{name}.{column}`"));
            }
        }
        let mut indexes = self.schema.indexes_of(name);
        if let Some(index) = indexes.find(|it| crate::diff::pairs::is_on(it, column)) {
            return Err(format!("{index:?} stands on `{name}.{column}`"));
        }
        Ok(())
    }

    fn no_trigger_names(&self, table: &ObjectName, column: &Ident) -> Result<(), String> {
        let bound = self.schema.dependents.iter();
        let mut bound = bound.filter(|it| it.table() == Some(table));
        let found = bound.find(|it| mentions(&it.sql, column.as_str()));
        found.map_or(Ok(()), |it| Err(format!("`{}` names `{column}`", it.sql)))
    }

    /// Whether no foreign key needs the key that is dropped.
    fn no_key_needs(&self, name: &ObjectName, target: &ConstraintTarget) -> Result<(), String> {
        let table = self.table(name)?;
        let dropped = table.constraints.iter().find(|it| match target {
            ConstraintTarget::Named(name) => table.constraint_name(it) == *name,
            ConstraintTarget::PrimaryKey => {
                matches!(it.kind, ConstraintKind::PrimaryKey { .. })
            }
            ConstraintTarget::Unnamed(_) => false,
        });
        let dropped = dropped.ok_or_else(|| format!("no {target:?} in `{name}`"))?;
        match &dropped.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                self.no_key_refers(name, |referred| referred == columns)
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => Ok(()),
        }
    }

    /// What has to be there.
    fn after(&self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::CreateTable { table, .. } => {
                self.in_namespace(&table.name)?;
                self.columns(&table.name)?;
                self.keys(&table.name)
            }
            Operation::AddColumn { table, .. } | Operation::SetType { table, .. } => {
                self.columns(table)?;
                self.keys(table)
            }
            Operation::SetDefault { table, .. } => self.columns(table),
            Operation::AddConstraint { table, .. } => self.keys(table),
            Operation::CreateIndex { .. } => self.names(),
            Operation::RenameIndex { .. } | Operation::RenameConstraint { .. } => self.names(),
            Operation::View(ViewChange::Create { view, .. }) => {
                let tables = self.schema.tables.iter().map(|it| &it.name);
                let views = self.schema.views.iter().map(|it| &it.name);
                let others = views.filter(|it| **it != view.name);
                let mut readable = tables.chain(others);
                let query = view.query.as_str();
                if !readable.any(|it| query.ends_with(&format!("FROM {it}"))) {
                    return Err(format!("view `{}` reads nothing", view.name));
                }
                Ok(())
            }
            Operation::Enum(EnumChange::Create { created }) => self.in_namespace(&created.name),
            _ => Ok(()),
        }
    }

    fn in_namespace(&self, name: &ObjectName) -> Result<(), String> {
        match &name.schema {
            Some(schema) if !self.schema.namespaces.contains(schema) => {
                Err(format!("no schema for `{name}`"))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether the types, sequences and sources of the columns are there.
    fn columns(&self, name: &ObjectName) -> Result<(), String> {
        for column in &self.table(name)?.columns {
            if let Some(of) = column.data_type.as_name()
                && !self.schema.enums.iter().any(|it| it.name == of)
            {
                return Err(format!("no type `{of}`"));
            }
            let default = column.default.as_ref().map_or("", |it| it.as_str());
            for sequence in ["seq_a", "seq_b"] {
                let is_there = self
                    .schema
                    .sequences
                    .iter()
                    .any(|it| it.name.name.as_str() == sequence);
                if mentions(default, sequence) && !is_there {
                    return Err(format!("no sequence `{sequence}`"));
                }
            }
            let of = column.data_type.as_name();
            let of = self
                .schema
                .enums
                .iter()
                .find(|it| Some(&it.name) == of.as_ref());
            let value = default.trim_matches('\'');
            if of.is_some_and(|it| !default.is_empty() && !it.values.iter().any(|it| it == value)) {
                return Err(format!("{default} is no value of `{name}.{}`", column.name));
            }
        }
        Ok(())
    }

    /// Whether the foreign keys of a table find the keys they refer to.
    fn keys(&self, name: &ObjectName) -> Result<(), String> {
        let table = self.table(name)?;
        for constraint in &table.constraints {
            if let ConstraintKind::ForeignKey(key) = &constraint.kind {
                self.key(key)?;
            }
        }
        Ok(())
    }

    fn key(&self, key: &ForeignKey) -> Result<(), String> {
        let target = self.table(&key.references)?;
        let mut constraints = target.constraints.iter();
        let is_key = constraints.any(|it| match &it.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                *columns == key.referenced_columns
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
        });
        if !is_key {
            return Err(format!("`{}` has no such key: {key:?}", target.name));
        }
        Ok(())
    }

    /// Whether no two indexes of a schema have one name.
    fn names(&self) -> Result<(), String> {
        let mut names: Vec<_> = self
            .schema
            .indexes
            .iter()
            .map(|it| (&it.table.schema, &it.name))
            .collect();
        names.sort();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(format!("two indexes {:?}", pair[0].1)),
            None => Ok(()),
        }
    }
}
