//! MySQL databases read as a whole: what goes without saying makes no difference, the rest does.

use migration_core::dialect::Dialect;
use migration_core::introspect::{self, Scope, Whole};
use migration_core::schema::{DataType, DependentKind, Ident, ObjectName};
use migration_tests::databases;

/// Reads what the statements make in a database of its own; none when there is no server.
#[track_caller]
fn read(statements: &[&str]) -> Option<Whole> {
    let database = databases::fresh(Dialect::Mysql)?;
    let mut connection = database.open();
    if let Err(error) = connection.run(statements) {
        panic!("{statements:?}: {error:?}");
    }
    let whole = introspect::whole(connection.as_mut(), &Scope::default());
    Some(whole.unwrap_or_else(|error| panic!("{statements:?}: {error:?}")))
}

#[track_caller]
fn read_table(definition: &str) -> Option<Whole> {
    let target = "CREATE TABLE p (id INTEGER PRIMARY KEY)";
    read(&[target, &format!("CREATE TABLE t ({definition}")])
}

pub(super) const ALL: [&str; 8] = [
    "CREATE TABLE p (id INTEGER PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20)) COMMENT 'it''s'",
    "CREATE TABLE c (id BIGINT UNSIGNED NOT NULL COMMENT 'x', p INTEGER, name VARCHAR(30), \
     twice INTEGER AS (p * 2) STORED, UNIQUE KEY (id), KEY start (name(10) DESC), \
     FULLTEXT KEY words (name), KEY said (id) COMMENT 'why', CHECK (p > 0), \
     FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE) DEFAULT CHARSET=latin1",
    "CREATE VIEW v AS SELECT c.id, x.name FROM c JOIN p x ON x.id = c.p WHERE c.id > 1",
    "CREATE VIEW w (a) AS SELECT id FROM v WHERE id < 9 WITH LOCAL CHECK OPTION",
    "CREATE TRIGGER g BEFORE INSERT ON c FOR EACH ROW SET NEW.p = 1",
    "CREATE FUNCTION f(a INTEGER) RETURNS INTEGER DETERMINISTIC RETURN a + 1",
    "CREATE PROCEDURE q(OUT a INTEGER) SELECT count(*) INTO a FROM c",
    "INSERT INTO p (name) VALUES ('a'), ('b')",
];

#[test]
fn two_databases_of_the_same_statements_are_equal() {
    let (Some(one), Some(other)) = (read(&ALL), read(&ALL[..7])) else {
        return;
    };
    assert_eq!(one, other);
    assert!(one.unread.is_empty(), "{:?}", one.unread);
    let schema = &one.schema;
    let views: Vec<_> = schema
        .views
        .iter()
        .map(|view| view.query.as_str())
        .collect();
    assert_eq!(
        views,
        [
            "select \"c\".\"id\" AS \"id\", \"x\".\"name\" AS \"name\" from (\"c\" join \"p\" \"x\" \
             on(\"x\".\"id\" = \"c\".\"p\")) where \"c\".\"id\" > 1",
            "select \"v\".\"id\" AS \"a\" from \"v\" where \"v\".\"id\" < 9"
        ]
    );
    assert!(schema.views[1].check_option.is_some());
    let texts: Vec<_> = schema.dependents.iter().map(|it| it.sql.as_str()).collect();
    assert_eq!(texts.len(), 4, "{texts:?}");
    assert!(
        texts[0].starts_with("CREATE FUNCTION \"f\"(a INTEGER)"),
        "{texts:?}"
    );
    assert_eq!(
        texts[1],
        "ALTER TABLE \"c\" ADD KEY \"said\" (\"id\") COMMENT 'why'"
    );
    assert!(
        texts[2].starts_with("CREATE PROCEDURE \"q\"(OUT a INTEGER)"),
        "{texts:?}"
    );
    assert_eq!(
        texts[3],
        "CREATE TRIGGER \"g\" BEFORE INSERT ON \"c\" FOR EACH ROW SET NEW.p = 1"
    );
    let table = ObjectName::new("c");
    assert_eq!(schema.dependents[1].kind, DependentKind::Index { table });
    let names = schema.indexes.iter().filter_map(|it| it.name.as_ref());
    assert_eq!(
        names.map(Ident::as_str).collect::<Vec<_>>(),
        ["start", "words"]
    );
    assert_eq!(schema.tables[1].options, []);
    assert_eq!(schema.tables[1].comment.as_deref(), Some("it's"));
}

