//! The build-script half of `migration-core`: puts a component's revisions into its binary.
//!
//! In a component's `build.rs`:
//!
//! ```no_run
//! fn main() -> std::io::Result<()> {
//!     migration_embed::emit("extras/migration/versions")
//! }
//! ```
//!
//! and in its `main.rs`, `migration_core::embedded_revisions!()` is the sorted
//! `&'static [EmbeddedFile]`. No dependencies, so that build scripts stay fast to build.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the source tree and the environment that cargo gives it"
)]

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes `$OUT_DIR/revisions.rs` from the revision files in `directory` (relative to the package)
/// and below, and tells cargo to look again when one of them changes, comes or goes.
///
/// The files, and their order, are those that the reader of directories finds.
///
/// # Errors
///
/// A directory or file that cannot be read, or an environment that is not a build script's.
#[expect(
    clippy::print_stdout,
    reason = "build scripts speak to cargo on stdout"
)]
pub fn emit(directory: impl AsRef<Path>) -> io::Result<()> {
    let package = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let output = PathBuf::from(variable("OUT_DIR")?).join("revisions.rs");
    let mut found = Found::default();
    collect(&package, directory.as_ref(), &mut found)?;
    for path in found.directories.iter().chain(found.files.values()) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    fs::write(output, generate(&found.files))
}

/// Files by their path below the package, and every directory that was entered.
#[derive(Debug, Default)]
struct Found {
    files: BTreeMap<PathBuf, PathBuf>,
    directories: Vec<PathBuf>,
}

fn collect(package: &Path, directory: &Path, found: &mut Found) -> io::Result<()> {
    let absolute = package.join(directory);
    let context =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", absolute.display()));
    found.directories.push(absolute.clone());
    for entry in fs::read_dir(&absolute).map_err(context)? {
        let entry = entry.map_err(context)?;
        let name = entry.file_name();
        let Some(text) = name
            .to_str()
            .filter(|name| !name.starts_with(['.', '#', '~']))
        else {
            continue;
        };
        let path = entry.path();
        if path.is_dir() {
            collect(package, &directory.join(text), found)?;
        } else if text.ends_with(".sql") {
            found.files.insert(directory.join(text), path);
        }
    }
    Ok(())
}

/// The expression of all files; `include_str!` leaves the reading of their texts to the compiler.
fn generate(files: &BTreeMap<PathBuf, PathBuf>) -> String {
    let mut code = String::from("&[\n");
    for (name, path) in files {
        let name = name.to_string_lossy().replace('\\', "/");
        // Writing to a string cannot fail.
        let _ = writeln!(
            code,
            "    ::migration_core::revision::EmbeddedFile {{ path: {name:?}, text: include_str!({:?}) }},",
            path.display().to_string()
        );
    }
    code.push_str("]\n");
    code
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(root: &Path) -> String {
        let mut found = Found::default();
        collect(root, Path::new("versions"), &mut found).unwrap();
        assert_eq!(found.directories.len(), 2);
        generate(&found.files).replace(&root.display().to_string(), "ROOT")
    }

    #[test]
    fn the_generated_slice_is_sorted_and_quotes_its_names() {
        let root = env::temp_dir().join(format!("migration-embed-{}", std::process::id()));
        fs::create_dir_all(root.join("versions/deep")).unwrap();
        for name in [
            "b \"q\".sql",
            "a.sql",
            "deep/c.sql",
            ".hidden.sql",
            "a.sql~",
            "x.txt",
        ] {
            fs::write(root.join("versions").join(name), "").unwrap();
        }
        let code = listing(&root);
        fs::remove_dir_all(&root).unwrap();
        let file = "::migration_core::revision::EmbeddedFile";
        let expected = format!(
            "&[\n    {file} {{ path: \"versions/a.sql\", text: include_str!(\"ROOT/versions/a.sql\") }},\n    \
             {file} {{ path: \"versions/b \\\"q\\\".sql\", text: include_str!(\"ROOT/versions/b \\\"q\\\".sql\") }},\n    \
             {file} {{ path: \"versions/deep/c.sql\", text: include_str!(\"ROOT/versions/deep/c.sql\") }},\n]\n"
        );
        assert_eq!(code, expected);
    }

    #[test]
    fn a_missing_directory_is_an_error_with_its_name() {
        let error = collect(
            Path::new("/nowhere"),
            Path::new("versions"),
            &mut Found::default(),
        )
        .unwrap_err();
        assert!(error.to_string().starts_with("/nowhere/versions: "));
    }
}
