//! Tables and foreign keys as SVG: boxes with their columns, lines in crow's foot notation. A line
//! has the colour of the table that it leads to.

mod colour;
mod legend;
mod marks;
mod style;
mod table;

use std::fmt::Write as _;

use super::{Diagram, Many, One, Relation};
use crate::picture::escape::xml;
use crate::picture::layout::{Drawing, Pin, Point, Size, Wire, layout};
use crate::picture::measure;
use crate::picture::sheet::{self, Caption, rounded};
use marks::Mark;

/// Around everything.
const PADDING: i32 = 32;

/// What the legend takes.
const LEGEND: i32 = 52;

/// Draws a diagram.
pub fn svg(diagram: &Diagram, caption: &Caption<'_>) -> String {
    let sizes: Vec<Size> = diagram.tables.iter().map(table::size).collect();
    let wires: Vec<Wire> = diagram
        .relations
        .iter()
        .map(|it| wire(diagram, it))
        .collect();
    let drawing = layout(&sizes, &wires);
    let hues = colour::hues(diagram, &drawing);
    let words = format!(
        "{}, {}",
        counted(
            diagram.tables.iter().filter(|it| !it.outside).count(),
            "table"
        ),
        counted(diagram.relations.len(), "foreign key")
    );
    let title = measure::bold(caption.title, 18).max(measure::sans(&words, 13));
    let width = drawing.size.width.max(legend::WIDTH).max(title) + 2 * PADDING;
    let height = drawing.size.height + caption.height() + LEGEND + 2 * PADDING;
    let styles = style::rules(caption.id);
    let mut text = sheet::open(caption, Size { width, height }, (&styles.0, &styles.1));
    text += &caption.heading(&words, PADDING);
    let _ = writeln!(
        text,
        "<g transform=\"translate({PADDING} {})\">",
        PADDING + caption.height()
    );
    for (relation, path) in diagram.relations.iter().zip(&drawing.paths) {
        text += &line(relation, path, (diagram, &drawing), hues[relation.to]);
    }
    for ((entity, frame), hue) in diagram.tables.iter().zip(&drawing.frames).zip(&hues) {
        text += &table::table(entity, *frame, *hue);
    }
    text += "</g>\n";
    text += &legend::legend(Point {
        x: PADDING,
        y: height - PADDING - 8,
    });
    text + "</svg>\n"
}

/// A number and what is counted.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// From the first column of a foreign key to the first that it refers to.
fn wire(diagram: &Diagram, relation: &Relation) -> Wire {
    let pin = |shape: usize, columns: &[String]| Pin {
        shape,
        y: table::row_of(&diagram.tables[shape], columns.first()),
    };
    Wire {
        from: pin(relation.from, &relation.columns),
        to: pin(relation.to, &relation.referenced_columns),
        bundle: match relation.referred {
            One::ExactlyOne => 0,
            One::ZeroOrOne => 1,
        },
    }
}

/// The class of a colour.
fn class(hue: Option<usize>) -> String {
    hue.map_or_else(|| "h".to_owned(), |hue| format!("h{hue}"))
}

fn line(
    relation: &Relation,
    path: &[Point],
    (diagram, drawing): (&Diagram, &Drawing),
    hue: Option<usize>,
) -> String {
    let data = rounded(path, 8);
    let (Some(first), Some(last)) = (path.first(), path.last()) else {
        return String::new();
    };
    let outward = |point: &Point, table: usize| {
        if point.x == drawing.frames[table].x {
            -1
        } else {
            1
        }
    };
    let referring = match relation.referring {
        Many::ZeroOrMore => Mark::ZeroOrMore,
        Many::ZeroOrOne => Mark::ZeroOrOne,
    };
    let referred = match relation.referred {
        One::ExactlyOne => Mark::ExactlyOne,
        One::ZeroOrOne => Mark::ZeroOrOne,
    };
    let braces = [
        (relation.from, &relation.columns, first),
        (relation.to, &relation.referenced_columns, last),
    ];
    let braces = braces.map(|(shape, columns, end)| {
        let top = drawing.frames[shape].y;
        let rows = columns.iter();
        let rows = rows.map(|it| top + table::row_of(&diagram.tables[shape], Some(it)));
        brace(end.x + 2 * outward(end, shape), rows.collect())
    });
    format!(
        "<g class=\"r {}\"><title>{}</title><path class=\"near\" d=\"{data}\"/>\
         <path class=\"line\" d=\"{data}\"/>{}{}{}</g>\n",
        class(hue),
        xml(&relation.words()),
        marks::mark(referring, *first, outward(first, relation.from)),
        marks::mark(referred, *last, outward(last, relation.to)),
        braces.concat()
    )
}

/// Joins the columns of a key that has several, along the side of their table.
fn brace(x: i32, rows: Vec<i32>) -> String {
    match (rows.iter().min(), rows.iter().max()) {
        (Some(top), Some(bottom)) if top < bottom => {
            format!(
                "<path class=\"brace\" d=\"M{x} {}V{}\"/>",
                top - 8,
                bottom + 8
            )
        }
        _ => String::new(),
    }
}
