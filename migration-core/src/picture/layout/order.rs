//! The order of items in their layers: as few crossings as can be had by looking a few times from
//! either side.

use super::hops::Layers;
use super::place::{gap, stack};

/// How often all layers are looked at.
const SWEEPS: usize = 24;

/// Most hops for which neighbours are tried the other way round.
const MANY_HOPS: usize = 2000;

/// Sorts the layers.
pub(super) fn order(layers: &mut Layers) {
    stack(layers);
    let mut best = (crossings(layers), layers.layers.clone());
    let sweeps = if layers.hops.len() > MANY_HOPS {
        4
    } else {
        SWEEPS
    };
    for sweep in 0..sweeps {
        let count = layers.layers.len();
        for step in 0..count {
            let layer = if sweep % 2 == 0 {
                step
            } else {
                count - 1 - step
            };
            sort(layers, layer, sweep);
        }
        let found = crossings(layers);
        if found < best.0 {
            best = (found, layers.layers.clone());
        }
        if best.0 == 0 {
            break;
        }
    }
    layers.layers = best.1;
    stack(layers);
    if layers.hops.len() <= MANY_HOPS {
        swap(layers);
    }
}

/// Sorts one layer by where its wires lead, on the side that was looked at last; at times on both.
fn sort(layers: &mut Layers, layer: usize, sweep: usize) {
    let looks_at = |gutter: usize| match sweep % 6 {
        0 | 2 => gutter < layer,
        1 | 3 => gutter == layer,
        _ => true,
    };
    let wish = |item: usize| {
        let own = &layers.items[item];
        let mut sum = 0;
        let mut count = 0;
        for hop in &layers.hops_of[item] {
            if !looks_at(layers.hops[*hop].gutter) {
                continue;
            }
            if let Some((here, there)) = layers.ends(*hop, item) {
                sum += layers.y(there) - here.y;
                count += 1;
            }
        }
        match count {
            0 => 2 * own.y + own.height,
            _ => 2 * sum / count + own.height,
        }
    };
    let mut sorted: Vec<(i32, usize)> = layers.layers[layer]
        .iter()
        .map(|item| (wish(*item), *item))
        .collect();
    // Stable, so that equal wishes keep their order.
    sorted.sort_by_key(|(wish, _)| *wish);
    layers.layers[layer] = sorted.into_iter().map(|(_, item)| item).collect();
    restack(layers, layer);
}

/// Stacks one layer around the middle of all.
fn restack(layers: &mut Layers, layer: usize) {
    let items = layers.layers[layer].clone();
    let mut y = 0;
    for (number, item) in items.iter().enumerate() {
        if let Some(above) = number.checked_sub(1).map(|it| items[it]) {
            y += gap(&layers.items[above], &layers.items[*item]);
        }
        layers.items[*item].y = y;
        y += layers.items[*item].height;
    }
    for item in items {
        layers.items[item].y -= y / 2;
    }
}

/// How many pairs of hops of different nets cross.
fn crossings(layers: &Layers) -> usize {
    let mut by_gutter = vec![Vec::new(); layers.layers.len()];
    for hop in &layers.hops {
        if hop.from.item == hop.to.item {
            continue;
        }
        let (mut left, mut right) = (hop.from, hop.to);
        if layers.items[left.item].layer > layers.items[right.item].layer {
            std::mem::swap(&mut left, &mut right);
        }
        by_gutter[hop.gutter].push((layers.y(left), layers.y(right), hop.net));
    }
    let mut count = 0;
    for hops in by_gutter {
        for (at, one) in hops.iter().enumerate() {
            let crossed = hops[at + 1..]
                .iter()
                .filter(|other| one.2 != other.2 && (one.0 < other.0) != (one.1 < other.1));
            count += crossed.count();
        }
    }
    count
}

/// Tries neighbours the other way round for as long as that helps.
fn swap(layers: &mut Layers) {
    for _ in 0..8 {
        let mut is_better = false;
        for layer in 0..layers.layers.len() {
            for at in 1..layers.layers[layer].len() {
                let (above, below) = (layers.layers[layer][at - 1], layers.layers[layer][at]);
                if between(layers, above, below) > between(layers, below, above) {
                    layers.layers[layer].swap(at - 1, at);
                    is_better = true;
                }
            }
            restack(layers, layer);
        }
        if !is_better {
            break;
        }
    }
}

/// How many hops of two items cross, when one stands above the other.
fn between(layers: &Layers, above: usize, below: usize) -> usize {
    let far = |item: usize| {
        layers.hops_of[item].iter().filter_map(move |hop| {
            let (_, there) = layers.ends(*hop, item)?;
            let hop = &layers.hops[*hop];
            Some((hop.gutter, layers.y(there), hop.net))
        })
    };
    far(above)
        .flat_map(|one| far(below).map(move |other| (one, other)))
        .filter(|(one, other)| one.0 == other.0 && one.2 != other.2 && one.1 > other.1)
        .count()
}
