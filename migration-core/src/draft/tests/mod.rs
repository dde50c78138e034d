//! Tests of drafts: canonical changes go in, the text of a person comes out.

mod review;

use super::{Draft, Sources, Words, draft};
use crate::dialect::Dialect;
use crate::diff::Change;
use crate::operation::{Operation, apply, reverse};
use crate::schema::Schema;
use crate::sql::{self, Fold, ParseOptions, Statement};
use crate::text::{Source, Span};

fn statements(text: &str) -> Vec<Statement> {
    let source = Source::new("words.sql", text);
    let options = ParseOptions {
        prefix: "irma_".to_owned(),
        fold: Fold::Lower,
        backslash_escapes: false,
    };
    let script = sql::parse(&source, Span::new(0, text.len()), &options);
    script.expect("the text is legal").statements
}

fn operations(text: &str) -> Vec<Operation> {
    let statements = statements(text).into_iter();
    statements.flat_map(|it| it.operations).collect()
}

fn words(text: &str) -> Words {
    let statements = statements(text);
    let mut schema = Schema::default();
    for statement in &statements {
        let is_ours =
            statement.only.is_empty() || statement.only.iter().any(|it| it.name == "postgresql");
        for operation in statement.operations.iter().filter(|_| is_ours) {
            let _ = apply(operation, &mut schema);
        }
    }
    Words::new(Dialect::Postgres, schema, statements)
}

/// What PostgreSQL keeps of the database before, what has to be done there, and who wrote what.
struct Case<'a> {
    kept: &'a str,
    change: &'a str,
    models: &'a str,
    history: &'a str,
}

fn run(case: &Case<'_>) -> Draft {
    let mut before = Schema::default();
    for operation in operations(case.kept) {
        apply(&operation, &mut before).expect("what is kept is consistent");
    }
    let mut changes = Vec::new();
    for operation in operations(case.change) {
        let down = reverse(&operation, &before).unwrap_or_default();
        let _ = apply(&operation, &mut before);
        changes.push(Change {
            up: vec![operation],
            down,
        });
    }
    let (models, history) = (words(case.models), words(case.history));
    draft(
        &changes,
        &Sources {
            dialect: Dialect::Postgres,
            prefix: "irma_",
            models: &models,
            history: &history,
        },
    )
}

#[track_caller]
fn check(case: &Case<'_>, upgrade: &str, downgrade: &str) {
    let draft = run(case);
    assert_eq!(draft.upgrade.trim_end(), upgrade.trim(), "upgrade");
    assert_eq!(draft.downgrade.trim_end(), downgrade.trim(), "downgrade");
}

#[test]
fn a_new_column_is_written_as_in_the_models() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (id INTEGER)",
            change: "ALTER TABLE irma_t ADD COLUMN kind varchar(5) DEFAULT ('x'::character varying)",
            models: "CREATE TABLE \"{prefix}t\" (id INTEGER, kind VARCHAR(5) DEFAULT 'x')",
            history: "",
        },
        "ALTER TABLE \"{prefix}t\" ADD COLUMN kind VARCHAR(5) DEFAULT 'x';",
        "-- drops the values of `kind`\nALTER TABLE \"{prefix}t\" DROP COLUMN kind;",
    );
}

#[test]
fn what_is_dropped_comes_back_in_the_words_of_its_revision() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (id INTEGER, a double precision DEFAULT '1'::double precision)",
            change: "ALTER TABLE irma_t DROP COLUMN a",
            models: "CREATE TABLE \"{prefix}t\" (id INTEGER)",
            history: "CREATE TABLE \"{prefix}t\" (id INTEGER, a FLOAT DEFAULT 1)",
        },
        "-- drops the values of `a`\nALTER TABLE \"{prefix}t\" DROP COLUMN a;",
        "ALTER TABLE \"{prefix}t\" ADD COLUMN a FLOAT DEFAULT 1;",
    );
}

#[test]
fn what_nobody_wrote_is_spelled_for_all_engines_where_that_can_be() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (id INTEGER, a text DEFAULT 'x'::text, b inet, \
                   CONSTRAINT c CHECK (a = ANY (ARRAY['x'::text])))",
            change: "ALTER TABLE irma_t DROP CONSTRAINT c; ALTER TABLE irma_t DROP COLUMN a; \
                     ALTER TABLE irma_t DROP COLUMN b",
            models: "",
            history: "",
        },
        "ALTER TABLE \"{prefix}t\" DROP CONSTRAINT c;\n\n\
         -- drops the values of `a`\nALTER TABLE \"{prefix}t\" DROP COLUMN a;\n\n\
         -- drops the values of `b`\nALTER TABLE \"{prefix}t\" DROP COLUMN b;",
        "-- migrate: only postgresql\nALTER TABLE \"{prefix}t\" ADD COLUMN b inet;\n\n\
         ALTER TABLE \"{prefix}t\" ADD COLUMN a TEXT DEFAULT 'x';\n\
         ALTER TABLE \"{prefix}t\" ADD CONSTRAINT c CHECK (a IN ('x'));",
    );
}

