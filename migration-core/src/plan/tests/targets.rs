//! Every form of target that a plan knows, and plans of many branches.

use crate::diagnostic::Advice;
use crate::graph::drawing::{draw, ids, words};
use crate::plan::{Plan, PlanError, downgrade, stamp, upgrade};
use crate::revision::RevisionId;

/// Two lines from one base, joined: `aaaa1 - bbbb2 (left) / cccc3 (right) - dddd4 - eeee5`.
const JOINED: &str =
    "aaaa1; bbbb2 <aaaa1 #left; cccc3 <aaaa1 #right; dddd4 <bbbb2 <cccc3; eeee5 <dddd4";

/// What a plan is, in one line: steps, then rows; or the kind of the error.
fn line(plan: Result<Plan, PlanError>) -> String {
    match plan {
        Err(error) => {
            assert!(error.hint().is_some(), "{error} has a hint");
            error.kind().to_owned()
        }
        Ok(plan) => {
            let steps: Vec<RevisionId> = plan
                .steps
                .into_iter()
                .filter_map(|step| step.revision)
                .collect();
            format!("{} => {}", words(&steps), words(&plan.to))
        }
    }
}

#[track_caller]
fn check_upgrade(rows: &str, target: &str, expected: &str) {
    let plan = upgrade(&draw(JOINED), &ids(rows), &[target]);
    assert_eq!(line(plan), expected, "upgrade {target} from {rows}");
}

#[track_caller]
fn check_downgrade(rows: &str, target: &str, expected: &str) {
    let plan = downgrade(&draw(JOINED), &ids(rows), &[target]);
    assert_eq!(line(plan), expected, "downgrade {target} from {rows}");
}

#[test]
fn every_form_of_target_goes_up() {
    check_upgrade("", "left", "aaaa1 bbbb2 => bbbb2");
    check_upgrade("", "+1", "aaaa1 => aaaa1");
    check_upgrade("aaaa1", "left@+1", "bbbb2 => bbbb2");
    check_upgrade("", "bbbb2-1", "aaaa1 => aaaa1");
    check_upgrade("bbbb2", "+1", "cccc3 dddd4 => dddd4");
    check_upgrade("dddd4", "dddd4+1", "eeee5 => eeee5");
    check_upgrade("eeee5", "head", " => eeee5");
    check_upgrade("aaaa1", "base", " => aaaa1");
    check_upgrade("aaaa1", "+1", "ambiguous-walk");
    check_upgrade("bbbb2 cccc3", "+1", "ambiguous-start");
    check_upgrade("eeee5", "+1", "walked-too-far");
    check_upgrade("aaaa1", "-1", "wrong-way");
    check_upgrade("aaaa1 bbbb2", "head", "overlapping-revisions");
    check_upgrade("ffff6", "head", "unknown-version-row");
    let both = upgrade(&draw(JOINED), &[], &["left", "right"]);
    assert_eq!(line(both), "aaaa1 cccc3 bbbb2 => bbbb2 cccc3");
}

#[test]
fn every_form_of_target_goes_down() {
    check_downgrade("eeee5", "-1", "eeee5 => dddd4");
    check_downgrade("eeee5", "dddd4", "eeee5 => dddd4");
    check_downgrade("eeee5", "head-1", "eeee5 => dddd4");
    check_downgrade("bbbb2 cccc3", "left@-1", "bbbb2 => cccc3");
    check_downgrade("aaaa1", "-1", "aaaa1 => ");
    check_downgrade("eeee5", "eeee5", " => eeee5");
    check_downgrade("bbbb2", "cccc3", "not-below");
    check_downgrade("bbbb2 cccc3", "-1", "ambiguous-start");
    check_downgrade("aaaa1 bbbb2", "-1", "overlapping-revisions");
    check_downgrade("dddd4", "-1", "ambiguous-walk");
    check_downgrade("dddd4", "left", "dddd4 => bbbb2 cccc3");
    check_downgrade("eeee5", "+1", "wrong-way");
    check_downgrade("eeee5", "-9", "ambiguous-walk");
    check_downgrade("aaaa1", "-2", "walked-too-far");
    check_downgrade("", "-1", "nothing-applied");
}

