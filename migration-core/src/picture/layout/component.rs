//! Boxes that hang together, and the best of several drawings of them.

use super::hops::Layers;
use super::{Drawing, MANY, Pin, Size, Wire, order, place, rank, route};

/// Boxes that wires join, numbered anew.
#[derive(Debug)]
pub(super) struct Component {
    /// The number of each box among all.
    pub shapes: Vec<usize>,
    /// The number of each wire among all.
    pub wires: Vec<usize>,
    sizes: Vec<Size>,
    own: Vec<Wire>,
}

/// Splits boxes into those that hang together, in order of their first boxes.
pub(super) fn split(shapes: &[Size], wires: &[Wire]) -> Vec<Component> {
    let mut root: Vec<usize> = (0..shapes.len()).collect();
    for wire in wires {
        let (one, other) = (find(&root, wire.from.shape), find(&root, wire.to.shape));
        root[one.max(other)] = one.min(other);
    }
    let mut components: Vec<Component> = Vec::new();
    let mut of = vec![(0, 0); shapes.len()];
    let mut known = vec![None; shapes.len()];
    for (number, size) in shapes.iter().enumerate() {
        let at = *known[find(&root, number)].get_or_insert_with(|| {
            components.push(Component {
                shapes: Vec::new(),
                wires: Vec::new(),
                sizes: Vec::new(),
                own: Vec::new(),
            });
            components.len() - 1
        });
        let component = &mut components[at];
        of[number] = (at, component.shapes.len());
        component.shapes.push(number);
        component.sizes.push(*size);
    }
    for (number, wire) in wires.iter().enumerate() {
        let component = &mut components[of[wire.from.shape].0];
        let renumbered = |pin: Pin| Pin {
            shape: of[pin.shape].1,
            ..pin
        };
        component.wires.push(number);
        component.own.push(Wire {
            from: renumbered(wire.from),
            to: renumbered(wire.to),
            ..*wire
        });
    }
    components
}

fn find(root: &[usize], mut number: usize) -> usize {
    while root[number] != number {
        number = root[number];
    }
    number
}

impl Component {
    /// The drawing that is nearest to the shape of a page with the shortest wires.
    pub(super) fn draw(&self) -> Drawing {
        let arcs: Vec<(usize, usize)> = self
            .own
            .iter()
            .map(|wire| (wire.to.shape, wire.from.shape))
            .collect();
        let arcs = rank::without_circles(self.sizes.len(), &arcs);
        let heights: Vec<i32> = self.sizes.iter().map(|it| it.height).collect();
        let mut tried: Vec<Vec<usize>> = Vec::new();
        for limit in rank::limits(&heights) {
            let ranks = rank::ranks(&heights, &arcs, limit);
            if !tried.contains(&ranks) {
                tried.push(ranks);
            }
            if self.sizes.len() + self.own.len() > MANY {
                break;
            }
        }
        let drawings = tried.iter().map(|ranks| self.drawing(ranks));
        drawings
            .min_by(|one, other| cost(one).total_cmp(&cost(other)))
            .expect("there is a limit of heights")
    }

    fn drawing(&self, ranks: &[usize]) -> Drawing {
        let mut layers = Layers::new(&self.sizes, &self.own, ranks);
        order::order(&mut layers);
        place::place(&mut layers);
        route::route(&mut layers, &self.sizes)
    }
}

/// How far a drawing is from a page, and how long its wires are.
fn cost(drawing: &Drawing) -> f64 {
    let (width, height) = (
        f64::from(drawing.size.width),
        f64::from(drawing.size.height),
    );
    let length: i32 = drawing
        .paths
        .iter()
        .flat_map(|path| path.windows(2))
        .map(|ends| (ends[0].x - ends[1].x).abs() + (ends[0].y - ends[1].y).abs())
        .sum();
    let shape = (width.max(1.0) / height.max(1.0) / 1.5).ln().abs();
    (width * height).max(1.0).ln() + 0.7 * shape + 0.4 * f64::from(length.max(1)).ln()
}
