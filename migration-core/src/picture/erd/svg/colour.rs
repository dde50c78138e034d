//! Which table has which colour: lines that come near each other have different ones, as far as the
//! colours go.

use crate::picture::erd::Diagram;
use crate::picture::layout::{Drawing, Point};
use crate::picture::sheet::HUES;

/// The part of the page that the lines to a table take.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
}

impl Area {
    fn of(points: &[Point]) -> Option<Self> {
        let x = || points.iter().map(|it| it.x);
        let y = || points.iter().map(|it| it.y);
        Some(Self {
            left: x().min()?,
            right: x().max()?,
            top: y().min()?,
            bottom: y().max()?,
        })
    }

    /// How much of it another takes, too, with a little around both.
    fn shared(&self, other: &Self) -> i64 {
        const AROUND: i32 = 40;
        let width = self.right.min(other.right) - self.left.max(other.left) + AROUND;
        let height = self.bottom.min(other.bottom) - self.top.max(other.top) + AROUND;
        i64::from(width.max(0)) * i64::from(height.max(0))
    }
}

/// The colour of each table that others refer to, the most wanted first.
pub(super) fn hues(diagram: &Diagram, drawing: &Drawing) -> Vec<Option<usize>> {
    let mut points: Vec<Vec<Point>> = vec![Vec::new(); diagram.tables.len()];
    let mut wanted = vec![0_usize; diagram.tables.len()];
    for (relation, path) in diagram.relations.iter().zip(&drawing.paths) {
        wanted[relation.to] += 1;
        points[relation.to].extend(path);
    }
    let mut order: Vec<usize> = (0..wanted.len()).filter(|it| wanted[*it] > 0).collect();
    order.sort_by_key(|it| (std::cmp::Reverse(wanted[*it]), *it));
    let mut hues = vec![None; wanted.len()];
    let mut taken: [Vec<Area>; HUES] = Default::default();
    for table in order {
        let Some(area) = Area::of(&points[table]) else {
            continue;
        };
        let shared = |hue: &usize| {
            let near = taken[*hue].iter().map(|it| area.shared(it));
            (near.sum::<i64>(), taken[*hue].len(), *hue)
        };
        let hue = (0..HUES).min_by_key(shared).unwrap_or_default();
        taken[hue].push(area);
        hues[table] = Some(hue);
    }
    hues
}