#[test]
fn what_was_written_apart_for_some_engines_stays_apart() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (a INTEGER)",
            change: "CREATE INDEX irma_i ON irma_t (a) WHERE (a IS NOT NULL)",
            models: "CREATE TABLE \"{prefix}t\" (a INTEGER);\n\
                     -- migrate: only sqlite, postgresql\n\
                     CREATE INDEX \"{prefix}i\" ON \"{prefix}t\" (a) WHERE a IS NOT NULL;\n\
                     -- migrate: only mysql\n\
                     CREATE INDEX \"{prefix}i\" ON \"{prefix}t\" (a);",
            history: "",
        },
        "-- migrate: only sqlite, postgresql\n\
         CREATE INDEX \"{prefix}i\" ON \"{prefix}t\" (a) WHERE a IS NOT NULL;\n\n\
         -- migrate: only mysql\nCREATE INDEX \"{prefix}i\" ON \"{prefix}t\" (a);",
        "DROP INDEX \"{prefix}i\" ON \"{prefix}t\";",
    );
}

#[test]
fn a_function_is_replaced_by_the_text_of_the_models() {
    check(
        &Case {
            kept: "",
            change: "CREATE OR REPLACE FUNCTION irma_f() RETURNS integer LANGUAGE sql AS $function$ SELECT 2 $function$",
            models: "-- migrate: only postgresql\n\
                     CREATE FUNCTION {prefix}f() RETURNS INT AS $$ SELECT 2 $$ LANGUAGE sql;",
            history: "",
        },
        "-- migrate: only postgresql\n\
         CREATE OR REPLACE FUNCTION {prefix}f() RETURNS INT AS $$ SELECT 2 $$ LANGUAGE sql;",
        "",
    );
}

#[test]
fn a_table_that_revisions_made_for_all_engines_changes_on_all() {
    check(
        &Case {
            kept: "CREATE TABLE t (a INTEGER)",
            change: "ALTER TABLE t ADD COLUMN b INTEGER",
            models: "-- migrate: only postgresql\nCREATE TABLE t (a INTEGER, b INTEGER);",
            history: "CREATE TABLE t (a INTEGER);",
        },
        "ALTER TABLE t ADD COLUMN b INTEGER;",
        "-- drops the values of `b`\nALTER TABLE t DROP COLUMN b;",
    );
}

#[test]
fn names_that_nobody_chose_are_left_to_the_engine() {
    check(
        &Case {
            kept: "CREATE TABLE irma_o (id INTEGER PRIMARY KEY)",
            change: "CREATE TABLE irma_t (id integer NOT NULL, o integer NOT NULL, \
                     CONSTRAINT irma_t_pkey PRIMARY KEY (id), \
                     CONSTRAINT irma_t_o_fkey FOREIGN KEY (o) REFERENCES irma_o (id))",
            models: "CREATE TABLE \"{prefix}t\" (id SERIAL PRIMARY KEY, \
                     o INTEGER NOT NULL REFERENCES \"{prefix}o\" (id))",
            history: "",
        },
        "CREATE TABLE \"{prefix}t\" (\n    id SERIAL PRIMARY KEY,\n    \
         o INTEGER NOT NULL REFERENCES \"{prefix}o\" (id)\n);",
        "-- drops `{prefix}t` and its rows\nDROP TABLE \"{prefix}t\";",
    );
}

#[test]
fn a_check_without_a_name_is_the_one_of_the_models() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (w numeric)",
            change: "ALTER TABLE irma_t ADD CONSTRAINT irma_t_w_check CHECK (w > (0)::numeric)",
            models: "CREATE TABLE \"{prefix}t\" (w NUMERIC CHECK (w > 0.0))",
            history: "",
        },
        "ALTER TABLE \"{prefix}t\" ADD CONSTRAINT \"{prefix}t_w_check\" CHECK (w > 0.0);",
        "ALTER TABLE \"{prefix}t\" DROP CONSTRAINT \"{prefix}t_w_check\";",
    );
}

