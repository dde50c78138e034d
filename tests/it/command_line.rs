//! The command line from outside: transcripts of whole sessions, the reference generated from
//! `--help`, pipes that close.
#![expect(
    clippy::disallowed_methods,
    reason = "transcripts and the reference are files"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use migration_tests::command::{self, said, succeed};
use migration_tests::project::Project;
use migration_tests::transcript;

#[test]
fn sessions_go_as_their_transcripts_say() {
    let mut wrong = Vec::new();
    let files = transcripts(&command::root().join("tests/cases/cli"));
    assert!(files.len() > 10, "only {} transcripts found", files.len());
    for path in files {
        if let Err(difference) = transcript::play(&path) {
            wrong.push(difference);
        }
    }
    assert!(
        wrong.is_empty(),
        "UPDATE_CASES=1 accepts what happened\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_reference_says_what_help_says() {
    let mut text = String::from(
        "# The command line\n\n\
         Generated from `--help`; `migrate` stands for every binary. Global options are listed once,\n\
         here, and may stand before a command or after it.\n\n",
    );
    let main = succeed("migrate", &["--help"]);
    let _ = write!(text, "```text\n{main}```\n");
    for name in commands(&main) {
        let help = succeed("migrate", &[&name, "--help"]);
        let help = help.split("Global options:").next().unwrap_or_default();
        let _ = write!(text, "\n## {name}\n\n```text\n{}\n```\n", help.trim_end());
    }
    let path = command::root().join("docs/reference/cli.md");
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&path, &text).expect("the reference can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "{} is not what --help says; UPDATE_CASES=1 writes it",
        path.display()
    );
}

#[test]
fn every_command_says_in_one_imperative_line_what_it_does() {
    let main = succeed("migrate", &["--help"]);
    let mut wrong = Vec::new();
    for name in commands(&main) {
        let help = succeed("migrate", &[&name, "-h"]);
        let first = help.lines().next().unwrap_or_default();
        let capital = first.starts_with(|letter: char| letter.is_ascii_uppercase());
        if !capital || first.ends_with('.') || first.contains("s the ") && first.starts_with("The")
        {
            wrong.push(format!("{name}: {first}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let project = Project::named("tree");
    for line in [
        "migrate history -v | true",
        "migrate history | head -n 1 >/dev/null",
        "migrate --help | true",
        "migrate plan upgrade heads --from base | true",
    ] {
        for _ in 0..5 {
            let output = project.shell(line);
            assert!(output.status.success(), "{line}: {}", said(&output));
            assert_eq!(said(&output), "", "{line}");
        }
    }
}

#[test]
fn colours_follow_the_flag_and_the_environment() {
    let project = Project::named("tree");
    let coloured = |line: &str| said(&project.shell(line)).contains('\u{1b}');
    for (line, expected) in [
        ("migrate history", false),
        ("migrate history --color always", true),
        ("migrate --color=never history", false),
        ("unset NO_COLOR; CLICOLOR_FORCE=1 migrate history", true),
        (
            "unset NO_COLOR; CLICOLOR_FORCE=1 migrate history --color never",
            false,
        ),
        ("migrate nothing --color always", true),
        ("migrate show zzzz --color always", true),
        ("migrate show zzzz", false),
    ] {
        assert_eq!(coloured(line), expected, "{line}");
    }
}

/// The names in the list of commands of a help page.
fn commands(help: &str) -> Vec<String> {
    let list = help.split("Commands:").nth(1).unwrap_or_default();
    let list = list.split("\n\n").next().unwrap_or_default();
    let names: Vec<String> = list
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 10, "the help page lists {names:?}");
    names
}

fn transcripts(directory: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(directory)
        .expect("the transcripts can be listed")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    found.sort();
    found
}
