//! A diagram in the language of Graphviz.

use std::fmt::Write as _;

use super::{Attribute, Diagram, Entity, Many, One};
use crate::picture::escape;

const HEAD: &str = "\
digraph erd {
    graph [rankdir=LR, splines=true, nodesep=0.4, ranksep=1.2, bgcolor=white, fontname=\"Helvetica\"]
    node [shape=plain, fontname=\"Helvetica\", fontsize=11]
    edge [dir=both, color=\"#475569\", arrowsize=0.9]
";

/// Writes a `digraph`, the tables referred to on the left.
pub fn dot(diagram: &Diagram) -> String {
    let mut text = HEAD.to_owned();
    for (number, table) in diagram.tables.iter().enumerate() {
        let _ = writeln!(text, "    t{number} [label=<\n{}    >]", label(table));
    }
    for relation in &diagram.relations {
        let port = |table: usize, columns: &[String], side: &str| {
            let columns_of = diagram.tables[table].columns.iter();
            let mut names = columns_of.map(|it| &it.name);
            let row = names.position(|it| Some(it) == columns.first());
            row.map_or_else(|| "head".to_owned(), |row| format!("{side}{row}"))
        };
        let referred = match relation.referred {
            One::ExactlyOne => "teetee",
            One::ZeroOrOne => "teeodot",
        };
        let referring = match relation.referring {
            Many::ZeroOrMore => "crowodot",
            Many::ZeroOrOne => "teeodot",
        };
        let _ = writeln!(
            text,
            "    t{}:{}:e -> t{}:{}:w [arrowtail={referred}, arrowhead={referring}, tooltip={}]",
            relation.to,
            port(relation.to, &relation.referenced_columns, "r"),
            relation.from,
            port(relation.from, &relation.columns, "l"),
            escape::dot(&relation.words())
        );
    }
    text + "}\n"
}

fn label(table: &Entity) -> String {
    let style = if table.outside {
        " STYLE=\"DASHED\""
    } else {
        ""
    };
    let mut text = format!(
        "        <TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"5\" \
         COLOR=\"#94a3b8\"{style}>\n        <TR><TD PORT=\"head\" COLSPAN=\"3\" BGCOLOR=\"#e2e8f0\"><B>{}</B></TD></TR>\n",
        html(&table.name)
    );
    for (number, column) in table.columns.iter().enumerate() {
        let name = match column.primary_key {
            true => format!("<B>{}</B>", html(&column.name)),
            false => html(&column.name),
        };
        let _ = writeln!(
            text,
            "        <TR><TD PORT=\"l{number}\">{}</TD><TD ALIGN=\"LEFT\">{name}</TD>\
             <TD ALIGN=\"LEFT\" PORT=\"r{number}\">{}{}</TD></TR>",
            keys(column),
            html(&column.data_type),
            if column.not_null { " not null" } else { "" }
        );
    }
    text + "        </TABLE>\n"
}

/// Graphviz refuses an empty text between tags.
fn html(text: &str) -> String {
    match text.trim().is_empty() {
        true => "&#160;".to_owned(),
        false => escape::xml(text),
    }
}

fn keys(column: &Attribute) -> String {
    let keys: Vec<&str> = [
        (column.primary_key, "PK"),
        (column.foreign_key, "FK"),
        (column.unique, "U"),
    ]
    .into_iter()
    .filter_map(|(holds, key)| holds.then_some(key))
    .collect();
    match keys.is_empty() {
        true => "&#160;".to_owned(),
        false => keys.join(" "),
    }
}
