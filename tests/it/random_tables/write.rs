//! The model to SQL that makes it, in the spellings that people use or in one.

use super::model::{
    Column, Constraint, Db, Foreign, Index, Kind, Piece, Table, Text, Trigger, Value, View,
};
use migration_tests::random::Random;

/// How names and key words are written.
pub(super) struct Spelling {
    /// None writes everything the same way.
    random: Option<Random>,
    /// Whether every engine can read it.
    is_portable: bool,
}

/// Words that mean something without quotes.
const WORDS: [&str; 24] = [
    "order", "select", "group", "begin", "end", "case", "index", "table", "values", "default",
    "check", "key", "new", "old", "from", "where", "primary", "unique", "value", "rowid", "oid",
    "_rowid_", "add", "column",
];

impl Spelling {
    pub(super) fn plain() -> Self {
        Self {
            random: None,
            is_portable: true,
        }
    }

    /// As SQLite lets a person write.
    pub(super) fn of_sqlite(seed: u64) -> Self {
        Self {
            random: Some(Random::scattered(seed)),
            is_portable: false,
        }
    }

    /// As a revision is written.
    pub(super) fn portable(seed: u64) -> Self {
        Self {
            random: Some(Random::scattered(seed)),
            is_portable: true,
        }
    }

    /// A name where it is given: in any quotes, in its own letters.
    pub(super) fn define(&mut self, name: &str) -> String {
        let written = self.name(name);
        if written.eq_ignore_ascii_case(name) {
            return name.to_owned();
        }
        if written.eq_ignore_ascii_case(&quoted(name)) {
            return quoted(name);
        }
        written
    }

    /// A name where it is used.
    pub(super) fn name(&mut self, name: &str) -> String {
        let Some(random) = &mut self.random else {
            return quoted(name);
        };
        match random.below(8) {
            0 if !self.is_portable && !name.contains(']') => format!("[{name}]"),
            1 => format!("`{}`", name.replace('`', "``")),
            2 if is_bare(name) => name.to_ascii_uppercase(),
            3 | 4 if is_bare(name) => name.to_owned(),
            5 => quoted(&name.to_ascii_uppercase()),
            _ => quoted(name),
        }
    }

    fn is(&mut self, percent: usize) -> bool {
        let random = self.random.as_mut();
        random.is_some_and(|random| random.chance(percent))
    }

    pub(super) fn word(&mut self, word: &str) -> String {
        if self.is(10) {
            word.to_ascii_lowercase()
        } else {
            word.to_owned()
        }
    }
}

fn is_bare(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(is_letter)
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

/// A name in the standard's quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text with its names in place.
pub(super) fn text(db: &Db, text: &Text, spelling: &mut Spelling) -> String {
    let written = text.0.iter().map(|piece| match piece {
        Piece::Sql(sql) => sql.clone(),
        Piece::Column(id) | Piece::Listed(id) => {
            spelling.name(&db.column(*id).expect("it is there").name)
        }
        Piece::Table(id) => spelling.name(&db.table(*id).expect("it is there").name),
    });
    written.collect()
}

/// A stored value as SQL.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        // The least of all is no literal.
        Value::Integer(i64::MIN) => format!("({} - 1)", i64::MIN + 1),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) if number.is_infinite() => {
            if *number > 0.0 { "9e999" } else { "-9e999" }.to_owned()
        }
        Value::Real(number) => format!("{number:?}"),
        Value::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => format!("'{}'", text.replace('\'', "''")),
            Ok(_) | Err(_) => format!("CAST({} AS TEXT)", blob(bytes)),
        },
        Value::Blob(bytes) => blob(bytes),
    }
}

fn blob(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("x'{digits}'")
}