#[test]
fn what_was_written_as_an_index_stays_one() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (a INTEGER)",
            change: "ALTER TABLE irma_t ADD CONSTRAINT i3 UNIQUE (a)",
            models: "CREATE TABLE \"{prefix}t\" (a INTEGER); CREATE UNIQUE INDEX i3 ON \"{prefix}t\" (a)",
            history: "",
        },
        "CREATE UNIQUE INDEX i3 ON \"{prefix}t\" (a);",
        "DROP INDEX i3 ON \"{prefix}t\";",
    );
}

#[test]
fn a_type_that_one_engine_must_be_told_how_to_reach_is_told_there() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (a VARCHAR(5))",
            change: "ALTER TABLE irma_t ALTER COLUMN a TYPE INTEGER",
            models: "CREATE TABLE \"{prefix}t\" (a INTEGER)",
            history: "CREATE TABLE \"{prefix}t\" (a VARCHAR(5))",
        },
        "-- migrate: only postgresql\n\
         ALTER TABLE \"{prefix}t\" ALTER COLUMN a TYPE INTEGER USING \"a\"::INTEGER;\n\n\
         -- migrate: only sqlite, mysql\n\
         ALTER TABLE \"{prefix}t\" ALTER COLUMN a TYPE INTEGER;",
        "ALTER TABLE \"{prefix}t\" ALTER COLUMN a TYPE VARCHAR(5);",
    );
}

#[test]
fn a_conversion_is_told_where_a_column_or_table_gets_another_name_too() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (a text)",
            change: "ALTER TABLE irma_t RENAME TO irma_u; ALTER TABLE irma_u RENAME COLUMN a TO b; \
                     ALTER TABLE irma_u ALTER COLUMN b TYPE INTEGER",
            models: "CREATE TABLE \"{prefix}u\" (b INTEGER)",
            history: "CREATE TABLE \"{prefix}t\" (a TEXT)",
        },
        "ALTER TABLE \"{prefix}t\" RENAME TO \"{prefix}u\";\n\
         ALTER TABLE \"{prefix}u\" RENAME COLUMN a TO b;\n\n\
         -- migrate: only postgresql\n\
         ALTER TABLE \"{prefix}u\" ALTER COLUMN b TYPE INTEGER USING \"b\"::INTEGER;\n\n\
         -- migrate: only sqlite, mysql\n\
         ALTER TABLE \"{prefix}u\" ALTER COLUMN b TYPE INTEGER;",
        "ALTER TABLE \"{prefix}u\" ALTER COLUMN b TYPE TEXT;\n\
         ALTER TABLE \"{prefix}u\" RENAME COLUMN b TO a;\n\
         ALTER TABLE \"{prefix}u\" RENAME TO \"{prefix}t\";",
    );
}

#[test]
fn a_conversion_is_told_where_no_revision_made_the_column() {
    check(
        &Case {
            kept: "CREATE TABLE irma_t (a text)",
            change: "ALTER TABLE irma_t ALTER COLUMN a TYPE INTEGER",
            models: "CREATE TABLE \"{prefix}t\" (a INTEGER)",
            history: "",
        },
        "-- migrate: only postgresql\n\
         ALTER TABLE \"{prefix}t\" ALTER COLUMN a TYPE INTEGER USING \"a\"::INTEGER;\n\n\
         -- migrate: only sqlite, mysql\n\
         ALTER TABLE \"{prefix}t\" ALTER COLUMN a TYPE INTEGER;",
        "ALTER TABLE \"{prefix}t\" ALTER COLUMN a TYPE TEXT;",
    );
}

#[test]
fn a_trigger_is_dropped_and_made_on_each_engine_by_itself() {
    let sqlite = |body: &str| {
        format!("-- migrate: only sqlite\nCREATE TRIGGER x AFTER INSERT ON t BEGIN {body}; END;\n")
    };
    let mysql =
        "-- migrate: only mysql\nCREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW SET @a = 1;\n";
    let postgresql = |body: &str| {
        format!(
            "-- migrate: only postgresql\nCREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION {body}();\n"
        )
    };
    let models = sqlite("SELECT 2") + mysql + &postgresql("g");
    let history = sqlite("SELECT 1") + mysql + &postgresql("f");
    let draft = run(&Case {
        kept: "CREATE TABLE t (a INTEGER)",
        change: "DROP TRIGGER x ON t; CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION g()",
        models: &models,
        history: &history,
    });
    assert_eq!(
        draft.upgrade,
        "-- migrate: only postgresql\nDROP TRIGGER x ON t;\n\n\
         -- migrate: only postgresql\nCREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION g();\n\n\
         -- migrate: only sqlite\nDROP TRIGGER \"x\";\n\n\
         -- migrate: only sqlite\nCREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 2; END;\n"
    );
}
