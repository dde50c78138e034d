//! Wires as corners: each net has a vertical track in every gutter where it turns.

use std::collections::BTreeMap;

use super::hops::{End, Layers};
use super::{Drawing, Frame, Point, Size};

/// Between a layer and the first track of its gutter: room for the marks at the ends of wires.
const MARGIN: i32 = 30;

/// Between two tracks.
const BETWEEN_TRACKS: i32 = 10;

/// A gutter where every wire runs straight.
const STRAIGHT: i32 = 72;

/// Wires of two nets that run nearer to each other look like one.
const NEAR: i32 = 5;

/// What a net has in one gutter.
#[derive(Debug, Clone)]
struct Trunk {
    net: usize,
    /// Where wires come from the left layer.
    left: Vec<i32>,
    /// Where wires come from the right layer.
    right: Vec<i32>,
    top: i32,
    bottom: i32,
}

/// The tracks of one gutter.
struct Gutter {
    /// The track of each net that turns.
    tracks: BTreeMap<usize, i32>,
    width: i32,
}

/// Draws the wires; `sizes` are those of the boxes.
pub(super) fn route(layers: &mut Layers, sizes: &[Size]) -> Drawing {
    let gutters: Vec<Gutter> = (0..layers.layers.len())
        .map(|gutter| Gutter::new(layers, gutter))
        .collect();
    let layers = &*layers;
    let widths: Vec<i32> = layers
        .layers
        .iter()
        .map(|items| {
            let shapes = items.iter().filter_map(|it| layers.items[*it].shape);
            shapes.map(|it| sizes[it].width).max().unwrap_or_default()
        })
        .collect();
    let mut lefts = Vec::new();
    let mut x = 0;
    for (width, gutter) in widths.iter().zip(&gutters) {
        lefts.push(x);
        x += width + gutter.width;
    }
    let frames: Vec<Frame> = layers.items[..sizes.len()]
        .iter()
        .map(|item| Frame {
            x: lefts[item.layer],
            y: item.y,
            width: widths[item.layer],
            height: item.height,
        })
        .collect();
    let place = Place {
        layers,
        gutters: &gutters,
        lefts: &lefts,
        widths: &widths,
    };
    let paths = layers.wires.iter().map(|hops| place.path(hops)).collect();
    framed(frames, paths)
}

/// Everything that says where a wire is.
struct Place<'a> {
    layers: &'a Layers,
    gutters: &'a [Gutter],
    lefts: &'a [i32],
    widths: &'a [i32],
}

impl Place<'_> {
    fn path(&self, hops: &[usize]) -> Vec<Point> {
        let mut points = Vec::new();
        for hop in hops {
            let hop = self.layers.hops[*hop];
            let (from, to) = (
                self.point(hop.from, hop.gutter),
                self.point(hop.to, hop.gutter),
            );
            points.push(from);
            if let Some(track) = self.gutters[hop.gutter].tracks.get(&hop.net) {
                let x = self.lefts[hop.gutter] + self.widths[hop.gutter] + track;
                points.push(Point { x, y: from.y });
                points.push(Point { x, y: to.y });
            }
            points.push(to);
        }
        straight(points)
    }

    /// Where a wire leaves a layer for a gutter.
    fn point(&self, end: End, gutter: usize) -> Point {
        let layer = self.layers.items[end.item].layer;
        let x = match layer == gutter {
            true => self.lefts[layer] + self.widths[layer],
            false => self.lefts[layer],
        };
        Point {
            x,
            y: self.layers.y(end),
        }
    }
}

/// Leaves out the points where a line does not turn.
fn straight(points: Vec<Point>) -> Vec<Point> {
    let mut found: Vec<Point> = Vec::new();
    for point in points {
        if found.last() == Some(&point) {
            continue;
        }
        if let [.., one, two] = found.as_slice()
            && ((one.x == two.x && two.x == point.x) || (one.y == two.y && two.y == point.y))
        {
            found.pop();
        }
        found.push(point);
    }
    found
}

