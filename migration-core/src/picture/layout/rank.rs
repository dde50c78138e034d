//! Which layer a box stands in.

use super::place::BETWEEN_BOXES;

/// Arcs from left to right: those that would close a circle are turned around, those from a box to
/// itself are left out.
pub(super) fn without_circles(count: usize, arcs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut after = vec![Vec::new(); count];
    let mut entered = vec![0; count];
    for (number, (left, right)) in arcs.iter().enumerate() {
        if left != right {
            after[*left].push((*right, number));
            entered[*right] += 1;
        }
    }
    // Boxes that nothing leads to come first, so that as few arcs as possible are turned.
    let mut starts: Vec<usize> = (0..count).collect();
    starts.sort_by_key(|it| (entered[*it] > 0, *it));
    let mut state = vec![State::New; count];
    let mut turned = vec![false; arcs.len()];
    for start in starts {
        walk(start, &after, &mut state, &mut turned);
    }
    let mut found: Vec<(usize, usize)> = arcs
        .iter()
        .zip(turned)
        .filter(|((left, right), _)| left != right)
        .map(|((left, right), turned)| match turned {
            true => (*right, *left),
            false => (*left, *right),
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Goes down from a box and marks the arcs that lead back to where it came from.
fn walk(start: usize, after: &[Vec<(usize, usize)>], state: &mut [State], turned: &mut [bool]) {
    if state[start] != State::New {
        return;
    }
    let mut way = vec![(start, 0)];
    state[start] = State::Open;
    while let Some((here, next)) = way.last_mut() {
        let Some((below, arc)) = after[*here].get(*next) else {
            state[*here] = State::Done;
            way.pop();
            continue;
        };
        *next += 1;
        match state[*below] {
            State::New => {
                state[*below] = State::Open;
                way.push((*below, 0));
            }
            State::Open => turned[*arc] = true,
            State::Done => {}
        }
    }
}

/// The heights of layers that are worth a try: from all in few layers to all in many.
pub(super) fn limits(heights: &[i32]) -> Vec<i32> {
    let all: i32 = heights.iter().map(|it| it + BETWEEN_BOXES).sum();
    let most = heights.iter().max().copied().unwrap_or_default() + BETWEEN_BOXES;
    (1..=8)
        .map(|parts| (all * 11 / 10 / parts).max(most))
        .collect()
}

/// The layer of each box, right of everything that leads to it, layers no higher than `limit`.
pub(super) fn ranks(heights: &[i32], arcs: &[(usize, usize)], limit: i32) -> Vec<usize> {
    let count = heights.len();
    let mut before = vec![Vec::new(); count];
    let mut after = vec![Vec::new(); count];
    for (left, right) in arcs {
        before[*right].push(*left);
        after[*left].push(*right);
    }
    let depth = depths(&before, &after);
    let mut missing: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..count).filter(|it| missing[*it] == 0).collect();
    let mut ranks = vec![0; count];
    let mut filled: Vec<i32> = Vec::new();
    // Those with most below them come first: they cannot wait for a later layer.
    while let Some(at) = (0..ready.len()).max_by_key(|at| {
        let it = ready[*at];
        (depth[it], after[it].len(), std::cmp::Reverse(it))
    }) {
        let it = ready.swap_remove(at);
        let first = before[it].iter().map(|left| ranks[*left] + 1).max();
        ranks[it] = fit(&mut filled, first.unwrap_or_default(), heights[it], limit);
        for right in &after[it] {
            missing[*right] -= 1;
            if missing[*right] == 0 {
                ready.push(*right);
            }
        }
    }
    pull(&mut ranks, (&before, &after));
    ranks
}

/// The first layer from `first` on that has room.
fn fit(filled: &mut Vec<i32>, first: usize, height: i32, limit: i32) -> usize {
    let mut layer = first;
    loop {
        if filled.len() <= layer {
            filled.resize(layer + 1, 0);
        }
        let height = height + BETWEEN_BOXES;
        if filled[layer] == 0 || filled[layer] + height <= limit {
            filled[layer] += height;
            return layer;
        }
        layer += 1;
    }
}

/// How many layers there are below each box at least.
fn depths(before: &[Vec<usize>], after: &[Vec<usize>]) -> Vec<usize> {
    let mut missing: Vec<usize> = after.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..after.len()).filter(|it| missing[*it] == 0).collect();
    let mut depth = vec![0; after.len()];
    while let Some(it) = ready.pop() {
        for left in &before[it] {
            depth[*left] = depth[*left].max(depth[it] + 1);
            missing[*left] -= 1;
            if missing[*left] == 0 {
                ready.push(*left);
            }
        }
    }
    depth
}

/// Boxes that nothing leads to stand beside the first one that they lead to; layers that become
/// empty go.
fn pull(ranks: &mut [usize], (before, after): (&[Vec<usize>], &[Vec<usize>])) {
    for it in 0..ranks.len() {
        let nearest = after[it].iter().map(|right| ranks[*right]).min();
        if let Some(nearest) = nearest.filter(|_| before[it].is_empty()) {
            ranks[it] = nearest - 1;
        }
    }
    let mut used: Vec<usize> = ranks.to_vec();
    used.sort_unstable();
    used.dedup();
    for rank in ranks {
        *rank = used.partition_point(|it| it < rank);
    }
}
