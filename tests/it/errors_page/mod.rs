//! `docs/reference/errors.md`: every error with its kind, what it means and what to do, read out of
//! the sources that define it; exit codes as the transcripts of sessions show them.
#![expect(
    clippy::disallowed_methods,
    reason = "this test reads sources and transcripts and writes a page"
)]

mod read;
mod token;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use migration_tests::command::root;
use read::{Entry, Sources};
use token::{Token, tokens};

/// The stages that define errors, in the order in which a person meets them.
const STAGES: &[(&str, &str)] = &[
    ("config", "Settings"),
    ("database", "Databases and servers"),
    ("revision", "Revision files"),
    ("graph", "The history, and names in it"),
    ("plan", "Targets of a run"),
    ("sql", "The text of revisions and models"),
    ("operation", "What statements do to a schema"),
    ("program", "Revisions as a whole"),
    ("execute", "Runs"),
    ("status", "The ledger"),
    ("introspect", "Reading a database"),
    ("compare", "Comparing with the models"),
    ("verify", "Proofs"),
    ("script", "Scripts"),
    ("cli", "The command line"),
];

const HEAD: &str = "\
# Errors and what to do

Read out of the sources by a test, which keeps it true. The name of an error is the `kind` that
`--json` writes; without it the error is known by its words. `…` stands for what is known when it
happens. Of several pieces of advice the program gives the one that fits; an error without any says
all there is to say, with the engine's own words below it. What says only where another error happened
has the kind of that one, its cause. Warnings stand at the end.

| exit code | means |
|---|---|
| 0 | done, or nothing to do |
| 1 | failed; unless another code stands here, errors end with it |
| 2 | what was typed is wrong; nothing ran |
| 3 | a check found something |
| 75, 78 | of `wait`, `run` and `upgrade-and-close`: trying again may help, or other settings are needed ([without anybody looking](../guide/automation.md)) |
";

const WARNINGS: &str = "
## Warnings

A warning begins with `warning:` on standard error, and the command goes on; with `--json` it is an
object of its own. What it advises stands in its words, what it means below them.
";

#[test]
fn the_reference_of_errors_is_what_the_sources_say() {
    let entries = entries();
    assert!(entries.len() > 150, "only {} errors found", entries.len());
    let codes = codes(&entries);
    let mut page = HEAD.to_owned();
    for (stage, title) in STAGES {
        let _ = write!(page, "\n## {title}\n");
        let mut kinds: Vec<&str> = Vec::new();
        for entry in entries.iter().filter(|it| it.stage == *stage) {
            if !kinds.contains(&entry.kind.as_str()) {
                kinds.push(&entry.kind);
            }
        }
        assert!(!kinds.is_empty(), "no error in {title:?}");
        for kind in kinds {
            let same = |it: &&Entry| it.stage == *stage && it.kind == kind;
            let all: Vec<&Entry> = entries.iter().filter(same).collect();
            describe(&mut page, &all, codes.get(kind));
        }
    }
    page.push_str(WARNINGS);
    for warning in warnings() {
        let (says, means) = (shown(&warning.says), shown(&warning.means));
        let _ = write!(page, "\n**{says}**<br>\n{means}\n");
    }
    let path = root().join("docs/reference/errors.md");
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&path, &page).expect("the page is writable");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "UPDATE_CASES=1 writes {}", path.display());
}

#[test]
fn every_warning_says_what_it_means() {
    let found = warnings();
    assert!(found.len() > 30, "only {} warnings found", found.len());
    for Entry { says, means, .. } in found {
        assert!(means.ends_with('.'), "{says:?} means {means:?}");
    }
}

#[test]
fn every_error_belongs_to_a_chapter_and_says_what_it_means() {
    for entry in entries() {
        let Entry {
            stage, kind, means, ..
        } = &entry;
        let is_known = STAGES.iter().any(|(known, _)| known == stage);
        assert!(
            is_known,
            "`{kind}` is of the stage `{stage}`, which has no chapter"
        );
        assert!(means.ends_with('.'), "`{kind}` means {means:?}");
    }
}

