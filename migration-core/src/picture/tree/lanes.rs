//! Which column each revision stands in, and in which column each line runs down.

use super::{Node, Tree};

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Revises,
    DependsOn,
}

/// A line that runs down a column to a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lane {
    pub target: usize,
    pub kind: Kind,
}

/// Lines by column.
pub(super) type Lanes = Vec<Option<Lane>>;

/// A revision in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub column: usize,
    /// The lines that come from above.
    pub above: Lanes,
    /// The lines that go down.
    pub below: Lanes,
    /// The columns of lines that end here, without its own.
    pub ends: Vec<usize>,
    /// The columns that lines from here go down in, without its own.
    pub begins: Vec<usize>,
    /// Whether it revises something that is not drawn, and nothing that is.
    pub is_cut: bool,
}

/// A line between two revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub from: usize,
    pub to: usize,
    /// The column that it runs down in.
    pub column: usize,
    pub kind: Kind,
}

/// Gives every revision a row.
pub(super) fn rows(tree: &Tree) -> (Vec<Row>, Vec<Line>) {
    let mut lanes: Lanes = Vec::new();
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (place, node) in tree.revisions.iter().enumerate() {
        let above = lanes.clone();
        let arrived: Vec<usize> = (0..lanes.len())
            .filter(|it| lanes[*it].is_some_and(|lane| lane.target == place))
            .collect();
        let is_solid =
            |column: &&usize| lanes[**column].is_some_and(|lane| lane.kind == Kind::Revises);
        let column = arrived.iter().find(is_solid).or(arrived.first()).copied();
        let column = column.unwrap_or_else(|| free(&lanes, 0));
        for arrived in &arrived {
            lanes[*arrived] = None;
        }
        let begins = leave(&mut lanes, node, (place, column), &mut lines);
        while lanes.last() == Some(&None) {
            lanes.pop();
        }
        rows.push(Row {
            column,
            above,
            below: lanes.clone(),
            ends: arrived.into_iter().filter(|it| *it != column).collect(),
            begins,
            is_cut: node.parents.is_empty() && !node.revises.is_empty(),
        });
    }
    (rows, lines)
}

/// Sends lines down from a revision; the columns that they take besides its own.
fn leave(
    lanes: &mut Lanes,
    node: &Node,
    (place, column): (usize, usize),
    lines: &mut Vec<Line>,
) -> Vec<usize> {
    let mut begins = Vec::new();
    let parents = node.parents.iter().map(|it| (*it, Kind::Revises));
    let needs = node.needs.iter().map(|it| (*it, Kind::DependsOn));
    for (number, (target, kind)) in parents.chain(needs).enumerate() {
        let lane = Lane { target, kind };
        let own = number == 0;
        let known = lanes.iter().position(|it| *it == Some(lane));
        let at = match known {
            _ if own => column,
            Some(known) => known,
            None => free(lanes, column + 1),
        };
        if lanes.len() <= at {
            lanes.resize(at + 1, None);
        }
        lanes[at] = Some(lane);
        if at != column && !begins.contains(&at) {
            begins.push(at);
        }
        lines.push(Line {
            from: place,
            to: target,
            column: at,
            kind,
        });
    }
    begins
}

/// The first column from `first` on that no line runs in.
fn free(lanes: &Lanes, first: usize) -> usize {
    let mut column = first;
    while lanes.get(column).is_some_and(Option::is_some) {
        column += 1;
    }
    column
}
