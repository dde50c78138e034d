//! How wide a text becomes in a font that is not known: widths of a wide font that many systems
//! fall back to, so that others leave a little room.

/// The widths of the signs from the blank on, in thousandths of the font's size.
const WIDTHS: [i32; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The width of a text in a sans-serif font.
pub(super) fn sans(text: &str, size: i32) -> i32 {
    thousandths(text, |sign| {
        let position = usize::try_from(u32::from(sign)).ok()?.checked_sub(32)?;
        WIDTHS.get(position).copied()
    }) * size
        / 1000
}

/// The same in bold.
pub(super) fn bold(text: &str, size: i32) -> i32 {
    sans(text, size) * 112 / 100
}

/// The width of a text in a font where all letters are equally wide.
pub(super) fn mono(text: &str, size: i32) -> i32 {
    thousandths(text, |sign| sign.is_ascii().then_some(602)) * size / 1000
}

fn thousandths(text: &str, known: impl Fn(char) -> Option<i32>) -> i32 {
    let width = |sign: char| known(sign).unwrap_or_else(|| other(sign));
    text.chars().map(width).sum::<i32>() + 999
}

/// Signs of East Asia, emoji and others that are as wide as high; marks that stand on others.
fn other(sign: char) -> i32 {
    match u32::from(sign) {
        0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x11ff
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7ff
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xffef
        | 0x1f000..=0x3ffff => 1050,
        _ => 760,
    }
}

/// A text that is not longer than so many signs.
pub(super) fn shortened(text: &str, signs: usize) -> String {
    if text.chars().count() <= signs {
        return text.to_owned();
    }
    let kept: String = text.chars().take(signs.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
