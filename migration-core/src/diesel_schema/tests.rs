//! Tests of `schema.rs`: models go in, the text for each engine comes out.

use super::{DieselOptions, diesel_schema};
use crate::dialect::Dialect;
use crate::operation::apply;
use crate::schema::Schema;
use crate::sql::{self, Fold, ParseOptions};
use crate::text::{Source, Span};

const MODELS: &str = "CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE \"{prefix}fileExt\" (id SERIAL PRIMARY KEY, type VARCHAR(5) NOT NULL, feeling mood, at TIMESTAMP WITH TIME ZONE);
CREATE TABLE \"{prefix}note\" (id BIGINT PRIMARY KEY, of INTEGER NOT NULL REFERENCES \"{prefix}fileExt\" (id));
CREATE TABLE \"{prefix}loose\" (a INTEGER);";

fn written(dialect: Dialect) -> String {
    let source = Source::new("models.sql", MODELS);
    let options = ParseOptions {
        prefix: "irma_".to_owned(),
        fold: Fold::Keep,
        backslash_escapes: false,
    };
    let script = sql::parse(&source, Span::new(0, MODELS.len()), &options).expect("legal");
    let mut schema = Schema::default();
    for statement in script.statements {
        for operation in &statement.operations {
            apply(operation, &mut schema).expect("consistent");
        }
    }
    let options = DieselOptions {
        dialect,
        prefix: "irma_",
        program: "brain-migrate",
    };
    diesel_schema(&schema, &options)
}

#[test]
fn tables_are_called_without_their_prefix_and_types_by_their_engine() {
    assert_eq!(
        written(Dialect::Postgres),
        r#"// Written by brain-migrate from the models.

pub mod sql_types {
    #[derive(diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "mood"))]
    pub struct Mood;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Mood;

    #[sql_name = "irma_fileExt"]
    file_ext (id) {
        id -> Int4,
        #[sql_name = "type"]
        type_ -> Varchar,
        feeling -> Nullable<Mood>,
        at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    #[sql_name = "irma_note"]
    note (id) {
        id -> Int8,
        of -> Int4,
    }
}

// `irma_loose` has no primary key, without which Diesel takes no table.

diesel::joinable!(note -> file_ext (of));

diesel::allow_tables_to_appear_in_same_query!(
    file_ext,
    note,
);
"#
    );
}

#[test]
fn each_engine_has_its_own_types() {
    let mysql = written(Dialect::Mysql);
    assert!(mysql.contains("feeling -> Nullable<MoodEnum>"), "{mysql}");
    assert!(
        mysql.contains("#[diesel(mysql_type(name = \"Enum\"))]"),
        "{mysql}"
    );
    let sqlite = written(Dialect::Sqlite);
    assert!(sqlite.contains("feeling -> Nullable<Text>"), "{sqlite}");
    assert!(!sqlite.contains("sql_types"), "{sqlite}");
}
