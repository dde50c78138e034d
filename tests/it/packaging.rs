//! What `extras/` offers to operators: it can be read by those it is for, and says what our programs
//! understand.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "these tests read `extras/`")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use migration_tests::command::{self, said};
use migration_tests::project::Project;
use saphyr::{LoadableYamlNode as _, Yaml};

/// Every file below `extras/`.
fn extras() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut directories = vec![command::root().join("extras")];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            match path.is_dir() {
                true => directories.push(path),
                false => found.push(path),
            }
        }
    }
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("it is a text")
}

#[test]
fn what_is_yaml_can_be_read_as_that() {
    let is_yaml = |path: &&PathBuf| path.extension().is_some_and(|it| it == "yaml");
    let files = extras();
    let files: Vec<&PathBuf> = files.iter().filter(is_yaml).collect();
    assert!(files.len() >= 4, "{files:?}");
    for path in files {
        let documents = Yaml::load_from_str(&text(path));
        let documents = documents.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(documents.len(), 1, "{}", path.display());
    }
}

/// The command lines of our programs in a text: words up to the end of a line, lists of words in
/// brackets.
fn commands(text: &str) -> Vec<String> {
    let programs = ["frontend-migrate ", "brain-migrate "];
    let mut found = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
    {
        let line = line.replace("\", \"", " ").replace(['"', ']'], "");
        let line = line.replace("/usr/bin/", "");
        let starts = ["run: ", "[", "ExecStart="];
        let rest = starts.iter().find_map(|start| line.split_once(start));
        let rest = rest.map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        if programs.iter().any(|program| rest.starts_with(program)) {
            found.push(rest);
        }
    }
    found
}

#[test]
fn every_command_is_understood() {
    let project = Project::new();
    let mut count = 0;
    for path in extras() {
        for line in commands(&text(&path)) {
            let output = project.shell(&format!("{line} --help"));
            let said = said(&output);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{}: {line}: {said}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count >= 8, "{count} commands");
}

#[test]
fn the_hook_keeps_a_commit_out_that_breaks_the_tree() {
    if !Command::new("git")
        .arg("--version")
        .output()
        .is_ok_and(|it| it.status.success())
    {
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(std::io::stderr(), "skipped: no git");
        return;
    }
    let project = Project::new();
    let root = command::root().display().to_string();
    let begin = project.shell(&format!(
        "cp -r {root}/frontend {root}/brain {root}/extras . && git init -q . && \
         git config user.email a@b && git config user.name a && \
         ln -s ../../extras/git-hooks/pre-commit .git/hooks/pre-commit && git add -A && \
         git commit -qm all"
    ));
    assert_eq!(begin.status.code(), Some(0), "{}", said(&begin));
    for name in ["frontend", "brain"] {
        let line = format!("proving the revisions of {name}\nProved on SQLite ");
        assert!(said(&begin).contains(&line), "{}", said(&begin));
    }
    let branch = "-- fork\n--\n-- Revision ID: abcd\n-- Revises: 801a4e6b3262\n\n\
                  -- migrate: upgrade\n\n-- migrate: downgrade\n";
    project.write("frontend/extras/migration/versions/abcd_fork.sql", branch);
    let refused = project.shell("git add -A && git commit -qm fork");
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("abcd"), "{}", said(&refused));
    let other = project.shell("git reset -q && echo >> brain/Cargo.toml && git commit -qam note");
    assert_eq!(said(&other), "");
    assert_eq!(other.status.code(), Some(0));
}
