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
//! `&'static [EmbeddedFile]`. Each comes with the digest of its text, so that no start of the binary
//! takes it; what takes it here is the only dependency, so that build scripts stay fast to build.
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

use sha2::{Digest, Sha256};

/// Writes `$OUT_DIR/revisions.rs` from the revision files in `directory` (relative to the package)
/// and below, and tells cargo to look again when one of them changes, comes or goes.
///
/// The files, and their order, are those that the reader of directories finds.
///
/// # Errors
///
/// A directory or file that cannot be read or is no UTF-8, or an environment that is not a build
/// script's.
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
    fs::write(output, generate(&found.files)?)
}

/// Files by their path below the package, and every directory that was entered.
#[derive(Debug, Default)]
struct Found {
    files: BTreeMap<PathBuf, PathBuf>,
    directories: Vec<PathBuf>,
}

fn collect(package: &Path, directory: &Path, found: &mut Found) -> io::Result<()> {
    let absolute = package.join(directory);
    let context = context(&absolute);
    found.directories.push(absolute.clone());
    for entry in fs::read_dir(&absolute).map_err(&context)? {
        let entry = entry.map_err(&context)?;
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

/// The expression of all files. Their texts are in it, and not their names for the compiler: what was
/// hashed is what is put in, also where a file changes while it is built.
fn generate(files: &BTreeMap<PathBuf, PathBuf>) -> io::Result<String> {
    let mut code = String::from("&[\n");
    for (name, path) in files {
        let name = name.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).map_err(context(path))?;
        let digest = digest(&text);
        // Writing to a string cannot fail.
        let _ = writeln!(
            code,
            "    ::migration_core::revision::EmbeddedFile {{ path: {name:?}, text: {text:?}, \
             digest: Some({digest:?}) }},"
        );
    }
    code.push_str("]\n");
    Ok(code)
}

/// Half of the SHA-256 of what the reader of files takes for the text.
fn digest(text: &str) -> [u8; 16] {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let whole: [u8; 32] = Sha256::digest(text).into();
    *whole.first_chunk().expect("half of it is not more")
}

/// Names what an error is about.
fn context(path: &Path) -> impl Fn(io::Error) -> io::Error {
    |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}

#[cfg(test)]
mod tests {
    use migration_core::revision::{EmbeddedFile, half_sum, read_embedded, read_script};

    use super::*;

    /// A directory `versions` below one that is removed again.
    struct Root(PathBuf);

    impl Root {
        fn new(name: &str) -> Self {
            let name = format!("migration-embed-{name}-{}", std::process::id());
            let root = env::temp_dir().join(name);
            fs::create_dir_all(root.join("versions/deep")).unwrap();
            Self(root)
        }

        fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
            fs::write(self.0.join("versions").join(name), text).unwrap();
            self
        }

        fn generate(&self) -> io::Result<String> {
            let mut found = Found::default();
            collect(&self.0, Path::new("versions"), &mut found)?;
            assert_eq!(found.directories.len(), 2);
            generate(&found.files)
        }
    }

    impl Drop for Root {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn the_generated_slice_is_sorted_and_quotes_its_names_and_texts() {
        let root = Root::new("sorted")
            .with("b \"q\".sql", "\\ \"\r\n'ü\u{1}")
            .with("a.sql", "")
            .with("deep/c.sql", "")
            .with(".hidden.sql", "")
            .with("a.sql~", "")
            .with("x.txt", "");
        let code = root.generate().unwrap();
        let listed: Vec<(&str, &str)> = code
            .lines()
            .filter_map(|line| line.strip_prefix("    ::migration_core::revision::EmbeddedFile "))
            .filter_map(|it| it.split_once(", digest: Some(["))
            .collect();
        let files: Vec<&str> = listed.iter().map(|(file, _)| *file).collect();
        assert_eq!(
            files,
            [
                r#"{ path: "versions/a.sql", text: """#,
                r#"{ path: "versions/b \"q\".sql", text: "\\ \"\r\n'ü\u{1}""#,
                r#"{ path: "versions/deep/c.sql", text: """#,
            ]
        );
        assert_eq!(listed[0].1, listed[2].1);
        assert_ne!(listed[0].1, listed[1].1);
        assert_eq!((&code[..3], &code[code.len() - 2..]), ("&[\n", "]\n"));
    }

    #[test]
    fn the_digest_is_the_one_that_a_run_takes_of_the_same_text() {
        let plain = "-- a\n--\n-- Revision ID: a\n-- Revises:\n\n-- migrate: upgrade\n";
        for text in [
            plain.to_owned(),
            format!("\u{feff}{plain}"),
            plain.replace('\n', "\r\n"),
        ] {
            let file = EmbeddedFile {
                path: "a.sql",
                text: text.clone().leak(),
                digest: None,
            };
            let revisions = read_embedded(vec![file].leak()).unwrap();
            let read = read_script(&revisions[0]).unwrap();
            assert_eq!(half_sum(&read.source), digest(&text));
        }
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_its_name() {
        let mut found = Found::default();
        let error = collect(Path::new("/nowhere"), Path::new("versions"), &mut found).unwrap_err();
        assert!(error.to_string().starts_with("/nowhere/versions: "));
        let root = Root::new("bytes").with("deep/a.sql", b"-- \xff");
        let error = root.generate().unwrap_err().to_string();
        assert!(error.contains("versions/deep/a.sql: "), "{error}");
    }
}
