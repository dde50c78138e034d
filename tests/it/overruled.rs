//! What somebody says against the ledger, and what he writes between the statements in effect: nothing
//! that is known to be in effect is forgotten before something came of it. Through the real binary.

use migration_core::dialect::Dialect;
use migration_tests::command::holds;

use crate::resume::{FAILS, Scene};

/// Two of four statements of the upgrade of `bbbb2` are in effect, and the third would run now.
fn stopped() -> Option<(Scene, String)> {
    let scene = Scene::on(Dialect::Mysql)?;
    scene.revision("bbbb2", "aaaa1", FAILS, "");
    scene.type_in("migrate upgrade head", 1);
    let corrected = FAILS.replace("TABLE one", "TABLE three");
    scene.revision("bbbb2", "aaaa1", &corrected, "");
    Some((scene, corrected))
}

#[test]
fn a_statement_written_between_those_in_effect_is_told_from_one_that_was_changed() {
    let Some((scene, corrected)) = stopped() else {
        return;
    };
    let between = corrected.replace("INSERT", "CREATE TABLE five (id INTEGER);\nINSERT");
    scene.revision("bbbb2", "aaaa1", &between, "");
    let text = scene.type_in("migrate upgrade head", 1);
    holds(
        &text,
        &[
            "error: statement 2 of the upgrade of `bbbb2` is new, and stands before statements \
             that are in effect\n",
            "bbbb2.sql:9:1",
            "hint: put it behind the 2 statements in effect and run the same command again; or do \
             by hand what it says, and run the same command with `--resume-at 4`\n",
        ],
    );
    scene.run("CREATE TABLE five (id INTEGER)");
    let text = scene.type_in("migrate upgrade head --resume-at 4", 0);
    holds(&text, &["at statement 4 of 5\n"]);
    assert!(scene.has("three") && scene.has("four"));
}

#[test]
fn a_statement_put_behind_those_in_effect_runs() {
    let Some((scene, corrected)) = stopped() else {
        return;
    };
    let behind = corrected.replace("(1);", "(1);\nCREATE TABLE five (id INTEGER);");
    scene.revision("bbbb2", "aaaa1", &behind, "");
    let text = scene.type_in("migrate upgrade head", 0);
    holds(&text, &["at statement 3 of 5\n"]);
    assert!(scene.has("three") && scene.has("five"));
}

#[test]
fn a_number_typed_by_mistake_makes_nothing_forgotten() {
    let Some((scene, _)) = stopped() else {
        return;
    };
    for _ in 0..2 {
        let text = scene.type_in("migrate upgrade head --resume-at 1", 1);
        holds(
            &text,
            &[
                "note: no revision was completed; the database is at aaaa1\n",
                "hint: 2 of 4 statements of the upgrade of `bbbb2` are in effect and stay; run the \
                 command again without `--resume-at`: it continues at statement 3\n",
            ],
        );
        let plan = scene.type_in("migrate plan", 0);
        holds(&plan, &["`upgrade` goes on at statement 3 of 4\n"]);
        assert_eq!(scene.ledger().last().unwrap(), "upgrade bbbb2 failed 2/4");
    }
    scene.type_in("migrate upgrade head", 0);
    assert!(scene.has("three") && scene.has("four"));
}

#[test]
fn what_a_run_that_goes_on_finds_there_already_can_be_passed_over() {
    let Some((scene, _)) = stopped() else {
        return;
    };
    scene.run("CREATE TABLE three (id INTEGER)");
    let made = "if statement 3 made it, in an earlier run or by somebody's hand, `--resume-at 4` \
                goes on behind it\n";
    let text = scene.type_in("migrate upgrade head", 1);
    let again = "then run the same command again: it continues at statement 3\n";
    holds(&text, &[again, made]);
    let text = scene.type_in("migrate upgrade head --resume-at 3", 1);
    let again = "then run the command again without `--resume-at`: it continues at statement 3\n";
    holds(&text, &[again, made]);
    scene.type_in("migrate upgrade head --resume-at 4", 0);
    assert!(scene.has("four"));
}
