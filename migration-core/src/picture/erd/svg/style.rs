//! The colours and fonts of a diagram.

use crate::picture::sheet::{MONO, SANS, hues};

const SHAPES: &str = "\
& text { font-family: SANS; font-size: 13px; fill: #1e293b }
& .title { font-size: 18px; font-weight: 650 }
& .words { fill: #64748b }
& .paper { fill: #f8fafc }
& .box { fill: #ffffff; stroke: #cbd5e1; stroke-width: 1 }
& .outside .box { fill: none; stroke: #94a3b8; stroke-dasharray: 4 3 }
& .outside .name { fill: #64748b; font-weight: 500 }
& .head { fill: #64748b; fill-opacity: .1 }
& .rule { stroke: #cbd5e1; stroke-width: 1 }
& .name { font-size: 14px; font-weight: 650 }
& .key { font-weight: 600 }
& .type { font-family: MONO; font-size: 11px; fill: #64748b; text-anchor: end }
& .several { font-size: 11px; fill: #64748b }
& .in { font-size: 9px; font-weight: 700; text-anchor: middle; letter-spacing: .3px }
& .pill.pk { fill: #fde68a }
& .in.pk { fill: #78350f }
& .pill.fk { fill: #dbeafe }
& .in.fk { fill: #1e40af }
& .pill.u { fill: #dcfce7 }
& .in.u { fill: #166534 }
& .full { fill: #475569; stroke: #475569; stroke-width: 1 }
& .empty { fill: none; stroke: #94a3b8; stroke-width: 1 }
& .line, & .mark { fill: none; stroke: #64748b; stroke-width: 1.4 }
& .brace { fill: none; stroke: #64748b; stroke-width: 4; stroke-linecap: round }
& .near { fill: none; stroke: transparent; stroke-width: 10 }
& .ring { fill: #f8fafc; stroke: #64748b; stroke-width: 1.4 }
& .edge { stroke: #94a3b8; stroke-width: 1.4 }
& .r:hover .line { stroke-width: 3 }
& .legend text { font-size: 12px; fill: #64748b }
& .legend .in { font-size: 9px }
";

const DARK: &str = "\
& text { fill: #e2e8f0 }
& .words, & .several, & .type, & .legend text, & .outside .name { fill: #94a3b8 }
& .paper, & .ring { fill: #0f172a }
& .box { fill: #1a2438; stroke: #3a4a63 }
& .outside .box { fill: none; stroke: #64748b }
& .rule { stroke: #3a4a63 }
& .head { fill: #94a3b8; fill-opacity: .14 }
& .pill.pk { fill: #6b4e12 }
& .in.pk { fill: #fde68a }
& .pill.fk { fill: #1e3a6e }
& .in.fk { fill: #bfdbfe }
& .pill.u { fill: #1b4a2e }
& .in.u { fill: #bbf7d0 }
& .legend .in.pk { fill: #fde68a }
& .legend .in.fk { fill: #bfdbfe }
& .legend .in.u { fill: #bbf7d0 }
& .full { fill: #cbd5e1; stroke: #cbd5e1 }
& .line, & .mark, & .ring, & .brace, & .edge, & .empty { stroke: #94a3b8 }
";

const LEGEND_PILLS: &str = "\
& .legend .in.pk { fill: #78350f }
& .legend .in.fk { fill: #1e40af }
& .legend .in.u { fill: #166534 }
";

/// The rules for light paper and for dark, for a document of one class.
pub(super) fn rules(id: &str) -> (String, String) {
    let (light, dark) = hues(|hue, colour| {
        format!(
            "& .h{hue} .head {{ fill: {colour}; fill-opacity: .16 }}\n\
             & .h{hue} .line, & .h{hue} .mark, & .h{hue} .ring, & .h{hue} .brace, & .h{hue} .rule {{ stroke: {colour} }}\n"
        )
    });
    let written = |text: String| {
        text.replace('&', &format!(".{id}"))
            .replace("SANS", SANS)
            .replace("MONO", MONO)
    };
    (
        written(format!("{SHAPES}{LEGEND_PILLS}{light}")),
        written(format!("{DARK}{dark}")),
    )
}
