//! How high items stand: beside what they are joined to, as far as their neighbours leave room.

use super::hops::{Item, Layers};

/// Between two boxes of a layer.
pub(super) const BETWEEN_BOXES: i32 = 34;

/// Between a box and a wire that passes it.
const BESIDE_BOX: i32 = 20;

/// Between two wires that pass a layer.
const BETWEEN_WAYS: i32 = 12;

/// How far items may move above and below the highest layer, so that few run straight.
const LEEWAY: i32 = 100;

/// How often all layers are looked at.
const SWEEPS: usize = 16;

/// The room between two items, one above the other.
pub(super) fn gap(above: &Item, below: &Item) -> i32 {
    match (above.shape, below.shape) {
        (Some(_), Some(_)) => BETWEEN_BOXES,
        (Some(_), None) | (None, Some(_)) => BESIDE_BOX,
        (None, None) => BETWEEN_WAYS,
    }
}

/// Stacks every layer around one middle.
pub(super) fn stack(layers: &mut Layers) {
    for layer in 0..layers.layers.len() {
        let tops = offsets(layers, layer);
        let items = layers.layers[layer].clone();
        let end = end(layers, layer);
        for (item, top) in items.iter().zip(tops) {
            layers.items[*item].y = top - end / 2;
        }
    }
}

/// Moves items up and down; their order stays.
pub(super) fn place(layers: &mut Layers) {
    stack(layers);
    let count = layers.layers.len();
    // Nothing stands much above or below the layer that is highest in any case.
    let highest = (0..count).map(|layer| end(layers, layer)).max();
    let highest = highest.unwrap_or_default();
    let reach = (highest * 11 / 20).max(highest / 2 + LEEWAY);
    for sweep in 0..SWEEPS {
        for step in 0..count {
            let layer = if sweep % 2 == 0 {
                step
            } else {
                count - 1 - step
            };
            let looks_at = |gutter: usize| match sweep {
                _ if sweep >= SWEEPS - 4 => true,
                _ if sweep % 2 == 0 => gutter < layer,
                _ => gutter == layer,
            };
            settle(layers, layer, reach, &looks_at);
        }
    }
    let top = layers.items.iter().map(|it| it.y).min().unwrap_or_default();
    for item in &mut layers.items {
        item.y -= top;
    }
}

/// The tops of a layer's items when they stand as close as they may.
fn offsets(layers: &Layers, layer: usize) -> Vec<i32> {
    let mut tops: Vec<i32> = Vec::new();
    let mut above: Option<&Item> = None;
    for item in &layers.layers[layer] {
        let item = &layers.items[*item];
        let top = match (above, tops.last()) {
            (Some(above), Some(top)) => top + above.height + gap(above, item),
            _ => 0,
        };
        tops.push(top);
        above = Some(item);
    }
    tops
}

/// The height of a layer when its items stand as close as they may.
fn end(layers: &Layers, layer: usize) -> i32 {
    let last = layers.layers[layer].last();
    match (last, offsets(layers, layer).last()) {
        (Some(last), Some(top)) => top + layers.items[*last].height,
        _ => 0,
    }
}

/// Items that have run together, with where each wants the first of them to be.
struct Block {
    wishes: Vec<i32>,
    count: usize,
}

impl Block {
    fn median(&mut self) -> i32 {
        self.wishes.sort_unstable();
        self.wishes[(self.wishes.len() - 1) / 2]
    }
}

/// Moves the items of a layer to where they want to be; those in each other's way move together,
/// to where most of them want to be, but not further than `reach` from the middle.
fn settle(layers: &mut Layers, layer: usize, reach: i32, looks_at: &dyn Fn(usize) -> bool) {
    let room = -reach..=(reach - end(layers, layer)).max(-reach);
    let tops = offsets(layers, layer);
    let mut blocks: Vec<Block> = Vec::new();
    for (item, top) in layers.layers[layer].iter().zip(&tops) {
        blocks.push(Block {
            wishes: wishes(layers, *item, looks_at)
                .into_iter()
                .map(|wish| wish - top)
                .collect(),
            count: 1,
        });
        while blocks.len() > 1 {
            let last = blocks.len() - 1;
            if blocks[last - 1].median() <= blocks[last].median() {
                break;
            }
            let below = blocks.pop().expect("there are two");
            blocks[last - 1].wishes.extend(below.wishes);
            blocks[last - 1].count += below.count;
        }
    }
    let mut position = 0;
    for mut block in blocks {
        let at = block.median().clamp(*room.start(), *room.end());
        for _ in 0..block.count {
            let item = layers.layers[layer][position];
            layers.items[item].y = at + tops[position];
            position += 1;
        }
    }
}

/// Where an item wants its top to be: one wish for each hop, more where a wire passes, so that it
/// runs straight. Without a hop it wants to stay.
fn wishes(layers: &Layers, item: usize, looks_at: &dyn Fn(usize) -> bool) -> Vec<i32> {
    let is_way = layers.items[item].shape.is_none();
    let mut wishes = Vec::new();
    for hop in &layers.hops_of[item] {
        if !looks_at(layers.hops[*hop].gutter) {
            continue;
        }
        if let Some((here, there)) = layers.ends(*hop, item) {
            let leads_on = is_way && layers.items[there.item].shape.is_none();
            let weight = if leads_on { 3 } else { 1 };
            wishes.extend(std::iter::repeat_n(layers.y(there) - here.y, weight));
        }
    }
    if wishes.is_empty() {
        wishes.push(layers.items[item].y);
    }
    // One wish of an item counts as much as many of another.
    wishes.sort_unstable();
    let middle = wishes[(wishes.len() - 1) / 2];
    vec![middle; wishes.len().min(3)]
}
