//! Boxes in layers, and wires cut at every layer that they pass.

use std::collections::{BTreeMap, HashMap};

use super::route::{self, Alike};
use super::{Pin, Size, Wire};

/// Something that has a height in a layer: a box, or the place where a wire passes it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The box; none where wires pass.
    pub shape: Option<usize>,
    pub layer: usize,
    pub height: i32,
    /// Its top.
    pub y: i32,
}

/// An end of a hop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct End {
    pub item: usize,
    /// How far below the item's top.
    pub y: i32,
}

/// A piece of a wire in one gutter. A gutter lies right of the layer with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Hop {
    pub gutter: usize,
    /// Hops of one net may touch.
    pub net: usize,
    /// Nearer to the beginning of the wire.
    pub from: End,
    pub to: End,
}

/// Ends of one net that move together.
#[derive(Debug, Clone, Default)]
pub(super) struct Ends {
    /// Hops, and whether the nearer end is meant.
    pins: Vec<(usize, bool)>,
    /// Places where wires pass.
    ways: Vec<usize>,
}

/// Everything in its layer.
#[derive(Debug)]
pub(super) struct Layers {
    pub items: Vec<Item>,
    /// The items of each layer from top to bottom.
    pub layers: Vec<Vec<usize>>,
    pub hops: Vec<Hop>,
    /// The hops of each item.
    pub hops_of: Vec<Vec<usize>>,
    /// The hops of each wire, from its beginning to its end.
    pub wires: Vec<Vec<usize>>,
}

/// Which side of a box a pin is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}

/// A wire, looked at from the layers of its ends.
struct Run {
    net: usize,
    sides: [Side; 2],
}

impl Layers {
    /// Cuts wires into hops.
    pub(super) fn new(sizes: &[Size], wires: &[Wire], ranks: &[usize]) -> Self {
        let count = ranks.iter().max().map_or(0, |last| last + 1);
        let mut layers = Self {
            items: Vec::new(),
            layers: vec![Vec::new(); count],
            hops: Vec::new(),
            hops_of: Vec::new(),
            wires: Vec::new(),
        };
        for (shape, size) in sizes.iter().enumerate() {
            layers.add(Some(shape), ranks[shape], size.height);
        }
        let runs = runs(wires, ranks);
        let spread = spread(wires, &runs);
        let mut ways = HashMap::new();
        let mut known = HashMap::new();
        for (wire, run) in wires.iter().zip(&runs) {
            let ends = [(wire.from, 0), (wire.to, 1)].map(|(pin, end)| End {
                item: pin.shape,
                y: spread[&(pin, run.sides[end], key(wire, run, end))],
            });
            let hops = layers.cut(run.net, ends, &mut ways);
            let hops = hops.into_iter().map(|hop| {
                *known.entry(hop).or_insert_with(|| {
                    layers.hops.push(hop);
                    layers.hops.len() - 1
                })
            });
            let hops = hops.collect();
            layers.wires.push(hops);
        }
        layers.hops_of = vec![Vec::new(); layers.items.len()];
        for (number, hop) in layers.hops.iter().enumerate() {
            layers.hops_of[hop.from.item].push(number);
            if hop.to.item != hop.from.item {
                layers.hops_of[hop.to.item].push(number);
            }
        }
        layers
    }

    fn add(&mut self, shape: Option<usize>, layer: usize, height: i32) -> usize {
        let item = Item {
            shape,
            layer,
            height,
            y: 0,
        };
        self.items.push(item);
        self.layers[layer].push(self.items.len() - 1);
        self.items.len() - 1
    }

    /// The hops of one wire; where its net passes a layer already, it goes there, too.
    fn cut(
        &mut self,
        net: usize,
        [from, to]: [End; 2],
        ways: &mut HashMap<(usize, usize), usize>,
    ) -> Vec<Hop> {
        let (first, last) = (self.items[from.item].layer, self.items[to.item].layer);
        let mut between: Vec<usize> = (first.min(last) + 1..first.max(last)).collect();
        if first > last {
            between.reverse();
        }
        let mut ends = vec![from];
        for layer in between {
            let item = *ways
                .entry((net, layer))
                .or_insert_with(|| self.add(None, layer, 0));
            ends.push(End { item, y: 0 });
        }
        ends.push(to);
        let hop = |pair: &[End]| Hop {
            gutter: pair
                .iter()
                .map(|end| self.items[end.item].layer)
                .min()
                .unwrap_or_default(),
            net,
            from: pair[0],
            to: pair[1],
        };
        ends.windows(2).map(hop).collect()
    }