/// As [`JOINED`], but for the top, and a second line: `ffff6 - gggg7`.
const TWO_LINES: &str =
    "aaaa1; bbbb2 <aaaa1; cccc3 <aaaa1; dddd4 <bbbb2 <cccc3; ffff6; gggg7 <ffff6";

#[track_caller]
fn check_advice(plan: Result<Plan, PlanError>, expected: &str) {
    let error = plan.unwrap_err();
    assert_eq!(error.hint().as_deref(), Some(expected), "{error}");
}

#[test]
fn the_advice_on_the_way_down_names_every_way_that_leads_on() {
    for (rows, target, expected) in [
        (
            "dddd4",
            "-1",
            "say which: `downgrade bbbb2` or `downgrade cccc3`",
        ),
        (
            "dddd4",
            "dddd4-2",
            "say which: `downgrade bbbb2` or `downgrade cccc3`",
        ),
        (
            "dddd4 ffff6",
            "-1",
            "say from which: `downgrade bbbb2` or `downgrade cccc3` or `downgrade ffff6@-1`",
        ),
        (
            "bbbb2 cccc3",
            "-1",
            "say from which: `downgrade bbbb2@-1` or `downgrade cccc3@-1`",
        ),
    ] {
        check_advice(downgrade(&draw(TWO_LINES), &ids(rows), &[target]), expected);
    }
}

#[test]
fn the_advice_on_the_way_up_names_every_way_that_leads_on() {
    for (rows, expected) in [
        ("", "say which: `upgrade aaaa1` or `upgrade ffff6`"),
        ("aaaa1", "say which: `upgrade bbbb2` or `upgrade cccc3`"),
        (
            "aaaa1 ffff6",
            "say from which: `upgrade bbbb2` or `upgrade cccc3` or `upgrade ffff6@+1`",
        ),
        ("dddd4 ffff6", "say from which: `upgrade ffff6@+1`"),
        (
            "dddd4 gggg7",
            "none of them goes on that far; `current` and `history` show where they are",
        ),
    ] {
        check_advice(upgrade(&draw(TWO_LINES), &ids(rows), &["+1"]), expected);
    }
}

#[test]
fn targets_that_mean_nothing_together_are_refused() {
    let graph = draw(JOINED);
    for (targets, expected) in [
        (["head", "base"], "base-beside-targets"),
        (["left", "right@base"], "base-beside-targets"),
        (["left", "+1"], "count-beside-targets"),
        (["-1", "left"], "count-beside-targets"),
        (["left", "bbbb2+1"], "count-beside-targets"),
    ] {
        let plan = upgrade(&graph, &ids("aaaa1"), &targets);
        assert_eq!(line(plan), expected, "upgrade {targets:?}");
    }
    for (targets, expected) in [
        (["dddd4", "base"], "target-taken-away"),
        (["aaaa1", "left"], "target-taken-away"),
        (["-1", "-1"], "count-beside-targets"),
        (["left", "right"], "eeee5 dddd4 => bbbb2 cccc3"),
    ] {
        let plan = downgrade(&graph, &ids("eeee5"), &targets);
        assert_eq!(line(plan), expected, "downgrade {targets:?}");
    }
    let plan = stamp(&graph, &ids("eeee5"), &["base", "left"], false);
    assert_eq!(line(plan), "bbbb2 => bbbb2");
}

