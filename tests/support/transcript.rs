//! Sessions at the command line as files: what is typed, what both streams say, how it ends.
//!
//! A line of a transcript says by its first character what it is:
//!
//! ```text
//! # the law it states, or any remark
//! @ tree              the project begins with the files of projects/tree
//! + dir/file.sql      a file of the project, whose lines follow with | before each
//! $ migrate heads     a command, typed into a shell in the project
//! > a line            on standard output
//! ! a line            on standard error
//! ? 1                 the exit code, unless it is 0
//! ```
//!
//! `UPDATE_CASES=1` writes what was said into the file.
#![expect(
    clippy::disallowed_methods,
    reason = "golden cases are read, and written when asked"
)]

use std::fs;
use std::path::Path;
use std::process::Output;

use similar::TextDiff;

use crate::project::Project;
use crate::redact::redact;

/// Plays a transcript and returns how what happened differs from it, if it does.
///
/// # Panics
///
/// When the file is no transcript.
pub fn play(path: &Path) -> Result<(), String> {
    let expected = fs::read_to_string(path).expect("a transcript can be read");
    let project = Project::new();
    let mut happened = String::new();
    let mut lines = expected.lines().peekable();
    while let Some(line) = lines.next() {
        let (mark, rest) = line.split_at(line.len().min(2));
        match mark.trim_end() {
            "" | "#" => keep(&mut happened, line),
            "@" => {
                project.add(rest);
                keep(&mut happened, line);
            }
            "+" => {
                keep(&mut happened, line);
                let mut text = String::new();
                while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
                    keep(&mut happened, line);
                    text.push_str(line.get(2..).unwrap_or_default());
                    text.push('\n');
                }
                project.write(rest, &text);
            }
            "$" => {
                keep(&mut happened, line);
                say(&mut happened, &project.shell(rest), project.path());
            }
            ">" | "!" | "?" => {}
            _ => panic!("{}: no such line: {line}", path.display()),
        }
    }
    if happened == expected {
        return Ok(());
    }
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(path, &happened).expect("a transcript can be written");
        return Ok(());
    }
    let difference = TextDiff::from_lines(expected.as_str(), happened.as_str());
    Err(format!(
        "{}\n{}",
        path.display(),
        difference.unified_diff().header("expected", "happened")
    ))
}

fn keep(happened: &mut String, line: &str) {
    happened.push_str(line);
    happened.push('\n');
}

fn say(happened: &mut String, output: &Output, directory: &Path) {
    for (mark, stream) in [('>', &output.stdout), ('!', &output.stderr)] {
        let text = redact(&String::from_utf8_lossy(stream), directory);
        for line in text.lines() {
            keep(happened, format!("{mark} {line}").trim_end());
        }
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => keep(happened, &format!("? {code}")),
        None => keep(happened, "? signal"),
    }
}
