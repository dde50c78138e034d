//! Where boxes stand and wires run, in layers from left to right.
//!
//! In: the sizes of boxes, and wires between places on their sides. Out: a [`Drawing`]. What a wire
//! leads to stands left of what it comes from, as far as there are no circles. Boxes that hang
//! together stand together; wires run at right angles in the gutters between layers, never through a
//! box, and those of one bundle share a trunk. Whole numbers only, so that the same boxes are
//! drawn the same everywhere.

mod component;
mod hops;
mod order;
mod pack;
mod place;
mod rank;
mod route;

use component::Component;

/// A point; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Point {
    pub x: i32,
    pub y: i32,
}

/// How large a box has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub width: i32,
    pub height: i32,
}

/// A place on the side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Pin {
    /// Which box.
    pub shape: usize,
    /// How far below its top.
    pub y: i32,
}

/// A line between two boxes, or from a box to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wire {
    pub from: Pin,
    pub to: Pin,
    /// Wires to one pin that have this number in common end in one line.
    pub bundle: usize,
}

/// Where a box stands; it may be wider than asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Frame {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawing {
    /// One for each box.
    pub frames: Vec<Frame>,
    /// One for each wire, from its beginning to its end, corners only.
    pub paths: Vec<Vec<Point>>,
    pub size: Size,
}

/// Most boxes and wires for which several drawings are tried; more get the first.
const MANY: usize = 600;

/// Draws boxes and wires.
pub(super) fn layout(shapes: &[Size], wires: &[Wire]) -> Drawing {
    let components = component::split(shapes, wires);
    let drawings: Vec<Drawing> = components.iter().map(Component::draw).collect();
    let sizes: Vec<Size> = drawings.iter().map(|it| it.size).collect();
    let (places, size) = pack::pack(&sizes);
    let mut frames = vec![Frame::default(); shapes.len()];
    let mut paths = vec![Vec::new(); wires.len()];
    for ((component, drawing), place) in components.iter().zip(drawings).zip(places) {
        for (own, frame) in component.shapes.iter().zip(drawing.frames) {
            frames[*own] = Frame {
                x: frame.x + place.x,
                y: frame.y + place.y,
                ..frame
            };
        }
        for (own, path) in component.wires.iter().zip(drawing.paths) {
            let moved = path.into_iter().map(|point| Point {
                x: point.x + place.x,
                y: point.y + place.y,
            });
            paths[*own] = moved.collect();
        }
    }
    Drawing {
        frames,
        paths,
        size,
    }
}

#[cfg(test)]
mod tests;
