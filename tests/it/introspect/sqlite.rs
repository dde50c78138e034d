//! SQLite databases read as a whole: what is only spelling makes no difference, the rest does.

use std::collections::HashMap;

use migration_core::database::{self, Address, Connection, OpenOptions};
use migration_core::dialect::Dialect;
use migration_core::introspect::{self, Expected, Scope, Whole};
use migration_core::schema::{
    Column, DataType, DependentKind, Ident, Index, IndexKey, ObjectName, Table,
};
use migration_tests::databases;

fn memory() -> Box<dyn Connection> {
    let path = ":memory:".into();
    let opened = database::open(&Address::Sqlite { path }, &OpenOptions::write("tests"));
    opened.expect("memory is there")
}

#[track_caller]
fn read(statements: &str) -> Whole {
    let mut connection = memory();
    if let Err(error) = connection.run(&[statements]) {
        panic!("{statements}: {error:?}");
    }
    introspect::whole(connection.as_mut(), &Scope::default()).expect("it is read")
}

#[track_caller]
fn equal(one: &str, other: &str) {
    let (left, right) = (read(one), read(other));
    assert_eq!(left, right, "{one}\n{other}");
    assert!(left.unread.is_empty(), "{one}: {:?}", left.unread);
}

#[track_caller]
fn differ(one: &str, other: &str) {
    let left = read(one);
    assert_ne!(left, read(other), "{one}\n{other}");
    assert!(left.unread.is_empty(), "{one}: {:?}", left.unread);
}

pub(super) const ALL: &str =
    "CREATE TABLE \"Owner\" (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);
    CREATE TABLE file (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES \"Owner\" ON DELETE CASCADE,
        name VARCHAR(20) DEFAULT 'x' COLLATE NOCASE, size NUMERIC(10, 2) CHECK (size > 0),
        twice NUMERIC GENERATED ALWAYS AS (size * 2) STORED, UNIQUE (owner, name));
    CREATE INDEX file_name ON file (lower(name), owner DESC) WHERE size IS NOT NULL;
    CREATE VIEW small AS SELECT name FROM file WHERE size < 10;
    CREATE TRIGGER noted AFTER INSERT ON file BEGIN SELECT 1; SELECT 2; END;";

/// Whoever expects `a`, and knows it or only believes so.
struct A {
    is_known: bool,
}

impl Expected for A {
    fn is_table(&self, name: &str, ddl: &str) -> bool {
        name == "a" && ddl == "CREATE TABLE a (x INTEGER)"
    }

    fn index(&self, _name: &str, ddl: &str) -> Option<Index> {
        (ddl == "CREATE INDEX i ON a (x)").then(|| Index {
            unique: true,
            ..read("CREATE TABLE a (x); CREATE INDEX i ON a (x)")
                .schema
                .indexes[0]
                .clone()
        })
    }

    fn tables(&self, names: &[&str]) -> Option<HashMap<String, Table>> {
        let mut table = Table::new(ObjectName::new("a"));
        table.columns = vec![Column::new("told", DataType::Text)].into();
        let tables = names.iter().map(|name| ((*name).to_owned(), table.clone()));
        self.is_known.then(|| tables.collect())
    }
}

#[test]
fn a_definition_in_expected_words_is_not_read() {
    let rest = "CREATE TABLE b (y NVARCHAR(3) NOT NULL); CREATE INDEX j ON b (y);";
    let whole = |of_a: &str, is_known| {
        let mut connection = memory();
        connection.run(&[of_a, rest]).unwrap();
        let scope = Scope::default();
        introspect::whole_beside(connection.as_mut(), &scope, Some(&A { is_known })).unwrap()
    };
    let expected = "CREATE TABLE a (x INTEGER); CREATE INDEX i ON a (x);";
    let schema = whole(expected, true).schema;
    assert_eq!(schema.tables[0].columns[0].name.as_str(), "told");
    assert!(schema.indexes[0].unique);
    assert_eq!(schema.tables[1..], read(rest).schema.tables);
    let unlike = "CREATE TABLE a (x  INTEGER NOT NULL); CREATE INDEX i ON a (x DESC);";
    assert_eq!(whole(unlike, true), read(&format!("{unlike}{rest}")));
    let read = read(&format!("{expected}{rest}")).schema;
    assert_eq!(whole(expected, false).schema.tables, read.tables);
}

