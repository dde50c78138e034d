//! Whether the terminal shows more than ASCII, as the environment says it.
#![expect(
    clippy::disallowed_methods,
    reason = "the environment is read here and handed down"
)]

/// Whether texts are in UTF-8: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set counts.
pub(super) fn is_utf8() -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    said.is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}
