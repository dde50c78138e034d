//! The reference page of the settings, made from the table of keys.

use std::fmt::Write as _;

use super::keys::{KEYS, Section};
use super::variables;

/// `docs/reference/config.md` as it has to be.
pub fn reference_page() -> String {
    let mut page = include_str!("page.md").replace("{variables}\n", &variables::table());
    for section in Section::ALL {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## `[{}]`\n", section.name());
        for key in KEYS.iter().filter(|key| key.section == section) {
            let _ = write!(page, "\n### `{}`\n\n{}\n", key.name, key.documentation);
            if !key.default.is_empty() {
                let _ = write!(page, "\nDefault: `{}`.\n", key.default);
            }
        }
    }
    page
}
