//! Tests of where statements end.

use super::{mysql, postgres, read};
use crate::operation::Operation;
use crate::sql::{ParseOptions, SqlError};

/// Checks that the text is these statements, all of which pass through.
#[track_caller]
fn check_with(options: &ParseOptions, text: &str, expected: &[&str]) {
    let script = read(text, options).expect("the text is legal");
    let found: Vec<_> = script
        .statements
        .iter()
        .map(|statement| match statement.operations.as_slice() {
            [Operation::Raw { sql }] => sql.as_str(),
            other => panic!("not as written: {other:?}"),
        })
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_with(&postgres(), text, expected);
    check_with(&mysql(), text, expected);
}

#[test]
fn semicolons_end_statements_and_the_last_needs_none() {
    check(
        "SELECT 1;;\n SELECT ';' ; SELECT 3",
        &["SELECT 1", "SELECT ';'", "SELECT 3"],
    );
    check("", &[]);
    check(" -- nothing\n /* at all */ ;", &[]);
}

#[test]
fn comments_stay_inside_a_statement_and_go_around_it() {
    check(
        "-- before\nSELECT /* {prefix} in */ '{prefix}' -- end\n, 1 -- after\n; -- last",
        &["SELECT /* {prefix} in */ 'irma_' -- end\n, 1"],
    );
}

#[test]
fn a_doubled_mark_is_the_literal_text() {
    check(
        "SELECT '{{prefix}} {prefix}x'",
        &["SELECT '{prefix} irma_x'"],
    );
}

#[test]
fn trigger_bodies_are_one_statement() {
    let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN
        UPDATE b SET c = CASE WHEN new.d > 0 THEN 1 ELSE 2 END, e = if(1, 2, 3);
        SELECT CASE WHEN 1 THEN if(1, 2, 3) END;
        INSERT INTO b VALUES (1) ON CONFLICT DO NOTHING;
    END";
    check(&format!("{trigger};SELECT 2"), &[trigger, "SELECT 2"]);
}

#[test]
fn routine_bodies_nest() {
    let routine = "CREATE DEFINER=`root`@`%` PROCEDURE p(IN n INT) DETERMINISTIC
    BEGIN
        DECLARE i INT DEFAULT 0;
        DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END;
        IF n > 0 THEN SET i = 1; ELSEIF n < 0 THEN SET i = 2; ELSE IF n = 0 THEN SET i = 3; END IF; END IF;
        again: WHILE i < n DO SET i = i + 1; END WHILE again;
        LOOP SET i = IF(i > 3, 1, 2); END LOOP;
        REPEAT SET i = REPEAT('x', 3); UNTIL i > 9 END REPEAT;
        CASE i WHEN 1 THEN SELECT 1; ELSE BEGIN END; END CASE;
        DROP TABLE IF EXISTS x;
    END";
    check(&format!("{routine};\nSELECT 2;"), &[routine, "SELECT 2"]);
    let bare =
        "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW IF NEW.a < 0 THEN SET NEW.a = 0; END IF";
    check(&format!("{bare};SELECT 2"), &[bare, "SELECT 2"]);
    let short = "CREATE TRIGGER IF NOT EXISTS t BEFORE INSERT ON x FOR EACH ROW SET NEW.a = 0";
    check(&format!("{short};SELECT 2"), &[short, "SELECT 2"]);
    let event = "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; END";
    check(&format!("{event};SELECT 2"), &[event, "SELECT 2"]);
    let anonymous = "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END";
    check(&format!("{anonymous};SELECT 2"), &[anonymous, "SELECT 2"]);
}

#[test]
fn standard_function_bodies_are_one_statement() {
    let atomic = "CREATE FUNCTION f(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC SELECT a; SELECT CASE a WHEN 1 THEN 2 END; END";
    check(&format!("{atomic};SELECT 2"), &[atomic, "SELECT 2"]);
    let dollar = "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN x; END; $$ LANGUAGE plpgsql";
    check(&format!("{dollar};SELECT 2"), &[dollar, "SELECT 2"]);
    let trigger = "CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()";
    check(&format!("{trigger};SELECT 2"), &[trigger, "SELECT 2"]);
    let rule = "CREATE RULE r AS ON INSERT TO a DO ALSO (INSERT INTO b VALUES (1); DELETE FROM c)";
    check(&format!("{rule};SELECT 2"), &[rule, "SELECT 2"]);
}

#[test]
fn begin_alone_is_a_statement() {
    check("BEGIN; SELECT 1; END;", &["BEGIN", "SELECT 1", "END"]);
}

#[test]
fn delimiter_lines_choose_what_ends_a_statement() {
    check(
        "DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\nSELECT 2$$\ndelimiter ;\nSELECT 3;",
        &[
            "CREATE PROCEDURE p() BEGIN SELECT 1; END",
            "SELECT 2",
            "SELECT 3",
        ],
    );
}

#[test]
fn an_open_block_is_reported_at_its_first_word() {
    let error = read(
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;",
        &postgres(),
    );
    match error {
        Err(SqlError::UnclosedBlock { keyword, place }) => {
            assert_eq!((keyword.as_str(), place.span.start), ("BEGIN", 35));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn comments_that_an_engine_obeys_are_statements() {
    check(
        "/*!40101 SET x = 1 */; SELECT 1",
        &["/*!40101 SET x = 1 */", "SELECT 1"],
    );
    check(
        "CREATE TABLE t (a INT) /*!50100 PARTITION BY KEY (a) */",
        &["CREATE TABLE t (a INT) /*!50100 PARTITION BY KEY (a) */"],
    );
}

#[test]
fn a_statement_is_read_as_the_engines_it_is_for_read_it() {
    let text = r"-- migrate: only postgresql, sqlite
SELECT '\', 1;
-- migrate: only mysql
SELECT 'it\'s', 2;
SELECT 3";
    check(text, &[r"SELECT '\', 1", r"SELECT 'it\'s', 2", "SELECT 3"]);
}