#[test]
fn a_file_and_memory_are_equal() {
    let Some(database) = databases::fresh(Dialect::Sqlite) else {
        return;
    };
    let statements = ALL;
    let mut connection = database.open();
    connection.run(&[statements]).unwrap();
    let file = introspect::whole(connection.as_mut(), &Scope::default()).unwrap();
    assert_eq!(file, read(statements));
    assert!(file.unread.is_empty(), "{:?}", file.unread);
    let schema = &file.schema;
    let names = schema.tables.iter().map(|table| table.name.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Owner", "file"]);
    assert_eq!((schema.indexes.len(), schema.views.len()), (1, 1));
    let [trigger] = schema.dependents.as_slice() else {
        panic!("{:?}", schema.dependents);
    };
    let table = ObjectName::new("file");
    assert_eq!(trigger.kind, DependentKind::Trigger { table });
    assert_eq!(
        trigger.sql,
        "CREATE TRIGGER noted AFTER INSERT ON file BEGIN\n    SELECT 1;\n    SELECT 2;\nEND"
    );
}

pub(super) const SAME_COLUMNS: &[(&str, &str)] = &[
    ("a varchar ( 10 )", "\"a\" VARCHAR(10)"),
    ("a int, b real", "a INTEGER, b Real"),
    ("a Text default (1)", "a TEXT DEFAULT 1"),
    ("a INTEGER DEFAULT TRUE", "a INTEGER DEFAULT 1"),
    ("a INTEGER DEFAULT NULL", "a INTEGER NULL"),
    ("a INTEGER DEFAULT +1", "a INTEGER DEFAULT (1)"),
    ("a REAL DEFAULT 2.50", "a REAL DEFAULT 2.5"),
    (
        "a TEXT DEFAULT current_timestamp",
        "a TEXT DEFAULT (CURRENT_TIMESTAMP)",
    ),
    (
        "a TEXT DEFAULT ( lower( 'X' ) )",
        "a TEXT DEFAULT (LOWER('X'))",
    ),
    ("a TEXT COLLATE nocase", "a TEXT COLLATE NOCASE"),
    ("a TEXT COLLATE BINARY", "a TEXT"),
    (
        "id INTEGER PRIMARY KEY",
        "id INTEGER NOT NULL, PRIMARY KEY (\"id\" ASC)",
    ),
    (
        "id integer primary key autoincrement",
        "id INTEGER, PRIMARY KEY (ID AUTOINCREMENT)",
    ),
    ("a INTEGER UNIQUE", "a INTEGER, UNIQUE (A)"),
    (
        "a INTEGER CHECK (a>0 and a<9)",
        "a INTEGER, CHECK ((\"A\" > 0 AND a < 9 /* x */))",
    ),
    (
        "a TEXT CHECK (Length(a) > 1)",
        "a TEXT, CHECK (length(\"a\")\n> 1)",
    ),
    (
        "\"Size\" INTEGER CHECK (size > 1)",
        "\"Size\" INTEGER CHECK (\"Size\" > 1)",
    ),
    (
        "a INTEGER, b INTEGER, UNIQUE (a), CHECK (b > 0)",
        "a INTEGER, b INTEGER CHECK (b > 0), UNIQUE (a)",
    ),
    (
        "a INTEGER REFERENCES t",
        "a INTEGER, FOREIGN KEY (a) REFERENCES \"T\" (ID)",
    ),
    (
        "a INTEGER REFERENCES t (id) ON DELETE NO ACTION MATCH FULL",
        "a INTEGER REFERENCES t (id) DEFERRABLE",
    ),
    (
        "a INTEGER, b INTEGER AS (a+1)",
        "a INTEGER, b INTEGER GENERATED ALWAYS AS ((\"a\" + 1)) VIRTUAL",
    ),
    ("a DECIMAL(10,2)", "a NUMERIC(10, 2)"),
    ("[a b] INTEGER", "\"a b\" INTEGER"),
];

#[test]
fn spelling_makes_no_difference() {
    for (one, other) in SAME_COLUMNS {
        let table = |columns: &str| {
            let target = "CREATE TABLE t (id INTEGER PRIMARY KEY);";
            format!("{target} CREATE TABLE u ({columns})")
        };
        equal(&table(one), &table(other));
    }
}

#[test]
fn history_makes_no_difference() {
    for (one, other) in [
        (
            "CREATE TABLE t (a INTEGER, UNIQUE (a)); ALTER TABLE t ADD COLUMN b TEXT NOT NULL \
             DEFAULT '' CHECK (b <> 'x')",
            "create table \"t\" (a INTEGER UNIQUE, b TEXT DEFAULT '' NOT NULL CHECK (b <> 'x'))",
        ),
        (
            "CREATE TABLE old (a INTEGER, b INTEGER CHECK (b > 0));
             CREATE TABLE u (a INTEGER REFERENCES old (a)); CREATE INDEX i ON old (b) WHERE b > 1;
             CREATE TRIGGER g AFTER INSERT ON old BEGIN DELETE FROM old; END;
             CREATE VIEW v AS SELECT b FROM old;
             ALTER TABLE old RENAME TO t; ALTER TABLE t RENAME COLUMN b TO c",
            "CREATE TABLE t (a INTEGER, c INTEGER CHECK (c > 0));
             CREATE TABLE u (a INTEGER REFERENCES t (a)); CREATE INDEX i ON t (c) WHERE c > 1;
             CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END;
             CREATE VIEW v AS SELECT c FROM t",
        ),
        (
            "CREATE TABLE b (a); CREATE TABLE a (a, b); CREATE INDEX y ON a (a); \
             CREATE INDEX x ON a (b COLLATE BINARY ASC)",
            "CREATE TABLE a (a, b); CREATE TABLE b (a); CREATE INDEX x ON a (\"B\"); \
             CREATE INDEX IF NOT EXISTS y ON a ((a))",
        ),
        (
            "CREATE TABLE t (a); CREATE VIEW v AS select a,1 AS one\nfrom \"t\" -- all\nwhere a>0",
            "CREATE TABLE t (a); CREATE VIEW v AS SELECT a, 1 AS one FROM t WHERE a > 0",
        ),
    ] {
        equal(one, other);
    }
}

pub(super) const OTHER_TABLES: &[(&str, &str)] = &[
    ("(a INTEGER) STRICT", "(a INTEGER)"),
    (
        "(a INTEGER PRIMARY KEY) WITHOUT ROWID",
        "(a INTEGER PRIMARY KEY)",
    ),
    (
        "(a INTEGER PRIMARY KEY AUTOINCREMENT)",
        "(a INTEGER PRIMARY KEY)",
    ),
    ("(a INT NOT NULL PRIMARY KEY)", "(a INTEGER PRIMARY KEY)"),
    ("(a TEXT COLLATE NOCASE)", "(a TEXT)"),
    ("(a TEXT, UNIQUE (a))", "(a TEXT)"),
    ("(a TEXT NOT NULL)", "(a TEXT)"),
    (
        "(a TEXT NOT NULL, PRIMARY KEY (a))",
        "(a TEXT, PRIMARY KEY (a))",
    ),
    ("(a VARCHAR(10))", "(a VARCHAR(11))"),
    ("(a JSON)", "(a TEXT)"),
    ("(a TEXT DEFAULT '1')", "(a TEXT DEFAULT 1)"),
    ("(a TEXT DEFAULT 'a')", "(a TEXT DEFAULT 'A')"),
    (
        "(a INTEGER, b INTEGER AS (a) STORED)",
        "(a INTEGER, b INTEGER AS (a))",
    ),
    (
        "(a INTEGER, b INTEGER AS (a + 1))",
        "(a INTEGER, b INTEGER AS (a))",
    ),
    ("(a INTEGER CHECK (a > 0))", "(a INTEGER CHECK (a >= 0))"),
    ("(a TEXT CHECK (a = 'x'))", "(a TEXT CHECK (a = 'X'))"),
    (
        "(a INTEGER REFERENCES t ON DELETE CASCADE)",
        "(a INTEGER REFERENCES t)",
    ),
    (
        "(a INTEGER REFERENCES t ON DELETE RESTRICT)",
        "(a INTEGER REFERENCES t)",
    ),
    (
        "(a INTEGER REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
        "(a INTEGER REFERENCES t)",
    ),
];

#[test]
fn what_has_an_effect_makes_a_difference() {
    for (one, other) in OTHER_TABLES {
        differ(
            &format!("CREATE TABLE t {one}"),
            &format!("CREATE TABLE t {other}"),
        );
    }
    let table = "CREATE TABLE t (a INTEGER, b TEXT);";
    for (one, other) in [
        (
            "CREATE INDEX i ON t (a) WHERE a > 0",
            "CREATE INDEX i ON t (a) WHERE a > 1",
        ),
        (
            "CREATE INDEX i ON t (a) WHERE a > 0",
            "CREATE INDEX i ON t (a)",
        ),
        ("CREATE INDEX i ON t (a DESC)", "CREATE INDEX i ON t (a)"),
        ("CREATE UNIQUE INDEX i ON t (a)", "CREATE INDEX i ON t (a)"),
        (
            "CREATE INDEX i ON t (b COLLATE NOCASE)",
            "CREATE INDEX i ON t (b)",
        ),
        (
            "CREATE VIEW v AS SELECT a FROM t",
            "CREATE VIEW v AS SELECT b FROM t",
        ),
        (
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 2; END",
        ),
    ] {
        differ(&format!("{table} {one}"), &format!("{table} {other}"));
    }
}

#[test]
fn virtual_tables_are_shown_and_their_own_tables_are_not() {
    let ddl = "CREATE VIRTUAL TABLE words USING fts5(word)";
    let whole = read(ddl);
    let [unread] = whole.unread.as_slice() else {
        panic!("{:?}", whole.unread);
    };
    assert_eq!(
        (unread.name.name.as_str(), unread.ddl.as_str()),
        ("words", ddl)
    );
    assert_eq!(whole.schema.tables, []);
}

#[test]
fn what_the_engine_made_itself_is_not_there() {
    let whole = read(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE); \
         INSERT INTO t (a) VALUES ('x'); ANALYZE",
    );
    assert_eq!(
        (whole.schema.tables.len(), whole.schema.indexes.len()),
        (1, 0)
    );
}

