//! Names, ranges and errors of graphs, by example.

mod laws;

use std::path::PathBuf;

use super::{GraphError, ResolveError, RevisionGraph, build};
use crate::diagnostic::Advice;
use crate::revision::{Header, Revision, RevisionFile, RevisionId};

/// A revision of a test: id, parents, dependencies, labels.
pub(crate) type Literal<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);

pub(crate) fn revision(id: &str, revises: &[&str], depends: &[&str], labels: &[&str]) -> Revision {
    let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Revision {
        header: Header {
            id: RevisionId::from(id),
            revises: revises.iter().map(|id| RevisionId::from(*id)).collect(),
            depends_on: texts(depends),
            branch_labels: texts(labels),
            create_date: None,
            message: String::new(),
            own_text: None,
        },
        file: RevisionFile::Disk(PathBuf::from(format!("{id}.sql")).into()),
    }
}

fn built(literals: &[Literal<'_>]) -> Result<RevisionGraph, GraphError> {
    build(
        literals
            .iter()
            .map(|(id, revises, depends, labels)| revision(id, revises, depends, labels)),
    )
}

/// ```text
/// aaaa1 - bbbb2 ------------- dddd4 - eeee5
///      \- cccc3 (shop) ------/          :
/// ffff6 (net) ------------------------ gggg7 depends on eeee5
/// ```
fn sample() -> RevisionGraph {
    built(&[
        ("aaaa1", &[], &[], &[]),
        ("bbbb2", &["aaaa1"], &[], &[]),
        ("cccc3", &["aaaa1"], &[], &["shop"]),
        ("dddd4", &["bbbb2", "cccc3"], &[], &[]),
        ("eeee5", &["dddd4"], &[], &[]),
        ("ffff6", &[], &[], &["net"]),
        ("gggg7", &["ffff6"], &["eeee5"], &[]),
    ])
    .expect("the sample is a graph")
}

fn texts(ids: &[RevisionId]) -> Vec<&str> {
    ids.iter().map(RevisionId::as_str).collect()
}

#[track_caller]
fn check(target: &str, expected: &[&str]) {
    let found = sample().resolve(target).expect("the target is known");
    assert_eq!(texts(&found), expected, "{target}");
}

#[track_caller]
fn check_error(target: &str, kind: &str, message: &str) {
    let error = sample()
        .resolve(target)
        .expect_err("the target names nothing");
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (kind, message),
        "{target}"
    );
    assert!(error.hint().is_some(), "{target} comes without advice");
}

#[test]
fn names_resolve_as_alembic_resolves_them() {
    check("bbbb2", &["bbbb2"]);
    check("bb", &["bbbb2"]);
    check("shop", &["cccc3"]);
    check("heads", &["gggg7"]);
    check("base", &[]);
    check("net@head", &["gggg7"]);
    check("net@heads", &["gggg7"]);
    check("shop@heads", &["eeee5"]);
    check("shop@base", &[]);
    check("aaaa1@head", &["eeee5"]);
    check("shop@dddd", &["dddd4"]);
    check("-1", &["ffff6"]);
    check("net@-1", &["ffff6"]);
}

#[test]
fn names_that_mean_nothing_say_why() {
    check_error("", "empty-target", "the target is empty");
    check_error(
        "zzzz",
        "unknown-revision",
        "can't locate revision identified by `zzzz`",
    );
    check_error(
        "nowhere@head",
        "no-such-branch",
        "there is no branch `nowhere`",
    );
    check_error(
        "heads@bbbb2",
        "no-such-branch",
        "there is no branch `heads`",
    );
    check_error("base@head", "no-such-branch", "there is no branch `base`");
    check_error(
        "net@bbbb2",
        "not-in-branch",
        "revision `bbbb2` is not a member of branch `net`",
    );
    check_error(
        "head",
        "multiple-heads",
        "multiple head revisions are present for the given argument `head`: `eeee5`, `gggg7`",
    );
    check_error(
        "-7",
        "walked-too-far",
        "relative revision `-7` didn't produce 7 migrations",
    );
    let twins = built(&[("abcd1", &[], &[], &[]), ("abcd2", &["abcd1"], &[], &[])]);
    let error = twins
        .expect("a graph")
        .resolve("abcd")
        .expect_err("two begin like this");
    assert_eq!(
        error.to_string(),
        "several revisions start with `abcd`: `abcd1`, `abcd2`"
    );
}

