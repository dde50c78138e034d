//! What the signs of a diagram mean.

use super::marks::{self, Mark};
use super::table::{pill, ring};
use crate::picture::layout::Point;

/// Between the beginnings of two explanations: what each takes.
const ITEMS: [(&str, i32); 8] = [
    ("primary key", 122),
    ("foreign key", 120),
    ("unique", 84),
    ("not null", 82),
    ("may be null", 104),
    ("exactly one", 122),
    ("zero or one", 122),
    ("zero or more", 130),
];

/// The width of the whole.
pub(super) const WIDTH: i32 = 886;

/// Draws it, its base line at `at`.
pub(super) fn legend(at: Point) -> String {
    let mut text = String::from("<g class=\"legend\">\n");
    let Point { mut x, y } = at;
    for (number, (words, width)) in ITEMS.into_iter().enumerate() {
        let (sign, room) = sign(number, x, y);
        text += &format!("{sign}<text x=\"{}\" y=\"{y}\">{words}</text>\n", x + room);
        x += width;
    }
    text + "</g>\n"
}

/// The sign at a place, and what it takes.
fn sign(number: usize, x: i32, y: i32) -> (String, i32) {
    let middle = y - 4;
    let line = |mark: Mark| {
        let end = Point {
            x: x + 30,
            y: middle,
        };
        let line = format!(
            "<path class=\"line\" d=\"M{x} {middle}H{end}\"/><path class=\"edge\" d=\"M{end} {}V{}\"/>",
            middle - 8,
            middle + 8,
            end = end.x
        );
        let mark = marks::mark(mark, end, -1);
        (format!("<g class=\"r h\">{line}{mark}</g>"), 38)
    };
    match number {
        0 => (pill("pk", x, middle), 30),
        1 => (pill("fk", x, middle), 30),
        2 => (pill("u", x, middle), 22),
        3 => (ring(true, x + 5, middle), 14),
        4 => (ring(false, x + 5, middle), 14),
        5 => line(Mark::ExactlyOne),
        6 => line(Mark::ZeroOrOne),
        _ => line(Mark::ZeroOrMore),
    }
}
