//! Revisions as SVG: a row for each, the newest at the top, lines beside them.

use std::fmt::Write as _;

use super::lanes::{Kind, Line, Row, rows};
use super::{Node, Standing, Tree};
use crate::picture::escape::xml;
use crate::picture::layout::Size;
use crate::picture::measure::{bold, mono, sans, shortened};
use crate::picture::sheet::{self, Caption, HUES, MONO, SANS, hues};

/// Around everything.
const PADDING: i32 = 32;

/// One revision.
const ROW: i32 = 32;

/// One column of lines.
const LANE: i32 = 22;

/// Most signs of a message.
const LONGEST: usize = 90;

const RULES: &str = "\
& text { font-family: SANS; font-size: 13px; fill: #1e293b }
& .title { font-size: 18px; font-weight: 650 }
& .words { fill: #64748b }
& .paper { fill: #f8fafc }
& .id { font-family: MONO; font-size: 12.5px; font-weight: 600 }
& .line { fill: none; stroke-width: 2; stroke: #94a3b8 }
& .needs { stroke-dasharray: 4 4 }
& .node { stroke-width: 2.2; stroke: #64748b; fill: #f8fafc }
& .node.applied, & .node.current { fill: #2563eb; stroke: #2563eb }
& .halo { fill: none; stroke: #15803d; stroke-width: 2 }
& .node.current { fill: #15803d; stroke: #15803d }
& .node.pending { stroke: #b45309; stroke-dasharray: 3 2 }
& .tag { fill: #e2e8f0 }
& .tag.current { fill: #bbf7d0 }
& .tag.pending { fill: #fef3c7 }
& .tag.label { fill: #ede9fe }
& .in { text-anchor: middle; font-size: 11px; font-weight: 600; fill: #334155 }
& .in.current { fill: #14532d }
& .in.pending { fill: #78350f }
& .in.label { fill: #4c1d95 }
";

const DARK: &str = "\
& text { fill: #e2e8f0 }
& .words { fill: #94a3b8 }
& .paper { fill: #0f172a }
& .line { stroke: #64748b }
& .node { fill: #0f172a; stroke: #94a3b8 }
& .node.applied { fill: #6ea8fe; stroke: #6ea8fe }
& .node.current { fill: #4ade80; stroke: #4ade80 }
& .node.pending { fill: #0f172a; stroke: #f5b544 }
& .halo { stroke: #4ade80 }
& .tag { fill: #334155 }
& .tag.current { fill: #14532d }
& .tag.pending { fill: #5a430f }
& .tag.label { fill: #3b2a6b }
& .in { fill: #e2e8f0 }
& .in.current { fill: #bbf7d0 }
& .in.pending { fill: #fde68a }
& .in.label { fill: #ddd6fe }
";

/// Draws revisions.
pub fn svg(tree: &Tree, caption: &Caption<'_>) -> String {
    let (rows, lines) = rows(tree);
    let columns = rows.iter().map(|row| row.above.len().max(row.column + 1));
    let columns = i32::try_from(columns.max().unwrap_or_default()).expect("there are few columns");
    let texts_at = PADDING + columns * LANE + 12;
    let ids = tree.revisions.iter().map(|it| mono(&it.revision, 13));
    let ids = ids.max().unwrap_or_default();
    let widths = tree.revisions.iter().map(|it| width(it, ids));
    let words = summary(tree);
    let width = (texts_at + widths.max().unwrap_or_default())
        .max(PADDING + bold(caption.title, 18))
        .max(PADDING + sans(&words, 13))
        + PADDING;
    let count = i32::try_from(rows.len()).expect("there are not that many revisions");
    let height = 2 * PADDING + caption.height() + count * ROW;
    let mut text = open(caption, Size { width, height });
    text += &caption.heading(&words, PADDING);
    let _ = writeln!(text, "<g transform=\"translate(0 {})\">", caption.height());
    for line in &lines {
        text += &path(line, &rows);
    }
    for (place, (row, node)) in rows.iter().zip(&tree.revisions).enumerate() {
        text += &revision((x(row.column), y(place)), node, (texts_at, ids));
    }
    text + "</g>\n</svg>\n"
}

fn open(caption: &Caption<'_>, size: Size) -> String {
    let (light, dark) = hues(|hue, colour| format!("& .l{hue} {{ stroke: {colour} }}\n"));
    let written = |text: String| {
        text.replace('&', &format!(".{}", caption.id))
            .replace("SANS", SANS)
            .replace("MONO", MONO)
    };
    let light = written(format!("{RULES}{light}"));
    let dark = written(format!("{DARK}{dark}"));
    sheet::open(caption, size, (&light, &dark))
}

/// How many revisions there are, and how many of each kind.
fn summary(tree: &Tree) -> String {
    let count = tree.revisions.len();
    let plural = if count == 1 { "" } else { "s" };
    let pending = |node: &&Node| node.state == Some(Standing::Pending);
    let is_known = tree.revisions.iter().any(|it| it.state.is_some());
    let pending = tree.revisions.iter().filter(pending).count();
    let mut words = format!("{count} revision{plural}");
    if is_known {
        let _ = write!(words, ": {} applied, {pending} pending", count - pending);
    }
    if tree.revisions.iter().any(|it| !it.needs.is_empty()) {
        words += "; dashed lines are dependencies";
    }
    words
}

fn x(column: usize) -> i32 {
    PADDING + 8 + LANE * i32::try_from(column).expect("there are few columns")
}

fn y(place: usize) -> i32 {
    let place = i32::try_from(place).expect("there are not that many revisions");
    PADDING + ROW / 2 + ROW * place
}

/// A line from a revision to the one below that it revises or needs.
fn path(line: &Line, rows: &[Row]) -> String {
    let (from, to) = (rows[line.from].column, rows[line.to].column);
    let (top, bottom) = (y(line.from), y(line.to));
    let (first, lane, last) = (x(from), x(line.column), x(to));
    let bends = i32::from(first != lane) + i32::from(lane != last);
    let bend = if bends == 2 {
        ((bottom - top) / 2).min(ROW)
    } else {
        ROW
    };
    let mut data = format!("M{first} {top}");
    if first != lane {
        let half = top + bend / 2;
        let _ = write!(data, "C{first} {half} {lane} {half} {lane} {}", top + bend);
    }
    if lane == last {
        let _ = write!(data, "V{bottom}");
    } else {
        let begin = bottom - bend;
        let half = bottom - bend / 2;
        let _ = write!(data, "V{begin}C{lane} {half} {last} {half} {last} {bottom}");
    }
    let kind = match line.kind {
        Kind::Revises => "",
        Kind::DependsOn => " needs",
    };
    let hue = line.column % HUES;
    format!("<path class=\"line l{hue}{kind}\" d=\"{data}\"/>\n")
}

fn tags(node: &Node) -> Vec<(&'static str, &str)> {
    let labels = node.labels.iter().map(|it| ("label", it.as_str()));
    let head = node.head.then_some(("head", "head"));
    let state = node.state.and_then(|state| match state {
        Standing::Current => Some(("current", "current")),
        Standing::Pending => Some(("pending", "pending")),
        Standing::Applied => None,
    });
    labels.chain(head).chain(state).collect()
}

fn tag_width(text: &str) -> i32 {
    bold(text, 11) + 14
}

fn width(node: &Node, ids: i32) -> i32 {
    let tags: i32 = tags(node).iter().map(|(_, it)| tag_width(it) + 6).sum();
    ids + 16 + tags + sans(&shortened(&node.message, LONGEST), 13)
}

fn revision((x, y): (i32, i32), node: &Node, (texts_at, ids): (i32, i32)) -> String {
    let class = node.state.map_or("applied", Standing::as_str);
    let mut text = String::from("<g>");
    if node.state == Some(Standing::Current) {
        let _ = write!(
            text,
            "<circle class=\"halo\" cx=\"{x}\" cy=\"{y}\" r=\"9\"/>"
        );
    }
    let _ = write!(
        text,
        "<circle class=\"node {class}\" cx=\"{x}\" cy=\"{y}\" r=\"5.5\"/>\
         <text class=\"id\" x=\"{texts_at}\" y=\"{}\">{}</text>",
        y + 4,
        xml(&node.revision)
    );
    let mut at = texts_at + ids + 16;
    for (class, name) in tags(node) {
        let width = tag_width(name);
        let _ = write!(
            text,
            "<rect class=\"tag {class}\" x=\"{at}\" y=\"{}\" width=\"{width}\" height=\"18\" rx=\"9\"/>\
             <text class=\"in {class}\" x=\"{}\" y=\"{}\">{}</text>",
            y - 9,
            at + width / 2,
            y + 4,
            xml(name)
        );
        at += width + 6;
    }
    let message = shortened(&node.message, LONGEST);
    let _ = write!(text, "<text x=\"{at}\" y=\"{}\">{}", y + 4, xml(&message));
    if message != node.message {
        let _ = write!(text, "<title>{}</title>", xml(&node.message));
    }
    text + "</text></g>\n"
}
