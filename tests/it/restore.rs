//! A SQLite file that is put back, and one that a failed run leaves as it was.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "copies are files")]

use std::fs;
use std::path::PathBuf;

use migration_tests::command::holds;
use migration_tests::project::{self, Project};

const CREATE: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT);\n\
                      INSERT INTO t (word) VALUES ('one');";

/// Writes more than SQLite keeps in memory, and fails.
const FAILS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)\n\
                     INSERT INTO t (word) SELECT hex(randomblob(900)) FROM n;\n\
                     UPDATE t SET word = 'other' WHERE id = 1;\n\
                     INSERT INTO nowhere VALUES (1);";

struct Scene {
    project: Project,
}

impl Scene {
    fn new() -> Self {
        let project = Project::new();
        let ini = "[sqldb]\ndbms = sqlite\ndbname = app.db\n\
                   [migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", ini);
        let scene = Self { project };
        scene.revision("aaaa", "", CREATE, "DROP TABLE t;");
        scene.revision("bbbb", "aaaa", "UPDATE t SET word = 'two';", "");
        scene
    }

    fn revision(&self, id: &str, revises: &str, up: &str, down: &str) {
        let text = project::revision(id, revises, up, down);
        self.project.write(&format!("m/versions/{id}.sql"), &text);
    }

    fn file(&self, name: &str) -> PathBuf {
        self.project.path().join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.file(name)).expect("the file is there")
    }

    /// Types a line; it must end with that code.
    #[track_caller]
    fn type_in(&self, line: &str, code: i32) -> String {
        self.project.types(code, line)
    }

    fn open(&self, mode: &str) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.file("app.db")).expect("the file opens");
        connection
            .pragma_update(None, "journal_mode", mode)
            .expect("the mode can be set");
        connection
    }

    /// The names beside the database that begin with its name.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.project.path()).expect("the project can be listed");
        let names = entries.map(|entry| entry.expect("an entry can be read").file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.starts_with("app.db") || name.starts_with(".migrate"))
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_failed_run_leaves_the_file_as_it_was_byte_for_byte() {
    for mode in ["delete", "wal"] {
        let scene = Scene::new();
        scene.type_in("migrate upgrade aaaa", 0);
        drop(scene.open(mode));
        scene.revision("bbbb", "aaaa", FAILS, "");
        let before = scene.bytes("app.db");
        let text = scene.type_in("migrate upgrade head", 1);
        holds(
            &text,
            &["no such table: nowhere", "the database is at aaaa"],
        );
        assert!(
            before == scene.bytes("app.db"),
            "{mode}: the file is changed"
        );
        assert_eq!(scene.names(), ["app.db"], "{mode}");
        scene.revision("bbbb", "aaaa", "UPDATE t SET word = 'two';", "");
        scene.type_in("migrate upgrade head", 0);
    }
}

#[test]
fn the_newest_copy_is_put_back_and_the_replaced_file_is_kept() {
    for mode in ["delete", "wal"] {
        let scene = Scene::new();
        scene.type_in("migrate upgrade aaaa", 0);
        drop(scene.open(mode));
        scene.type_in("chmod 640 app.db && migrate upgrade head --backup", 0);
        let after = scene.bytes("app.db");
        let refused = scene.type_in("migrate restore </dev/null", 2);
        holds(
            &refused,
            &[
                "nobody can be asked",
                "hint: `--yes` does it without asking",
            ],
        );
        assert!(after == scene.bytes("app.db"), "{mode}");
        let text = scene.type_in("migrate restore --yes", 0);
        holds(
            &text,
            &[
                "The file that was replaced is ",
                "; the database is at aaaa.\n",
            ],
        );
        let names = scene.names();
        let [live, aside] = names.as_slice() else {
            panic!("{mode}: {names:?}");
        };
        assert!(aside.starts_with("app.db.replaced-20"), "{aside}");
        holds(&text, &[aside.as_str()]);
        assert!(
            after == scene.bytes(aside),
            "{mode}: the file set aside is another"
        );
        assert_eq!(scene.type_in("stat -c %a app.db", 0), "640\n");
        let mode_now = scene.type_in(&format!("sqlite3 {live} 'PRAGMA journal_mode'"), 0);
        assert_eq!(mode_now, format!("{mode}\n"));
        scene.type_in("migrate upgrade head", 0);
    }
}

