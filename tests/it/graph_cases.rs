//! The reference's own answers: 1,000 random graphs that Alembic was asked about.
//!
//! Every case must agree, or differ for one of the reasons named here and in
//! `docs/design/0001-graph-and-plan.md`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use migration_core::graph::{self, RevisionGraph};
use migration_core::plan::{self, Plan};
use migration_core::revision::{Header, Revision, RevisionFile, RevisionId};
use serde_json::Value;

/// Why an answer of ours may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deviation {
    /// The reference fails by an internal error; we say what is wrong, or do what was meant.
    InternalError,
    /// The reference accepts a label that its own targets cannot name.
    UnusableLabel,
    /// The reference lets the last of two files with one id win.
    DuplicateId,
    /// The reference picks one of several rows by their order in the database.
    RowOrder,
    /// The reference ignores a branch before the `@` that does not exist or is ambiguous.
    UnknownBranch,
    /// The reference stamps rows of which one implies another, and then refuses to upgrade.
    OverlappingStamp,
    /// The reference reads `@-1`, a branch without a name, as if there were no `@`.
    EmptyBranch,
    /// The reference keeps a row that another row implies.
    RedundantRow,
    /// The reference counts steps in a stamp, but only while the version table is empty.
    CountedStamp,
    /// The reference takes a bare number of a few digits for the start of an id.
    BareNumber,
}

#[test]
fn every_answer_is_the_references_or_differs_for_a_written_reason() {
    let text = include_str!("../cases/graph/graph-cases.jsonl");
    let mut deviations: BTreeMap<Deviation, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    let mut cases = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("a line is a case");
        cases += 1;
        match compare(&case) {
            Ok(None) => {}
            Ok(Some(deviation)) => *deviations.entry(deviation).or_default() += 1,
            Err(difference) => differences.push(format!(
                "case {} ({}): {}\n{difference}",
                case["n"], case["shape"], case["case"]
            )),
        }
    }
    assert_eq!(cases, 1000);
    assert!(
        differences.is_empty(),
        "{} differences, the first ones:\n{}",
        differences.len(),
        differences
            .iter()
            .take(5)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n\n")
    );
    println!("deviations: {deviations:?}");
}

/// What came of a case: ids of a reading command, or steps and rows of a plan.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Revisions(Vec<String>),
    Plan {
        steps: Vec<String>,
        rows: Vec<String>,
    },
    Error(String),
}

fn compare(case: &Value) -> Result<Option<Deviation>, String> {
    let ours = answer(&case["case"]);
    let expect = &case["expect"];
    let stable = case["stable"].as_bool().unwrap_or(true);
    if expect["ok"].as_bool() != Some(true) {
        return match &ours {
            Answer::Error(_) => Ok(None),
            Answer::Plan { .. } | Answer::Revisions(_) => {
                let class = expect["error"]["class"].as_str().unwrap_or_default();
                if matches!(class, "KeyError" | "AssertionError" | "AttributeError") {
                    Ok(Some(Deviation::InternalError))
                } else {
                    Err(format!("theirs: {}\nours: {ours:?}", expect["error"]))
                }
            }
        };
    }
    let theirs = theirs(case);
    if same(&ours, &theirs, case, stable) {
        return Ok(None);
    }
    deviation(&case["case"], &ours, &theirs)
        .map(Some)
        .ok_or_else(|| format!("theirs: {theirs:?}\nours: {ours:?}"))
}

fn theirs(case: &Value) -> Answer {
    let expect = &case["expect"];
    if let Some(revisions) = expect.get("revisions") {
        return Answer::Revisions(texts(revisions));
    }
    let steps = expect["steps"].as_array().expect("a plan has steps");
    Answer::Plan {
        steps: steps
            .iter()
            .filter_map(|step| step["id"].as_str().map(str::to_owned))
            .collect(),
        rows: texts(&expect["rows"]),
    }
}

fn same(ours: &Answer, theirs: &Answer, case: &Value, stable: bool) -> bool {
    match (ours, theirs) {
        (Answer::Revisions(ours), Answer::Revisions(theirs)) => {
            // Alembic keeps heads, bases and what they resolve to in no promised order.
            let ordered = case["case"]["direction"] == "history" && stable;
            if ordered {
                ours == theirs
            } else {
                sorted(ours) == sorted(theirs)
            }
        }
        (
            Answer::Plan { steps, rows },
            Answer::Plan {
                steps: their_steps,
                rows: their_rows,
            },
        ) => {
            if rows != their_rows {
                return false;
            }
            let stamp = case["case"]["direction"]
                .as_str()
                .is_some_and(|d| d.starts_with("stamp"));
            if stamp {
                return true;
            }
            if stable {
                steps == their_steps
            } else {
                sorted(steps) == sorted(their_steps)
            }
        }
        (Answer::Revisions(_) | Answer::Plan { .. } | Answer::Error(_), _) => false,
    }
}

