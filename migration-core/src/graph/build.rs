//! Revisions to a valid graph, or the first thing that makes it invalid.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::edges::Edges;
use super::{GraphError, Index, RevisionGraph};
use crate::revision::{Revision, RevisionId};
use crate::text::closest;

/// Words of the target grammar, which no label may be.
const SYMBOLS: [&str; 4] = ["head", "heads", "base", "current"];

/// Builds the graph.
///
/// # Errors
///
/// Duplicate ids, characters that the target grammar needs, labels used twice or equal to an id,
/// parents and dependencies that are not there, and cycles.
pub fn build<R>(revisions: impl IntoIterator<Item = R>) -> Result<RevisionGraph, GraphError>
where
    R: Into<Arc<Revision>>,
{
    let revisions: Vec<Arc<Revision>> = revisions.into_iter().map(R::into).collect();
    let ids = index_ids(&revisions)?;
    let labels = index_labels(&revisions, &ids)?;
    let mut graph = RevisionGraph {
        revisions,
        ids,
        labels,
        ..RevisionGraph::default()
    };
    graph.link()?;
    check_cycles(
        &graph,
        |index, nth| graph.parents.of(index).iter().rev().nth(nth).copied(),
        |members, revision| match members {
            [alone] => GraphError::SelfLoop {
                revision: alone.clone(),
                path: revision.file.path(),
            },
            _ => GraphError::Cycle {
                revisions: members.to_vec(),
            },
        },
    )?;
    if !graph.dependencies.is_empty() {
        check_dependencies(&graph)?;
    }
    graph.children = graph.parents.reversed();
    graph.dependents = graph.dependencies.reversed();
    graph.needs = graph.needs();
    graph.spread_labels();
    Ok(graph)
}

/// Refuses cycles that lead over a dependency.
fn check_dependencies(graph: &RevisionGraph) -> Result<(), GraphError> {
    check_cycles(
        graph,
        |index, nth| {
            let dependencies = graph.dependencies.of(index).iter().rev();
            dependencies
                .chain(graph.parents.of(index).iter().rev())
                .nth(nth)
                .copied()
        },
        |members, revision| match members {
            [alone] => GraphError::DependencySelfLoop {
                revision: alone.clone(),
                path: revision.file.path(),
            },
            _ => GraphError::DependencyCycle {
                revisions: members.to_vec(),
            },
        },
    )
}

fn index_ids(revisions: &[Arc<Revision>]) -> Result<HashMap<RevisionId, Index>, GraphError> {
    let mut ids: HashMap<RevisionId, Index> = HashMap::with_capacity(revisions.len());
    for (index, revision) in revisions.iter().enumerate() {
        let id = revision.id();
        if let Some(character) = reserved(id.as_str()) {
            return Err(GraphError::ReservedCharacter {
                name: id.to_string(),
                character,
                path: revision.file.path(),
            });
        }
        if let Some(first) = ids.insert(id.clone(), index) {
            return Err(GraphError::DuplicateId {
                id: id.clone(),
                first: revisions[first].file.path(),
                second: revision.file.path(),
            });
        }
    }
    Ok(ids)
}

/// The first character that the target grammar needs for itself.
fn reserved(name: &str) -> Option<char> {
    let is_reserved = |byte: u8| RevisionId::RESERVED.contains(&char::from(byte));
    name.bytes().find(|byte| is_reserved(*byte)).map(char::from)
}

fn index_labels(
    revisions: &[Arc<Revision>],
    ids: &HashMap<RevisionId, Index>,
) -> Result<HashMap<String, Index>, GraphError> {
    let mut labels: HashMap<String, Index> = HashMap::new();
    for (index, revision) in revisions.iter().enumerate() {
        for label in &revision.header.branch_labels {
            let path = revision.file.path();
            if let Some(character) = reserved(label) {
                return Err(GraphError::ReservedCharacter {
                    name: label.clone(),
                    character,
                    path,
                });
            }
            if SYMBOLS.contains(&label.as_str()) {
                return Err(GraphError::ReservedLabel {
                    label: label.clone(),
                    path,
                });
            }
            let named = ids.get(label.as_str()).copied();
            if let Some(first) = named.or(labels.insert(label.clone(), index)) {
                return Err(GraphError::DuplicateLabel {
                    label: label.clone(),
                    first: revisions[first].id().clone(),
                    second: revision.id().clone(),
                });
            }
        }
    }
    Ok(labels)
}

/// Finds a cycle by depth-first search and reports its members, each named by the one before it.
/// `edge` is the nth way down from a revision.
fn check_cycles(
    graph: &RevisionGraph,
    edge: impl Fn(Index, usize) -> Option<Index>,
    error: impl Fn(&[RevisionId], &Revision) -> GraphError,
) -> Result<(), GraphError> {
    let mut finished = vec![false; graph.len()];
    let mut depth_of = vec![None; graph.len()];
    let mut path: Vec<(Index, usize)> = Vec::new();
    for start in 0..graph.len() {
        let mut next = Some(start).filter(|start| !finished[*start]);
        loop {
            if let Some(index) = next.take() {
                depth_of[index] = Some(path.len());
                path.push((index, 0));
            }
            let Some((index, nth)) = path.last_mut() else {
                break;
            };
            let Some(below) = edge(*index, *nth) else {
                finished[*index] = true;
                depth_of[*index] = None;
                path.pop();
                continue;
            };
            *nth += 1;
            if let Some(depth) = depth_of[below] {
                let members = graph.ids(path[depth..].iter().map(|(member, _)| *member));
                return Err(error(&members, &graph.revisions[below]));
            }
            next = Some(below).filter(|below| !finished[*below]);
        }
    }
    Ok(())
}

