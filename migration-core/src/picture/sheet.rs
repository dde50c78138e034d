//! What all drawings in SVG have in common: the document around them, colours, corners.

use std::fmt::Write as _;

use super::escape::xml;
use super::layout::{Point, Size};

/// How many colours tell things apart before they begin again.
pub(super) const HUES: usize = 8;

/// Each colour on light paper and on dark.
const PALETTE: [(&str, &str); HUES] = [
    ("#2563eb", "#6ea8fe"),
    ("#0f766e", "#2dd4bf"),
    ("#b45309", "#f5b544"),
    ("#7c3aed", "#b196ff"),
    ("#be123c", "#fb7f95"),
    ("#3f7d20", "#86d16b"),
    ("#0369a1", "#4cc3f5"),
    ("#a21caf", "#e58af3"),
];

/// Fonts that are there on most systems.
pub(super) const SANS: &str =
    "Inter,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans',Arial,'DejaVu Sans',sans-serif";

/// The same with letters of one width.
pub(super) const MONO: &str =
    "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

/// What stands above a drawing, and what it is called for those who do not see it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// A few words.
    pub title: &'a str,
    /// What is in it, in a sentence.
    pub description: &'a str,
    /// Tells the drawings of one page apart: letters only.
    pub id: &'a str,
    /// Whether the title is seen; on a page the heading above says it.
    pub has_title: bool,
}

impl Caption<'_> {
    /// How much room is needed above a drawing.
    pub(super) fn height(&self) -> i32 {
        if self.has_title { 62 } else { 34 }
    }

    /// What stands above a drawing: the title, and below it some words.
    pub(super) fn heading(&self, words: &str, padding: i32) -> String {
        let mut text = String::new();
        if self.has_title {
            let _ = writeln!(
                text,
                "<text class=\"title\" x=\"{padding}\" y=\"{}\">{}</text>",
                padding + 16,
                xml(self.title)
            );
        }
        let _ = writeln!(
            text,
            "<text class=\"words\" x=\"{padding}\" y=\"{}\">{}</text>",
            padding + self.height() - 24,
            xml(words)
        );
        text
    }
}

/// Opens a document; `style` holds rules for light paper and for dark. Every rule begins with the
/// class of the document, so that two may stand on one page.
pub(super) fn open(caption: &Caption<'_>, size: Size, (light, dark): (&str, &str)) -> String {
    let Size { width, height } = size;
    let Caption {
        title,
        description,
        id,
        ..
    } = caption;
    let (title, description) = (xml(title), xml(description));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{id}\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{title}</title>\n\
         <desc id=\"{id}-desc\">{description}</desc>\n\
         <style>\n{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n</style>\n\
         <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n"
    )
}

/// The rules of the colours, for light paper and for dark; `rule` writes one.
pub(super) fn hues(rule: impl Fn(usize, &str) -> String) -> (String, String) {
    let light = PALETTE.iter().enumerate();
    let dark = PALETTE.iter().enumerate();
    (
        light.map(|(hue, (light, _))| rule(hue, light)).collect(),
        dark.map(|(hue, (_, dark))| rule(hue, dark)).collect(),
    )
}

/// A line with round corners, as the data of a path.
pub(super) fn rounded(points: &[Point], radius: i32) -> String {
    let mut data = String::new();
    for (at, point) in points.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| points.get(it));
        let after = points.get(at + 1);
        let (Some(before), Some(after)) = (before, after) else {
            let letter = if at == 0 { 'M' } else { 'L' };
            let _ = write!(data, "{letter}{} {}", point.x, point.y);
            continue;
        };
        let room = distance(*before, *point).min(distance(*point, *after));
        let radius = radius.min(room / 2);
        let (begin, end) = (
            toward(*point, *before, radius),
            toward(*point, *after, radius),
        );
        let _ = write!(
            data,
            "L{} {}Q{} {} {} {}",
            begin.x, begin.y, point.x, point.y, end.x, end.y
        );
    }
    data
}

fn distance(one: Point, other: Point) -> i32 {
    (one.x - other.x).abs() + (one.y - other.y).abs()
}

/// The point so far from one point to another, both on a line along an axis.
fn toward(from: Point, to: Point, length: i32) -> Point {
    Point {
        x: from.x + (to.x - from.x).signum() * length,
        y: from.y + (to.y - from.y).signum() * length,
    }
}
