//! Keys and indexes that are read by the numbers of their columns are what the server prints.

use std::sync::Arc;

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_core::operation::Operation;
use migration_core::schema::{Constraint, ConstraintKind, Index, Schema};
use migration_core::sql::{self, Fold, ParseOptions};
use migration_core::text::{Source, Span};
use migration_tests::databases;

use super::{RICH, whole};

/// What is nearly plain, each in another way; a superuser alone may make an operator class.
const NEARLY: &str = r#"
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN name AS VARCHAR(20);
CREATE OPERATOR CLASS backwards FOR TYPE integer USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <,
    FUNCTION 1 btint4cmp(integer, integer);
CREATE TABLE "Target" (x INTEGER, gone INTEGER, "Y" VARCHAR(5), z TEXT, PRIMARY KEY ("Y", x));
ALTER TABLE "Target" DROP COLUMN gone, ADD UNIQUE (z), ADD UNIQUE (x) INCLUDE (z);
CREATE SCHEMA aside;
CREATE TABLE aside.far (id INTEGER PRIMARY KEY);
CREATE TABLE late_key (id INTEGER PRIMARY KEY DEFERRABLE);
CREATE TABLE t (
    dropped INTEGER, a INTEGER, b VARCHAR(5), c TEXT, d name, e mood, f INTEGER[], g CHAR(3),
    h INTEGER, i TEXT COLLATE "C", "Order" BIGINT, at TIMESTAMPTZ,
    CONSTRAINT "Key of t" PRIMARY KEY ("Order", a) INCLUDE (b),
    CONSTRAINT plain FOREIGN KEY (b, a) REFERENCES "Target" ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT turned FOREIGN KEY (a, b) REFERENCES "Target" (x, "Y") ON DELETE CASCADE,
    CONSTRAINT whole FOREIGN KEY (b, a) REFERENCES "Target" MATCH FULL,
    CONSTRAINT waiting FOREIGN KEY (c) REFERENCES "Target" (z) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT emptied FOREIGN KEY (c) REFERENCES "Target" (z) ON DELETE SET NULL ON UPDATE SET DEFAULT,
    CONSTRAINT some_of FOREIGN KEY (b, a) REFERENCES "Target" ON DELETE SET NULL (b),
    CONSTRAINT included FOREIGN KEY (h) REFERENCES "Target" (x)
);
ALTER TABLE t DROP COLUMN dropped;
ALTER TABLE t ADD CONSTRAINT late FOREIGN KEY (c) REFERENCES "Target" (z) NOT VALID;
CREATE TABLE far (id INTEGER PRIMARY KEY, up INTEGER REFERENCES far ON UPDATE RESTRICT);
ALTER TABLE far ADD CONSTRAINT out FOREIGN KEY (id) REFERENCES aside.far;
CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (b, "Order"); CREATE INDEX i3 ON t (c, at);
CREATE INDEX i4 ON t (d); CREATE INDEX i5 ON t (e); CREATE INDEX i6 ON t (f);
CREATE INDEX i7 ON t (g); CREATE INDEX i8 ON t (i);
CREATE INDEX "I 9" ON t (a DESC); CREATE INDEX i10 ON t (a NULLS FIRST);
CREATE INDEX i11 ON t (c COLLATE "C"); CREATE INDEX i12 ON t (i COLLATE "default");
CREATE INDEX i13 ON t (c text_pattern_ops); CREATE INDEX i14 ON t (b varchar_pattern_ops);
CREATE INDEX i15 ON t (b text_ops); CREATE INDEX i16 ON t (g bpchar_pattern_ops);
CREATE INDEX i17 ON t (a backwards); CREATE INDEX i18 ON t (a) INCLUDE (b);
CREATE INDEX i19 ON t (a) WHERE h > 1; CREATE INDEX i20 ON t (a, (h + 1));
CREATE INDEX i21 ON t USING hash (a); CREATE INDEX i22 ON t (a) WITH (fillfactor = 50);
CREATE UNIQUE INDEX i23 ON t (a); CREATE UNIQUE INDEX i24 ON t (b) NULLS NOT DISTINCT;
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t; CREATE INDEX i25 ON m (b, a);
CREATE TABLE parts (a INTEGER PRIMARY KEY, b INTEGER REFERENCES far) PARTITION BY RANGE (a);
CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (9); CREATE INDEX i26 ON parts (b);
"#;