/// The statements that make the whole database; tables stand in the order of `order` as far as it
/// names them.
pub(super) fn database(db: &Db, spelling: &mut Spelling, order: &[String]) -> Vec<String> {
    let mut tables: Vec<&Table> = db.tables.iter().collect();
    tables.sort_by_key(|table| {
        let at = order.iter().position(|name| *name == table.name);
        at.unwrap_or(order.len())
    });
    let mut statements = Vec::new();
    for table in tables {
        statements.push(self::table(db, table, spelling));
        statements.extend(rows(table));
        statements.extend(mark(table));
    }
    statements.extend(db.indexes.iter().map(|it| index(db, it, spelling)));
    statements.extend(db.views.iter().map(|it| view(db, it, spelling)));
    statements.extend(db.triggers.iter().map(|it| trigger(db, it, spelling)));
    statements
}

/// `CREATE TABLE`.
fn table(db: &Db, table: &Table, spelling: &mut Spelling) -> String {
    let mut clauses: Vec<String> = Vec::new();
    for it in &table.columns {
        let mut clause = column(db, it, spelling);
        let own = |constraint: &&Constraint| {
            constraint.inline && constraint.kind.stands_on(it.id) && is_own(&constraint.kind, it)
        };
        for constraint in table.constraints.iter().filter(own) {
            clause += " ";
            clause += &self::constraint(db, table, constraint, spelling);
        }
        clauses.push(clause);
    }
    for constraint in table.constraints.iter().filter(|it| !it.inline) {
        clauses.push(self::constraint(db, table, constraint, spelling));
    }
    let options: Vec<&str> = [
        (table.strict, "STRICT"),
        (table.without_rowid, "WITHOUT ROWID"),
    ]
    .into_iter()
    .filter_map(|(is, option)| is.then_some(option))
    .collect();
    let create = spelling.word("CREATE TABLE");
    format!(
        "{create} {} ({}) {}",
        spelling.define(&table.name),
        clauses.join(", "),
        options.join(", ")
    )
}

/// Whether an inline constraint is written inside this column: a check may mention others too.
fn is_own(kind: &Kind, column: &Column) -> bool {
    match kind {
        Kind::Primary(columns) | Kind::Unique(columns) => columns.first() == Some(&column.id),
        Kind::Foreign(key) => key.columns.first() == Some(&column.id),
        Kind::Check(text) => {
            let is_column = |piece: &&Piece| matches!(piece, Piece::Column(_));
            text.0.iter().find(is_column) == Some(&Piece::Column(column.id))
        }
    }
}

/// The definition of a column without its constraints.
pub(super) fn column(db: &Db, column: &Column, spelling: &mut Spelling) -> String {
    let mut sql = format!("{} {}", spelling.define(&column.name), column.declared);
    if let Some(collation) = column.collation {
        sql += &format!(" COLLATE {}", spelling.word(collation));
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored {
            "STORED"
        } else {
            "VIRTUAL"
        };
        let expression = text(db, &generated.expression, spelling);
        let always = if spelling.is(30) {
            ""
        } else {
            "GENERATED ALWAYS "
        };
        sql += &format!(" {always}AS ({expression}) {kept}");
    }
    if let Some(default) = &column.default {
        sql += &format!(" DEFAULT {default}");
    }
    if column.not_null {
        sql += &format!(" {}", spelling.word("NOT NULL"));
    }
    sql
}

/// A constraint as it stands in a table or, when inline, in its column.
fn constraint(db: &Db, table: &Table, it: &Constraint, spelling: &mut Spelling) -> String {
    let name = it.name.as_ref().map_or_else(String::new, |name| {
        format!("CONSTRAINT {} ", spelling.define(name))
    });
    let list = |columns: &[usize], spelling: &mut Spelling| {
        if it.inline {
            return String::new();
        }
        format!(" ({})", names(db, columns, spelling))
    };
    name + &match &it.kind {
        Kind::Primary(columns) => {
            let mark = if table.autoincrement {
                " AUTOINCREMENT"
            } else {
                ""
            };
            format!("PRIMARY KEY{}{mark}", list(columns, spelling))
        }
        Kind::Unique(columns) => format!("UNIQUE{}", list(columns, spelling)),
        Kind::Check(expression) => format!("CHECK ({})", text(db, expression, spelling)),
        Kind::Foreign(key) => {
            let head = if it.inline {
                String::new()
            } else {
                format!("FOREIGN KEY{} ", list(&key.columns, spelling))
            };
            head + &references(db, key, spelling)
        }
    }
}