/// The errors of one kind.
fn describe(page: &mut String, all: &[&Entry], codes: Option<&BTreeSet<u8>>) {
    let kind = all.first().map_or("", |it| it.kind.as_str());
    let _ = write!(page, "\n### {kind}\n");
    let mut said = BTreeSet::new();
    for entry in all {
        if !said.insert(&entry.says) {
            continue;
        }
        let _ = write!(
            page,
            "\n**{}**<br>\n{}\n",
            shown(&entry.says),
            shown(&entry.means)
        );
        let mut given = BTreeSet::new();
        for advice in entry.advice.iter().filter(|it| given.insert(it.as_str())) {
            let _ = write!(page, "\n- {}", shown(advice));
        }
        if !given.is_empty() {
            page.push('\n');
        }
    }
    let others = codes.filter(|codes| **codes != BTreeSet::from([1]));
    if let Some(codes) = others {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let _ = write!(page, "\nExit code {}.\n", codes.join(" or "));
    }
}

/// A text in a page: what would be read as a tag, a list or a table is not.
fn shown(text: &str) -> String {
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let mut inside = false;
    let mut out = String::new();
    for sign in line.chars() {
        inside ^= sign == '`';
        match sign {
            '<' if !inside => out.push_str("&lt;"),
            '*' | '_' | '[' if !inside => out.extend(['\\', sign]),
            sign => out.push(sign),
        }
    }
    out
}

fn entries() -> Vec<Entry> {
    sources().entries()
}

/// What is printed while a command goes on; those without words of their own are told elsewhere.
fn warnings() -> Vec<Entry> {
    let mut found = sources().warnings();
    found.retain(|warning| warning.says != "…");
    found
}

fn sources() -> Sources {
    let library = root().join("migration-core/src");
    let mut paths = Vec::new();
    collect(&library, &mut paths);
    paths.sort();
    let files: Vec<(String, Vec<Token>)> = paths
        .iter()
        .map(|path| {
            let below = path.strip_prefix(&library).expect("it was found there");
            let stage = below.components().next().expect("it has a name");
            let text = fs::read_to_string(path).expect("a source is text");
            (
                stage.as_os_str().to_string_lossy().into_owned(),
                tokens(&text),
            )
        })
        .collect();
    let mut sources = Sources::default();
    for (stage, file) in &files {
        sources.define(stage, file);
    }
    for (stage, file) in &files {
        sources.implement(stage, file);
    }
    sources
}

fn collect(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory can be listed") {
        let path = entry.expect("an entry can be read").path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !is_test {
            collect(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") && !is_test {
            found.push(path);
        }
    }
}

/// The exit codes of each kind in the transcripts.
fn codes(entries: &[Entry]) -> BTreeMap<String, BTreeSet<u8>> {
    let mut codes: BTreeMap<String, BTreeSet<u8>> = BTreeMap::new();
    let directory = root().join("tests/cases/cli");
    let files = fs::read_dir(directory).expect("the transcripts can be listed");
    for path in files.map(|it| it.expect("an entry can be read").path()) {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for block in text.split("\n$ ") {
            let words = block
                .lines()
                .find_map(|line| line.strip_prefix("! error: "));
            let code = block.lines().find_map(|line| line.strip_prefix("? "));
            let code = code.and_then(|code| code.parse().ok());
            if let Some((entry, code)) = words.and_then(|it| best(entries, it)).zip(code) {
                codes.entry(entry.kind.clone()).or_default().insert(code);
            }
        }
    }
    for entry in entries.iter().filter(|entry| entry.kind == "usage") {
        codes.insert(entry.kind.clone(), BTreeSet::from([2]));
    }
    codes
}

/// The error whose words these are: of several the one that says most itself.
fn best<'e>(entries: &'e [Entry], words: &str) -> Option<&'e Entry> {
    let fits = |entry: &&Entry| {
        let mut rest = words;
        let parts = entry.says.split('…').enumerate();
        let mut parts = parts.filter(|(_, part)| !part.is_empty());
        parts.all(|(position, part)| match rest.find(part) {
            Some(at) if position > 0 || at == 0 => {
                rest = &rest[at + part.len()..];
                true
            }
            Some(_) | None => false,
        })
    };
    let own = |entry: &&Entry| entry.says.replace('…', "").len();
    let found = entries.iter().filter(fits).max_by_key(own)?;
    (own(&found) > 8).then_some(found)
}
