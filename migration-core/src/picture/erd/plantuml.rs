//! A diagram in the language of PlantUML.

use std::fmt::Write as _;

use super::{Attribute, Diagram};
use crate::picture::escape;

const HEAD: &str = "\
@startuml
hide circle
hide empty members
skinparam linetype ortho
skinparam shadowing false
left to right direction

";

/// Writes the document; a star stands before columns that have a value in every row.
pub fn plantuml(diagram: &Diagram) -> String {
    let mut text = HEAD.to_owned();
    for (number, table) in diagram.tables.iter().enumerate() {
        let mut name = escape::plantuml(&table.name);
        if name.ends_with('>') {
            // What stands between angle brackets at the end would be a parameter.
            name.push('\u{200b}');
        }
        let outside = if table.outside { " <<outside>>" } else { "" };
        let _ = writeln!(text, "entity \"{name}\" as t{number}{outside} {{");
        let (key, rest): (Vec<&Attribute>, Vec<&Attribute>) =
            table.columns.iter().partition(|it| it.primary_key);
        for column in &key {
            let _ = writeln!(text, "  {}", attribute(column));
        }
        if !key.is_empty() && !rest.is_empty() {
            text += "  --\n";
        }
        for column in &rest {
            let _ = writeln!(text, "  {}", attribute(column));
        }
        text += "}\n\n";
    }
    for relation in &diagram.relations {
        let referring = relation.referring.sign();
        let referred = relation.referred.sign();
        let _ = writeln!(
            text,
            "t{} {referring}--{referred} t{}",
            relation.from, relation.to
        );
    }
    text + "@enduml\n"
}

fn attribute(column: &Attribute) -> String {
    let star = if column.not_null { "* " } else { "" };
    let mut text = format!(
        "{star}{{field}} {} : {}",
        escape::plantuml(&column.name),
        escape::plantuml(&column.data_type)
    );
    for (holds, key) in [
        (column.primary_key, "PK"),
        (column.foreign_key, "FK"),
        (column.unique, "U"),
    ] {
        if holds {
            let _ = write!(text, " <<{key}>>");
        }
    }
    text
}