/// Ten thousand revisions whose plans would not end in reasonable time if a step looked at all
/// others: two lines that join again and again, then a thousand lines of which half need another.
#[test]
fn thousands_of_branches_merges_and_dependencies_are_planned_at_once() {
    let mut drawing = String::from("m0");
    for at in 1..=2000 {
        let below = at - 1;
        drawing += &format!("; l{at} <m{below}; r{at} <m{below}; m{at} <l{at} <r{at}");
    }
    for at in 0..2000 {
        drawing += &format!("; t{at} <m2000; u{at} <t{at}");
        if at % 2 == 1 {
            drawing += &format!(" &t{}", at - 1);
        }
    }
    let graph = draw(&drawing);
    let up = upgrade(&graph, &[], &["heads"]).unwrap();
    assert_eq!((up.steps.len(), up.to.len()), (10_001, 2000));
    let advice = downgrade(&graph, &up.to, &["-1"]).unwrap_err().hint();
    assert_eq!(advice.unwrap_or_default().matches(" or ").count(), 11);
    let down = downgrade(&graph, &up.to, &["base"]).unwrap();
    assert_eq!((down.steps.len(), down.to.len()), (10_001, 0));
}

/// The hint against a short number without a sign; none when a plan is made.
#[track_caller]
fn check_number(plan: Result<Plan, PlanError>, hint: Option<&str>) {
    match (plan, hint) {
        (Err(error @ PlanError::BareNumber { .. }), Some(hint)) => {
            assert_eq!(error.hint().as_deref(), Some(hint));
        }
        (plan, None) => assert!(plan.is_ok(), "{plan:?}"),
        (plan, Some(_)) => panic!("{plan:?} refuses no number"),
    }
}

#[test]
fn of_many_ids_that_begin_with_a_number_a_few_are_named() {
    let graph = draw("1a; 1b; 1c; 1d; 1e; 1f");
    let hint = "`upgrade +1` counts the steps; the ids that begin so are `1a`, `1b`, `1c`, `1d` and 2 \
                more";
    check_number(upgrade(&graph, &[], &["1"]), Some(hint));
}

#[test]
fn zeros_that_begin_ids_lead_nobody_down() {
    let graph = draw("0001; 0002 <0001");
    let hint = "the ids that begin so are `0001`, `0002`";
    for zeros in ["0", "00", "000"] {
        check_number(upgrade(&graph, &[], &[zeros]), Some(hint));
    }
}

#[test]
fn a_short_number_is_no_start_of_an_id_where_something_is_changed() {
    let graph = draw("2cc69d; 17caf <2cc69d #left; 7 <17caf");
    let rows = ids("7");
    let down = |target| downgrade(&graph, &rows, &[target]);
    let meant = |count: &str, id: &str| {
        let begins = format!("`{id}` names the revision whose id begins so");
        match count {
            "" => begins,
            count => format!("`{count}` counts the steps; {begins}"),
        }
    };
    let all = "`downgrade base` undoes all that is applied (3 in all)";
    let (one, other) = ("downgrade 2cc69d", "downgrade left@17caf");
    check_number(down("2"), Some(&meant("downgrade -2", one)));
    check_number(down("left@1"), Some(&meant("downgrade left@-1", other)));
    check_number(down("17+1"), Some(&meant("", "downgrade 17caf+1")));
    check_number(down("3"), Some("`downgrade -3` counts the steps"));
    check_number(down("999"), Some(all));
    check_number(down("0"), Some(all));
    let up = |target| upgrade(&graph, &[], &[target]);
    check_number(up("2"), Some(&meant("upgrade +2", "upgrade 2cc69d")));
    let all = "`upgrade heads` applies all that is pending (3 in all)";
    check_number(up("9"), Some(all));
    let nothing = "`current` shows where the database is, `history` lists all revisions";
    check_number(up("0"), Some("`downgrade base` undoes all that is applied"));
    check_number(downgrade(&graph, &[], &["9"]), Some(nothing));
    let stamped = stamp(&graph, &rows, &["17"], false);
    check_number(stamped, Some("`17caf` is the revision whose id begins so"));
    check_number(down("7"), None);
    check_number(down("2cc6"), None);
    check_number(down("2c"), None);
}
