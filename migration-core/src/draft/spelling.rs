//! What an operation says, in the words of those who wrote it first.

use super::uncast::uncast;
use super::wording::Wording;
use crate::operation::{Operation, SequenceChange, ViewChange};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, ForeignKey, Ident, Index, IndexKey,
    ObjectName, ReferentialAction, Table, View,
};

impl Wording<'_> {
    #[expect(clippy::too_many_lines, reason = "one arm per operation")]
    pub(super) fn worded(&self, operation: &Operation) -> Operation {
        let mut worded = operation.clone();
        match &mut worded {
            Operation::CreateTable { table, .. } => self.table(table),
            Operation::AddColumn {
                table,
                column,
                constraints,
                ..
            } => {
                *column = self.column(table, column, false);
                for constraint in constraints {
                    self.constraint(table, constraint);
                }
            }
            Operation::SetType {
                table,
                column,
                data_type,
                collation,
                ..
            } => {
                let written = self.written(table, column);
                let written = written.filter(|it| !self.is_on_the_way(&it.data_type, data_type));
                let agreed =
                    written.filter(|it| !self.is_back || self.agree(&it.data_type, data_type));
                if let Some(written) = agreed {
                    data_type.clone_from(&written.data_type);
                    keep(collation, written.collation.as_ref());
                }
            }
            Operation::SetDefault {
                table,
                column,
                default: Some(default),
            } => {
                let written = self
                    .written(table, column)
                    .and_then(|it| it.default.clone());
                *default = written.unwrap_or_else(|| uncast(default, &|_| false));
            }
            Operation::AddConstraint { table, constraint } => self.constraint(table, constraint),
            Operation::CreateIndex { index, .. } => {
                let written = index.name.as_ref().and_then(|name| self.new.index(name));
                if let Some(written) = written {
                    let table = std::mem::replace(index, written.clone()).table;
                    index.table = table;
                    self.rename_index(index);
                } else {
                    self.uncast_index(index);
                }
            }
            Operation::View(ViewChange::Create { view, .. }) => {
                // What a view reads may have other names by now; the engine knows which.
                let is_renamed = self.is_back && self.former.is_over(&view.query);
                let written = self.new.view(&view.name);
                let written = written.filter(|it| !is_renamed && self.reads_alike(it, view));
                if let Some(written) = written {
                    view.clone_from(written);
                }
            }
            Operation::Sequence(SequenceChange::Create { sequence, .. }) => {
                // It is given to its column by a statement of its own, where the column is there.
                let owner = sequence.options.owner.take();
                let written = self.new.sequence(&sequence.name);
                *sequence = written.unwrap_or(sequence).clone();
                sequence.options.owner = owner;
            }
            _ => {}
        }
        worded
    }

    /// The text of a column or constraint, with the names that hold.
    fn text(&self, table: &ObjectName, text: &Expression) -> Expression {
        if self.is_back {
            self.former.renamed(table, text)
        } else {
            text.clone()
        }
    }

    /// Whether a view, as it was written before, still reads what it reads by now: a table may have
    /// got another name since, which the engine follows.
    fn reads_alike(&self, written: &View, kept: &View) -> bool {
        let mut tables = self.new.schema().tables.iter().map(|it| &it.name.name);
        !self.is_back || tables.all(|it| !kept.query.mentions(it) || written.query.mentions(it))
    }

    fn rename_index(&self, index: &mut Index) {
        if !self.is_back {
            return;
        }
        let table = index.table.clone();
        for part in &mut index.parts {
            match &mut part.key {
                IndexKey::Column { name, .. } => *name = self.former.renamed_column(&table, name),
                IndexKey::Expression(text) => *text = self.former.renamed(&table, text),
            }
        }
        for column in &mut index.include {
            *column = self.former.renamed_column(&table, column);
        }
        if let Some(text) = &mut index.predicate {
            *text = self.former.renamed(&table, text);
        }
    }

    fn table(&self, table: &mut Table) {
        let bare = table.clone();
        let words = Wording {
            making: Some(&bare),
            ..*self
        };
        words.table_of(&bare, table);
    }

    fn table_of(&self, bare: &Table, table: &mut Table) {
        for column in &mut table.columns {
            let is_key = bare.primary_key().contains(&column.name);
            *column = self.column(&bare.name, column, is_key);
        }
        for constraint in &mut table.constraints {
            self.constraint(&bare.name, constraint);
        }
        for at in 0..table.constraints.len() {
            let mut others = table.clone();
            let constraint = others.constraints.remove(at);
            if constraint.name == Some(others.default_constraint_name(&constraint.kind)) {
                table.constraints[at].name = None;
            }
        }
        if let Some(written) = self.new.table(self.former.table(&table.name)) {
            table.options.clone_from(&written.options);
        }
    }

    /// The table where it was written, by its present or its former name.
    fn written_table(&self, table: &ObjectName) -> Option<&Table> {
        let known = self.new.table(table);
        known.or_else(|| self.new.table(self.former.table(table)))
    }

    /// The column where it was written, by its present or its former name.
    fn written(&self, table: &ObjectName, column: &Ident) -> Option<&Column> {
        self.new.column(table, column).or_else(|| {
            let former = self.former.column(table, column);
            self.new.column(self.former.table(table), former)
        })
    }

    fn column(&self, table: &ObjectName, column: &Column, is_key: bool) -> Column {
        let Some(written) = self.written(table, &column.name) else {
            return self.uncast_column(table, column);
        };
        if !self.is_back {
            // The engine made it of this, and may not even keep all of it.
            return Column {
                name: column.name.clone(),
                ..written.clone()
            };
        }
        let mut worded = self.uncast_column(table, column);
        let is_numbered = self.is_numbered_alike(table, written, column);
        if !is_numbered && !self.agree(&written.data_type, &column.data_type) {
            return worded;
        }
        worded.data_type.clone_from(&written.data_type);
        worded.attributes.clone_from(&written.attributes);
        if is_numbered || written.identity.is_some() == column.identity.is_some() {
            worded.identity = written.identity;
        }
        if is_key || written.identity.is_some() {
            worded.nullable = written.nullable;
        }
        keep(&mut worded.default, written.default.as_ref());
        keep(&mut worded.generated, written.generated.as_ref());
        if let Some(generated) = &mut worded.generated {
            generated.expression = self.text(table, &generated.expression);
        }
        keep(&mut worded.collation, written.collation.as_ref());
        worded
    }

    /// Whether the engine keeps a numbered column just so, which may be less than was written.
    fn is_numbered_alike(&self, table: &ObjectName, written: &Column, kept: &Column) -> bool {
        if written.identity.is_none() {
            return false;
        }
        let Some(table) = self.new.table(self.former.table(table)) else {
            return false;
        };
        let created = self.dialect.compiler().created(table.clone());
        created.column(&written.name).is_some_and(|created| {
            created.identity == kept.identity && self.agree(&created.data_type, &kept.data_type)
        })
    }

    /// A column that nobody wrote, in words that every engine reads, as far as there are any.
    fn uncast_column(&self, table: &ObjectName, column: &Column) -> Column {
        let mut spelled = column.clone();
        let is_text = |name: &str| self.is_text(table, name);
        let is_exact = matches!(column.data_type, DataType::Numeric { .. });
        if let Some(default) = &mut spelled.default {
            let number = powered(default).filter(|_| !is_exact);
            *default = number.unwrap_or_else(|| uncast(default, &is_text));
        }
        if let Some(generated) = &mut spelled.generated {
            generated.expression = uncast(&generated.expression, &is_text);
        }
        spelled
    }

    fn uncast_index(&self, index: &mut Index) {
        let table = index.table.clone();
        let is_text = |name: &str| self.is_text(&table, name);
        for part in &mut index.parts {
            if let IndexKey::Expression(text) = &mut part.key {
                *text = uncast(text, &is_text);
            }
        }
        if let Some(text) = &mut index.predicate {
            *text = uncast(text, &is_text);
        }
    }

    /// Whether a column is known to hold characters.
    fn is_text(&self, table: &ObjectName, column: &str) -> bool {
        let name = Ident::new(column);
        let known = self
            .written(table, &name)
            .or_else(|| self.old.column(table, &name))
            .or_else(|| self.making?.column(&name));
        known.is_some_and(|it| {
            matches!(
                it.data_type,
                DataType::Varchar { .. } | DataType::Char { .. } | DataType::Text
            )
        })
    }

    /// Whether a column gets a type between two listed ones, and not yet the one that was written.
    fn is_on_the_way(&self, written: &DataType, given: &DataType) -> bool {
        let mut enums = self.new.schema().enums.iter();
        written != given && enums.any(|it| written.as_name().as_ref() == Some(&it.name))
    }

    /// Whether a type as it was written is the one that the engine keeps.
    fn agree(&self, written: &DataType, kept: &DataType) -> bool {
        let compiler = self.dialect.compiler();
        let squeezed = |data_type: &DataType| {
            let text = compiler.data_type(data_type).ok()?;
            let signs = text.chars().filter(|sign| !sign.is_whitespace());
            Some(signs.collect::<String>().to_ascii_lowercase())
        };
        written == kept || squeezed(written) == squeezed(kept)
    }

    /// A condition, and what a foreign key does, in the words of those who wrote it.
    fn constraint(&self, table: &ObjectName, constraint: &mut Constraint) {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
            self.actions(table, key);
        }
        let ConstraintKind::Check { expression } = &mut constraint.kind else {
            return;
        };
        let is_text = |name: &str| self.is_text(table, name);
        let plain = uncast(expression, &is_text);
        let name = constraint.name.as_ref();
        *expression = match self.check(table, name, &plain) {
            Some(written) => self.text(table, written),
            None => plain,
        };
    }

    /// Says `RESTRICT` where the engine keeps nothing but `NO ACTION` of it.
    fn actions(&self, table: &ObjectName, key: &mut ForeignKey) {
        if !self.dialect.syntax().restrict_is_no_action {
            return;
        }
        let constraints = self
            .written_table(table)
            .into_iter()
            .flat_map(|it| &it.constraints);
        let mut keys = constraints.filter_map(|it| match &it.kind {
            ConstraintKind::ForeignKey(key) => Some(key),
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Check { .. } => None,
        });
        let former = |name: &Ident| self.former.column(table, name).clone();
        let former: Vec<Ident> = key.columns.iter().map(former).collect();
        let home = [&key.references, self.former.table(&key.references)];
        let is_written = |it: &&ForeignKey| {
            home.contains(&&it.references) && [&key.columns, &former].contains(&&it.columns)
        };
        let Some(written) = keys.find(is_written) else {
            return;
        };
        let actions = [
            (&mut key.on_update, written.on_update),
            (&mut key.on_delete, written.on_delete),
        ];
        for (kept, written) in actions {
            let is_kept_so = *kept == ReferentialAction::NoAction;
            if is_kept_so && written == ReferentialAction::Restrict {
                *kept = written;
            }
        }
    }

    /// The check that was written: by its name when it has one of its own, else by what it checks.
    fn check(
        &self,
        table: &ObjectName,
        name: Option<&Ident>,
        plain: &Expression,
    ) -> Option<&Expression> {
        let known = self.written_table(table)?;
        let checks = known.constraints.iter().filter_map(|it| match &it.kind {
            ConstraintKind::Check { expression } => Some((it, expression)),
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_) => None,
        });
        let is_named = |it: &Constraint| it.name.is_some() && it.name.as_ref() == name;
        if let Some((_, written)) = checks.clone().find(|(it, _)| is_named(it)) {
            return Some(written);
        }
        let unnamed = checks.filter(|(it, _)| known.has_default_name(it));
        let columns = |text: &Expression| -> Vec<&Ident> {
            let names = known.columns.iter().map(|it| &it.name);
            names.filter(|name| text.mentions(name)).collect()
        };
        let wanted = columns(&self.text(table, plain));
        let alike: Vec<&Expression> = unnamed
            .map(|(_, text)| text)
            .filter(|text| columns(text) == wanted)
            .collect();
        match alike.as_slice() {
            [only] => Some(only),
            several => several.iter().copied().find(|it| bare(it) == bare(plain)),
        }
    }
}

/// The text without what engines put around its parts.
fn bare(text: &Expression) -> String {
    let signs = text.as_str().chars();
    let signs = signs.filter(|it| !it.is_whitespace() && !"()\"`".contains(*it));
    signs.collect::<String>().to_ascii_lowercase()
}

/// Says what is there as it was written.
fn keep<T: Clone>(there: &mut Option<T>, written: Option<&T>) {
    if let (Some(there), Some(written)) = (there, written) {
        there.clone_from(written);
    }
}

/// The number that was typed with a power of ten (`1e3`), of which PostgreSQL keeps `'1000'::numeric`:
/// without one it would be a whole number, or a text.
fn powered(default: &Expression) -> Option<Expression> {
    let digits = default.as_str().strip_suffix("'::numeric")?;
    let digits = digits.strip_prefix('\'')?;
    let bare = digits.strip_prefix('-').unwrap_or(digits);
    let is_whole = !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_digit());
    is_whole.then(|| Expression::new(format!("{digits}e0")))
}
