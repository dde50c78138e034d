//! Revisions to a valid graph, or the first thing that makes it invalid.

use std::collections::HashMap;
use std::sync::Arc;

use super::{GraphError, Index, Node, RevisionGraph};
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
pub fn build(revisions: Vec<Revision>) -> Result<RevisionGraph, GraphError> {
    let mut names = index_ids(&revisions)?;
    index_labels(&revisions, &mut names)?;
    let mut nodes = link(revisions, &names)?;
    check_cycles(
        &nodes,
        |node, nth| node.parents.iter().rev().nth(nth).copied(),
        |members, node| match members {
            [alone] => GraphError::SelfLoop {
                revision: alone.clone(),
                path: node.revision.file.path(),
            },
            _ => GraphError::Cycle {
                revisions: members.to_vec(),
            },
        },
    )?;
    check_cycles(
        &nodes,
        |node, nth| {
            let dependencies = node.dependencies.iter().rev();
            dependencies
                .chain(node.parents.iter().rev())
                .nth(nth)
                .copied()
        },
        |members, node| match members {
            [alone] => GraphError::DependencySelfLoop {
                revision: alone.clone(),
                path: node.revision.file.path(),
            },
            _ => GraphError::DependencyCycle {
                revisions: members.to_vec(),
            },
        },
    )?;
    connect_upwards(&mut nodes);
    let needs = needs(&nodes);
    for (node, needs) in nodes.iter_mut().zip(needs) {
        node.needs = needs;
    }
    spread_labels(&mut nodes);
    Ok(RevisionGraph { nodes, names })
}

fn index_ids(revisions: &[Revision]) -> Result<HashMap<Arc<str>, Index>, GraphError> {
    let mut names: HashMap<Arc<str>, Index> = HashMap::with_capacity(revisions.len());
    for (index, revision) in revisions.iter().enumerate() {
        let id = revision.id();
        if let Some(character) = id
            .as_str()
            .chars()
            .find(|c| RevisionId::RESERVED.contains(c))
        {
            return Err(GraphError::ReservedCharacter {
                name: id.to_string(),
                character,
                path: revision.file.path(),
            });
        }
        if let Some(first) = names.insert(id.shared(), index) {
            let first = revisions[first].file.path();
            return Err(GraphError::DuplicateId {
                id: id.clone(),
                first,
                second: revision.file.path(),
            });
        }
    }
    Ok(names)
}