/// Moves everything into the corner.
fn framed(mut frames: Vec<Frame>, mut paths: Vec<Vec<Point>>) -> Drawing {
    let points = || paths.iter().flatten();
    let tops = points().map(|it| it.y).chain(frames.iter().map(|it| it.y));
    let top = tops.min().unwrap_or_default();
    let right = points().map(|it| it.x);
    let right = right.chain(frames.iter().map(|it| it.x + it.width)).max();
    let bottom = points().map(|it| it.y);
    let bottom = bottom.chain(frames.iter().map(|it| it.y + it.height)).max();
    let size = Size {
        width: right.unwrap_or_default(),
        height: bottom.unwrap_or_default() - top,
    };
    for frame in &mut frames {
        frame.y -= top;
    }
    for point in paths.iter_mut().flatten() {
        point.y -= top;
    }
    Drawing {
        frames,
        paths,
        size,
    }
}

/// What each net has in a gutter.
fn trunks(layers: &Layers, gutter: usize) -> Vec<Trunk> {
    let mut by_net: BTreeMap<usize, Trunk> = BTreeMap::new();
    for hop in layers.hops.iter().filter(|it| it.gutter == gutter) {
        let trunk = by_net.entry(hop.net).or_insert_with(|| Trunk {
            net: hop.net,
            left: Vec::new(),
            right: Vec::new(),
            top: i32::MAX,
            bottom: i32::MIN,
        });
        for end in [hop.from, hop.to] {
            let y = layers.y(end);
            match layers.items[end.item].layer == gutter {
                true => trunk.left.push(y),
                false => trunk.right.push(y),
            }
            trunk.top = trunk.top.min(y);
            trunk.bottom = trunk.bottom.max(y);
        }
    }
    by_net.into_values().collect()
}

impl Gutter {
    fn new(layers: &mut Layers, gutter: usize) -> Self {
        let trunks = part(layers, gutter);
        if !layers.hops.iter().any(|it| it.gutter == gutter) {
            return Self {
                tracks: BTreeMap::new(),
                width: 0,
            };
        }
        let mut tracks: Vec<i32> = Vec::new();
        for (at, trunk) in trunks.iter().enumerate() {
            let beside = trunks[..at].iter().zip(&tracks);
            let last = beside
                .filter(|(other, _)| trunk.is_beside(other))
                .map(|(_, track)| *track + 1)
                .max();
            tracks.push(last.unwrap_or_default());
        }
        let count = tracks.iter().max().map_or(0, |last| last + 1);
        let used = (count - 1).max(0) * BETWEEN_TRACKS;
        let width = (used + 2 * MARGIN).max(STRAIGHT);
        let first = (width - used) / 2;
        let places = tracks.into_iter().map(|it| first + it * BETWEEN_TRACKS);
        Self {
            tracks: trunks.iter().map(|it| it.net).zip(places).collect(),
            width,
        }
    }
}

/// The trunks of a gutter in their order; ends are moved a little where lines would look like one
/// in any order.
fn part(layers: &mut Layers, gutter: usize) -> Vec<Trunk> {
    let mut best = sorted(layers, gutter);
    // An end that is moved twice would leave its place.
    let mut moved: Vec<(usize, Side)> = Vec::new();
    for _ in 0..2 * best.0.len() {
        let Some(ends) = best.0.first().copied() else {
            break;
        };
        let free = |it: &&Alike| !moved.contains(&(it.net, it.side));
        let better = ends.iter().filter(free).find_map(|end| {
            let found = mended(layers, gutter, *end, best.0.len())?;
            Some((found, (end.net, end.side)))
        });
        match better {
            Some((found, end)) => {
                moved.push(end);
                best = found;
            }
            // The next one may make room for this.
            None => best.0.rotate_left(1),
        }
    }
    best.1
}