#[test]
fn an_unknown_row_names_near_ones_and_the_way_out() {
    let error = sample()
        .ancestors(&["bbbb3".into()])
        .expect_err("the row is unknown");
    assert!(
        matches!(&error, ResolveError::UnknownRow { near, .. } if near.contains(&"bbbb2".to_owned()))
    );
    assert!(
        error
            .hint()
            .is_some_and(|hint| hint.contains("stamp --purge"))
    );
}

#[test]
fn facts_of_revisions() {
    let graph = sample();
    assert_eq!(texts(&graph.heads()), ["eeee5", "gggg7"]);
    assert_eq!(texts(&graph.real_heads()), ["gggg7"]);
    assert_eq!(texts(&graph.bases()), ["aaaa1", "ffff6"]);
    assert_eq!(texts(&graph.branch_points()), ["aaaa1"]);
    assert!(graph.is_effective_head("eeee5") && !graph.is_effective_head("gggg7"));
    assert!(graph.is_merge_point("dddd4") && graph.is_branch_point("aaaa1"));
    assert_eq!(graph.labels("eeee5"), ["shop"]);
    assert_eq!(graph.labels("bbbb2"), [""; 0]);
    assert_eq!(texts(&graph.depends_on("gggg7")), ["eeee5"]);
}

#[test]
fn history_lists_children_first_and_ranges_include_their_older_end() {
    let graph = sample();
    let current = ["dddd4".into()];
    let range = |range: &str| {
        graph
            .history(Some(range), &current)
            .map(|ids| texts(&ids).join(" "))
            .unwrap_or_else(|error| error.to_string())
    };
    assert_eq!(
        texts(&graph.history(None, &[]).expect("all of it")),
        [
            "gggg7", "ffff6", "eeee5", "dddd4", "bbbb2", "cccc3", "aaaa1"
        ]
    );
    assert_eq!(range("bbbb2:dddd4"), "dddd4 bbbb2");
    assert_eq!(range("current:eeee5"), "eeee5 dddd4");
    assert_eq!(range("dddd4:"), "eeee5 dddd4");
    assert_eq!(range(":cccc3"), "cccc3 aaaa1");
    assert_eq!(range("aaaa1:cccc3+2"), "eeee5 dddd4 bbbb2 cccc3 aaaa1");
    assert!(range("dddd4:bbbb2").contains("does not refer to ancestor and descendant"));
    assert!(range("dddd4").contains("is no range"));
}

#[track_caller]
fn check_invalid(literals: &[Literal<'_>], kind: &str, message: &str) {
    let error = built(literals).expect_err("this is no graph");
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
    assert!(error.hint().is_some());
}

#[test]
fn what_is_no_graph_says_where_and_why() {
    check_invalid(
        &[("a", &[], &[], &[]), ("a", &[], &[], &[])],
        "duplicate-id",
        "revision `a` is present more than once: in `a.sql` and in `a.sql`",
    );
    check_invalid(
        &[
            ("a", &["b"], &[], &[]),
            ("b", &["c"], &[], &[]),
            ("c", &["a"], &[], &[]),
        ],
        "cycle",
        "cycle is detected in revisions (a -> b -> c -> a)",
    );
    check_invalid(
        &[("a", &["a"], &[], &[])],
        "self-loop",
        "revision `a` in `a.sql` revises itself",
    );
    check_invalid(
        &[("a", &[], &["b"], &[]), ("b", &["a"], &[], &[])],
        "dependency-cycle",
        "dependency cycle is detected in revisions (a -> b -> a)",
    );
    check_invalid(
        &[("abcde", &[], &[], &[]), ("b", &["abcdf"], &[], &[])],
        "missing-revision",
        "revision `b` in `b.sql` revises `abcdf`, which is not present",
    );
    check_invalid(
        &[("a", &[], &[], &["x"]), ("b", &["a"], &[], &["x"])],
        "duplicate-label",
        "branch label `x` in revision `b` is already used by revision `a`",
    );
    check_invalid(
        &[("a-b", &[], &[], &[])],
        "reserved-character",
        "character `-` is not allowed in the revision identifier or label `a-b` of `a-b.sql`",
    );
    check_invalid(
        &[("a", &[], &[], &["head"])],
        "reserved-label",
        "branch label `head` in `a.sql` is a word with a meaning of its own",
    );
}
