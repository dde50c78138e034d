//! Laws of plans, over generated graphs.

mod targets;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Plan, PlanError, RowChange, downgrade, stamp, upgrade};
use crate::graph::{RevisionGraph, build, tests::revision};
use crate::revision::RevisionId;

/// A graph with branches, merges, dependencies and several bases, in any load order.
fn graphs() -> impl Strategy<Value = RevisionGraph> {
    let node = (any::<u8>(), any::<u8>(), any::<u8>(), 0..10_u8);
    (prop::collection::vec(node, 1..25), any::<u64>()).prop_map(|(nodes, shuffle)| {
        let mut revisions = Vec::new();
        for (index, (first, second, dependency, shape)) in nodes.into_iter().enumerate() {
            let earlier = |pick: u8| format!("rev{:03}", usize::from(pick) % index.max(1));
            let mut parents = Vec::new();
            if index > 0 && shape > 0 {
                parents.push(if shape < 5 {
                    format!("rev{:03}", index - 1)
                } else {
                    earlier(first)
                });
            }
            if index > 1 && shape > 7 && !parents.contains(&earlier(second)) {
                parents.push(earlier(second));
            }
            let mut needs = Vec::new();
            if index > 0 && [0, 3, 6].contains(&shape) {
                needs.push(earlier(dependency));
            }
            let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
            let needs: Vec<&str> = needs.iter().map(String::as_str).collect();
            revisions.push(revision(&format!("rev{index:03}"), &parents, &needs, &[]));
        }
        let turn = usize::try_from(shuffle % 25).unwrap_or_default() % revisions.len();
        revisions.rotate_left(turn);
        build(revisions).expect("parents come before children")
    })
}

/// A graph and the rows of a database in which some of it is applied.
fn databases() -> impl Strategy<Value = (RevisionGraph, Vec<RevisionId>)> {
    (
        graphs(),
        prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    )
        .prop_map(|(graph, picks)| {
            let all: Vec<RevisionId> = graph.iter().map(|revision| revision.id().clone()).collect();
            let picked: Vec<RevisionId> = picks.iter().map(|pick| pick.get(&all).clone()).collect();
            let applied = below(&graph, &picked);
            let rows = maximal(&graph, &applied);
            (graph, rows)
        })
}

type Set = BTreeSet<RevisionId>;

/// What a revision names directly, read from its header.
fn named(graph: &RevisionGraph, id: &RevisionId) -> Vec<RevisionId> {
    let mut named = graph
        .get(id.as_str())
        .expect("a member")
        .header
        .revises
        .clone();
    named.extend(graph.depends_on(id.as_str()));
    named
}

fn below(graph: &RevisionGraph, ids: &[RevisionId]) -> Set {
    let mut found = Set::new();
    let mut todo = ids.to_vec();
    while let Some(id) = todo.pop() {
        if found.insert(id.clone()) {
            todo.extend(named(graph, &id));
        }
    }
    found
}

fn maximal(graph: &RevisionGraph, applied: &Set) -> Vec<RevisionId> {
    let implied: Set = applied
        .iter()
        .flat_map(|id| named(graph, id))
        .flat_map(|id| below(graph, &[id]))
        .collect();
    applied.difference(&implied).cloned().collect()
}