    /// The height of an end in the drawing.
    pub(super) fn y(&self, end: End) -> i32 {
        self.items[end.item].y + end.y
    }

    /// The ends of a net at one side of a gutter that are at one height. A place where wires pass is
    /// an end in the gutter on its left, too, which is done: it stays.
    pub(super) fn ends_at(&self, gutter: usize, alike: Alike) -> Ends {
        let mut found = Ends::default();
        for (number, hop) in self.hops.iter().enumerate() {
            if hop.gutter != gutter || hop.net != alike.net {
                continue;
            }
            for (end, is_from) in [(hop.from, true), (hop.to, false)] {
                let is_left = self.items[end.item].layer == gutter;
                if is_left != (alike.side == route::Side::Left) || self.y(end) != alike.y {
                    continue;
                }
                match self.items[end.item].shape {
                    None if is_left => {}
                    None => found.ways.push(end.item),
                    Some(_) => found.pins.push((number, is_from)),
                }
            }
        }
        found.ways.sort_unstable();
        found.ways.dedup();
        found
    }

    /// Moves ends.
    pub(super) fn shift(&mut self, ends: &Ends, by: i32) {
        for (number, is_from) in &ends.pins {
            let hop = &mut self.hops[*number];
            match is_from {
                true => hop.from.y += by,
                false => hop.to.y += by,
            }
        }
        for item in &ends.ways {
            self.items[*item].y += by;
        }
    }

    /// The other end of a hop, and the one at `item`. A hop from an item to itself has no other.
    pub(super) fn ends(&self, hop: usize, item: usize) -> Option<(End, End)> {
        let Hop { from, to, .. } = self.hops[hop];
        match (from.item == item, to.item == item) {
            (true, true) | (false, false) => None,
            (true, false) => Some((from, to)),
            (false, true) => Some((to, from)),
        }
    }
}

/// Wires that lead left to one place in one bundle are one net; a wire that leads right is alone.
fn runs(wires: &[Wire], ranks: &[usize]) -> Vec<Run> {
    let mut nets: HashMap<(Option<usize>, Pin, usize), usize> = HashMap::new();
    let mut runs = Vec::new();
    for (number, wire) in wires.iter().enumerate() {
        let (from, to) = (ranks[wire.from.shape], ranks[wire.to.shape]);
        let sides = match from.cmp(&to) {
            std::cmp::Ordering::Less => [Side::Right, Side::Left],
            std::cmp::Ordering::Equal => [Side::Right, Side::Right],
            std::cmp::Ordering::Greater => [Side::Left, Side::Right],
        };
        let alone = (from < to).then_some(number);
        let next = nets.len();
        let net = *nets.entry((alone, wire.to, wire.bundle)).or_insert(next);
        runs.push(Run { net, sides });
    }
    runs
}

/// What ends at a pin: a bundle, or a single wire.
type Key = (usize, usize);

fn key(wire: &Wire, run: &Run, end: usize) -> Key {
    match end {
        // Wires that begin at one place are told apart by where they lead.
        0 => (1 + wire.to.shape, run.net),
        _ => (0, run.net),
    }
}

/// Ends at one place of one side stand a little apart.
fn spread(wires: &[Wire], runs: &[Run]) -> HashMap<(Pin, Side, Key), i32> {
    let mut at: BTreeMap<(Pin, Side), Vec<Key>> = BTreeMap::new();
    for (wire, run) in wires.iter().zip(runs) {
        for (pin, end) in [(wire.from, 0), (wire.to, 1)] {
            let keys = at.entry((pin, run.sides[end])).or_default();
            let key = key(wire, run, end);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    let mut found = HashMap::new();
    for ((pin, side), keys) in at {
        let count = i32::try_from(keys.len()).expect("a box has few wires at one place");
        let step = if count > 1 {
            (16 / (count - 1)).min(10)
        } else {
            0
        };
        for (number, key) in (0..count).zip(keys) {
            let y = pin.y + number * step - (count - 1) * step / 2;
            found.insert((pin, side, key), y);
        }
    }
    found
}
