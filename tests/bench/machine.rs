//! On what, with what and when it was measured.
#![expect(
    clippy::disallowed_methods,
    reason = "a machine is described by what it says of itself"
)]

use std::fs;
use std::process::Command;

use migration_tests::command::root;

use crate::engine::client_name;
use crate::failure::Failure;
use crate::field::Field;

/// Lines that stand before the tables.
pub(crate) fn describe(field: &Field) -> Result<String, Failure> {
    let mut lines = vec![
        format!(
            "Measured on {}, {}.",
            said("date", &["+%Y-%m-%d"]),
            machine()
        ),
        format!(
            "migrate at commit {}, built by {}.",
            said_inside("git", &["rev-parse", "--short=10", "HEAD"]),
            said("rustc", &["--version"])
        ),
    ];
    for engine in &field.engines {
        let client = said(client_name(engine.dialect), &["--version"]);
        lines.push(format!("{}; its client: {client}.", engine.version()?));
    }
    match &field.alembic {
        Some(alembic) => lines.push(format!("{}.", alembic.versions())),
        None => lines.push("Alembic did not take part.".to_owned()),
    }
    let peers: Vec<String> = field
        .peers
        .iter()
        .map(|peer| said(peer.program(), &["--version"]))
        .collect();
    if !peers.is_empty() {
        lines.push(format!("{}.", peers.join(", ")));
    }
    lines.push(format!(
        "{} rounds (short jobs three times as many, long ones fewer), seed {}, data below {}.",
        field.options.rounds,
        field.options.seed,
        field.options.data.as_deref().map_or_else(
            || "the temporary directory".to_owned(),
            |it| it.display().to_string()
        )
    ));
    Ok(format!("- {}", lines.join("\n- ")))
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = line_of("/proc/cpuinfo", "model name");
    let memory = line_of("/proc/meminfo", "MemTotal");
    let memory = memory.trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / (1024 * 1024);
    format!(
        "{cores} cores ({model}), {memory} GiB of memory, {}",
        said("uname", &["-sr"])
    )
}

fn line_of(path: &str, key: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(key));
    let value = line.and_then(|line| line.split_once(':'));
    value.map_or_else(|| "unknown".to_owned(), |(_, it)| it.trim().to_owned())
}

fn said(program: &str, arguments: &[&str]) -> String {
    first_line(Command::new(program).args(arguments))
}

fn said_inside(program: &str, arguments: &[&str]) -> String {
    first_line(Command::new(program).args(arguments).current_dir(root()))
}

fn first_line(command: &mut Command) -> String {
    let output = command.output();
    let text = output.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    let text = text.unwrap_or_default();
    text.lines().next().unwrap_or("not installed").to_owned()
}
