//! A database as the oracle knows it: names stand in one place each, and whatever mentions a table
//! or a column holds its number, so that a new name is a change of one field.

/// The number of a table.
pub(super) type TableId = usize;
/// The number of a column, which no column of another table has.
pub(super) type ColumnId = usize;

/// A whole database.
#[derive(Debug, Clone, Default)]
pub(super) struct Db {
    pub(super) tables: Vec<Table>,
    pub(super) indexes: Vec<Index>,
    pub(super) views: Vec<View>,
    pub(super) triggers: Vec<Trigger>,
    /// The next number to give.
    pub(super) next: usize,
    /// Whether a value got into a column whose type it is not.
    pub(super) has_misfits: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) id: TableId,
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) strict: bool,
    pub(super) without_rowid: bool,
    pub(super) autoincrement: bool,
    /// The highest number ever given, where it is known to be beyond the rows.
    pub(super) mark: Option<i64>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) id: ColumnId,
    pub(super) name: String,
    pub(super) declared: String,
    pub(super) not_null: bool,
    pub(super) default: Option<String>,
    pub(super) collation: Option<&'static str>,
    pub(super) generated: Option<Generated>,
    /// Whether no two rows hold the same value.
    pub(super) distinct: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Generated {
    pub(super) expression: Text,
    pub(super) stored: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Constraint {
    pub(super) name: Option<String>,
    pub(super) kind: Kind,
    /// Whether it is written inside its column.
    pub(super) inline: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Primary(Vec<ColumnId>),
    Unique(Vec<ColumnId>),
    Check(Text),
    Foreign(Foreign),
}

#[derive(Debug, Clone)]
pub(super) struct Foreign {
    pub(super) columns: Vec<ColumnId>,
    pub(super) table: TableId,
    /// Empty when the text names none: the primary key.
    pub(super) referenced: Vec<ColumnId>,
    pub(super) on_delete: Option<&'static str>,
    pub(super) on_update: Option<&'static str>,
    pub(super) deferred: bool,
}

/// A row; computed columns hold NULL here.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) rowid: i64,
    pub(super) values: Vec<Value>,
}

/// What is stored, to the byte.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

#[derive(Debug, Clone)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) table: TableId,
    pub(super) unique: bool,
    /// With collation and order, as written.
    pub(super) parts: Vec<Text>,
    pub(super) predicate: Option<Text>,
}

#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) name: String,
    /// What stands behind AS.
    pub(super) body: Text,
    /// The names of its columns, where they do not follow the table.
    pub(super) columns: Vec<String>,
    /// The views it reads.
    pub(super) reads: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Trigger {
    pub(super) name: String,
    /// What stands behind the name.
    pub(super) body: Text,
    /// The view it stands on.
    pub(super) view: Option<String>,
}

/// SQL in which names are numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Text(pub(super) Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Sql(String),
    Column(ColumnId),
    /// A column in the list of an INSERT.
    Listed(ColumnId),
    Table(TableId),
}

impl Text {
    pub(super) fn sql(mut self, sql: impl Into<String>) -> Self {
        self.0.push(Piece::Sql(sql.into()));
        self
    }

    pub(super) fn column(mut self, column: ColumnId) -> Self {
        self.0.push(Piece::Column(column));
        self
    }

    pub(super) fn listed(mut self, column: ColumnId) -> Self {
        self.0.push(Piece::Listed(column));
        self
    }

    pub(super) fn table(mut self, table: TableId) -> Self {
        self.0.push(Piece::Table(table));
        self
    }

    pub(super) fn mentions(&self, column: ColumnId) -> bool {
        self.0.contains(&Piece::Column(column)) || self.0.contains(&Piece::Listed(column))
    }

    pub(super) fn mentions_table(&self, table: TableId) -> bool {
        self.0.contains(&Piece::Table(table))
    }
}

impl Db {
    pub(super) fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    pub(super) fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    pub(super) fn table_mut(&mut self, id: TableId) -> Option<&mut Table> {
        self.tables.iter_mut().find(|table| table.id == id)
    }

    pub(super) fn column(&self, id: ColumnId) -> Option<&Column> {
        self.tables.iter().find_map(|table| table.column(id))
    }

    /// Every text of views and triggers.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &Text> {
        let views = self.views.iter().map(|view| &view.body);
        views.chain(self.triggers.iter().map(|trigger| &trigger.body))
    }

    /// Foreign keys, each with the table it stands on.
    pub(super) fn foreign_keys(&self) -> impl Iterator<Item = (&Table, &Foreign)> {
        self.tables.iter().flat_map(|table| {
            let keys = table.constraints.iter().filter_map(|it| match &it.kind {
                Kind::Foreign(key) => Some(key),
                Kind::Primary(_) | Kind::Unique(_) | Kind::Check(_) => None,
            });
            keys.map(move |key| (table, key))
        })
    }

    /// The columns that a foreign key refers to.
    pub(super) fn referenced(&self, key: &Foreign) -> Vec<ColumnId> {
        if key.referenced.is_empty() {
            let table = self.table(key.table);
            return table.map(Table::primary_key).unwrap_or_default();
        }
        key.referenced.clone()
    }

    /// Whether a name of a table, view or index is taken.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        let tables = self.tables.iter().map(|it| &it.name);
        let views = self.views.iter().map(|it| &it.name);
        let indexes = self.indexes.iter().map(|it| &it.name);
        let triggers = self.triggers.iter().map(|it| &it.name);
        let mut names = tables.chain(views).chain(indexes).chain(triggers);
        names.any(|taken| same(taken, name))
    }
}

impl Table {
    pub(super) fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }

    pub(super) fn column_mut(&mut self, id: ColumnId) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.id == id)
    }

    pub(super) fn position(&self, id: ColumnId) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    pub(super) fn primary_key(&self) -> Vec<ColumnId> {
        let mut keys = self.constraints.iter().filter_map(|it| match &it.kind {
            Kind::Primary(columns) => Some(columns.clone()),
            Kind::Unique(_) | Kind::Check(_) | Kind::Foreign(_) => None,
        });
        keys.next().unwrap_or_default()
    }

    /// The column that is the rowid itself.
    pub(super) fn alias(&self) -> Option<ColumnId> {
        let &[key] = self.primary_key().as_slice() else {
            return None;
        };
        let is_integer = same(&self.column(key)?.declared, "INTEGER");
        (is_integer && !self.without_rowid).then_some(key)
    }

    /// A name of the rowid that no column took.
    pub(super) fn rowid_name(&self) -> Option<&'static str> {
        let is_free = |name: &&str| !self.has_column(name);
        let names = ["rowid", "_rowid_", "oid"].into_iter();
        names.filter(|_| !self.without_rowid).find(is_free)
    }

    pub(super) fn has_column(&self, name: &str) -> bool {
        self.columns.iter().any(|column| same(&column.name, name))
    }

    pub(super) fn has_constraint(&self, name: &str) -> bool {
        let mut names = self.constraints.iter().filter_map(|it| it.name.as_ref());
        names.any(|taken| same(taken, name))
    }
}

impl Kind {
    /// Whether it goes when the column goes.
    pub(super) fn stands_on(&self, column: ColumnId) -> bool {
        match self {
            Self::Primary(columns) | Self::Unique(columns) => columns.contains(&column),
            Self::Check(text) => text.mentions(column),
            Self::Foreign(key) => key.columns.contains(&column),
        }
    }
}

/// Whether SQLite takes two names for one.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