impl RevisionGraph {
    /// Resolves the names that revisions give of others.
    fn link(&mut self) -> Result<(), GraphError> {
        let mut parents = Edges::with_capacity(self.len());
        let mut dependencies = Edges::with_capacity(self.len());
        let mut found = Vec::new();
        for revision in &self.revisions {
            for id in &revision.header.revises {
                // A label is not a parent: a branch moves on, a parent does not.
                let index = self.index(id.as_str());
                found.push(index.ok_or_else(|| self.missing(revision, id.as_str(), false))?);
            }
            parents.push(found.drain(..));
            for name in &revision.header.depends_on {
                let index = self.exactly(name);
                found.push(index.ok_or_else(|| self.missing(revision, name, true))?);
            }
            dependencies.push(found.drain(..));
        }
        self.parents = parents;
        self.dependencies = dependencies;
        Ok(())
    }

    fn missing(&self, revision: &Revision, name: &str, dependency: bool) -> GraphError {
        let ids = self.iter().map(|other| other.id().as_str());
        GraphError::Missing {
            revision: revision.id().clone(),
            path: revision.file.path(),
            missing: name.to_owned(),
            dependency,
            nearest: closest(name, ids).map(str::to_owned),
        }
    }

    /// For each revision its dependencies without those that a versioned ancestor has already:
    /// only these are needed for its version row, and they decide the order.
    fn needs(&self) -> Edges {
        if self.dependencies.is_empty() {
            return self.dependencies.clone();
        }
        let implied = self.implied();
        let mut needs = Edges::with_capacity(self.len());
        for index in 0..self.len() {
            let dependencies = self.dependencies.of(index).iter().copied();
            needs.push(dependencies.filter(|it| !implied.contains(&(index, *it))));
        }
        needs
    }

    /// Revisions with what they depend on, where a versioned ancestor depends on it already.
    fn implied(&self) -> HashSet<(Index, Index)> {
        let ranks = self.ranks();
        let mut implied = HashSet::new();
        let mut seen = vec![false; self.len()];
        for dependency in 0..self.len() {
            let dependents = self.dependents.of(dependency);
            if dependents.len() < 2 {
                continue;
            }
            // Beyond the highest dependent there is none to find; most walks end here at once.
            let highest = dependents.iter().map(|index| ranks[*index]).max();
            let found = self.revising(dependents, &mut seen, |index| Some(ranks[index]) <= highest);
            for index in found {
                seen[index] = false;
                if self.dependencies.of(index).contains(&dependency) {
                    implied.insert((index, dependency));
                }
            }
        }
        implied
    }

    /// Those that revise any of these, as far as they are near and not seen yet.
    fn revising(
        &self,
        start: &[Index],
        seen: &mut [bool],
        is_near: impl Fn(Index) -> bool,
    ) -> Vec<Index> {
        let mut todo = start.to_vec();
        let mut found = Vec::new();
        while let Some(index) = todo.pop() {
            for child in self.children.of(index).iter().copied() {
                if is_near(child) && !std::mem::replace(&mut seen[child], true) {
                    found.push(child);
                    todo.push(child);
                }
            }
        }
        found
    }

    /// How many revisions stand below each one on its longest line of `Revises`.
    fn ranks(&self) -> Vec<usize> {
        let all = 0..self.len();
        let mut ranks = vec![0; self.len()];
        let mut waiting: Vec<usize> = all.map(|index| self.parents.of(index).len()).collect();
        let mut ready = self.base_indexes();
        while let Some(index) = ready.pop() {
            for child in self.children.of(index).iter().copied() {
                ranks[child] = ranks[child].max(ranks[index] + 1);
                waiting[child] -= 1;
                if waiting[child] == 0 {
                    ready.push(child);
                }
            }
        }
        ranks
    }

    /// A label belongs to the revision that names it, to all that revise it, and to what it revises
    /// up to the previous branch or merge point.
    fn spread_labels(&mut self) {
        let mut branches: Vec<Vec<String>> = vec![Vec::new(); self.len()];
        for start in 0..self.len() {
            let own = &self.revisions[start].header.branch_labels;
            if own.is_empty() {
                continue;
            }
            let mut members = self.versioned_descendant_set(&[start]);
            let mut at = start;
            while !self.is_fork(at) {
                let Some(parent) = self.parents.of(at).first().copied() else {
                    break;
                };
                if self.is_fork(parent) {
                    break;
                }
                members.insert(parent);
                at = parent;
            }
            for member in members.iter() {
                // Another revision cannot name the same label.
                branches[member].extend_from_slice(own);
            }
        }
        self.branches = branches;
    }

    fn is_fork(&self, index: Index) -> bool {
        self.parents.of(index).len() > 1 || self.all_up(index).nth(1).is_some()
    }
}