pub(crate) const SAME: &[(&str, &str)] = &[
    ("a INT(11))", "a INT)"),
    ("a INT(5) UNSIGNED)", "a INT UNSIGNED)"),
    ("a TINYINT(1))", "a BOOLEAN)"),
    ("a NUMERIC(10,2))", "a DECIMAL(10,2))"),
    (
        "a DECIMAL(10,2) DEFAULT 2.5)",
        "a DECIMAL(10,2) DEFAULT 2.50)",
    ),
    ("a VARCHAR(5) DEFAULT 'a')", "a VARCHAR(5) DEFAULT ('a'))"),
    (
        "a DATETIME DEFAULT CURRENT_TIMESTAMP)",
        "a DATETIME DEFAULT NOW())",
    ),
    (
        "a DATETIME DEFAULT CURRENT_TIMESTAMP())",
        "a DATETIME(0) DEFAULT LOCALTIMESTAMP)",
    ),
    ("a INT DEFAULT NULL)", "a INT NULL)"),
    (
        "a VARCHAR(5) CHARACTER SET utf8mb4) CHARSET=utf8mb4",
        "a VARCHAR(5)) CHARSET=utf8mb4",
    ),
    (
        "a VARCHAR(5) COLLATE latin1_bin) COLLATE=latin1_bin",
        "a VARCHAR(5)) CHARSET=latin1 COLLATE=latin1_bin",
    ),
    ("a INT) ENGINE=InnoDB AUTO_INCREMENT=7", "a INT)"),
    (
        "a INT, FOREIGN KEY (a) REFERENCES p (id))",
        "a INT, KEY (a), FOREIGN KEY (a) REFERENCES p (id))",
    ),
    (
        "a INT, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) ON DELETE RESTRICT)",
        "a INT, KEY f (a), CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) ON UPDATE NO ACTION)",
    ),
    (
        "a INT, CONSTRAINT k CHECK (`a`>0))",
        "a INT, CONSTRAINT k CHECK ((\"a\" > 0)))",
    ),
    ("a INT, KEY k (a) USING BTREE)", "a INT, KEY k (a ASC))"),
    (
        "a INT PRIMARY KEY)",
        "a INT NOT NULL, PRIMARY KEY (a) USING HASH)",
    ),
    (
        "a INT, b INT, UNIQUE KEY u (a), KEY k (b))",
        "a INT, b INT, KEY k (b), UNIQUE INDEX u (a))",
    ),
];

#[test]
fn what_goes_without_saying_makes_no_difference() {
    for (one, other) in SAME {
        let (Some(left), Some(right)) = (read_table(one), read_table(other)) else {
            return;
        };
        assert_eq!(left, right, "{one}\n{other}");
        assert!(left.unread.is_empty(), "{one}: {:?}", left.unread);
    }
}

pub(crate) const OTHER: &[(&str, &str)] = &[
    (
        "a VARCHAR(5) CHARACTER SET latin1)",
        "a VARCHAR(5) CHARACTER SET utf8mb4)",
    ),
    (
        "a VARCHAR(5) COLLATE utf8mb4_bin) CHARSET=utf8mb4",
        "a VARCHAR(5)) CHARSET=utf8mb4",
    ),
    ("a INT) CHARSET=latin1", "a INT) CHARSET=utf8mb4"),
    ("a INT UNSIGNED)", "a INT)"),
    ("a INT(5) ZEROFILL)", "a INT(5) UNSIGNED)"),
    ("a DATETIME(6))", "a DATETIME)"),
    ("a TIMESTAMP NULL)", "a DATETIME NULL)"),
    ("a TEXT)", "a LONGTEXT)"),
    ("a FLOAT)", "a DOUBLE)"),
    ("a TINYINT)", "a BOOLEAN)"),
    (
        "a VARCHAR(20), KEY k (a(5)))",
        "a VARCHAR(20), KEY k (a(6)))",
    ),
    (
        "a VARCHAR(20), KEY k (a))",
        "a VARCHAR(20), KEY k (a DESC))",
    ),
    (
        "a VARCHAR(20), KEY k (a))",
        "a VARCHAR(20), FULLTEXT KEY k (a))",
    ),
    (
        "a VARCHAR(20), KEY k (a))",
        "a VARCHAR(20), KEY k (a) COMMENT 'x')",
    ),
    ("a INT AUTO_INCREMENT PRIMARY KEY)", "a INT PRIMARY KEY)"),
    ("a INT) ENGINE=MyISAM", "a INT)"),
    ("a INT) ROW_FORMAT=COMPRESSED", "a INT)"),
    ("a ENUM('x', 'y'))", "a ENUM('y', 'x'))"),
    ("a INT, UNIQUE (a))", "a INT)"),
    (
        "a INT, b INT AS (a + 1) STORED)",
        "a INT, b INT AS (a + 1) VIRTUAL)",
    ),
    ("a INT, b INT AS (a + 1))", "a INT, b INT AS (a + 2))"),
    ("a INT, CHECK (a > 0))", "a INT, CHECK (a >= 0))"),
    (
        "a INT, KEY k (a), FOREIGN KEY (a) REFERENCES p (id))",
        "a INT, FOREIGN KEY (a) REFERENCES p (id))",
    ),
    (
        "a INT, FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE)",
        "a INT, FOREIGN KEY (a) REFERENCES p (id))",
    ),
    (
        "a DATETIME DEFAULT NOW() ON UPDATE NOW())",
        "a DATETIME DEFAULT NOW())",
    ),
    ("a INT COMMENT 'x')", "a INT)"),
    ("a INT INVISIBLE, b INT)", "a INT, b INT)"),
    ("a INT) COMMENT='x'", "a INT)"),
];