/// A default operator class of one's own for a type that has none, so that the usual one is said.
const OWN_DEFAULT: &str = "
CREATE OPERATOR CLASS own DEFAULT FOR TYPE varchar USING btree AS OPERATOR 1 < (text, text),
    OPERATOR 2 <= (text, text), OPERATOR 3 = (text, text), OPERATOR 4 >= (text, text),
    OPERATOR 5 > (text, text), FUNCTION 1 (varchar, varchar) bttextcmp(text, text);
CREATE TABLE t (a VARCHAR(5), b TEXT);
CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (a text_ops); CREATE INDEX i3 ON t (b);";

/// The operation that a printed text is.
fn read(text: &str) -> Option<Operation> {
    let options = ParseOptions {
        prefix: "{prefix}".to_owned(),
        fold: Fold::Lower,
        backslash_escapes: false,
    };
    let source: Arc<Source> = Source::new("printed", text);
    let script = sql::parse(&source, Span::new(0, text.len()), &options).expect("it ends well");
    script.statements.into_iter().next()?.operations.pop()
}

fn texts(connection: &mut dyn Connection, query: &str) -> Vec<[String; 3]> {
    let rows = connection.query(query, &[]).expect("the catalog answers");
    let text = |row: Vec<_>| -> [String; 3] {
        std::array::from_fn(|at| match row.get(at) {
            Some(migration_core::database::Value::Text(text)) => text.clone(),
            _ => String::new(),
        })
    };
    rows.into_iter().map(text).collect()
}

fn constraint<'s>(schema: &'s Schema, table: &str, name: &str) -> Option<&'s Constraint> {
    let mut tables = schema.tables.iter();
    let table = tables.find(|it| it.name.name.as_str() == table)?;
    let is_it = |it: &&Constraint| it.name.as_ref().is_some_and(|it| it.as_str() == name);
    table.constraints.iter().find(is_it)
}

fn index<'s>(schema: &'s Schema, name: &str) -> Option<&'s Index> {
    let is_it = |it: &&Index| it.name.as_ref().is_some_and(|it| it.as_str() == name);
    schema.indexes.iter().find(is_it)
}

/// Compares every constraint and index of a database with its printed text; gives how many were in
/// the model.
fn check(connection: &mut dyn Connection) -> usize {
    let schema = whole(connection).schema;
    let mut found = 0;
    let printed = "SELECT c.relname::text, k.conname::text, pg_get_constraintdef(k.oid) \
        FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid \
        WHERE k.connamespace = current_schema()::regnamespace";
    for [table, name, text] in texts(connection, printed) {
        let Some(read_one) = constraint(&schema, &table, &name) else {
            continue;
        };
        let statement = format!("ALTER TABLE t ADD CONSTRAINT \"{name}\" {text}");
        let Some(Operation::AddConstraint { constraint, .. }) = read(&statement) else {
            panic!("{text} is no constraint");
        };
        let mut expected = constraint;
        if let (ConstraintKind::ForeignKey(expected), ConstraintKind::ForeignKey(read_one)) =
            (&mut expected.kind, &read_one.kind)
        {
            // The server may say the schema where the search path says it, too.
            assert_eq!(expected.references.name, read_one.references.name);
            expected.references = read_one.references.clone();
        }
        assert_eq!(*read_one, expected, "{table}: {text}");
        found += 1;
    }
    let printed = "SELECT c.relname::text, i.relname::text, pg_get_indexdef(x.indexrelid) \
        FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indrelid \
        JOIN pg_class AS i ON i.oid = x.indexrelid \
        WHERE c.relnamespace = current_schema()::regnamespace";
    for [table, name, text] in texts(connection, printed) {
        let Some(read_one) = index(&schema, &name) else {
            continue;
        };
        let Some(Operation::CreateIndex { index, .. }) = read(&text.replace(" ONLY ", " ")) else {
            panic!("{text} is no index");
        };
        let mut expected = index;
        expected.table = read_one.table.clone();
        expected.method = expected.method.filter(|it| it.as_str() != "btree");
        assert_eq!(*read_one, expected, "{table}: {text}");
        found += 1;
    }
    found
}

#[test]
fn what_is_read_by_numbers_is_what_the_server_prints() {
    for (script, least) in [(RICH, 10), (NEARLY, 35), (OWN_DEFAULT, 3)] {
        let Some(database) = databases::fresh(Dialect::Postgres) else {
            return;
        };
        let mut connection = database.open();
        if let Err(failed) = connection.run(&[script]) {
            panic!("{}", failed.error);
        }
        let found = check(connection.as_mut());
        assert!(found >= least, "{found} of {least}");
    }
}