/// `REFERENCES ...`.
pub(super) fn references(db: &Db, key: &Foreign, spelling: &mut Spelling) -> String {
    let table = &db.table(key.table).expect("it is there").name;
    let mut sql = format!("REFERENCES {}", spelling.name(table));
    if !key.referenced.is_empty() {
        sql += &format!(" ({})", names(db, &key.referenced, spelling));
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if let Some(action) = action {
            sql += &format!(" ON {event} {action}");
        }
    }
    if key.deferred {
        sql += " DEFERRABLE INITIALLY DEFERRED";
    }
    sql
}

pub(super) fn names(db: &Db, columns: &[usize], spelling: &mut Spelling) -> String {
    let names = columns.iter().map(|id| {
        let column = db.column(*id).expect("it is there");
        spelling.name(&column.name)
    });
    names.collect::<Vec<_>>().join(", ")
}

/// `INSERT` of all rows, with their rowids where those have a name.
pub(super) fn rows(table: &Table) -> Option<String> {
    let rowid = table.rowid_name().filter(|_| table.alias().is_none());
    let stored: Vec<usize> = (0..table.columns.len())
        .filter(|at| table.columns[*at].generated.is_none())
        .collect();
    let names = stored.iter().map(|at| quoted(&table.columns[*at].name));
    let names: Vec<String> = rowid.map(str::to_owned).into_iter().chain(names).collect();
    let rows = table.rows.iter().map(|row| {
        let values = stored.iter().map(|at| value(&row.values[*at]));
        let rowid = rowid.map(|_| row.rowid.to_string());
        let all: Vec<String> = rowid.into_iter().chain(values).collect();
        format!("({})", all.join(", "))
    });
    let rows: Vec<String> = rows.collect();
    (!rows.is_empty()).then(|| {
        format!(
            "INSERT INTO {} ({}) VALUES {}",
            quoted(&table.name),
            names.join(", "),
            rows.join(", ")
        )
    })
}

/// The statements that set the mark of AUTOINCREMENT.
fn mark(table: &Table) -> Vec<String> {
    let Some(mark) = table.mark.filter(|_| table.autoincrement) else {
        return Vec::new();
    };
    let name = value(&Value::Text(table.name.clone().into_bytes()));
    vec![
        format!("DELETE FROM sqlite_sequence WHERE name = {name}"),
        format!("INSERT INTO sqlite_sequence (name, seq) VALUES ({name}, {mark})"),
    ]
}

pub(super) fn index(db: &Db, index: &Index, spelling: &mut Spelling) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let table = &db.table(index.table).expect("it is there").name;
    let mut sql = format!(
        "CREATE {unique}INDEX {} ON {}",
        spelling.define(&index.name),
        spelling.name(table)
    );
    let parts = index.parts.iter().map(|part| text(db, part, spelling));
    sql += &format!(" ({})", parts.collect::<Vec<_>>().join(", "));
    if let Some(predicate) = &index.predicate {
        sql += &format!(" WHERE {}", text(db, predicate, spelling));
    }
    sql
}

fn view(db: &Db, view: &View, spelling: &mut Spelling) -> String {
    format!(
        "CREATE VIEW {} AS {}",
        spelling.define(&view.name),
        text(db, &view.body, spelling)
    )
}

fn trigger(db: &Db, trigger: &Trigger, spelling: &mut Spelling) -> String {
    format!(
        "CREATE TRIGGER {} {}",
        spelling.define(&trigger.name),
        text(db, &trigger.body, spelling)
    )
}