fn index_labels(
    revisions: &[Revision],
    names: &mut HashMap<Arc<str>, Index>,
) -> Result<(), GraphError> {
    for (index, revision) in revisions.iter().enumerate() {
        for label in &revision.header.branch_labels {
            let path = revision.file.path();
            if let Some(character) = label.chars().find(|c| RevisionId::RESERVED.contains(c)) {
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
            if let Some(first) = names.insert(label.as_str().into(), index) {
                return Err(GraphError::DuplicateLabel {
                    label: label.clone(),
                    first: revisions[first].id().clone(),
                    second: revision.id().clone(),
                });
            }
        }
    }
    Ok(())
}

/// Resolves the names that revisions give of others.
fn link(
    revisions: Vec<Revision>,
    names: &HashMap<Arc<str>, Index>,
) -> Result<Vec<Node>, GraphError> {
    let mut edges = Vec::with_capacity(revisions.len());
    for revision in &revisions {
        let parents = revision
            .header
            .revises
            .iter()
            // A label is not a parent: a branch moves on, a parent does not.
            .map(|id| {
                names
                    .get(id.as_str())
                    .copied()
                    .filter(|index| revisions[*index].id() == id)
                    .ok_or_else(|| missing(&revisions, revision, id.as_str(), false))
            })
            .collect::<Result<Vec<Index>, GraphError>>()?;
        let dependencies = revision
            .header
            .depends_on
            .iter()
            .map(|name| {
                names
                    .get(name.as_str())
                    .copied()
                    .ok_or_else(|| missing(&revisions, revision, name, true))
            })
            .collect::<Result<Vec<Index>, GraphError>>()?;
        edges.push((without_repeats(parents), without_repeats(dependencies)));
    }
    let nodes = revisions
        .into_iter()
        .zip(edges)
        .map(|(revision, (parents, dependencies))| Node {
            revision: Arc::new(revision),
            parents,
            dependencies,
            needs: Vec::new(),
            children: Vec::new(),
            dependents: Vec::new(),
            labels: Vec::new(),
        });
    Ok(nodes.collect())
}

fn missing(all: &[Revision], revision: &Revision, name: &str, dependency: bool) -> GraphError {
    GraphError::Missing {
        revision: revision.id().clone(),
        path: revision.file.path(),
        missing: name.to_owned(),
        dependency,
        nearest: closest(name, all.iter().map(|other| other.id().as_str())).map(str::to_owned),
    }
}

fn without_repeats(indexes: Vec<Index>) -> Vec<Index> {
    let mut unique = Vec::with_capacity(indexes.len());
    for index in indexes {
        if !unique.contains(&index) {
            unique.push(index);
        }
    }
    unique
}

fn connect_upwards(nodes: &mut [Node]) {
    for index in 0..nodes.len() {
        for parent in nodes[index].parents.clone() {
            nodes[parent].children.push(index);
        }
        for dependency in nodes[index].dependencies.clone() {
            nodes[dependency].dependents.push(index);
        }
    }
}

/// Finds a cycle by depth-first search and reports its members, each named by the one before it.
/// `edge` is the nth way down from a revision.
fn check_cycles(
    nodes: &[Node],
    edge: impl Fn(&Node, usize) -> Option<Index>,
    error: impl Fn(&[RevisionId], &Node) -> GraphError,
) -> Result<(), GraphError> {
    let mut finished = vec![false; nodes.len()];
    let mut depth_of = vec![None; nodes.len()];
    for start in 0..nodes.len() {
        let mut path: Vec<(Index, usize)> = Vec::new();
        let mut next = Some(start).filter(|start| !finished[*start]);
        loop {
            if let Some(index) = next.take() {
                depth_of[index] = Some(path.len());
                path.push((index, 0));
            }
            let Some((index, nth)) = path.last_mut() else {
                break;
            };
            let Some(below) = edge(&nodes[*index], *nth) else {
                finished[*index] = true;
                depth_of[*index] = None;
                path.pop();
                continue;
            };
            *nth += 1;
            if let Some(depth) = depth_of[below] {
                let members: Vec<RevisionId> = path[depth..]
                    .iter()
                    .map(|(member, _)| nodes[*member].revision.id().clone())
                    .collect();
                return Err(error(&members, &nodes[below]));
            }
            next = Some(below).filter(|below| !finished[*below]);
        }
    }
    Ok(())
}

/// For each revision its dependencies without those that a versioned ancestor has already: only
/// these are needed for its version row, and they decide the order.
fn needs(nodes: &[Node]) -> Vec<Vec<Index>> {
    let ranks = ranks(nodes);
    let mut needs: Vec<Vec<Index>> = nodes.iter().map(|node| node.dependencies.clone()).collect();
    let mut seen = vec![false; nodes.len()];
    for (dependency, node) in nodes.iter().enumerate() {
        // Beyond the highest dependent there is none to find; most walks end here at once.
        let highest = node.dependents.iter().map(|index| ranks[*index]).max();
        let mut todo = Vec::new();
        if node.dependents.len() > 1 {
            todo.clone_from(&node.dependents);
        }
        let mut found = Vec::new();
        while let Some(index) = todo.pop() {
            for child in nodes[index].children.iter().copied() {
                if !seen[child] && Some(ranks[child]) <= highest {
                    seen[child] = true;
                    found.push(child);
                    todo.push(child);
                }
            }
        }
        for index in found {
            seen[index] = false;
            needs[index].retain(|need| *need != dependency);
        }
    }
    needs
}

/// How many revisions stand below each one on its longest line of `Revises`.
fn ranks(nodes: &[Node]) -> Vec<usize> {
    let mut ranks = vec![0; nodes.len()];
    let mut waiting: Vec<usize> = nodes.iter().map(|node| node.parents.len()).collect();
    let mut ready: Vec<Index> = (0..nodes.len())
        .filter(|index| waiting[*index] == 0)
        .collect();
    while let Some(index) = ready.pop() {
        for child in nodes[index].children.iter().copied() {
            ranks[child] = ranks[child].max(ranks[index] + 1);
            waiting[child] -= 1;
            if waiting[child] == 0 {
                ready.push(child);
            }
        }
    }
    ranks
}

/// All that revise this one, directly or not.
fn versioned_descendants(nodes: &[Node], of: Index) -> Vec<Index> {
    let mut seen = vec![false; nodes.len()];
    let mut todo = nodes[of].children.clone();
    let mut found = Vec::new();
    while let Some(index) = todo.pop() {
        if !seen[index] {
            seen[index] = true;
            found.push(index);
            todo.extend(&nodes[index].children);
        }
    }
    found
}

/// A label belongs to the revision that names it, to all that revise it, and to what it revises
/// up to the previous branch or merge point.
fn spread_labels(nodes: &mut [Node]) {
    for start in 0..nodes.len() {
        let own = nodes[start].revision.header.branch_labels.clone();
        if own.is_empty() {
            continue;
        }
        let mut members = vec![start];
        members.extend(versioned_descendants(nodes, start));
        let mut at = start;
        while !is_fork(&nodes[at]) {
            let Some(parent) = nodes[at].parents.first().copied() else {
                break;
            };
            if is_fork(&nodes[parent]) {
                break;
            }
            members.push(parent);
            at = parent;
        }
        for member in members {
            for label in &own {
                if !nodes[member].labels.contains(label) {
                    nodes[member].labels.push(label.clone());
                }
            }
        }
    }
}

fn is_fork(node: &Node) -> bool {
    node.parents.len() > 1 || node.children.len() + node.dependents.len() > 1
}
