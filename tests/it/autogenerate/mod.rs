//! From models to revisions: `revision --autogenerate`, `check`, `diff` and `drift`, typed as a
//! person types them.

mod adoption;
mod apart;
mod beside;
mod beyond;
mod by_hand;
mod components;
mod conversions;
mod filters;
mod hooks;
mod in_column;
mod keys;
mod partitions;
mod printed;
mod refusals;
mod renamed;
mod rounds;
mod rules;
mod views;

use std::process::Output;

use migration_tests::command::said;
use migration_tests::databases::TestDatabase;
use migration_tests::project::Project;

/// Whether there is a program that makes a terminal; where there is none, says that a test is skipped.
#[expect(clippy::print_stdout, reason = "what a test says of itself")]
fn has_terminal() -> bool {
    let version = std::process::Command::new("script")
        .arg("--version")
        .output();
    if version.is_err() {
        println!("skipped: the program `script` makes the terminal");
    }
    version.is_ok()
}

/// A project with models of its own and no revisions yet.
pub(super) struct Scene {
    pub(super) project: Project,
}

impl Scene {
    /// On a database, with tables called `app_...`.
    pub(super) fn new(database: &TestDatabase, models: &str) -> Self {
        Self::with(database, models, "")
    }

    /// The same with more in the ini, at the end of `[migration]`.
    pub(super) fn with(database: &TestDatabase, models: &str, ini: &str) -> Self {
        let project = Project::new();
        let migration = "tables_prefix = app\n[migration]\nscript_location = tree\n\
                         models = models.sql\n";
        project.write(
            "migrate.ini",
            &format!("{}{migration}{ini}", database.ini()),
        );
        project.write("models.sql", models);
        project.write("tree/versions/.keep", "");
        let scene = Self { project };
        scene.types("migrate ensure-version", 0);
        scene
    }

    pub(super) fn models(&self, text: &str) {
        self.project.write("models.sql", text);
    }

    /// Types a line and returns what it says.
    #[track_caller]
    pub(super) fn types(&self, line: &str, code: i32) -> String {
        self.project.types(code, line)
    }

    /// Drafts a revision of the models and applies it; then nothing is left to do.
    #[track_caller]
    pub(super) fn follows(&self, id: &str, flags: &str) -> String {
        let draft = format!("migrate revision --autogenerate -m change --rev-id {id} {flags}");
        self.types(&draft, 0);
        self.types("migrate upgrade head", 0);
        self.is_settled();
        self.types(&format!("cat tree/versions/{id}_change.sql"), 0)
    }

    /// `drift` finds something, in these words there or in its script; the script.
    #[track_caller]
    pub(super) fn drifts(&self, words: &[&str]) -> String {
        let drift = self.types("migrate drift", 3);
        let back = self.way_back();
        for words in words {
            assert!(
                drift.contains(words) || back.contains(words),
                "{words}\n{drift}\n{back}"
            );
        }
        back
    }

    /// What `drift --sql` writes.
    #[track_caller]
    pub(super) fn way_back(&self) -> String {
        let output = self.project.shell("migrate drift --sql");
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        String::from_utf8(output.stdout).expect("SQL is text")
    }

    /// Models, revisions and database say the same.
    #[track_caller]
    pub(super) fn is_settled(&self) {
        let check = self.types("migrate check", 0);
        assert_eq!(last_line(&check), "No new upgrade operations detected.");
        let drift = self.types("migrate drift", 0);
        assert_eq!(
            last_line(&drift),
            "The database is what its revisions made of it."
        );
    }
}

/// What somebody does to a database.
#[track_caller]
fn by_hand(database: &TestDatabase, done: &[&str]) {
    let outcome = database.open().run(done);
    assert!(outcome.is_ok(), "{done:?}: {outcome:?}");
}

#[track_caller]
pub(super) fn expect(output: &Output, line: &str, code: i32) -> String {
    let text = said(output);
    assert_eq!(output.status.code(), Some(code), "{line}\n{text}");
    text
}

fn last_line(text: &str) -> &str {
    text.lines().next_back().unwrap_or_default()
}
