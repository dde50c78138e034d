//! Graphs for tests: drawn in a few words, or generated.

use proptest::prelude::*;

use super::{RevisionGraph, build};
use crate::revision::{Header, Revision, RevisionFile, RevisionId};

/// Builds a drawn graph: revisions separated by `;`, each an id followed by `<parent`,
/// `&dependency` and `#label` words, in load order.
#[track_caller]
pub(crate) fn draw(drawing: &str) -> RevisionGraph {
    build(drawing.split(';').map(revision)).expect("the drawing is a graph")
}

fn revision(drawing: &str) -> Revision {
    let mut words = drawing.split_whitespace();
    let id = words.next().expect("a revision has an id");
    let rest: Vec<&str> = words.collect();
    let marked = |mark: char| {
        rest.iter()
            .filter_map(move |word| word.strip_prefix(mark))
            .map(str::to_owned)
    };
    Revision {
        header: Header {
            id: RevisionId::new(id),
            revises: marked('<').map(RevisionId::new).collect(),
            depends_on: marked('&').collect(),
            branch_labels: marked('#').collect(),
            create_date: None,
            message: String::new(),
            own_text: None,
        },
        file: RevisionFile::Disk(std::path::PathBuf::from(format!("{id}.sql")).into()),
    }
}

/// Ids from words.
pub(crate) fn ids(words: &str) -> Vec<RevisionId> {
    words.split_whitespace().map(RevisionId::new).collect()
}

/// Ids to words.
pub(crate) fn words(ids: &[RevisionId]) -> String {
    let words: Vec<&str> = ids.iter().map(RevisionId::as_str).collect();
    words.join(" ")
}

/// Drawings of one to fourteen revisions with branches, merges, dependencies, labels and several
/// bases; edges may be redundant, and load order need not be that of the graph.
pub(crate) fn any_drawing() -> impl Strategy<Value = String> {
    let one = (
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop::collection::vec(any::<prop::sample::Index>(), 0..2),
        prop::bool::weighted(0.15),
    );
    (prop::collection::vec(one, 1..14), any::<bool>()).prop_map(|(revisions, newest_first)| {
        let mut drawn: Vec<String> = revisions
            .iter()
            .enumerate()
            .map(|(at, (parents, dependencies, label))| {
                let mut words = vec![name(at)];
                if at > 0 {
                    words.extend(parents.iter().map(|p| format!("<{}", name(p.index(at)))));
                    words.extend(
                        dependencies
                            .iter()
                            .map(|d| format!("&{}", name(d.index(at)))),
                    );
                }
                words.extend(label.then(|| format!("#label{at}")));
                words.join(" ")
            })
            .collect();
        if newest_first {
            drawn.reverse();
        }
        drawn.join(";")
    })
}

/// Ids whose first four characters tell them apart.
fn name(at: usize) -> String {
    format!("r{at:03}abcdef")
}