#[test]
fn attached_databases_are_read_with_their_name() {
    let mut connection = memory();
    let statements = "ATTACH ':memory:' AS other; CREATE TABLE t (a INTEGER);
        CREATE TABLE other.t (a INTEGER PRIMARY KEY, b INTEGER REFERENCES T);
        CREATE INDEX other.i ON t (b)";
    connection.run(&[statements]).unwrap();
    let scope = Scope {
        schemas: vec![Ident::from("other")],
        ..Scope::default()
    };
    let whole = introspect::whole(connection.as_mut(), &scope).unwrap();
    let names: Vec<_> = whole
        .schema
        .tables
        .iter()
        .map(|it| it.name.to_string())
        .collect();
    assert_eq!(names, ["t", "other.t"]);
    assert_eq!(whole.schema.indexes[0].table.to_string(), "other.t");
    let own = introspect::whole(connection.as_mut(), &Scope::default()).unwrap();
    assert_eq!(own.schema.tables.len(), 1);
}

#[test]
fn columns_and_types_are_those_of_the_model() {
    let whole = read(
        "CREATE TABLE t (a int, b Double Precision, c uuid, d \"character varying\"(5));
         CREATE INDEX i ON t (\"A\", a + b)",
    );
    let types: Vec<_> = whole.schema.tables[0]
        .columns
        .iter()
        .map(|it| it.data_type.clone())
        .collect();
    let other = |text: &str| DataType::Other(migration_core::schema::Expression::new(text));
    assert_eq!(
        types[..3],
        [DataType::Integer, DataType::Double, other("UUID")]
    );
    let keys: Vec<_> = whole.schema.indexes[0]
        .parts
        .iter()
        .map(|it| it.key.clone())
        .collect();
    let column = IndexKey::Column {
        name: Ident::from("a"),
        length: None,
    };
    assert_eq!(keys[0], column);
}
