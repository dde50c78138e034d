//! A table as a box.

use std::fmt::Write as _;

use super::class;
use crate::picture::erd::{Attribute, Entity};
use crate::picture::escape::xml;
use crate::picture::layout::{Frame, Size};
use crate::picture::measure::{bold, mono, sans, shortened};

/// The name of the table.
const HEADER: i32 = 36;

/// One column.
const ROW: i32 = 24;

/// Below the last column.
const FOOT: i32 = 8;

/// Beside the text.
const PADDING: i32 = 12;

/// A pill and the room behind it.
const PILL: i32 = 26;

/// Between names and types.
const BETWEEN: i32 = 20;

/// Most signs of a type and of a name; the rest is in the title that shows when somebody points.
const LONGEST_TYPE: usize = 30;
const LONGEST_NAME: usize = 48;

/// How large the box of a table is.
pub(super) fn size(entity: &Entity) -> Size {
    let columns = entity.columns.iter();
    let names = columns.clone().map(name_width).max();
    let types = columns
        .map(|it| mono(&shortened(&it.data_type, LONGEST_TYPE), 11))
        .max();
    let rows = entity.columns.len() + entity.unique.len();
    let rows = i32::try_from(rows).expect("a table has few columns");
    let header = bold(&shortened(&entity.name, LONGEST_NAME), 14) + 2 * PADDING;
    let Some((names, types)) = names.zip(types) else {
        return Size {
            width: header.max(120),
            height: HEADER,
        };
    };
    let row = names_at(entity) + names + BETWEEN + types + PADDING;
    let keys = entity.unique.iter().map(|it| sans(&key(it), 11)).max();
    let keys = keys.map_or(0, |width| width + 2 * PADDING + PILL);
    Size {
        width: header.max(row).max(keys).max(160),
        height: HEADER + rows * ROW + FOOT,
    }
}

/// A key of several columns in words.
fn key(columns: &[String]) -> String {
    shortened(&format!("({})", columns.join(", ")), LONGEST_NAME)
}

fn name_width(column: &Attribute) -> i32 {
    let name = shortened(&column.name, LONGEST_NAME);
    match column.primary_key {
        true => bold(&name, 13),
        false => sans(&name, 13),
    }
}

/// Where names begin: behind as many pills as any column has.
fn names_at(entity: &Entity) -> i32 {
    let most = entity.columns.iter().map(|it| pills(it).len()).max();
    let most = i32::try_from(most.unwrap_or_default()).expect("there are three pills");
    PADDING + most * PILL + 14
}

fn pills(column: &Attribute) -> Vec<&'static str> {
    [
        (column.primary_key, "pk"),
        (column.foreign_key, "fk"),
        (column.unique, "u"),
    ]
    .into_iter()
    .filter_map(|(holds, name)| holds.then_some(name))
    .collect()
}

/// How far below its top a column of a table is; the name of the table without a column.
pub(super) fn row_of(entity: &Entity, column: Option<&String>) -> i32 {
    let row = entity
        .columns
        .iter()
        .position(|it| Some(&it.name) == column)
        .and_then(|it| i32::try_from(it).ok());
    row.map_or(HEADER / 2, |row| HEADER + row * ROW + ROW / 2 + 2)
}

/// Draws a table.
pub(super) fn table(entity: &Entity, frame: Frame, hue: Option<usize>) -> String {
    let Frame {
        x,
        y,
        width,
        height,
    } = frame;
    // Columns may have made more room than a name gets for itself.
    let longest = match bold(&entity.name, 14) <= width - 2 * PADDING {
        true => entity.name.chars().count(),
        false => LONGEST_NAME,
    };
    let outside = if entity.outside { " outside" } else { "" };
    let mut text = format!(
        "<g class=\"t {}{outside}\" transform=\"translate({x} {y})\">\n\
         <rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>\n",
        class(hue)
    );
    if !entity.outside {
        let _ = writeln!(
            text,
            "<path class=\"head\" d=\"M0 {HEADER}V8Q0 0 8 0H{}Q{width} 0 {width} 8V{HEADER}Z\"/>\
             <path class=\"rule\" d=\"M0 {HEADER}H{width}\"/>",
            width - 8
        );
    }
    let _ = writeln!(
        text,
        "<text class=\"name\" x=\"{PADDING}\" y=\"23\">{}{}</text>",
        xml(&shortened(&entity.name, longest)),
        title(&entity.name, longest, entity.comment.as_deref())
    );
    for column in &entity.columns {
        text += &row(entity, column, width);
    }
    let mut middle = height - FOOT - ROW / 2 + 2;
    for columns in entity.unique.iter().rev() {
        let _ = writeln!(
            text,
            "{}<text class=\"several\" x=\"{}\" y=\"{}\">{}</text>",
            pill("u", PADDING, middle),
            PADDING + PILL,
            middle + 4,
            xml(&key(columns))
        );
        middle -= ROW;
    }
    text + "</g>\n"
}

fn row(entity: &Entity, column: &Attribute, width: i32) -> String {
    let middle = row_of(entity, Some(&column.name));
    let mut text = String::new();
    let mut x = PADDING;
    for name in pills(column) {
        text += &pill(name, x, middle);
        x += PILL;
    }
    let names_at = names_at(entity);
    text += &ring(column.not_null, names_at - 9, middle);
    let class = if column.primary_key { "col key" } else { "col" };
    let data_type = &column.data_type;
    let _ = writeln!(
        text,
        "<text class=\"{class}\" x=\"{names_at}\" y=\"{base}\">{}{}</text>\
         <text class=\"type\" x=\"{}\" y=\"{base}\">{}{}</text>",
        xml(&shortened(&column.name, LONGEST_NAME)),
        title(&column.name, LONGEST_NAME, column.comment.as_deref()),
        width - PADDING,
        xml(&shortened(data_type, LONGEST_TYPE)),
        title(data_type, LONGEST_TYPE, None),
        base = middle + 4,
    );
    text
}

/// What shows when somebody points at a text: the whole of it, when it is shortened, and a comment.
fn title(text: &str, longest: usize, comment: Option<&str>) -> String {
    let whole = (text.chars().count() > longest).then_some(text);
    let lines: Vec<&str> = whole.into_iter().chain(comment).collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!("<title>{}</title>", xml(&lines.join("\n"))),
    }
}

/// A word for what a column is.
pub(super) fn pill(name: &str, x: i32, middle: i32) -> String {
    let width = if name == "u" { 15 } else { 22 };
    format!(
        "<rect class=\"pill {name}\" x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"14\" rx=\"4\"/>\
         <text class=\"in {name}\" x=\"{}\" y=\"{}\">{}</text>",
        middle - 7,
        x + width / 2,
        middle + 3,
        name.to_uppercase()
    )
}

/// Whether a column has a value in every row.
pub(super) fn ring(is_filled: bool, x: i32, middle: i32) -> String {
    let class = if is_filled { "full" } else { "empty" };
    format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{middle}\" r=\"3\"/>")
}
