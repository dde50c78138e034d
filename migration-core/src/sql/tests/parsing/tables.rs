//! Tests of `CREATE TABLE`.

use super::{check, created, expression, foreign_key, name, names, unnamed};
use crate::operation::Operation;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Deferrability, Identity, IndexKey,
    ReferentialAction, Table, TableOption,
};
use crate::sql::tests::{mysql, operations, postgres, read};

#[test]
fn a_table_has_columns_and_constraints_in_reading_order() {
    let mut id = Column::new("id", DataType::Integer);
    id.identity = Some(Identity::AutoIncrement);
    let mut file = Column::new("id_file", DataType::Integer);
    file.nullable = false;
    let mut table = Table::new(name("irma_fileWeb"));
    table.columns = vec![
        id,
        file,
        Column::new("name", DataType::Varchar { length: Some(255) }),
    ]
    .into();
    let mut references = foreign_key("id_file", "irma_file", "id");
    references.on_delete = ReferentialAction::Cascade;
    let mut deferred = unnamed(ConstraintKind::ForeignKey(references));
    deferred.deferrability = Deferrability::InitiallyDeferred;
    table.constraints = vec![
        unnamed(ConstraintKind::PrimaryKey {
            columns: names("id"),
        }),
        deferred,
        Constraint::new(
            Some("named".into()),
            ConstraintKind::Check {
                expression: expression("length(name) > 0"),
            },
        ),
        unnamed(ConstraintKind::Unique {
            columns: names("id_file name"),
        }),
    ];
    check(
        r#"CREATE TABLE IF NOT EXISTS "{prefix}fileWeb" ( -- the files
            ID integer PRIMARY KEY AUTOINCREMENT,
            id_file INT4 NOT NULL REFERENCES "{prefix}file" (id)
                ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            name CHARACTER VARYING(255) CONSTRAINT named CHECK ((length(name)>0)),
            UNIQUE (id_file, name)
        );"#,
        &[Operation::CreateTable {
            table,
            if_not_exists: true,
        }],
    );
}

#[test]
fn names_fold_as_the_engine_folds() {
    let script = read("DROP TABLE Foo, \"Bar\", `Baz`, [Qux]", &mysql()).expect("legal");
    let kept: Vec<_> = script.statements[0]
        .operations
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        kept,
        [
            "drop table `Foo`",
            "drop table `Bar`",
            "drop table `Baz`",
            "drop table `Qux`"
        ]
    );
    let drop = |text: &str| Operation::DropTable {
        name: name(text),
        if_exists: true,
        cascade: true,
    };
    check(
        "drop table if exists Foo, \"{prefix}Bar\" cascade",
        &[drop("foo"), drop("irma_Bar")],
    );
}

#[test]
fn keys_that_mysql_writes_into_a_table_are_indexes() {
    let found = operations(
        "CREATE TABLE t (a INT, key text, KEY (a), UNIQUE KEY u (a), FULLTEXT INDEX f (key(10)))
         ENGINE=InnoDB DEFAULT CHARSET = utf8mb4 COMMENT='a table'",
    );
    let [Operation::CreateTable { table, .. }, first, second] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(table.columns.len(), 2);
    assert_eq!(table.constraints[0].name, Some("u".into()));
    assert_eq!(table.comment.as_deref(), Some("a table"));
    let option = |keyword: &str, value: &str| TableOption {
        keyword: keyword.to_owned(),
        value: Some(expression(value)),
    };
    assert_eq!(
        table.options,
        [option("ENGINE", "InnoDB"), option("CHARSET", "utf8mb4")]
    );
    assert_eq!(first.to_string(), "create index `a` on `t`");
    match second {
        Operation::CreateIndex { index, .. } => {
            assert_eq!(index.method, Some("FULLTEXT".into()));
            let key = IndexKey::Column {
                name: "key".into(),
                length: Some(10),
            };
            assert_eq!(index.parts[0].key, key);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn options_behind_a_table_are_kept() {
    let table = created("CREATE TEMP TABLE t (a INT) STRICT, WITHOUT ROWID");
    let words: Vec<_> = table
        .options
        .iter()
        .map(|option| option.keyword.as_str())
        .collect();
    assert_eq!(words, ["STRICT", "WITHOUT ROWID"]);
    assert!(table.temporary);
}

#[test]
fn what_mariadb_says_of_a_table_is_read() {
    let found = operations(
        r#"CREATE TABLE "t" (
  "id" int(11) NOT NULL AUTO_INCREMENT,
  "a" varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL COMMENT 'it''s',
  "b" timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  "j" longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid("j")),
  "g" int(11) GENERATED ALWAYS AS ("id" + 1) STORED,
  "v" varchar(20) GENERATED ALWAYS AS (concat("a",'x')) VIRTUAL,
  "d" decimal(10,2) unsigned DEFAULT 0.00,
  PRIMARY KEY ("id"),
  UNIQUE KEY "u" ("a","d"),
  KEY "k" ("a"(5),"b" DESC) USING BTREE,
  FULLTEXT KEY "f" ("a"),
  CONSTRAINT "r" FOREIGN KEY ("id") REFERENCES "o" ("id") ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT "c" CHECK ("id" > 0)
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci TRANSACTIONAL=1"#,
    );
    let [Operation::CreateTable { table, .. }, ..] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(table.columns.len(), 7);
    assert_eq!(table.constraints.len(), 5);
    assert_eq!(table.options.len(), 5);
    assert_eq!(found.len(), 3);
}

#[test]
fn a_unique_key_that_says_more_than_columns_is_an_index() {
    let found = operations(
        "CREATE TABLE t (a TEXT, b INT, UNIQUE KEY x (b DESC, a), UNIQUE INDEX y (a(10)), UNIQUE KEY z (a))",
    );
    let [Operation::CreateTable { table, .. }, first, second] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(table.constraints.len(), 1);
    for (operation, expected) in [(first, "x"), (second, "y")] {
        assert!(
            matches!(operation, Operation::CreateIndex { index, .. }
                if index.unique && index.name == Some(expected.into())),
            "{operation:?}"
        );
    }
}

#[test]
fn a_comment_is_read_as_its_engine_reads_it() {
    let text = "COMMENT ON TABLE t IS 'two\\nlines, 100\\%, it''s so'";
    for (options, expected) in [
        (postgres(), "two\\nlines, 100\\%, it's so"),
        (mysql(), "two\nlines, 100\\%, it's so"),
    ] {
        let script = read(text, &options).expect("the text is legal");
        match script.statements[0].operations.as_slice() {
            [Operation::SetTableComment { comment, .. }] => {
                assert_eq!(comment.as_deref(), Some(expected));
            }
            other => panic!("{other:?}"),
        }
    }
}
