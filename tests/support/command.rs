//! Running the product's binaries as a person would.
#![expect(
    clippy::disallowed_methods,
    reason = "tests run processes and read their environment"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::patience;

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("`tests` is inside the repository")
}

/// The directory of the binaries, built when the first test of a process asks.
///
/// # Panics
///
/// When they cannot be built.
pub fn binaries() -> &'static Path {
    static DIRECTORY: OnceLock<PathBuf> = OnceLock::new();
    let directory = DIRECTORY.get_or_init(|| {
        let test = std::env::current_exe().expect("a process knows its program");
        let profile = test
            .ancestors()
            .nth(2)
            .expect("cargo puts tests into <target>/<profile>/deps");
        let target = profile.parent().expect("a profile is inside the target");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["build", "--workspace", "--bins", "--quiet", "--target-dir"])
            .arg(target)
            .current_dir(root());
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        // What cargo says to a test about itself would make build scripts run anew.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_")
                || name == "CARGO_MANIFEST_DIR"
                || name == "CARGO_MANIFEST_PATH"
            {
                cargo.env_remove(name);
            }
        }
        let status = cargo.status().expect("cargo can be started");
        assert!(status.success(), "the binaries cannot be built");
        profile.to_owned()
    });
    patience::watch(directory);
    directory
}

/// A binary of the product, in an environment without settings of ours.
pub fn binary(name: &str) -> Command {
    without_settings(Command::new(binaries().join(name)))
}

/// The same command without settings of ours in its environment, and with plain output.
pub fn without_settings(mut command: Command) -> Command {
    for (variable, _) in std::env::vars_os() {
        let name = variable.to_string_lossy();
        let ours = [
            "FRONTEND_",
            "BRAIN_",
            "MIGRATE_",
            "DATABASE_URL",
            "SQLALCHEMY_URL",
            "POSTGRES_",
            "PG",
            "MYSQL_",
            "MARIADB_",
            "XDG_STATE_HOME",
        ];
        if ours.iter().any(|start| name.starts_with(start)) {
            command.env_remove(&variable);
        }
    }
    command.env("NO_COLOR", "1").env("COLUMNS", "100");
    command
}

/// Runs a binary and demands that it succeeds; gives what it wrote to standard output.
///
/// # Panics
///
/// When it fails, with all it said.
#[track_caller]
pub fn succeed(name: &str, arguments: &[&str]) -> String {
    let output = binary(name)
        .args(arguments)
        .output()
        .expect("a binary can be started");
    assert!(
        output.status.success(),
        "{name} {arguments:?}: {}\n{}",
        output.status,
        said(&output)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Demands that a text holds others.
///
/// # Panics
///
/// When it lacks one, with the whole text.
#[track_caller]
pub fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

/// Both streams of a process, errors last.
pub fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
