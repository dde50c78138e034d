//! A throw-away directory with a project in it, where commands are typed.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make files and read their environment"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::command;
use crate::databases::TestDatabase;

/// A directory that is gone when the value is.
pub struct Project {
    directory: TempDir,
}

impl Default for Project {
    fn default() -> Self {
        Self::new()
    }
}

/// The text of a revision, a message that is its id above it.
pub fn revision(id: &str, revises: &str, up: &str, down: &str) -> String {
    format!(
        "-- {id}\n--\n-- Revision ID: {id}\n-- Revises: {revises}\n\n-- migrate: upgrade\n\n\
         {up}\n\n-- migrate: downgrade\n\n{down}\n"
    )
}

impl Project {
    /// An empty one.
    ///
    /// # Panics
    ///
    /// When the temporary directory cannot be written.
    pub fn new() -> Self {
        let directory = tempfile::Builder::new()
            .prefix("project-")
            .tempdir()
            .expect("the temporary directory is writable");
        Self { directory }
    }

    /// One for a database, with revisions: id, parent, what leads up and what leads down.
    ///
    /// # Panics
    ///
    /// When the temporary directory cannot be written.
    pub fn on(database: &TestDatabase, tree: &[[&str; 4]]) -> Self {
        let project = Self::new();
        let location = "[migration]\nscript_location = %(here)s/migrations\n";
        project.write("migrate.ini", &format!("{}{location}", database.ini()));
        for [id, parent, up, down] in tree {
            let text = revision(id, parent, up, down);
            project.write(&format!("migrations/versions/{id}.sql"), &text);
        }
        project
    }

    /// One that begins with the files of `tests/cases/cli/projects/<name>`.
    ///
    /// # Panics
    ///
    /// When there is none of that name.
    pub fn named(name: &str) -> Self {
        let project = Self::new();
        project.add(name);
        project
    }

    /// Adds the files of `tests/cases/cli/projects/<name>`.
    ///
    /// # Panics
    ///
    /// When there is none of that name.
    pub fn add(&self, name: &str) {
        let from = command::root().join("tests/cases/cli/projects").join(name);
        copy(&from, self.path());
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Writes a file below it.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        let directory = path.parent().expect("a file is in a directory");
        fs::create_dir_all(directory).expect("directories can be made in a temporary one");
        fs::write(&path, text).expect("files can be written in a temporary directory");
        if name.ends_with(".ini") {
            keep_private(&path);
        }
        path
    }

    /// A binary of the product, started in the directory.
    pub fn binary(&self, name: &str) -> Command {
        let mut command = command::binary(name);
        command.current_dir(self.path()).env("HOME", self.path());
        command
    }

    /// Types a line into a shell in the directory; the product's binaries are on its path.
    ///
    /// # Panics
    ///
    /// When there is no shell.
    pub fn shell(&self, line: &str) -> Output {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = command::without_settings(Command::new("sh"));
        command
            .args(["-c", line])
            .current_dir(self.path())
            .env("HOME", self.path())
            .env("PATH", format!("{}:{path}", command::binaries().display()))
            .env_remove("EDITOR")
            .env_remove("VISUAL")
            .output()
            .expect("a shell can be started")
    }

    /// Types a line, which must end with `code`; both streams, errors last.
    ///
    /// # Panics
    ///
    /// When it ends with another code, with all it said.
    #[track_caller]
    pub fn types(&self, code: i32, line: &str) -> String {
        let output = self.shell(line);
        let text = command::said(&output);
        assert_eq!(output.status.code(), Some(code), "{line}\n{text}");
        text
    }
}

/// An ini may hold a password, of which the product would warn.
fn keep_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let private = fs::Permissions::from_mode(0o600);
        fs::set_permissions(path, private).expect("the owner may change them");
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("directories can be made in a temporary one");
    let entries = fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    for entry in entries {
        let entry = entry.expect("an entry can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
