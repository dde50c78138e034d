//! The rules of the source tree, kept by tests: who may import whom, sizes, names, what stands at
//! the top. The table of imports is explained in `docs/architecture.md`.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read the source tree"
)]

mod imports;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use imports::IMPORTS;

/// Files that may use the file system, the environment, the clock: the boundary.
const BOUNDARY: &[&str] = &[
    "revision/source/",
    "config/",
    "database/",
    "application/",
    "cli/",
    "bin/",
];

/// What stands at the top of the repository besides dotted files.
const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "brain",
    "config",
    "docs",
    "extras",
    "frontend",
    "migration-core",
    "tests",
];

#[test]
fn stages_import_only_what_stands_before_them() {
    let mut wrong = Vec::new();
    for file in core_files() {
        let stage = stage_of(&file.path);
        let allowed = IMPORTS.iter().find(|(name, _)| *name == stage);
        for import in imports(&file) {
            let known = IMPORTS.iter().any(|(name, _)| *name == import) || import == "cli";
            let permitted = match allowed {
                Some((_, allowed)) => import == stage || allowed.contains(&import.as_str()),
                None => true,
            };
            // Examples in tests are written as people write them.
            let is_example = import == "sql" && file.path.contains("/tests/");
            if known && !permitted && !is_example {
                wrong.push(format!("{}: `{stage}` names `{import}`", file.path));
            }
        }
    }
    check("a stage imports against the table", wrong);
}

#[test]
fn the_table_of_imports_has_no_cycle_and_knows_every_stage() {
    let mut wrong = Vec::new();
    for (position, (stage, allowed)) in IMPORTS.iter().enumerate() {
        for import in *allowed {
            if !IMPORTS[..position].iter().any(|(name, _)| name == import) {
                wrong.push(format!(
                    "`{stage}` comes before `{import}`, which it may name"
                ));
            }
        }
    }
    let library = read(&root().join("migration-core/src/lib.rs"));
    for stage in modules(&library) {
        if stage != "cli" && !IMPORTS.iter().any(|(name, _)| *name == stage) {
            wrong.push(format!("`{stage}` is not in the table"));
        }
    }
    check("the table of imports is wrong", wrong);
}

#[test]
fn only_three_stages_ask_which_engine_it_is() {
    let asks = |line: &str| {
        ["Dialect::Sqlite", "Dialect::Postgres", "Dialect::Mysql"]
            .iter()
            .any(|variant| line.contains(variant))
            && ["=>", "==", "!=", "matches!", "if let"]
                .iter()
                .any(|question| line.contains(question))
    };
    let wrong = core_files()
        .into_iter()
        .filter(|file| !is_test(&file.path))
        .filter(|file| !["dialect", "introspect", "database"].contains(&stage_of(&file.path)))
        .flat_map(|file| {
            let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
            code.lines()
                .filter(|line| asks(line))
                .map(|line| format!("{}: {}", file.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    check("a stage asks for the engine's name", wrong);
}

#[test]
fn input_and_output_stay_at_the_boundary() {
    let wrong = core_files()
        .into_iter()
        .filter(|file| file.text.contains("clippy::disallowed_methods") && !is_test(&file.path))
        .filter(|file| !BOUNDARY.iter().any(|place| file.path.starts_with(place)))
        .map(|file| file.path)
        .collect();
    check(
        "a file inside the boundary permits itself input or output",
        wrong,
    );
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for file in rust_files() {
        let lines = file.text.lines().count();
        let limit = match Path::new(&file.path).file_name() {
            Some(name) if name == "keywords.rs" => usize::MAX,
            Some(name) if name == "main.rs" && !file.path.starts_with("tests/") => 20,
            _ if is_test(&file.path) => 600,
            _ => 500,
        };
        if lines > limit {
            wrong.push(format!("{}: {lines} lines, at most {limit}", file.path));
        }
        if !file.text.starts_with("//!") {
            wrong.push(format!("{}: does not open with `//!`", file.path));
        }
    }
    check("a file is too long or does not say what it is for", wrong);
}

#[test]
fn no_file_is_forgotten() {
    let files = rust_files();
    let mut wrong = Vec::new();
    for file in &files {
        let path = Path::new(&file.path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let directory = path.parent().unwrap_or(Path::new(""));
        let (name, home) = match stem.as_ref() {
            "main" | "lib" | "build" => continue,
            "mod" => (
                directory.file_name().unwrap_or_default().to_string_lossy(),
                directory.parent().unwrap_or(Path::new("")),
            ),
            _ if directory.ends_with("bin") => continue,
            _ => (stem, directory),
        };
        let declared = ["mod.rs", "lib.rs", "main.rs"].iter().any(|parent| {
            let parent = home.join(parent).to_string_lossy().into_owned();
            files
                .iter()
                .any(|file| file.path == parent && modules(&file.text).contains(name.as_ref()))
        });
        if !declared {
            wrong.push(format!("{}: no `mod {name};`", file.path));
        }
    }
    check("a file is never compiled", wrong);
}

#[test]
fn names_say_what_a_file_holds() {
    let empty = [
        "utils",
        "util",
        "common",
        "misc",
        "manager",
        concat!("help", "ers"),
    ];
    let wrong = rust_files()
        .into_iter()
        .map(|file| file.path)
        .filter(|path| {
            Path::new(path)
                .with_extension("")
                .iter()
                .any(|part| empty.iter().any(|word| part == *word))
        })
        .collect();
    check("a name says nothing", wrong);
}

#[test]
fn the_top_is_the_fixed_list() {
    let mut names: Vec<String> = fs::read_dir(root())
        .expect("the repository can be listed")
        .map(|entry| entry.expect("an entry can be read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target" && name != "book")
        .collect();
    names.sort();
    assert_eq!(names, TOP, "the top of the repository changed");
}

#[test]
fn documents_keep_their_length() {
    let mut wrong = Vec::new();
    for (path, least, most) in [("README.md", 60, 120), ("docs/architecture.md", 60, 250)] {
        let lines = read(&root().join(path)).lines().count();
        if !(least..=most).contains(&lines) {
            wrong.push(format!("{path}: {lines} lines, {least} to {most} wanted"));
        }
    }
    check("a document is too short or too long", wrong);
}

#[test]
fn the_tree_speaks_of_the_product_alone() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("/wo", "rk/"),
        concat!("DESIGN", ".md"),
        concat!("STYLE", ".md"),
        concat!("IRMA", ".md"),
        concat!("STACK", ".md"),
        concat!("ALEMBIC", ".md"),
        concat!("help", "er"),
    ];
    let mut wrong = Vec::new();
    for file in files(&["rs", "md", "sql", "ini", "toml", "yaml", "tmpl"]) {
        for (number, line) in file.text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("{}:{}: `{word}`", file.path, number + 1));
            }
        }
    }
    check("a text speaks of something besides the product", wrong);
}

/// A text of the tree, its path relative to the directory it was looked for in.
struct File {
    path: String,
    text: String,
}

#[track_caller]
fn check(law: &str, wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{law}:\n  {}", wrong.join("\n  "));
}

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("`tests` is inside the repository")
        .to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of `migration-core/src`, paths relative to it, without the list of modules.
fn core_files() -> Vec<File> {
    let prefix = "migration-core/src/";
    rust_files()
        .into_iter()
        .filter_map(|file| {
            let path = file.path.strip_prefix(prefix)?.to_owned();
            (path != "lib.rs").then_some(File { path, ..file })
        })
        .collect()
}

fn rust_files() -> Vec<File> {
    files(&["rs"])
}

fn files(extensions: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root(), extensions, &mut found);
    assert!(!found.is_empty(), "the tree has no such files");
    found
}