#[test]
fn a_person_on_a_terminal_is_asked_before_the_file_is_replaced() {
    let scene = Scene::new();
    scene.type_in("migrate upgrade aaaa && migrate upgrade --backup head", 0);
    let answer = |typed: &str, code| {
        let line = format!("echo {typed} | script -qec 'migrate restore' /dev/null");
        let text = scene.type_in(&line, code);
        holds(&text, &["Replace ", "app.db by the copy ", "? [y/N] "]);
        text
    };
    holds(&answer("n", 1), &["error: nothing was restored"]);
    holds(&scene.type_in("migrate current", 0), &["bbbb (head)"]);
    holds(&answer("y", 0), &["; the database is at aaaa."]);
    holds(&scene.type_in("migrate current", 0), &["aaaa"]);
}

#[test]
fn a_database_that_is_in_use_is_not_replaced() {
    for mode in ["delete", "wal"] {
        let scene = Scene::new();
        scene.type_in("migrate upgrade head", 0);
        drop(scene.open(mode));
        scene.type_in("cp app.db copy.db", 0);
        let live = scene.open(mode);
        live.execute_batch("UPDATE t SET word = 'three'")
            .expect("the table is there");
        let text = scene.type_in("migrate restore copy.db", 1);
        holds(
            &text,
            &["app.db` is in use by process ", "hint: stop the programs"],
        );
        let word: String = live
            .query_row("SELECT word FROM t", [], |row| row.get(0))
            .expect("the table is there");
        assert_eq!(word, "three");
        drop(live);
        let held = scene.type_in("exec 3<app.db; migrate restore copy.db", 1);
        holds(&held, &["is in use by process "]);
        scene.type_in("migrate restore copy.db", 0);
        assert_eq!(
            scene.type_in("sqlite3 app.db 'SELECT word FROM t'", 0),
            "two\n"
        );
    }
}

#[test]
fn what_is_no_whole_copy_is_not_put_back() {
    let scene = Scene::new();
    scene.type_in("migrate upgrade head", 0);
    let before = scene.bytes("app.db");
    scene.project.write("text.db", &"no database\n".repeat(200));
    scene.project.write("empty.db", "");
    scene.type_in("sqlite3 other.db 'CREATE TABLE other (id)'", 0);
    scene.type_in("head -c 6000 app.db >half.db", 0);
    let none = scene.type_in("migrate restore --yes", 1);
    holds(
        &none,
        &[
            "the ledger names no backup",
            "hint: `restore PATH` names the copy",
        ],
    );
    for (name, said) in [
        ("gone.db", "there is no copy `"),
        ("empty.db", "empty.db` is empty"),
        ("--yes empty.db", "empty.db` is empty"),
        (
            "other.db",
            "other.db` has no table `alembic_version`, and the database has it",
        ),
        ("text.db", "text.db` is not a SQLite database"),
        ("half.db", "caused by: database disk image is malformed"),
    ] {
        holds(
            &scene.type_in(&format!("migrate restore {name}"), 1),
            &[said],
        );
    }
    assert!(before == scene.bytes("app.db"));
    assert_eq!(scene.names(), ["app.db"]);
    scene.type_in("migrate restore --yes other.db", 0);
    scene.type_in("sqlite3 app.db 'SELECT id FROM other'", 0);
}

#[test]
fn no_command_puts_back_what_is_not_there() {
    let scene = Scene::new();
    scene.project.write("empty.dump", "");
    for engine in ["postgresql", "mysql"] {
        let ini = format!(
            "[sqldb]\ndbms = {engine}\nhost = localhost\nusername = u\ndbname = x\n\
             [migration]\nscript_location = %(here)s/m\n"
        );
        scene.project.write("migrate.ini", &ini);
        let none = scene.type_in("migrate restore gone.dump", 1);
        holds(&none, &["there is no copy `"]);
        let empty = scene.type_in("migrate restore empty.dump", 1);
        holds(&empty, &["empty.dump` is empty"]);
    }
}

#[test]
fn a_database_that_is_gone_or_damaged_is_replaced_too() {
    let scene = Scene::new();
    scene.type_in("migrate upgrade head && cp app.db copy.db && rm app.db", 0);
    let text = scene.type_in("migrate restore copy.db", 0);
    holds(&text, &["Restored ", "the database is at bbbb."]);
    scene.type_in(
        "head -c 9000 /dev/urandom >app.db; echo remains >app.db-wal",
        0,
    );
    scene.type_in("migrate restore copy.db", 0);
    assert_eq!(
        scene.type_in("sqlite3 app.db 'SELECT word FROM t'", 0),
        "two\n"
    );
    let names = scene.names();
    let [_, aside] = names.as_slice() else {
        panic!("{names:?}");
    };
    assert!(aside.starts_with("app.db.replaced-"), "{aside}");
}