/// Follows a plan; each change must touch exactly one row.
fn follow(graph: &RevisionGraph, plan: &Plan, mut applied: Set) -> Result<Set, TestCaseError> {
    let mut rows: Set = plan.from.iter().cloned().collect();
    for step in &plan.steps {
        let id = step.revision.clone().expect("a step has a revision");
        match step.direction {
            super::Direction::Upgrade => {
                prop_assert!(
                    named(graph, &id)
                        .iter()
                        .all(|needed| applied.contains(needed))
                );
                prop_assert!(applied.insert(id));
            }
            super::Direction::Downgrade => {
                prop_assert!(applied.remove(&id));
                let orphan = applied
                    .iter()
                    .find(|other| named(graph, other).contains(&id));
                prop_assert_eq!(orphan, None);
            }
            super::Direction::Stamp => prop_assert!(false, "no stamp was asked for"),
        }
        for change in &step.changes {
            match change {
                RowChange::Insert(row) => prop_assert!(rows.insert(row.clone())),
                RowChange::Delete(row) => prop_assert!(rows.remove(row)),
                RowChange::Update { from, to } => {
                    prop_assert!(rows.remove(from));
                    prop_assert!(rows.insert(to.clone()));
                }
            }
        }
        let now: Vec<RevisionId> = rows.iter().cloned().collect();
        prop_assert_eq!(&now, &maximal(graph, &applied));
    }
    prop_assert_eq!(rows.into_iter().collect::<Vec<_>>(), plan.to.clone());
    Ok(applied)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn an_upgrade_applies_exactly_what_is_missing_below_its_target(
        (graph, rows) in databases(),
        pick in any::<prop::sample::Index>(),
    ) {
        let all: Vec<RevisionId> = graph.iter().map(|revision| revision.id().clone()).collect();
        let target = pick.get(&all);
        let plan = upgrade(&graph, &rows, &[target.as_str()]).expect("one target");
        let before = below(&graph, &rows);
        let after = follow(&graph, &plan, before.clone())?;
        let wanted: Set = before.union(&below(&graph, std::slice::from_ref(target))).cloned().collect();
        prop_assert_eq!(after, wanted);
        let again = upgrade(&graph, &plan.to, &[target.as_str()]).expect("one target");
        prop_assert!(again.steps.is_empty());
    }

    #[test]
    fn a_downgrade_takes_away_what_stands_above_its_target(
        (graph, rows) in databases(),
        pick in any::<prop::sample::Index>(),
    ) {
        let all: Vec<RevisionId> = graph.iter().map(|revision| revision.id().clone()).collect();
        let target = pick.get(&all);
        let Ok(plan) = downgrade(&graph, &rows, &[target.as_str()]) else { return Ok(()) };
        let before = below(&graph, &rows);
        let after = follow(&graph, &plan, before.clone())?;
        let roots = graph.children(target.as_str());
        let stays: Set = before
            .into_iter()
            .filter(|id| roots.iter().all(|root| !below(&graph, std::slice::from_ref(id)).contains(root)))
            .collect();
        prop_assert_eq!(after, stays);
    }

    #[test]
    fn up_to_the_heads_and_down_to_base_leaves_nothing((graph, rows) in databases()) {
        let up = upgrade(&graph, &rows, &["heads"]).expect("heads are always there");
        let all = follow(&graph, &up, below(&graph, &rows))?;
        prop_assert_eq!(all.len(), graph.len());
        let mut real = graph.real_heads();
        real.sort();
        prop_assert_eq!(&up.to, &real);
        let down = downgrade(&graph, &up.to, &["base"]).expect("base is always below");
        prop_assert!(follow(&graph, &down, all)?.is_empty());
        prop_assert!(down.to.is_empty());
    }

    #[test]
    fn what_the_advice_about_a_count_names_leads_on(
        (graph, rows) in databases(),
        steps in prop::sample::select(vec!["+1", "+2", "+3", "-1", "-2", "-3"]),
    ) {
        let plan = |target: &str| if steps.starts_with('+') {
            upgrade(&graph, &rows, &[target])
        } else {
            downgrade(&graph, &rows, &[target])
        };
        if let Err(
            PlanError::AmbiguousStart { ways, .. } | PlanError::AmbiguousWalk { ways, .. },
        ) = plan(steps)
        {
            for way in ways {
                prop_assert!(!plan(&way).expect("it is named in the advice").steps.is_empty());
            }
        }
    }

    #[test]
    fn stamped_rows_are_the_targets_and_other_lines((graph, rows) in databases()) {
        let plan = stamp(&graph, &rows, &["heads"], false).expect("heads are always there");
        let mut real = graph.real_heads();
        real.sort();
        prop_assert_eq!(&plan.to, &real);
        let purged = stamp(&graph, &["unknown".into()], &["base"], true).expect("a purge asks no row");
        prop_assert!(purged.to.is_empty());
    }

    #[test]
    fn history_lists_every_revision_once_children_first(graph in graphs()) {
        let listed = graph.history(None, &[]).expect("all of it");
        prop_assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), graph.len());
        for (position, id) in listed.iter().enumerate() {
            let names = named(&graph, id);
            prop_assert!(listed[..position].iter().all(|above| !names.contains(above)));
        }
    }
}

/// Would take hours if any part of it were quadratic in steps of the whole graph.
#[test]
fn large_graphs_are_planned() {
    let mut revisions = vec![revision("m0", &[], &[], &[])];
    for rung in 0..7_000 {
        let (below, left, right) = (format!("m{rung}"), format!("l{rung}"), format!("r{rung}"));
        let top = format!("m{}", rung + 1);
        revisions.push(revision(&left, &[&below], &[], &[]));
        revisions.push(revision(&right, &[&below], &[], &[]));
        revisions.push(revision(&top, &[&left, &right], &[], &[]));
    }
    let graph = build(revisions).expect("a ladder");
    let plan = upgrade(&graph, &[], &["head"]).expect("one head");
    assert_eq!(plan.steps.len(), 21_001);
    assert_eq!(plan.to, ["m7000".into()]);
    assert_eq!(
        downgrade(&graph, &plan.to, &["base"])
            .expect("all of it")
            .steps
            .len(),
        21_001
    );
}
