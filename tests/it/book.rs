//! `docs/` is a book: every page is a chapter of it, and every link leads to where it says.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read documents and run mdbook and git"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use migration_tests::command::{root, said};
use migration_tests::documents;

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a document can be read")
}

/// What the links of a text lead to: outside of code, between `](` and `)`.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        }
        for (position, _) in line.match_indices("](").filter(|_| !inside) {
            let rest = line[position + 2..].split(')');
            found.extend(rest.map(str::to_owned).next());
        }
    }
    found
}

/// What can stand behind `#` in a link to a text: its headings, as books and forges write them.
fn anchors(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        }
        let heading = line.trim_start_matches('#');
        if !inside && heading.len() < line.len() && heading.starts_with(' ') {
            let kept = |letter: &char| letter.is_alphanumeric() || " -_".contains(*letter);
            let kept: String = heading.trim().to_lowercase().chars().filter(kept).collect();
            found.push(kept.replace(' ', "-"));
        }
    }
    found
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for path in documents::all() {
        let here = text(&path);
        for target in links(&here).iter().filter(|it| !it.contains("://")) {
            count += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let directory = path.parent().expect("a document is in a directory");
            let there = match file {
                "" => path.clone(),
                _ => plain(&directory.join(file)),
            };
            let is_there = there.exists()
                && (anchor.is_empty() || anchors(&text(&there)).iter().any(|it| it == anchor));
            if !is_there {
                wrong.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(count > 50, "only {count} links were found");
    assert!(
        wrong.is_empty(),
        "links to nothing:\n  {}",
        wrong.join("\n  ")
    );
}

#[test]
fn every_page_is_a_chapter_once() {
    let docs = root().join("docs");
    let summary = text(&docs.join("SUMMARY.md"));
    let mut chapters: Vec<PathBuf> = links(&summary).iter().map(|it| docs.join(it)).collect();
    chapters.sort();
    let mut pages = documents::below(&docs);
    pages.retain(|page| !page.ends_with("SUMMARY.md"));
    assert_eq!(pages, chapters);
    for page in pages {
        let first = text(&page).lines().next().map(str::to_owned);
        assert!(
            first.is_some_and(|line| line.starts_with("# ")),
            "{} has no title",
            page.display()
        );
    }
}

#[test]
fn the_book_is_set_up_and_its_pages_are_never_committed() {
    let docs = root().join("docs");
    let book: toml::Table = text(&docs.join("book.toml")).parse().expect("TOML");
    let at = |section: &str, key: &str| book.get(section).and_then(|it| it.get(key)?.as_str());
    assert_eq!(at("book", "src"), Some("."));
    let output = at("build", "build-dir").expect("it says where pages are written");
    let output = plain(&docs.join(output));
    assert!(!output.starts_with(&docs), "pages of pages");
    let ignored = text(&root().join(".gitignore"));
    let line = output
        .strip_prefix(root())
        .expect("it is in the repository");
    let line = format!("/{}/", line.display());
    assert!(ignored.lines().any(|it| it == line), "{line}");
}

/// `mdbook` is what the book is for; where it is not installed, this is said.
#[test]
fn mdbook_makes_the_book() {
    let Ok(version) = Command::new("mdbook").arg("--version").output() else {
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(std::io::stderr(), "skipped: no mdbook");
        return;
    };
    assert!(version.status.success(), "{}", said(&version));
    let directory = tempfile::tempdir().expect("the temporary directory is writable");
    let output = Command::new("mdbook")
        .args(["build", "--dest-dir"])
        .arg(directory.path())
        .arg(root().join("docs"))
        .output()
        .expect("mdbook can be started");
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("WARN") && !said.contains("ERROR"), "{said}");
    for page in ["index.html", "guide/sqlite.html", "design/index.html"] {
        assert!(directory.path().join(page).exists(), "{page}");
    }
}

#[test]
fn a_link_is_found_outside_of_code_and_an_anchor_is_a_heading() {
    let text = "# A `b` c-d!\n[x](y.md#z)\n```\n# no\n[a](b)\n```\n";
    assert_eq!(links(text), ["y.md#z"]);
    assert_eq!(anchors(text), ["a-b-c-d"]);
}
