//! Random schemas that are valid: what is referred to is there.

use crate::schema::{
    CheckOption, Column, Constraint, ConstraintKind, DataType, Deferrability, Dependent,
    DependentKind, EnumType, Expression, ForeignKey, Generated, Ident, Identity, Index, IndexKey,
    IndexPart, MatchKind, ObjectName, ReferentialAction, Schema, Sequence, SequenceOptions,
    SequenceOwner, SortOrder, Table, View,
};

/// A source of choices, the same for the same seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).expect("small")).expect("small")
    }

    fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    fn some<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        items.iter().filter(|_| !self.one_in(3)).cloned().collect()
    }
}

/// A schema; those of two seeds have many names in common.
pub(super) fn schema(seed: u64) -> Schema {
    let mut dice = Dice::new(seed);
    let mut schema = Schema::default();
    if dice.one_in(2) {
        schema.namespaces.push("space".into());
    }
    enums(&mut dice, &mut schema);
    sequences(&mut dice, &mut schema);
    for name in dice.some(&["ta", "tb", "tc", "td"]) {
        let table = table(&mut dice, name, &schema);
        schema.tables.push(table);
    }
    own_sequences(&mut dice, &mut schema);
    references(&mut dice, &mut schema);
    indexes(&mut dice, &mut schema);
    dependents(&mut dice, &mut schema);
    views(&mut dice, &mut schema);
    schema
}

fn enums(dice: &mut Dice, schema: &mut Schema) {
    for name in dice.some(&["mood", "size"]) {
        let mut values = dice.some(&["a", "b", "c", "d"]);
        if values.is_empty() {
            values.push("a");
        }
        if dice.one_in(4) {
            values.reverse();
        }
        schema.enums.push(EnumType {
            name: ObjectName::new(name),
            values: values.into_iter().map(str::to_owned).collect(),
        });
    }
}

fn sequences(dice: &mut Dice, schema: &mut Schema) {
    for name in dice.some(&["seq_a", "seq_b"]) {
        schema.sequences.push(Sequence {
            name: ObjectName::new(name),
            temporary: false,
            options: SequenceOptions {
                increment: Some(*dice.of(&[1, 2, 5])),
                start: Some(*dice.of(&[1, 100])),
                ..SequenceOptions::default()
            },
        });
    }
}

fn own_sequences(dice: &mut Dice, schema: &mut Schema) {
    let Some(table) = schema.tables.first() else {
        return;
    };
    for sequence in &mut schema.sequences {
        if dice.one_in(3) {
            sequence.options.owner = Some(SequenceOwner::Column {
                table: table.name.clone(),
                column: table.columns[0].name.clone(),
            });
        }
    }
}

fn table(dice: &mut Dice, name: &str, schema: &Schema) -> Table {
    let mut name = ObjectName::new(name);
    if !schema.namespaces.is_empty() && dice.one_in(3) {
        name.schema = Some("space".into());
    }
    let mut table = Table::new(name);
    let mut names = dice.some(&["ca", "cb", "cc", "cd", "ce"]);
    if names.is_empty() {
        names.push("ca");
    }
    for name in names {
        let column = column(dice, name, &table, schema);
        table.columns.push(column);
    }
    if dice.one_in(4) {
        table.comment = Some((*dice.of(&["one", "two"])).to_owned());
    }
    constraints(dice, &mut table);
    table
}

