//! What `init` makes works at once: the five commands that it prints are typed.
#![expect(
    clippy::disallowed_methods,
    reason = "a crate is built where nobody else builds"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use migration_core::dialect::Dialect;
use migration_tests::command::{self, holds, said};
use migration_tests::databases;
use migration_tests::project::Project;

/// The commands at the end of what `init` said.
fn five(text: &str) -> Vec<String> {
    let (_, behind) = text
        .split_once("Five commands lead to a first revision")
        .unwrap_or_else(|| panic!("no commands in\n{text}"));
    let lines = behind.lines().filter_map(|line| line.strip_prefix("  "));
    let commands: Vec<String> = lines.map(str::to_owned).collect();
    assert_eq!(commands.len(), 5, "{text}");
    commands
}

/// Types them, and looks at what the last two say.
fn type_in(project: &Project, commands: &[String]) {
    let said: Vec<String> = commands.iter().map(|line| project.types(0, line)).collect();
    holds(&said[0], &["Running upgrade  -> ", ", the beginning\n"]);
    holds(
        &said[2],
        &["Detected: create table `person`", "Before it runs:"],
    );
    holds(&said[3], &[", people\n", "Done: 1 step"]);
    holds(
        &said[4],
        &["Running downgrade ", ", people\n", "Done: 1 step"],
    );
}

#[test]
fn five_commands_lead_to_a_revision_applied_and_undone_on_every_engine() {
    databases::each(|database| {
        let project = Project::new();
        let template = match database.dialect() {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgresql",
            Dialect::Mysql => "mariadb",
        };
        let text = project.types(0, &format!("migrate init db -t {template}"));
        if let Some(server) = database.server() {
            holds(
                &text,
                &["Say where the database is in the section [sqldb] of "],
            );
            project.types(0, "test $(stat -c %a migrate.ini) = 600");
            let place = format!(
                "sed -i 's/^host = .*/host = 127.0.0.1/; s/^port = .*/port = {}/; \
                 s/^dbname = .*/dbname = {}/; s/^username = .*/username = tester/; \
                 s/^password =.*/password = hush-4711/' migrate.ini",
                server.port.unwrap_or_default(),
                server.database
            );
            project.types(0, &place);
        }
        type_in(&project, &five(&text));
        holds(&project.types(0, "migrate info"), &["pending    1\n"]);
    });
}

#[test]
fn the_commands_name_the_ini_that_was_named() {
    let project = Project::new();
    let text = project.types(0, "migrate -c conf/own.ini init db");
    let commands = five(&text);
    assert_eq!(commands[0], "migrate -c conf/own.ini upgrade");
    type_in(&project, &commands);
    let json = project.types(0, "migrate -c other.ini init other --json");
    holds(
        &json,
        &["\"next\": [\n    \"migrate -c other.ini upgrade\",\n"],
    );
}

#[test]
fn the_commands_can_be_typed_whatever_the_names_are() {
    let project = Project::new();
    let line = r#"migrate -c "it's/a b.ini" init '$HOME & co'"#;
    let commands = five(&project.types(0, line));
    assert_eq!(commands[0], r"migrate -c 'it'\''s/a b.ini' upgrade");
    assert!(
        commands[1].ends_with(">> '$HOME & co/models.sql'"),
        "{commands:?}"
    );
    type_in(&project, &commands);
}

#[test]
fn an_ini_that_is_kept_is_not_taken_for_that_of_the_new_files() {
    let project = Project::new();
    let first = project.types(0, "migrate init one");
    holds(&first, &["\n`migrate verify` proves in a scratch place"]);
    let second = project.types(0, "migrate init two");
    holds(
        &second,
        &[
            "/migrate.ini was there before and leads to its own revisions and database. Copy it",
            "set `script_location = %(here)s/two` and `models = %(here)s/two/models.sql` in its",
        ],
    );
    assert!(!second.contains("Five commands"), "{second}");
    project.shell("rm -r one");
    let again = project.types(0, "migrate init one");
    type_in(&project, &five(&again));
    project.write("bare.ini", "[sqldb]\ndbms = sqlite\ndbname = bare.db\n");
    let bare = project.types(0, "migrate -c bare.ini init three");
    holds(
        &bare,
        &["Set `script_location = %(here)s/three` and `models"],
    );
    assert_eq!(five(&bare)[0], "migrate -c bare.ini upgrade");
    let server = project.types(0, "migrate -c pg.ini init four -t mysql");
    holds(
        &server,
        &["may come from the variable MIGRATE_SQLDB__PASSWORD.\n"],
    );
}