fn collect(directory: &Path, extensions: &[&str], found: &mut Vec<File>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(directory)
        .expect("a directory of the tree can be listed")
        .map(|entry| entry.expect("an entry can be read").path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let made = ["target", "book", "proptest-regressions"];
        if name.starts_with('.') || made.contains(&name.as_ref()) {
            continue;
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, extensions, found);
        } else if extensions.contains(&extension.as_ref()) {
            let relative = path
                .strip_prefix(root())
                .expect("the walk began at the root");
            found.push(File {
                path: relative.to_string_lossy().into_owned(),
                text: read(&path),
            });
        }
    }
}

/// The first directory of a path below `migration-core/src`.
fn stage_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// The names of `mod x;` in a text.
fn modules(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter_map(|line| {
            let (before, after) = line.trim().split_once("mod ")?;
            let name = after.strip_suffix(';')?;
            let visibility = before.trim();
            (visibility.is_empty() || visibility.starts_with("pub")).then(|| name.to_owned())
        })
        .collect()
}

/// The stages a file names: `crate::x`, `crate::{x, y::z}`, and `super::` that reaches the root.
fn imports(file: &File) -> BTreeSet<String> {
    let depth = Path::new(&file.path).with_extension("").iter().count()
        - usize::from(file.path.ends_with("/mod.rs"));
    let to_root = "super::".repeat(depth);
    let mut found = BTreeSet::new();
    for start in ["crate::", to_root.as_str()] {
        for (position, _) in file.text.match_indices(start) {
            if file.text[..position].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c)) {
                continue;
            }
            let after = &file.text[position + start.len()..];
            match after.strip_prefix('{') {
                Some(group) => found.extend(first_names(group)),
                None => found.extend(first_name(after)),
            }
        }
    }
    found
}

/// The first name of every element of a braced import, up to its closing brace.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut at_start = true;
    for (position, character) in group.char_indices() {
        match character {
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            '{' => depth += 1,
            ',' if depth == 0 => at_start = true,
            _ if at_start && !character.is_whitespace() => {
                names.extend(first_name(&group[position..]));
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

fn first_name(text: &str) -> Option<String> {
    let name: String = text
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

#[test]
fn imports_are_found_in_every_spelling() {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let names = |path: &str, text: &str| imports(&file(path, text)).into_iter().collect::<Vec<_>>();
    assert_eq!(
        names("sql/mod.rs", "use crate::text::{Span, Place};"),
        ["text"]
    );
    assert_eq!(
        names(
            "sql/lexer.rs",
            "use crate::{\n    plan::{Plan, Step},\n    text,\n};"
        ),
        ["plan", "text"]
    );
    assert_eq!(
        names("sql/mod.rs", "//! see [`Plan`](crate::plan::Plan)"),
        ["plan"]
    );
    assert_eq!(
        names("sql/lexer.rs", "use super::super::dialect::Dialect;"),
        ["dialect"]
    );
    assert_eq!(
        names("sql/lexer.rs", "use super::token::Token;"),
        Vec::<String>::new()
    );
}
