//! Random schemas and random changes that fit them, of what all three engines can do.

use migration_core::operation::{Operation, apply, reverse};
use migration_core::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, ForeignKey, Generated, Ident,
    Identity, Index, IndexKey, IndexPart, MatchKind, ObjectName, ReferentialAction, Schema,
    SortOrder, Table, TimeZone,
};

use super::chance::Chance;
use super::change;

/// A schema and what happens to it.
pub(super) struct Story {
    pub(super) steps: Vec<Step>,
}

/// One revision.
pub(super) struct Step {
    pub(super) up: Vec<Operation>,
    pub(super) down: Vec<Operation>,
    pub(super) before: Schema,
    pub(super) after: Schema,
}

impl Story {
    /// Two to four tables, then three to eight changes.
    pub(super) fn new(seed: u64) -> Self {
        let mut writer = Writer {
            chance: Chance::new(seed),
            count: 0,
        };
        let mut schema = Schema::default();
        let mut first = Vec::new();
        for _ in 0..2 + writer.chance.below(3) {
            let table = writer.table(&schema);
            for operation in create(&table, Vec::new()) {
                apply(&operation, &mut schema).expect("its names are its own");
                first.push(operation);
            }
            if writer.chance.once_in(2) {
                let created = schema.tables.last().expect("it was created").clone();
                if let Some(index) = writer.index(&created, &schema) {
                    apply(&index, &mut schema).expect("its columns are there");
                    first.push(index);
                }
            }
        }
        let mut steps = vec![Step::first(first)];
        for _ in 0..3 + writer.chance.below(6) {
            let before = steps.last().map(|step| step.after.clone());
            let before = before.expect("there is a first step");
            if let Some(step) = writer.step(&before) {
                steps.push(step);
            }
        }
        Self { steps }
    }

    /// The shortest story in which this happens to a schema.
    pub(super) fn of(schema: &Schema, operation: &Operation) -> Option<Self> {
        let mut up = Vec::new();
        for table in &schema.tables {
            let indexes = schema.indexes_of(&table.name).cloned().collect();
            up.extend(create(table, indexes));
        }
        let first = Step::first(up);
        let second = Step::new(&first.after, operation.clone())?;
        Some(Self {
            steps: vec![first, second],
        })
    }
}

/// A table and its indexes as operations.
fn create(table: &Table, indexes: Vec<Index>) -> Vec<Operation> {
    let mut operations = vec![Operation::CreateTable {
        table: table.clone(),
        if_not_exists: false,
    }];
    operations.extend(indexes.into_iter().map(|index| Operation::CreateIndex {
        index,
        concurrently: false,
        if_not_exists: false,
    }));
    operations
}

impl Step {
    /// Makes the tables; the way back drops them, the last one first.
    fn first(up: Vec<Operation>) -> Self {
        let mut after = Schema::default();
        for operation in &up {
            apply(operation, &mut after).expect("it was applied before");
        }
        let tables = after.tables.iter().rev();
        let down = tables.map(|table| Operation::DropTable {
            name: table.name.clone(),
            if_exists: false,
            cascade: false,
        });
        Self {
            down: down.collect(),
            up,
            before: Schema::default(),
            after,
        }
    }

    /// One change, if it fits, with what takes it back.
    fn new(before: &Schema, operation: Operation) -> Option<Self> {
        let mut after = before.clone();
        apply(&operation, &mut after).ok()?;
        let down = reverse(&operation, before).ok()?;
        Some(Self {
            up: vec![operation],
            down,
            before: before.clone(),
            after,
        })
    }
}

/// Writes a story; every name it gives is new.
pub(super) struct Writer {
    pub(super) chance: Chance,
    count: usize,
}

const NAMES: [&str; 8] = [
    "a", "size", "order", "Owner Id", "größe", "it's", "q\"x", "p_y",
];

impl Writer {
    pub(super) fn name(&mut self, kind: &str) -> Ident {
        self.count += 1;
        let name = self.chance.pick(&NAMES);
        Ident::new(format!("{kind}{name}{}", self.count))
    }

    fn step(&mut self, before: &Schema) -> Option<Step> {
        for _ in 0..50 {
            let operation = change::any(self, before);
            if let Some(step) = operation.and_then(|it| Step::new(before, it)) {
                return Some(step);
            }
        }
        None
    }

