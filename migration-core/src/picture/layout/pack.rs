//! Several drawings on one page.

use super::{Point, Size};

/// Between two drawings.
const BETWEEN: i32 = 56;

/// Puts drawings beside and below each other, the largest first; the places and the whole size.
pub(super) fn pack(sizes: &[Size]) -> (Vec<Point>, Size) {
    let widest = sizes.iter().map(|it| it.width).max().unwrap_or_default();
    let area: i64 = sizes
        .iter()
        .map(|it| i64::from(it.width + BETWEEN) * i64::from(it.height + BETWEEN))
        .sum();
    let side = (area as f64).sqrt();
    let tries = [1.0, 1.15, 1.3, 1.5, 1.75, 2.0];
    let tries = tries.map(|factor| widest.max((side * factor) as i32));
    let packed = tries.into_iter().map(|width| pack_into(sizes, width));
    packed
        .min_by_key(|(_, size)| badness(*size))
        .expect("there are widths to try")
}

/// How far a page is from three to two, in what it is too large.
fn badness(size: Size) -> i64 {
    let (width, height) = (i64::from(size.width), i64::from(size.height));
    (width * 2).max(height * 3)
}

fn pack_into(sizes: &[Size], width: i32) -> (Vec<Point>, Size) {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|it| {
        let Size { width, height } = sizes[*it];
        (std::cmp::Reverse(i64::from(width) * i64::from(height)), *it)
    });
    let mut places = vec![Point { x: 0, y: 0 }; sizes.len()];
    let mut placed: Vec<usize> = Vec::new();
    for it in order {
        places[it] = place(sizes, &places, &placed, (sizes[it], width));
        placed.push(it);
    }
    let right = |it: &usize| places[*it].x + sizes[*it].width;
    let below = |it: &usize| places[*it].y + sizes[*it].height;
    let size = Size {
        width: placed.iter().map(right).max().unwrap_or_default(),
        height: placed.iter().map(below).max().unwrap_or_default(),
    };
    (places, size)
}

/// The highest place where a drawing has room, the leftmost of those.
fn place(sizes: &[Size], places: &[Point], placed: &[usize], (size, width): (Size, i32)) -> Point {
    let beside = placed
        .iter()
        .map(|it| places[*it].x + sizes[*it].width + BETWEEN);
    let mut columns: Vec<i32> = std::iter::once(0).chain(beside).collect();
    columns.retain(|x| *x == 0 || x + size.width <= width);
    columns.sort_unstable();
    columns.dedup();
    let lowest = |x: i32| {
        placed
            .iter()
            .filter(|it| {
                let (left, right) = (places[**it].x, places[**it].x + sizes[**it].width);
                left < x + size.width + BETWEEN && x < right + BETWEEN
            })
            .map(|it| places[*it].y + sizes[*it].height + BETWEEN)
            .max()
            .unwrap_or_default()
    };
    let found = columns.into_iter().map(|x| Point { x, y: lowest(x) });
    found
        .min_by_key(|point| (point.y, point.x))
        .expect("the first column is always there")
}
