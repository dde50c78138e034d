//! How a person would write it.

use super::super::{RenderOptions, operation, section};
use super::{read, settings};
use crate::operation::{ConstraintTarget, Operation};
use crate::schema::{ConstraintKind, ObjectName};

/// Checks that what the text says is written as it stands there, the prefix being `irma_`.
#[track_caller]
fn check(text: &str) {
    let parsing = &settings()[6];
    let options = RenderOptions {
        prefix: &parsing.prefix,
        backslash_escapes: parsing.backslash_escapes,
        marked: None,
    };
    assert_eq!(section(&read(text, parsing), &options), text);
}

#[test]
fn a_table_is_written_as_a_person_writes_it() {
    check(
        "CREATE TABLE \"{prefix}file\" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(50) DEFAULT 'it''s' NOT NULL,
    size NUMERIC(10, 2) CHECK (size > 0),
    \"ownerId\" INTEGER REFERENCES \"{prefix}user\" (id) ON DELETE CASCADE,
    twice INTEGER GENERATED ALWAYS AS (id * 2) STORED,
    \"order\" SERIAL NOT NULL COMMENT 'key word',
    changed TIMESTAMP(3) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    CONSTRAINT \"{prefix}file_name\" UNIQUE (name, size),
    CHECK (id > size) NOT VALID,
    FOREIGN KEY (name, size) REFERENCES pair MATCH FULL ON UPDATE SET NULL DEFERRABLE
) ENGINE=InnoDB COMMENT 'all {{prefix}} files';
",
    );
}

#[test]
fn short_statements_stand_together_and_long_ones_apart() {
    check(
        "ALTER TABLE \"{prefix}file\" ADD COLUMN IF NOT EXISTS a INTEGER UNIQUE DEFERRABLE;
ALTER TABLE \"{prefix}file\" ALTER COLUMN a TYPE BIGINT USING a::bigint;
ALTER TABLE \"{prefix}file\" RENAME TO \"{prefix}fileExt\";
CREATE UNIQUE INDEX \"ix_{prefix}file_a\" ON \"{prefix}file\" USING btree (a DESC, (lower(b)));

-- migrate: call fill

ALTER TABLE \"{prefix}file\"
    ADD CONSTRAINT file_owner FOREIGN KEY (owner_id) REFERENCES \"{prefix}user\" (id) ON DELETE CASCADE;

DROP INDEX \"ix_{prefix}file_a\" ON \"{prefix}file\";
ALTER TABLE \"{prefix}file\" DROP PRIMARY KEY;
COMMENT ON COLUMN \"{prefix}file\".a IS NULL;
",
    );
}

#[test]
fn columns_have_no_prefix() {
    check(
        "ALTER TABLE \"{prefix}file\" ADD CHECK (irma_score > 0 AND {prefix}file.a > {prefix}f(1));\n",
    );
}

#[test]
fn a_comment_behind_a_statement_does_not_swallow_its_semicolon() {
    let raw = Operation::Raw {
        sql: "SELECT 1 -- one".to_owned(),
    };
    let text = section(&[raw], &RenderOptions::default());
    assert_eq!(text, "SELECT 1 -- one\n;\n");
}

#[test]
fn an_unnamed_constraint_is_dropped_by_the_name_it_got() {
    let columns = vec!["a".into(), "b".into()];
    let drop = Operation::DropConstraint {
        table: ObjectName::new("t"),
        target: ConstraintTarget::Unnamed(ConstraintKind::Unique { columns }),
        if_exists: false,
        cascade: false,
    };
    let text = operation(&drop, &RenderOptions::default());
    assert_eq!(text, "ALTER TABLE t DROP CONSTRAINT t_a_b_key");
}

#[test]
fn a_default_that_would_end_early_stands_in_parentheses() {
    let parsing = &settings()[0];
    let set = "ALTER TABLE t ALTER COLUMN a SET DEFAULT b IS NOT NULL";
    let Some(Operation::SetDefault { default, .. }) = read(set, parsing).pop() else {
        panic!("{set}");
    };
    let mut add = read("ALTER TABLE t ADD COLUMN a BOOLEAN", parsing);
    if let Some(Operation::AddColumn { column, .. }) = add.first_mut() {
        column.default = default;
    }
    let text = operation(&add[0], &RenderOptions::default());
    assert_eq!(
        text,
        "ALTER TABLE t ADD COLUMN a BOOLEAN DEFAULT (b IS NOT NULL)"
    );
}

#[test]
fn constraints_of_a_column_that_cannot_stand_inside_it_follow_it() {
    let parsing = &settings()[0];
    let mut add = read(
        "ALTER TABLE t ADD COLUMN a INTEGER, ADD UNIQUE (a, b)",
        parsing,
    );
    let Some(Operation::AddConstraint { constraint, .. }) = add.pop() else {
        panic!("{add:?}");
    };
    if let Some(Operation::AddColumn { constraints, .. }) = add.first_mut() {
        constraints.push(constraint);
    }
    let text = operation(&add[0], &RenderOptions::default());
    assert_eq!(
        text,
        "ALTER TABLE t ADD COLUMN a INTEGER,\n    ADD UNIQUE (a, b)"
    );
}