    /// A table with a key, perhaps numbered, and a few columns and constraints.
    pub(super) fn table(&mut self, schema: &Schema) -> Table {
        let mut table = Table::new(ObjectName::new(self.name("p_").as_str()));
        let mut key = Column::new(self.name("id").as_str(), DataType::Integer);
        key.nullable = self.chance.once_in(3);
        key.identity = match self.chance.below(5) {
            0 => Some(Identity::Serial),
            1 => Some(Identity::AutoIncrement),
            2 => Some(Identity::Standard {
                always: self.chance.once_in(2),
            }),
            _ => None,
        };
        let columns = vec![key.name.clone()];
        table.columns.push(key);
        let key = ConstraintKind::PrimaryKey { columns };
        table.constraints.push(Constraint::new(None, key));
        for _ in 0..1 + self.chance.below(4) {
            let column = self.column(&table);
            table.columns.push(column);
        }
        for _ in 0..self.chance.below(3) {
            let constraint = self.constraint(&table, schema);
            table.constraints.extend(constraint);
        }
        if self.chance.once_in(3) {
            table.comment = Some("it's a \"table\"".to_owned());
        }
        table
    }

    pub(super) fn column(&mut self, table: &Table) -> Column {
        let data_type = self.data_type();
        let mut column = Column::new(self.name("c").as_str(), data_type);
        column.nullable = !self.chance.once_in(3);
        if self.chance.once_in(3) {
            column.default = default(&column.data_type);
        }
        if self.chance.once_in(5) {
            column.comment = Some("a 'column'\nof two lines".to_owned());
        }
        // MariaDB computes nothing from columns that another table may change.
        let sources = numbers(table);
        let sources = sources.into_iter().filter(|it| !is_referring(table, it));
        let source = self.chance.any(sources);
        if let Some(source) = source
            && self.chance.once_in(6)
        {
            column.data_type = DataType::Integer;
            column.nullable = true;
            column.default = None;
            column.generated = Some(Generated {
                expression: Expression::new(format!("{} + 1", quoted(&source))),
                stored: true,
            });
        }
        column
    }

    pub(super) fn data_type(&mut self) -> DataType {
        let time = DataType::Timestamp {
            precision: None,
            zone: TimeZone::Without,
        };
        let types = [
            DataType::Integer,
            DataType::Integer,
            DataType::SmallInt,
            DataType::BigInt,
            DataType::Numeric {
                precision: Some(10),
                scale: Some(2),
            },
            DataType::Real,
            DataType::Double,
            DataType::Boolean,
            DataType::Varchar { length: Some(40) },
            DataType::Varchar { length: Some(40) },
            DataType::Char { length: Some(3) },
            DataType::Text,
            DataType::Binary,
            DataType::Date,
            time,
            DataType::Uuid,
            DataType::Json,
        ];
        self.chance.pick(&types).clone()
    }

    pub(super) fn constraint(&mut self, table: &Table, schema: &Schema) -> Option<Constraint> {
        let kind = match self.chance.below(3) {
            0 => {
                let columns = self.key(table)?;
                // PostgreSQL makes one of two that stand in one `CREATE TABLE`.
                if has_key(table, &columns) {
                    return None;
                }
                ConstraintKind::Unique { columns }
            }
            1 => {
                let column = self.chance.any(numbers(table))?;
                // MySQL refuses what a reference would change behind its back.
                if is_changed_by_reference(table, &column) {
                    return None;
                }
                ConstraintKind::Check {
                    expression: Expression::new(format!("{} > 0", quoted(&column))),
                }
            }
            _ => ConstraintKind::ForeignKey(self.foreign_key(table, schema)?),
        };
        let name = (!self.chance.once_in(3)).then(|| {
            let label = match &kind {
                ConstraintKind::ForeignKey(_) => "fk",
                ConstraintKind::PrimaryKey { .. }
                | ConstraintKind::Unique { .. }
                | ConstraintKind::Check { .. } => "con",
            };
            self.name(label)
        });
        Some(Constraint::new(name, kind))
    }

    /// One or two columns that can be a key everywhere.
    pub(super) fn key(&mut self, table: &Table) -> Option<Vec<Ident>> {
        let is_key = |column: &&Column| {
            let is_type = matches!(
                column.data_type,
                DataType::Integer
                    | DataType::BigInt
                    | DataType::SmallInt
                    | DataType::Varchar { .. }
                    | DataType::Date
            );
            is_type && column.generated.is_none()
        };
        let columns: Vec<Ident> = table
            .columns
            .iter()
            .filter(is_key)
            .map(|column| column.name.clone())
            .collect();
        let mut key = vec![self.chance.any(columns.clone())?];
        if self.chance.once_in(2) {
            let second = self.chance.any(columns)?;
            if second != key[0] {
                key.push(second);
            }
        }
        Some(key)
    }