fn deviation(case: &Value, ours: &Answer, theirs: &Answer) -> Option<Deviation> {
    let error = match (ours, theirs) {
        (Answer::Error(error), _) => error,
        (
            Answer::Plan { steps, rows },
            Answer::Plan {
                steps: their_steps,
                rows: their_rows,
            },
        ) => {
            let fewer = steps == their_steps && rows.iter().all(|row| their_rows.contains(row));
            return fewer.then_some(Deviation::RedundantRow);
        }
        (Answer::Plan { .. } | Answer::Revisions(_), _) => return None,
    };
    let kind = error.split(':').next().unwrap_or_default();
    let stamp = case["direction"]
        .as_str()
        .is_some_and(|direction| direction.starts_with("stamp"));
    match kind {
        "reserved-character" | "reserved-label" => Some(Deviation::UnusableLabel),
        "bare-number" => Some(Deviation::BareNumber),
        "empty-target" => Some(Deviation::EmptyBranch),
        "duplicate-id" => Some(Deviation::DuplicateId),
        "ambiguous-start" if texts(&case["current"]).len() > 1 => Some(Deviation::RowOrder),
        "no-such-branch" | "ambiguous-revision" => Some(Deviation::UnknownBranch),
        "overlapping-revisions" if stamp => Some(Deviation::OverlappingStamp),
        "wrong-way" if stamp => Some(Deviation::CountedStamp),
        _ => None,
    }
}

fn answer(case: &Value) -> Answer {
    let revisions = case["revisions"].as_array().expect("a case has revisions");
    let graph = match graph::build(revisions.iter().map(revision)) {
        Ok(graph) => graph,
        Err(error) => return failed(&error),
    };
    let current: Vec<RevisionId> = texts(&case["current"])
        .into_iter()
        .map(RevisionId::new)
        .collect();
    let targets = match &case["target"] {
        Value::Array(_) => texts(&case["target"]),
        target => vec![target.as_str().unwrap_or_default().to_owned()],
    };
    let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
    let direction = case["direction"].as_str().unwrap_or_default();
    match direction {
        "upgrade" => planned(plan::upgrade(&graph, &current, &targets)),
        "downgrade" => planned(plan::downgrade(&graph, &current, &targets)),
        "stamp" => planned(plan::stamp(&graph, &current, &targets, false)),
        "stamp-purge" => planned(plan::stamp(&graph, &current, &targets, true)),
        _ => read(&graph, direction, targets[0], &current),
    }
}

fn read(graph: &RevisionGraph, direction: &str, target: &str, current: &[RevisionId]) -> Answer {
    let found = match direction {
        "heads" => Ok(graph.heads()),
        "bases" => Ok(graph.bases()),
        "branches" => Ok(graph.branch_points()),
        "history" => graph.history(Some(target).filter(|range| !range.is_empty()), current),
        "resolve" => graph.resolve(target),
        other => panic!("unknown direction {other}"),
    };
    match found {
        Ok(ids) => Answer::Revisions(ids.iter().map(ToString::to_string).collect()),
        Err(error) => failed(&error),
    }
}

fn planned(plan: Result<Plan, plan::PlanError>) -> Answer {
    match plan {
        Err(error) => failed(&error),
        Ok(plan) => Answer::Plan {
            steps: plan
                .steps
                .iter()
                .filter_map(|step| step.revision.as_ref().map(ToString::to_string))
                .collect(),
            rows: plan.to.iter().map(ToString::to_string).collect(),
        },
    }
}

fn failed(error: &dyn migration_core::diagnostic::Advice) -> Answer {
    Answer::Error(format!("{}: {error}", error.kind()))
}

fn revision(case: &Value) -> Revision {
    let id = case["id"].as_str().expect("a revision has an id");
    Revision {
        header: Header {
            id: RevisionId::new(id),
            revises: texts(&case["down"])
                .into_iter()
                .map(RevisionId::new)
                .collect(),
            depends_on: texts(&case["depends_on"]),
            branch_labels: texts(&case["labels"]),
            create_date: None,
            message: String::new(),
            own_text: None,
        },
        file: RevisionFile::Disk(PathBuf::from(format!("{id}.sql")).into()),
    }
}

fn texts(values: &Value) -> Vec<String> {
    values
        .as_array()
        .map(|all| {
            all.iter()
                .filter_map(|text| text.as_str().map(str::to_owned))
                .collect()
        })
        .unwrap_or_default()
}

fn sorted(texts: &[String]) -> Vec<&String> {
    let mut sorted: Vec<&String> = texts.iter().collect();
    sorted.sort();
    sorted
}
