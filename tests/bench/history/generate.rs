//! Making a history up: what each revision changes, out of what the revisions before it left.

use super::{Change, Column, History, Index, Kind, Revision, Table};
use migration_tests::random::Random;

const NAMES: &[&str] = &[
    "account", "order", "invoice", "scan", "file", "probe", "member", "report", "event", "ticket",
    "batch", "device",
];

const KINDS: &[Kind] = &[
    Kind::Integer,
    Kind::Big,
    Kind::Short,
    Kind::Text,
    Kind::Amount,
    Kind::Flag,
];

/// Two branches part and merge once in so many revisions.
const BRANCH_EVERY: usize = 97;

/// A history of `number` revisions.
pub(crate) fn generate(seed: u64, number: usize) -> History {
    let mut maker = Maker::new(seed);
    let mut revisions: Vec<Revision> = Vec::with_capacity(number);
    for position in 0..number {
        let place = position % BRANCH_EVERY;
        let is_whole = position - place + 53 < number;
        let parents = match place {
            51 if is_whole => back(&revisions, &[2]),
            52 if is_whole => back(&revisions, &[2, 1]),
            _ => back(&revisions, &[1]),
        };
        // What stands on one branch must not need the other.
        let stands_alone = is_whole && (place == 50 || place == 51);
        let (message, steps) = maker.revision(stands_alone);
        let (up, mut down): (Vec<Change>, Vec<Change>) = steps.into_iter().unzip();
        down.reverse();
        revisions.push(Revision {
            id: maker.id(),
            parents,
            message,
            up,
            down,
        });
    }
    History { revisions }
}

/// One revision that makes `number` tables of ten columns, each with an index and, but for the
/// first, a foreign key.
pub(crate) fn tables(seed: u64, number: usize) -> History {
    let mut maker = Maker::new(seed);
    let mut up = Vec::new();
    let mut down = Vec::new();
    for _ in 0..number {
        let table = maker.table(8, true);
        let index = maker.index(maker.tables.len() - 1, false);
        down.push(Change::DropTable(table.name.clone()));
        up.push(Change::CreateTable(table));
        up.extend(index.map(Change::CreateIndex));
    }
    down.reverse();
    let revision = Revision {
        id: maker.id(),
        parents: Vec::new(),
        message: "all tables".to_owned(),
        up,
        down,
    };
    History {
        revisions: vec![revision],
    }
}

/// The ids of the revisions that stand so many places before the next.
fn back(revisions: &[Revision], places: &[usize]) -> Vec<String> {
    places
        .iter()
        .filter_map(|place| revisions.len().checked_sub(*place))
        .map(|position| revisions[position].id.clone())
        .collect()
}

/// What has been made so far.
struct Maker {
    random: Random,
    tables: Vec<Made>,
    /// How many names were given, so that none is given twice.
    names: usize,
}

/// A table as it stands.
struct Made {
    name: String,
    columns: Vec<Column>,
    indexes: Vec<Index>,
    rows: usize,
}

impl Made {
    /// The columns that no index stands on.
    fn free(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|at| !self.is_indexed(&self.columns[*at].name))
            .collect()
    }

    fn is_indexed(&self, column: &str) -> bool {
        self.indexes.iter().any(|index| index.column == column)
    }
}

type Step = (Change, Change);