fn column(dice: &mut Dice, name: &str, table: &Table, schema: &Schema) -> Column {
    let mut data_type = dice
        .of(&[
            DataType::Integer,
            DataType::BigInt,
            DataType::Text,
            DataType::Varchar { length: Some(10) },
            DataType::Boolean,
        ])
        .clone();
    let mut default = None;
    if !schema.enums.is_empty() && dice.one_in(4) {
        let of = dice.of(&schema.enums);
        data_type = DataType::of_name(&of.name);
        if dice.one_in(2) {
            default = Some(format!("'{}'", dice.of(&of.values)));
        }
    } else if !schema.sequences.is_empty() && dice.one_in(5) {
        data_type = DataType::BigInt;
        default = Some(format!("nextval('{}')", dice.of(&schema.sequences).name));
    } else if dice.one_in(3) {
        default = Some((*dice.of(&["1", "'x'"])).to_owned());
    }
    let mut column = Column::new(name, data_type);
    column.nullable = dice.one_in(2);
    column.default = default.map(Expression::new);
    if dice.one_in(6) {
        column.comment = Some((*dice.of(&["one", "two"])).to_owned());
    }
    let source = table.columns.iter().find(|it| it.generated.is_none());
    if name == "ce" {
        column.data_type = DataType::BigInt;
        column.default = None;
    }
    if let Some(source) = source
        && name == "ce"
        && dice.one_in(2)
    {
        column.default = None;
        column.generated = Some(Generated {
            expression: Expression::new(format!("{} + {}", source.name, dice.of(&["1", "2"]))),
            stored: true,
        });
    } else if column.default.is_none() && column.data_type == DataType::Integer && dice.one_in(5) {
        column.nullable = false;
        column.identity = Some(Identity::Standard {
            always: dice.one_in(2),
        });
    }
    column
}

fn any_name(dice: &mut Dice, table: &Table, chosen: &str) -> Option<Ident> {
    dice.one_in(3)
        .then(|| Ident::new(format!("{}_{chosen}{}", table.name.name, dice.below(2))))
}

fn push(table: &mut Table, constraint: Constraint) {
    let is_taken = table.constraints.iter().any(|it| {
        it.kind == constraint.kind
            || table.constraint_name(it) == table.constraint_name(&constraint)
    });
    if !is_taken {
        let mut constraint = constraint;
        if !matches!(constraint.kind, ConstraintKind::PrimaryKey { .. }) {
            constraint.name = Some(table.constraint_name(&constraint));
        }
        table.constraints.push(constraint);
    }
}

fn constraints(dice: &mut Dice, table: &mut Table) {
    let plain = table.columns.iter().filter(|it| it.generated.is_none());
    let plain: Vec<Ident> = plain.map(|it| it.name.clone()).collect();
    if !dice.one_in(4) {
        let columns = vec![plain[dice.below(plain.len().min(2))].clone()];
        for column in &mut table.columns {
            column.nullable &= !columns.contains(&column.name);
        }
        let name = any_name(dice, table, "pk");
        table.constraints.push(Constraint::new(
            name,
            ConstraintKind::PrimaryKey { columns },
        ));
    }
    for _ in 0..dice.below(3) {
        let all: Vec<Ident> = table.columns.iter().map(|it| it.name.clone()).collect();
        let mut columns = dice.some(&all);
        columns.truncate(2);
        if columns.is_empty() {
            continue;
        }
        let name = any_name(dice, table, "uq");
        let mut constraint = Constraint::new(name, ConstraintKind::Unique { columns });
        if dice.one_in(4) {
            constraint.deferrability = Deferrability::InitiallyDeferred;
        }
        push(table, constraint);
    }
    for _ in 0..dice.below(3) {
        let column = dice.of(&table.columns).name.clone();
        let name = any_name(dice, table, "ck");
        let expression = Expression::new(format!("{column} > {}", dice.below(2)));
        let mut constraint = Constraint::new(name, ConstraintKind::Check { expression });
        constraint.not_valid = dice.one_in(5);
        push(table, constraint);
    }
}

