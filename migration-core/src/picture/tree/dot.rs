//! Revisions in the language of Graphviz.

use std::fmt::Write as _;

use super::{Node, Standing, Tree};
use crate::picture::escape;

const HEAD: &str = "\
digraph revisions {
    graph [rankdir=BT, bgcolor=white, fontname=\"Helvetica\", nodesep=0.3, ranksep=0.35]
    node [shape=box, style=\"rounded,filled\", fillcolor=white, color=\"#64748b\", fontname=\"Helvetica\", fontsize=11]
    edge [color=\"#475569\"]
";

/// Writes a `digraph`, the newest revisions at the top.
pub fn dot(tree: &Tree) -> String {
    let mut text = HEAD.to_owned();
    for (place, node) in tree.revisions.iter().enumerate() {
        let style = match node.state {
            None => "",
            Some(Standing::Current) => ", fillcolor=\"#bbf7d0\", color=\"#15803d\", penwidth=2",
            Some(Standing::Applied) => ", fillcolor=\"#dbeafe\", color=\"#2563eb\"",
            Some(Standing::Pending) => {
                ", fillcolor=\"#fef3c7\", color=\"#b45309\", style=\"rounded,filled,dashed\""
            }
        };
        let _ = writeln!(text, "    r{place} [label=<{}>{style}]", label(node));
    }
    for (place, node) in tree.revisions.iter().enumerate() {
        for below in &node.parents {
            let _ = writeln!(text, "    r{below} -> r{place}");
        }
        for below in &node.needs {
            let _ = writeln!(text, "    r{below} -> r{place} [style=dashed]");
        }
    }
    text + "}\n"
}

fn label(node: &Node) -> String {
    let mut text = format!("<B>{}</B>", escape::xml(&node.revision));
    let marks = super::marks(node);
    if !marks.is_empty() {
        let _ = write!(text, " ({})", escape::xml(&marks.join(", ")));
    }
    if !node.message.is_empty() {
        let _ = write!(text, "<BR/>{}", escape::xml(&node.message));
    }
    text
}
