//! Tests of texts that are not read a second time: what they mean is what reading says.

use super::{mysql, postgres, read, source};
use crate::sql::{Known, ParseOptions, parse_beside};

/// Checks that a text means the same whether others are known or not.
#[track_caller]
fn check(options: &ParseOptions, known: &str, text: &str) {
    let models = read(known, options).expect("what is known is legal");
    let known = Known::of((&models.statements, options), options);
    let (source, span) = source(text);
    let beside = parse_beside(&source, span, options, &known);
    assert_eq!(beside.ok(), read(text, options).ok(), "{text}");
}

const MODELS: &str = "-- what is there\nCREATE TABLE {prefix}a (\n    x INTEGER -- one; two\n);\n\n\
     CREATE TABLE b (x INTEGER);\nCREATE INDEX ix ON b (x) ;\nCREATE TABLE c (x TEXT DEFAULT 'a;b');\n\
     -- migrate: only mysql\nCREATE TABLE d (x INTEGER);\n\
     CREATE TABLE e (x INTEGER /* a key */);\nCREATE VIEW f AS SELECT 1;\nCREATE TABLE g (x INTEGER)";

#[test]
fn a_text_means_the_same_whether_its_parts_are_known_or_not() {
    for text in [
        MODELS,
        "",
        "CREATE TABLE b (x INTEGER); CREATE TABLE b (x INTEGER);",
        "CREATE TABLE b (x INTEGER)",
        "CREATE TABLE b (x INTEGER) STRICT;",
        "CREATE TABLE b (x INTEGER) -- behind\n;",
        "CREATE TABLE {prefix}a (\n    x BIGINT\n);",
        "-- migrate: autocommit\nCREATE TABLE b (x INTEGER);\nSELECT 1;",
        "-- migrate: only mysql\nCREATE TABLE b (x INTEGER);\n-- migrate: autocommit\n",
        "-- migrate: allow rule because\nCREATE TABLE {prefix}a (\n    x INTEGER -- one; two\n);",
        "DELIMITER //\nCREATE TABLE b (x INTEGER);//\nDELIMITER ;\nCREATE TABLE b (x INTEGER);",
        "CREATE TABLE g (x INTEGER);CREATE TABLE b (x INTEGER);-- x\nSELECT ';'",
        "CREATE TRIGGER t AFTER INSERT ON b BEGIN\nCREATE TABLE b (x INTEGER);\nEND;",
        "CREATE TABLE b (x INTEGER);\n-- migrate: only",
    ] {
        check(&postgres(), MODELS, text);
        check(&mysql(), MODELS, text);
    }
}

#[test]
fn what_is_known_is_found_where_it_stands_alone() {
    let options = postgres();
    let models = read(MODELS, &options).unwrap();
    let known = Known::of((&models.statements, &options), &options);
    let length = |text: &str| known.find(text).map(|(_, length)| length);
    assert_eq!(length("CREATE TABLE b (x INTEGER); SELECT 1"), Some(26));
    for text in [
        "CREATE TABLE b (x INTEGER)",
        "CREATE TABLE b (x INTEGER) ;",
        "CREATE TABLE b (y INTEGER);",
        "CREATE TABLE c (x TEXT DEFAULT 'a;b');",
        "CREATE TABLE d (x INTEGER);",
        "CREATE TABLE e (x INTEGER /* a key */);",
        "CREATE TABLE g (x INTEGER);",
        "CREATE VIEW f AS SELECT 1;",
    ] {
        assert_eq!(length(text), None, "{text}");
    }
    let others = Known::of((&models.statements, &options), &mysql());
    assert!(others.find("CREATE TABLE b (x INTEGER);").is_none());
}
