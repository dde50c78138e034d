//! Revisions in the language of Mermaid.

use std::fmt::Write as _;

use super::{Node, Standing, Tree};
use crate::picture::escape;

/// Writes a `flowchart`, the newest revisions at the top.
pub fn mermaid(tree: &Tree) -> String {
    let mut text = String::from("flowchart BT\n");
    for (place, node) in tree.revisions.iter().enumerate() {
        let _ = writeln!(text, "    r{place}{}", label(node));
    }
    for (place, node) in tree.revisions.iter().enumerate() {
        for below in &node.parents {
            let _ = writeln!(text, "    r{below} --> r{place}");
        }
        for below in &node.needs {
            let _ = writeln!(text, "    r{below} -.-> r{place}");
        }
    }
    for (standing, style) in [
        (
            Standing::Current,
            "fill:#bbf7d0,stroke:#15803d,stroke-width:3px,color:#14532d",
        ),
        (
            Standing::Applied,
            "fill:#dbeafe,stroke:#2563eb,color:#1e3a8a",
        ),
        (
            Standing::Pending,
            "fill:#fef3c7,stroke:#b45309,stroke-dasharray:4 3,color:#78350f",
        ),
    ] {
        let of = |node: &Node| node.state == Some(standing);
        let places = (0..).zip(&tree.revisions).filter(|(_, node)| of(node));
        let names: Vec<String> = places
            .map(|(place, _): (usize, _)| format!("r{place}"))
            .collect();
        if !names.is_empty() {
            let word = standing.as_str();
            let _ = writeln!(text, "    classDef {word} {style}");
            let _ = writeln!(text, "    class {} {word}", names.join(","));
        }
    }
    text
}

fn label(node: &Node) -> String {
    let mut text = format!("<b>{}</b>", escape::mermaid(&node.revision));
    let marks = super::marks(node);
    if !marks.is_empty() {
        let _ = write!(text, " ({})", escape::mermaid(&marks.join(", ")));
    }
    if !node.message.is_empty() {
        let _ = write!(text, "<br>{}", escape::mermaid(&node.message));
    }
    match node.head {
        true => format!("([\"{text}\"])"),
        false => format!("[\"{text}\"]"),
    }
}