#[test]
fn a_crate_without_a_workspace_says_what_is_lacking() {
    let project = Project::new();
    let text = project.types(0, "migrate init orders -t rust");
    holds(&text, &["No Cargo.toml above the crate has a [workspace]"]);
}

/// A workspace beside this one, which takes the library from here and builds where it was built.
fn workspace() -> Project {
    let project = Project::new();
    let root = command::root().display();
    project.write(
        "Cargo.toml",
        &format!(
            "[workspace]\nmembers = [\"orders\"]\nresolver = \"3\"\n\n[workspace.dependencies]\n\
             migration-core = {{ path = \"{root}/migration-core\" }}\n\
             migration-embed = {{ path = \"{root}/migration-core/embed\" }}\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n\n\
             [profile.dev.package.libsqlite3-sys]\nopt-level = 2\n"
        ),
    );
    let lock = fs::read_to_string(command::root().join("Cargo.lock")).expect("it is there");
    project.write("Cargo.lock", &lock);
    project
}

/// A command with cargo's own home, which is not that of the project.
fn cargo_home() -> String {
    let home = std::env::var("HOME").unwrap_or_default();
    std::env::var("CARGO_HOME").unwrap_or_else(|_| format!("{home}/.cargo"))
}

#[test]
fn a_crate_of_a_workspace_carries_its_revisions_at_once() {
    let project = workspace();
    let text = project.types(0, "migrate init orders -t rust --rev-id 0001");
    holds(
        &text,
        &["Add the crate to `members` of the workspace in Cargo.toml, and"],
    );
    let main = fs::read_to_string(project.path().join("orders/src/main.rs")).unwrap();
    assert!(main.lines().count() <= 20, "{main}");
    let commands = five(&text);
    assert_eq!(commands[0], "cargo run -q -p orders -- upgrade");
    let target = command::binaries()
        .parent()
        .expect("a profile has a parent");
    let set = format!(
        "export CARGO_NET_OFFLINE=true CARGO_HOME='{}' CARGO_TARGET_DIR='{}' RUSTUP_HOME='{}';",
        cargo_home(),
        target.display(),
        rustup_home()
    );
    let commands: Vec<String> = commands
        .iter()
        .map(|line| format!("{set} {line}"))
        .collect();
    type_in(&project, &commands);
    // The binary has the revision inside: it needs no source tree.
    let binary = target.join("debug/orders-migrate");
    let empty = Project::new();
    let history = without_tree(&binary, empty.path());
    holds(&history, &["0001"]);
}

fn rustup_home() -> String {
    let home = std::env::var("HOME").unwrap_or_default();
    std::env::var("RUSTUP_HOME").unwrap_or_else(|_| format!("{home}/.rustup"))
}

fn without_tree(binary: &Path, directory: &Path) -> String {
    let output = Command::new(binary)
        .arg("history")
        .current_dir(directory)
        .output()
        .expect("it was built");
    said(&output)
}

#[test]
fn what_stands_in_the_way_is_named() {
    let project = Project::new();
    project.write("full/a", "");
    project.write("full/b", "");
    let text = project.types(1, "migrate init full");
    holds(&text, &["/full` already exists: it holds `a`, `b`\n"]);
    project.write("full/c", "");
    project.write("full/d", "");
    let text = project.types(1, "migrate init full -t rust");
    holds(&text, &["it holds `a`, `b`, `c` and 1 more\n"]);
    let text = project.types(1, "migrate init full/a");
    holds(&text, &["/full/a` already exists: it is a file\n"]);
    let text = project.types(2, "migrate init");
    holds(
        &text,
        &[
            "error: no directory is named for the project\n",
            "hint: `init migrations`",
        ],
    );
    let text = project.types(1, "migrate init 'My Orders' -t rust");
    holds(&text, &["error: `My Orders` is no name for a crate\n"]);
    assert!(!project.path().join("My Orders").exists());
    let text = project.types(0, "migrate init --template list");
    holds(&text, &["generic - ", "rust - A crate of a Rust workspace"]);
}
