//! What README and guides show is what happens: their `console` blocks are typed and compared.
//!
//! A line that begins with `$` is a command, one with `>` continues it, the others are what it
//! prints on both streams. `[..]` stands for anything within a line, a line `...` for any lines.
//! Blocks opened by `console no-run` need a server or change the machine and are only read.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read documents and run commands"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use migration_tests::redact::moments;
use migration_tests::{command, documents};

#[test]
fn documents_show_what_happens() {
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let documents = documents::all();
    let mut typed = 0;
    let mut wrong = Vec::new();
    for path in &documents {
        let text = fs::read_to_string(path).expect("a document can be read");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let found = sessions(&text);
        typed += found.len();
        let differing = differing(&found);
        for (session, printed) in differing.iter().rev() {
            let end = session.answer + session.expected.len();
            lines.splice(session.answer..end, printed.lines().map(str::to_owned));
            wrong.push(format!(
                "{}:{}: {}\nprinted:\n{printed}\nexpected:\n{}\n",
                path.display(),
                session.answer,
                session.command,
                session.expected.join("\n")
            ));
        }
        if update && !differing.is_empty() {
            fs::write(path, lines.join("\n") + "\n").expect("a document can be written");
        }
    }
    assert!(typed > 20, "only {typed} commands were found");
    assert!(
        update || wrong.is_empty(),
        "documents differ from what happens (UPDATE_CASES=1 rewrites them):\n{}",
        wrong.join("\n")
    );
}

/// Types the sessions of one document in a copy of the components; those that print something else.
fn differing(sessions: &[Session]) -> Vec<(&Session, String)> {
    let directory = tempfile::tempdir().expect("the temporary directory is writable");
    for part in ["frontend", "brain", "config"] {
        copy(&command::root().join(part), &directory.path().join(part));
    }
    let here = directory.path().display().to_string();
    sessions
        .iter()
        .map(|session| (session, run(&session.command, directory.path())))
        .filter(|(session, printed)| {
            !matches(&session.expected, &printed.lines().collect::<Vec<_>>())
        })
        .map(|(session, printed)| (session, without_times(&printed.replace(&here, "[..]"))))
        .collect()
}

/// When something was done, by whom, and how long it took is different every time.
fn without_times(printed: &str) -> String {
    let line = |line: &str| match (line.split_once(" in "), line.split_once(" s; ")) {
        (Some((before, _)), Some((_, behind))) if line.starts_with("Done: ") => {
            format!("{before} in [..] s; {behind}\n")
        }
        _ => format!("{line}\n"),
    };
    let printed = moments(printed, "[..]", "[..]");
    printed.lines().map(line).collect()
}

/// A command of a document and what the document says it prints.
struct Session {
    /// The line on which the answer begins, counted from 0.
    answer: usize,
    command: String,
    expected: Vec<String>,
}

impl Session {
    fn continue_with(&mut self, line: &str) {
        self.command.push('\n');
        self.command.push_str(line);
        self.answer += 1;
    }
}

fn sessions(text: &str) -> Vec<Session> {
    let mut found: Vec<Session> = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if !inside {
        } else if let Some(command) = line.strip_prefix("$ ") {
            found.push(Session {
                answer: number + 1,
                command: command.to_owned(),
                expected: Vec::new(),
            });
        } else if let Some(session) = found.last_mut() {
            match line.strip_prefix("> ") {
                Some(more) => session.continue_with(more),
                None if line == ">" => session.continue_with(""),
                None => session.expected.push(line.trim_end().to_owned()),
            }
        }
    }
    found
}

/// Runs a line as typed, but a built binary in place of `cargo run`.
fn run(line: &str, directory: &Path) -> String {
    let mut line = line.to_owned();
    for binary in ["frontend-migrate", "brain-migrate", "migrate"] {
        line = line.replace(
            &format!("cargo run --bin {binary} -- "),
            &format!("{binary} "),
        );
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let output = command::without_settings(Command::new("sh"))
        .args(["-c", &format!("exec 2>&1\n{line}")])
        .current_dir(directory)
        .env("PATH", format!("{}:{path}", command::binaries().display()))
        .env("HOME", directory)
        .output()
        .expect("a shell can be started");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Whether the lines printed are those expected, `...` and `[..]` allowed for.
fn matches(expected: &[String], printed: &[&str]) -> bool {
    match (expected.split_first(), printed.split_first()) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some((first, rest)), _) if first == "..." => {
            (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..]))
        }
        (Some(_), None) => false,
        (Some((first, rest)), Some((line, lines))) => {
            fits(first, line.trim_end()) && matches(rest, lines)
        }
    }
}

fn fits(pattern: &str, line: &str) -> bool {
    match pattern.split_once("[..]") {
        None => pattern == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|after| {
            (0..=after.len())
                .filter(|position| after.is_char_boundary(*position))
                .any(|position| fits(rest, &after[position..]))
        }),
    }
}

/// Copies a directory without databases that somebody made in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the temporary directory is writable");
    for entry in fs::read_dir(from).expect("the tree can be listed") {
        let path = entry.expect("an entry can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else if path.extension().is_none_or(|extension| extension != "db") {
            fs::copy(&path, &target).expect("the temporary directory is writable");
        }
    }
}

#[test]
fn patterns_stand_for_what_they_say() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(matches(&lines("a\n...\nd"), &["a", "b", "c", "d"]));
    assert!(matches(&lines("took [..] ms"), &["took 12 ms"]));
    assert!(!matches(&lines("a\nb"), &["a"]));
    assert!(!matches(&lines("took [..] ms"), &["took 12 s"]));
}