    /// From a column to the key of the same or another table.
    fn foreign_key(&mut self, table: &Table, schema: &Schema) -> Option<ForeignKey> {
        let is_source = |column: &&Column| {
            column.data_type == DataType::Integer
                && column.identity.is_none()
                && column.generated.is_none()
                && !table.primary_key().contains(&column.name)
                && !is_source_of_computed(table, &column.name)
        };
        let sources = table.columns.iter().filter(is_source);
        let source = self.chance.any(sources.cloned())?;
        let tables = schema.tables.iter().chain([table]);
        let target = self.chance.any(tables.cloned())?;
        let [key] = target.primary_key() else {
            return None;
        };
        let actions = [
            ReferentialAction::NoAction,
            ReferentialAction::Restrict,
            ReferentialAction::Cascade,
            ReferentialAction::SetNull,
        ];
        let is_checked = table.constraints.iter().any(|it| {
            matches!(&it.kind, ConstraintKind::Check { expression } if expression.mentions(&source.name))
        });
        let count = if source.nullable && !is_checked { 4 } else { 3 };
        // MySQL must be told which columns of another table are meant.
        let names_key = target.name != table.name || self.chance.once_in(2);
        Some(ForeignKey {
            columns: vec![source.name],
            referenced_columns: names_key.then(|| key.clone()).into_iter().collect(),
            references: target.name.clone(),
            on_update: actions[self.chance.below(if is_checked { 2 } else { 3 })],
            on_delete: actions[self.chance.below(count)],
            match_kind: MatchKind::Simple,
        })
    }

    /// A name, or none when the one it gets is free.
    fn index_name(&mut self, parts: &[IndexPart], table: &Table, schema: &Schema) -> Option<Ident> {
        let columns = parts.iter().filter_map(|part| match &part.key {
            IndexKey::Column { name, .. } => Some(name.as_str()),
            IndexKey::Expression(_) => None,
        });
        let columns = columns.collect::<Vec<_>>().join("_");
        let gets = Ident::new(format!("{}_{columns}_idx", table.name.name));
        let is_named = schema.index(&gets).is_some() || !self.chance.once_in(5);
        is_named.then(|| self.name("ix"))
    }

    pub(super) fn index(&mut self, table: &Table, schema: &Schema) -> Option<Operation> {
        let mut parts: Vec<IndexPart> = self
            .key(table)?
            .into_iter()
            .map(IndexPart::column)
            .collect();
        if self.chance.once_in(3) {
            parts[0].order = SortOrder::Descending;
        }
        let unique = self.chance.once_in(4);
        let column = match &parts[0].key {
            IndexKey::Column { name, .. } => name.clone(),
            IndexKey::Expression(_) => return None,
        };
        let is_partial = !unique && self.chance.once_in(4);
        Some(Operation::CreateIndex {
            index: Index {
                name: self.index_name(&parts, table, schema),
                table: table.name.clone(),
                unique,
                parts,
                method: None,
                include: Vec::new(),
                predicate: is_partial
                    .then(|| Expression::new(format!("{} IS NOT NULL", quoted(&column)))),
            },
            concurrently: false,
            if_not_exists: false,
        })
    }
}

/// A default that every engine writes back as it was written.
pub(super) fn default(data_type: &DataType) -> Option<Expression> {
    let text = match data_type {
        DataType::Integer | DataType::SmallInt | DataType::BigInt => "7",
        DataType::Boolean => "TRUE",
        DataType::Varchar { .. } | DataType::Text => "'it''s'",
        DataType::Timestamp { .. } => "CURRENT_TIMESTAMP",
        _ => return None,
    };
    Some(Expression::new(text))
}

/// Whether a key of the table has these columns.
fn has_key(table: &Table, key: &[Ident]) -> bool {
    table
        .constraints
        .iter()
        .any(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => {
                columns == key
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => false,
        })
}

/// Whether a column is computed from this one.
pub(super) fn is_source_of_computed(table: &Table, column: &Ident) -> bool {
    let mut computed = table.columns.iter().filter_map(|it| it.generated.as_ref());
    computed.any(|generated| generated.expression.mentions(column))
}

/// Whether the column is of a foreign key.
fn is_referring(table: &Table, column: &Ident) -> bool {
    table
        .constraints
        .iter()
        .any(|constraint| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => key.columns.contains(column),
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Check { .. } => false,
        })
}

/// Columns that can be counted with.
fn numbers(table: &Table) -> Vec<Ident> {
    let is_number = |column: &&Column| {
        matches!(column.data_type, DataType::Integer | DataType::BigInt)
            && column.generated.is_none()
            && column.identity.is_none()
    };
    let columns = table.columns.iter().filter(is_number);
    columns.map(|column| column.name.clone()).collect()
}

pub(super) fn quoted(name: &Ident) -> String {
    format!("\"{}\"", name.as_str().replace('"', "\"\""))
}

/// Whether a change of another table changes the column, too.
fn is_changed_by_reference(table: &Table, column: &Ident) -> bool {
    let changes = |action| {
        matches!(
            action,
            ReferentialAction::SetNull | ReferentialAction::Cascade
        )
    };
    table.constraints.iter().any(|it| match &it.kind {
        ConstraintKind::ForeignKey(key) => {
            let is_one = key.on_delete == ReferentialAction::SetNull || changes(key.on_update);
            is_one && key.columns.contains(column)
        }
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => false,
    })
}