impl Maker {
    fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            tables: Vec::new(),
            names: 0,
        }
    }

    fn id(&mut self) -> String {
        format!("{:012x}", self.random.number() >> 16)
    }

    fn name(&mut self) -> String {
        self.names += 1;
        let word = NAMES[self.random.below(NAMES.len())];
        format!("{word}_{}", self.names)
    }

    fn revision(&mut self, stands_alone: bool) -> (String, Vec<Step>) {
        let (message, first) = match stands_alone || self.tables.len() < 3 {
            true => self.create_table(),
            false => self.step(),
        };
        let mut steps = vec![first];
        if !stands_alone && self.random.below(10) < 3 {
            steps.push(self.step().1);
        }
        (message, steps)
    }

    /// The shares add up to 100; what cannot be done at the table that was drawn adds a column.
    fn step(&mut self) -> (String, Step) {
        let table = self.random.below(self.tables.len());
        let step = match self.random.below(100) {
            0..22 => Some(self.create_table()),
            22..52 => None,
            52..66 => self.create_index(table, false),
            66..71 => self.create_index(table, true),
            71..77 => self.rename_column(table),
            77..83 => self.drop_column(table),
            83..86 => self.drop_index(table),
            _ => Some(self.rows(table)),
        };
        step.unwrap_or_else(|| self.add_column(table))
    }

    fn create_table(&mut self) -> (String, Step) {
        let columns = 3 + self.random.below(6);
        let has_parent = self.random.below(2) == 0;
        let table = self.table(columns, has_parent);
        let name = table.name.clone();
        (
            format!("create {name}"),
            (Change::CreateTable(table), Change::DropTable(name)),
        )
    }

    fn table(&mut self, columns: usize, has_parent: bool) -> Table {
        let parent = match self.tables.len() {
            0 => None,
            known => Some(self.random.below(known)),
        };
        let parent = parent
            .filter(|_| has_parent)
            .map(|at| self.tables[at].name.clone());
        let name = format!("app_{}", self.name());
        let columns: Vec<Column> = (0..columns).map(|_| self.column()).collect();
        self.tables.push(Made {
            name: name.clone(),
            columns: columns.clone(),
            indexes: Vec::new(),
            rows: 0,
        });
        Table {
            name,
            columns,
            parent,
        }
    }

    fn column(&mut self) -> Column {
        Column {
            name: self.name(),
            kind: KINDS[self.random.below(KINDS.len())],
        }
    }

    fn add_column(&mut self, at: usize) -> (String, Step) {
        let column = self.column();
        let table = self.tables[at].name.clone();
        self.tables[at].columns.push(column.clone());
        let name = column.name.clone();
        (
            format!("{table} knows its {name}"),
            (
                Change::AddColumn {
                    table: table.clone(),
                    column,
                },
                Change::DropColumn {
                    table,
                    column: name,
                },
            ),
        )
    }

    fn drop_column(&mut self, at: usize) -> Option<(String, Step)> {
        let free = self.tables[at].free();
        if free.len() < 2 {
            return None;
        }
        let place = free[self.random.below(free.len())];
        let made = &mut self.tables[at];
        let column = made.columns.remove(place);
        let (table, name) = (made.name.clone(), column.name.clone());
        Some((
            format!("{table} forgets its {name}"),
            (
                Change::DropColumn {
                    table: table.clone(),
                    column: name,
                },
                Change::AddColumn { table, column },
            ),
        ))
    }

    fn rename_column(&mut self, at: usize) -> Option<(String, Step)> {
        let to = self.name();
        let made = &mut self.tables[at];
        let free = made.free();
        let place = *free.first()?;
        let from = std::mem::replace(&mut made.columns[place].name, to.clone());
        let table = made.name.clone();
        let rename = |from: &str, to: &str| Change::RenameColumn {
            table: table.clone(),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        Some((
            format!("{table} calls {from} {to}"),
            (rename(&from, &to), rename(&to, &from)),
        ))
    }

    fn create_index(&mut self, at: usize, is_unique: bool) -> Option<(String, Step)> {
        let index = self.index(at, is_unique)?;
        let undo = Change::DropIndex {
            table: index.table.clone(),
            name: index.name.clone(),
        };
        let message = format!("{} is found by {}", index.table, index.column);
        Some((message, (Change::CreateIndex(index), undo)))
    }

    /// An index over a column that has none and whose type every engine can index.
    fn index(&mut self, at: usize, is_unique: bool) -> Option<Index> {
        self.names += 1;
        let number = self.names;
        let made = &mut self.tables[at];
        // Rows that were made up may be alike.
        if is_unique && made.rows > 0 {
            return None;
        }
        let place = *made.free().iter().find(|it| {
            matches!(
                made.columns[**it].kind,
                Kind::Integer | Kind::Big | Kind::Short | Kind::Amount
            )
        })?;
        let index = Index {
            name: format!("ix_{number}"),
            table: made.name.clone(),
            column: made.columns[place].name.clone(),
            is_unique,
        };
        made.indexes.push(index.clone());
        Some(index)
    }

    fn drop_index(&mut self, at: usize) -> Option<(String, Step)> {
        let index = self.tables[at].indexes.pop()?;
        let drop = Change::DropIndex {
            table: index.table.clone(),
            name: index.name.clone(),
        };
        let message = format!("{} is no longer found by {}", index.table, index.column);
        Some((message, (drop, Change::CreateIndex(index))))
    }

    /// New rows, or other values in those that are there.
    fn rows(&mut self, at: usize) -> (String, Step) {
        let made = &mut self.tables[at];
        let table = made.name.clone();
        let free = made.columns.iter().find(|it| {
            it.kind == Kind::Short && !made.indexes.iter().any(|index| index.column == it.name)
        });
        match free.filter(|_| made.rows > 0) {
            Some(Column { name, .. }) => {
                let set = |value: &str| {
                    Change::Rows(format!("UPDATE {table} SET {name} = {value} WHERE id > 1"))
                };
                let step = (set("'known'"), set("NULL"));
                (format!("{table} has a {name}"), step)
            }
            None => {
                let (first, last) = (made.rows + 1, made.rows + 3);
                made.rows = last;
                let values: Vec<String> = (first..=last).map(|id| format!("({id})")).collect();
                let values = values.join(", ");
                let step = (
                    Change::Rows(format!("INSERT INTO {table} (id) VALUES {values}")),
                    Change::Rows(format!(
                        "DELETE FROM {table} WHERE id BETWEEN {first} AND {last}"
                    )),
                );
                (format!("{table} has rows"), step)
            }
        }
    }
}
