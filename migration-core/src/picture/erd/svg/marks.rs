//! The ends of lines in crow's foot notation.

use crate::picture::layout::Point;

/// How many rows stand at an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    ZeroOrMore,
    ZeroOrOne,
    ExactlyOne,
}

/// Draws an end at the side of a box; `outward` is 1 on its right side and -1 on its left.
pub(super) fn mark(mark: Mark, at: Point, outward: i32) -> String {
    let x = |distance: i32| at.x + outward * distance;
    let y = at.y;
    let bar = |distance: i32| format!("M{0} {1}V{2}", x(distance), y - 4, y + 4);
    let ring = |distance: i32| {
        let x = x(distance);
        format!("<circle class=\"ring\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>")
    };
    match mark {
        Mark::ZeroOrMore => format!(
            "<path class=\"mark\" d=\"M{} {}L{} {y}L{} {}\"/>{}",
            x(0),
            y - 5,
            x(11),
            x(0),
            y + 5,
            ring(15)
        ),
        Mark::ZeroOrOne => format!("<path class=\"mark\" d=\"{}\"/>{}", bar(6), ring(13)),
        Mark::ExactlyOne => format!("<path class=\"mark\" d=\"{}{}\"/>", bar(6), bar(11)),
    }
}