fn references(dice: &mut Dice, schema: &mut Schema) {
    let targets: Vec<(ObjectName, Vec<Ident>)> = schema
        .tables
        .iter()
        .flat_map(|table| {
            let keys = table.constraints.iter().filter_map(|it| match &it.kind {
                ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns }
                    if it.deferrability == Deferrability::NotDeferrable =>
                {
                    Some((table.name.clone(), columns.clone()))
                }
                _ => None,
            });
            keys.collect::<Vec<_>>()
        })
        .collect();
    for at in 0..schema.tables.len() {
        for _ in 0..dice.below(3) {
            let table = &schema.tables[at];
            let plain = table.columns.iter().filter(|it| it.generated.is_none());
            let plain: Vec<Ident> = plain.map(|it| it.name.clone()).collect();
            let fitting: Vec<_> = targets
                .iter()
                .filter(|(_, columns)| columns.len() <= plain.len())
                .collect();
            if fitting.is_empty() {
                continue;
            }
            let (references, referenced_columns) = (*dice.of(&fitting)).clone();
            let first = dice.below(plain.len() - referenced_columns.len() + 1);
            let columns = plain[first..first + referenced_columns.len()].to_vec();
            let key = ForeignKey {
                columns,
                references,
                referenced_columns,
                on_update: ReferentialAction::NoAction,
                on_delete: *dice.of(&[ReferentialAction::NoAction, ReferentialAction::Cascade]),
                match_kind: *dice.of(&[MatchKind::Simple, MatchKind::Full]),
            };
            let name = any_name(dice, table, "fk");
            let constraint = Constraint::new(name, ConstraintKind::ForeignKey(key));
            push(&mut schema.tables[at], constraint);
        }
    }
}

fn indexes(dice: &mut Dice, schema: &mut Schema) {
    for table in &schema.tables {
        for number in 0..dice.below(3) {
            let column = dice.of(&table.columns).name.clone();
            let mut part = IndexPart::column(column.clone());
            if dice.one_in(4) {
                part.key = IndexKey::Expression(Expression::new(format!("{column} || 'x'")));
            }
            if dice.one_in(4) {
                part.order = SortOrder::Descending;
            }
            let predicate = dice
                .one_in(4)
                .then(|| Expression::new(format!("{column} IS NOT NULL")));
            let mut index = Index {
                name: Some(Ident::new(format!("{}_ix{number}", table.name.name))),
                table: table.name.clone(),
                unique: dice.one_in(4),
                parts: vec![part],
                method: None,
                include: Vec::new(),
                predicate,
            };
            if dice.one_in(3) {
                let taken = &schema.indexes;
                let is_taken = |name: &Ident| taken.iter().any(|it| it.name.as_ref() == Some(name));
                index.name = Some(table.default_index_name(&index, is_taken));
            }
            schema.indexes.push(index);
        }
    }
}

fn dependents(dice: &mut Dice, schema: &mut Schema) {
    for name in dice.some(&["fn_a", "fn_b"]) {
        let returns = dice.of(&["int", "text"]);
        let body = dice.below(3);
        schema.dependents.push(Dependent {
            kind: DependentKind::Function {
                arguments: String::new(),
            },
            name: ObjectName::new(name),
            sql: format!(
                "CREATE OR REPLACE FUNCTION {name}() RETURNS {returns} AS 'SELECT {body}' LANGUAGE sql"
            ),
        });
    }
    let functions: Vec<_> = schema.dependents.iter().map(|it| it.name.clone()).collect();
    for table in &schema.tables {
        let name = &table.name;
        if !functions.is_empty() && dice.one_in(3) {
            let (function, column) = (dice.of(&functions), &dice.of(&table.columns).name);
            schema.dependents.push(Dependent {
                kind: DependentKind::Trigger {
                    table: name.clone(),
                },
                name: ObjectName::new("trig"),
                sql: format!(
                    "CREATE TRIGGER trig AFTER UPDATE OF {column} ON {name} EXECUTE FUNCTION {function}()"
                ),
            });
        }
        if dice.one_in(4) {
            schema.dependents.push(Dependent {
                kind: DependentKind::RowSecurity {
                    forced: dice.one_in(2),
                },
                name: name.clone(),
                sql: String::new(),
            });
        }
    }
}

fn views(dice: &mut Dice, schema: &mut Schema) {
    let mut readable: Vec<ObjectName> = schema.tables.iter().map(|it| it.name.clone()).collect();
    for name in dice.some(&["va", "vb", "vc"]) {
        if readable.is_empty() {
            return;
        }
        let read = dice.of(&readable);
        let view = View {
            name: ObjectName::new(name),
            columns: Vec::new(),
            query: Expression::new(format!(
                "SELECT {} FROM {read}",
                ["1", "*", "ca", "cb"][dice.below(4)]
            )),
            temporary: false,
            check_option: dice.one_in(6).then_some(CheckOption::Local),
        };
        readable.push(view.name.clone());
        schema.views.push(view);
    }
}
