//! The tables in a document, between two markers.
#![expect(
    clippy::disallowed_methods,
    reason = "a document is written when asked"
)]

use std::fs;
use std::path::Path;

use crate::failure::{Failure, at};

const BEGIN: &str = "<!-- measured: begin -->\n";
const END: &str = "<!-- measured: end -->";

/// Puts a text between the markers of a file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let old = fs::read_to_string(path).map_err(at(path))?;
    let hint = "put `<!-- measured: begin -->` and `<!-- measured: end -->` on lines of their own";
    let changed = replaced(&old, text)
        .ok_or_else(|| Failure::new(format!("{}: no markers", path.display())).hinting(hint))?;
    fs::write(path, changed).map_err(at(path))
}

fn replaced(old: &str, text: &str) -> Option<String> {
    let (before, rest) = old.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n\n{END}{after}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() {
        let old = format!("# Page\n\n{BEGIN}\nold\n\n{END}\n\nrest\n");
        let changed = replaced(&old, "new\n").unwrap();
        assert_eq!(
            changed,
            format!("# Page\n\n{BEGIN}\nnew\n\n{END}\n\nrest\n")
        );
        assert_eq!(replaced(&changed, "new").unwrap(), changed);
    }

    #[test]
    fn a_page_without_markers_is_left_alone() {
        assert_eq!(replaced("# Page\n", "new"), None);
    }
}
