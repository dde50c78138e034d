//! Tests of what all compilers promise.
#![expect(
    clippy::disallowed_methods,
    reason = "compares a document with the code"
)]

use std::path::Path;

use super::reference_page;

#[test]
fn the_reference_of_dialects_is_made_by_the_compilers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/dialects.md");
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, reference_page()).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        reference_page(),
        "UPDATE_CASES=1 writes {}",
        path.display()
    );
}