/// Ends that look alike, and trunks in their order.
type Sorted = (Vec<[Alike; 2]>, Vec<Trunk>);

/// Moves an end so that fewer than `count` look alike, or leaves it.
fn mended(layers: &mut Layers, gutter: usize, end: Alike, count: usize) -> Option<Sorted> {
    let ends = layers.ends_at(gutter, end);
    let mut ways = (NEAR..=2 * NEAR).chain(1..NEAR).flat_map(|by| [by, -by]);
    ways.find_map(|by| {
        layers.shift(&ends, by);
        let found = sorted(layers, gutter);
        if found.0.len() < count {
            return Some(found);
        }
        layers.shift(&ends, -by);
        None
    })
}

/// Which side of a gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// The end of a wire that looks like a part of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alike {
    pub net: usize,
    pub y: i32,
    pub side: Side,
}

fn sorted(layers: &Layers, gutter: usize) -> Sorted {
    let turns = |it: &Trunk| it.top < it.bottom;
    let (mut turning, straight): (Vec<Trunk>, Vec<Trunk>) =
        trunks(layers, gutter).into_iter().partition(turns);
    sort(&mut turning);
    let mut alike = Vec::new();
    let all: Vec<&Trunk> = turning.iter().chain(&straight).collect();
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            let mine = |side: Side| (one.net, one.ends(side), side);
            let others = |side: Side| (other.net, other.ends(side), side);
            if turns(other) {
                near(mine(Side::Right), others(Side::Left), &mut alike);
            }
            // Ends of one side may have come near each other.
            near(mine(Side::Right), others(Side::Right), &mut alike);
            near(mine(Side::Left), others(Side::Left), &mut alike);
        }
    }
    (alike, turning)
}

/// Finds ends that are too near each other.
fn near(
    (one, ends, side): (usize, &[i32], Side),
    (other, others, other_side): (usize, &[i32], Side),
    alike: &mut Vec<[Alike; 2]>,
) {
    for y in ends {
        for beside in others.iter().filter(|it| (*it - y).abs() < NEAR) {
            let (net, y) = (one, *y);
            let first = Alike { net, y, side };
            let second = Alike {
                net: other,
                y: *beside,
                side: other_side,
            };
            alike.push([first, second]);
        }
    }
}

impl Trunk {
    fn ends(&self, side: Side) -> &[i32] {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// Whether two trunks stand beside each other, so that one track does not hold both.
    fn is_beside(&self, other: &Self) -> bool {
        self.top <= other.bottom + NEAR && other.top <= self.bottom + NEAR
    }

    /// What it costs when this trunk stands left of the other: crossings, and lines of both that
    /// would look like one.
    fn cost_before(&self, other: &Self) -> usize {
        let crosses = |y: &&i32, trunk: &Self| trunk.top < **y && **y < trunk.bottom;
        let mine = self.right.iter().filter(|y| crosses(y, other)).count();
        let others = other.left.iter().filter(|y| crosses(y, self)).count();
        let alike = self.right.iter().filter(|y| {
            let near = |it: &&i32| (*it - **y).abs() < NEAR;
            other.left.iter().any(|it| near(&it))
        });
        mine + others + 1000 * alike.count()
    }
}

/// Sorts trunks from left to right, by trying neighbours the other way round.
fn sort(trunks: &mut [Trunk]) {
    trunks.sort_by_key(|it| (it.top + it.bottom, it.net));
    for _ in 0..trunks.len().min(60) {
        let mut is_better = false;
        for at in 1..trunks.len() {
            let (one, other) = (&trunks[at - 1], &trunks[at]);
            if !one.is_beside(other) {
                continue;
            }
            if one.cost_before(other) > other.cost_before(one) {
                trunks.swap(at - 1, at);
                is_better = true;
            }
        }
        if !is_better {
            break;
        }
    }
}