#[test]
fn what_has_an_effect_makes_a_difference_on_mysql() {
    for (one, other) in OTHER {
        let (Some(left), Some(right)) = (read_table(one), read_table(other)) else {
            return;
        };
        assert_ne!(left, right, "{one}\n{other}");
        assert!(left.unread.is_empty(), "{one}: {:?}", left.unread);
    }
}

#[test]
fn types_are_those_of_the_model_where_it_has_them() {
    let Some(whole) = read_table("a LONGTEXT, b LONGBLOB, c FLOAT, d JSON, e DATETIME(6), f INT)")
    else {
        return;
    };
    let columns = whole.schema.tables[1].columns.iter();
    let types: Vec<_> = columns.map(|column| column.data_type.clone()).collect();
    assert_eq!(
        types[..4],
        [
            DataType::Text,
            DataType::Binary,
            DataType::Real,
            DataType::Json
        ]
    );
    assert!(matches!(
        types[4],
        DataType::Timestamp {
            precision: Some(6),
            ..
        }
    ));
    assert_eq!(types[5], DataType::Integer);
}

/// What only MariaDB has.
#[test]
fn sequences_and_json_of_mariadb_are_read() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let mut connection = database.open();
    if !connection.server().contains("MariaDB") {
        return;
    }
    let statements = [
        "CREATE TABLE t (a JSON, b LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin \
         CHECK (json_valid(b)))",
        "CREATE SEQUENCE plain",
        "CREATE SEQUENCE said START WITH 5 INCREMENT BY 2 CACHE 20 CYCLE",
    ];
    connection.run(&statements).unwrap();
    let whole = introspect::whole(connection.as_mut(), &Scope::default()).unwrap();
    assert!(whole.unread.is_empty(), "{:?}", whole.unread);
    for column in &whole.schema.tables[0].columns {
        assert_eq!(column.data_type, DataType::Json);
    }
    let [plain, said] = whole.schema.sequences.as_slice() else {
        panic!("{:?}", whole.schema.sequences);
    };
    assert_eq!(
        plain.options,
        migration_core::schema::SequenceOptions::default()
    );
    let options = &said.options;
    assert_eq!((options.start, options.increment), (Some(5), Some(2)));
    assert_eq!((options.cache, options.cycle), (Some(20), Some(true)));
}

#[test]
fn what_the_model_does_not_hold_is_shown() {
    let Some(whole) = read(&[
        "CREATE TABLE t (a INT) PARTITION BY HASH (a) PARTITIONS 2",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1",
    ]) else {
        return;
    };
    let names: Vec<_> = whole.unread.iter().map(|it| it.name.to_string()).collect();
    assert_eq!(names, ["e", "t"]);
    assert!(
        whole.unread[1].ddl.contains("PARTITION BY"),
        "{:?}",
        whole.unread
    );
    assert!(whole.unread[0].ddl.contains("EVENT"), "{:?}", whole.unread);
}

#[test]
fn other_databases_are_read_with_their_name() {
    let (Some(own), Some(other)) = (
        databases::fresh(Dialect::Mysql),
        databases::fresh(Dialect::Mysql),
    ) else {
        return;
    };
    let name = &other.server().unwrap().database;
    let mut connection = own.open();
    let statements = [
        "CREATE TABLE p (id INT PRIMARY KEY)".to_owned(),
        format!("CREATE TABLE {name}.p (id INT PRIMARY KEY)"),
        format!(
            "CREATE TABLE {name}.c (a INT, b INT, FOREIGN KEY (a) REFERENCES p (id), \
                 FOREIGN KEY (b) REFERENCES {name}.p (id))"
        ),
    ];
    let texts: Vec<&str> = statements.iter().map(String::as_str).collect();
    connection.run(&texts).unwrap();
    let schemas = vec![Ident::new(name.as_str())];
    let scope = Scope {
        schemas,
        ..Scope::default()
    };
    let whole = introspect::whole(connection.as_mut(), &scope).unwrap();
    let names: Vec<_> = whole
        .schema
        .tables
        .iter()
        .map(|it| it.name.to_string())
        .collect();
    assert_eq!(
        names,
        ["p".to_owned(), format!("{name}.c"), format!("{name}.p")]
    );
    assert!(
        whole.schema.indexes.is_empty(),
        "{:?}",
        whole.schema.indexes
    );
}
