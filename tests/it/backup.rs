//! The copy before the first change: what is in it, where it is, and that nothing is migrated
//! without it.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "copies are files")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use migration_core::database::{Secret, Value};
use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{Project, revision};

const PASSWORD: &str = "hush-4711";

/// A project of two revisions on a database.
fn project(database: &TestDatabase, more: &str) -> Project {
    let project = Project::new();
    let ini = format!(
        "{}[migration]\nscript_location = %(here)s/m\n{more}",
        database.ini()
    );
    let path = project.write("migrate.ini", &ini);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
        .expect("the owner may change them");
    let one = "CREATE TABLE one (id INTEGER PRIMARY KEY, word VARCHAR(20));\n\
               INSERT INTO one VALUES (1, 'it''s');";
    project.write(
        "m/versions/a.sql",
        &revision("aaaa", "", one, "DROP TABLE one;"),
    );
    let two = "CREATE TABLE two (id INTEGER PRIMARY KEY);";
    project.write(
        "m/versions/b.sql",
        &revision("bbbb", "aaaa", two, "DROP TABLE two;"),
    );
    project
}

/// A program of that name, found before all others.
fn fake(project: &Project, name: &str, body: &str) {
    let path = project.write(&format!("bin/{name}"), &format!("#!/bin/sh\n{body}\n"));
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .expect("the owner may change them");
}

/// The copies below a directory of the project.
fn copies(project: &Project, directory: &str) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(project.path().join(directory)).expect("the directory of copies is there");
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry can be read").path())
        .collect();
    found.sort();
    found
}

fn rows(path: &Path, sql: &str) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).expect("the file opens");
    let mut statement = connection.prepare(sql).expect("the query is sound");
    let rows = statement
        .query_map([], |row| row.get(0))
        .expect("the query runs");
    rows.map(Result::unwrap).collect()
}

fn ledger_backups(database: &TestDatabase) -> Vec<Option<String>> {
    let mut connection = database.open();
    let sql = "SELECT backup FROM alembic_version_log ORDER BY id";
    let rows = connection.query(sql, &[]).expect("the ledger can be read");
    rows.iter().map(|row| row[0].text()).collect()
}

#[test]
fn a_copy_is_the_database_before_the_first_change_and_is_named_in_the_ledger() {
    for mode in ["delete", "wal"] {
        let database = databases::fresh(Dialect::Sqlite).unwrap();
        let project = project(&database, "backup = copies\n");
        let first = project.types(0, "migrate upgrade aaaa");
        assert!(
            first.contains("No backup: the database is empty."),
            "{first}"
        );
        let file = database.url().replace("sqlite:///", "");
        let live = rusqlite::Connection::open(&file).unwrap();
        live.pragma_update(None, "journal_mode", mode).unwrap();
        let text = project.types(0, "migrate upgrade head");
        let found = copies(&project, "copies");
        let [copy] = found.as_slice() else {
            panic!("{mode}: {found:?}");
        };
        assert!(
            text.contains(&format!("Backup: {}\n", copy.display())),
            "{text}"
        );
        let name = copy.file_name().unwrap().to_string_lossy();
        assert!(
            name.starts_with("test-20") && name.ends_with("Z-aaaa.db"),
            "{name}"
        );
        let metadata = fs::metadata(copy).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        assert_eq!(
            rows(copy, "SELECT version_num FROM alembic_version"),
            ["aaaa"]
        );
        assert_eq!(rows(copy, "SELECT word FROM one"), ["it's"]);
        let path = copy.display().to_string();
        assert_eq!(ledger_backups(&database), [None, Some(path)]);
        let idle = project.types(0, "migrate upgrade head");
        assert!(idle.starts_with("Nothing to do"), "{idle}");
        project.types(0, "migrate downgrade -1 --no-backup");
        let names = fs::read_dir(project.path().join("copies")).unwrap();
        let parts =
            names.filter(|it| it.as_ref().unwrap().path().extension() != Some("db".as_ref()));
        assert_eq!(
            parts.count(),
            0,
            "{mode}: something is left beside the copy"
        );
        assert_eq!(copies(&project, "copies").len(), 1);
    }
}

#[test]
fn a_name_is_taken_from_the_pattern_and_never_used_twice() {
    let database = databases::fresh(Dialect::Sqlite).unwrap();
    let project = project(&database, "");
    project.types(0, "migrate upgrade aaaa");
    let lines = [
        "migrate upgrade head --backup=deep/{name}.{revision}",
        "migrate downgrade -1 --backup=deep/one.db",
        "migrate upgrade head --backup=deep/one.db",
    ];
    for line in lines {
        project.types(0, line);
    }
    let names: Vec<String> = copies(&project, "deep")
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["one-2.db", "one.db", "test.aaaa"]);
    let beside = project.types(0, "migrate downgrade -1 --backup --json");
    assert!(beside.contains("\"backup\": \"/"), "{beside}");
    let refused = project.types(1, "migrate upgrade --backup=/proc/none/ head");
    assert!(
        refused.contains("nothing is migrated without the backup"),
        "{refused}"
    );
    assert!(
        refused.contains("caused by: cannot write `/proc/none`"),
        "{refused}"
    );
    assert!(project.types(0, "migrate current").starts_with("aaaa"));
}

#[test]
fn a_database_that_is_damaged_is_not_migrated() {
    let database = databases::fresh(Dialect::Sqlite).unwrap();
    let project = project(&database, "");
    project.types(0, "migrate upgrade aaaa");
    let file = database.url().replace("sqlite:///", "");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .execute_batch("CREATE TABLE big (x); INSERT INTO big VALUES (randomblob(90000))")
        .unwrap();
    drop(connection);
    let mut bytes = fs::read(&file).unwrap();
    let end = bytes.len();
    bytes[end - 40960..end - 8192].fill(0xff);
    fs::write(&file, bytes).unwrap();
    let text = project.types(1, "migrate upgrade head --backup");
    assert!(text.contains("is damaged: "), "{text}");
    assert!(
        text.contains("note: nothing was applied; the database is at aaaa\n"),
        "{text}"
    );
    let beside = Path::new(&file).parent().unwrap();
    assert_eq!(
        fs::read_dir(beside).unwrap().count(),
        1,
        "something is left behind"
    );
}

/// The name of the program that copies a server's database.
fn tool(database: &TestDatabase) -> &'static str {
    match database.dialect() {
        Dialect::Mysql => "mariadb-dump",
        Dialect::Sqlite | Dialect::Postgres => "pg_dump",
    }
}

#[test]
fn a_servers_copy_can_be_put_back_by_the_command_that_restore_prints() {
    databases::each_server(|database| {
        let project = project(database, "");
        project.types(0, "migrate upgrade aaaa");
        let tool = tool(database);
        let watched = format!("tr '\\0' ' ' </proc/$$/cmdline >>seen; exec /usr/bin/{tool} \"$@\"");
        fake(&project, tool, &watched);
        let line = "PATH=$PWD/bin:$PATH migrate upgrade head --backup=copies";
        let text = project.types(0, line);
        let copy = copies(&project, "copies").pop().unwrap();
        assert!(
            text.contains(&format!("Backup: {}\n", copy.display())),
            "{text}"
        );
        let mode = fs::metadata(&copy).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let seen = fs::read_to_string(project.path().join("seen")).unwrap();
        assert!(seen.contains("copies/.migrate-"), "{seen}");
        assert!(!seen.contains(PASSWORD), "{seen}");
        assert_eq!(
            ledger_backups(database),
            [None, Some(copy.display().to_string())]
        );
        restored(database, &project, &copy);
    });
}

fn restored(database: &TestDatabase, project: &Project, copy: &Path) {
    let command = project.shell(&format!("migrate restore {}", copy.display()));
    let line = String::from_utf8_lossy(&command.stdout).into_owned();
    assert!(!said(&command).contains(PASSWORD), "{}", said(&command));
    let password = database
        .server()
        .expect("a server has an address")
        .password
        .as_ref();
    let password = password
        .map(Secret::expose)
        .expect("a test server has a password");
    // What a person would type when asked.
    let line = line.trim().replace(" --password ", " ");
    let line = format!("export PGPASSWORD='{password}' MYSQL_PWD='{password}'; {line}");
    project.types(0, &line);
    let mut connection = database.open();
    let found = connection.query("SELECT word FROM one", &[]);
    let found = found.expect("the table is back");
    assert_eq!(found, [vec![Value::from("it's")]]);
    assert_eq!(project.types(0, "migrate current"), "aaaa\n");
}

#[test]
fn nothing_is_migrated_when_the_program_that_copies_is_missing_too_old_or_fails() {
    databases::each_server(|database| {
        let project = project(database, "backup = copies\n");
        let old = "echo \"$0 (PostgreSQL) 9.6.1\"";
        let failing = "[ \"$1\" = --version ] && { echo 'tool Ver 99.1-MariaDB'; exit; }\n\
                       echo 'tool: error: no right to read, hush-4711' >&2; exit 3";
        let cases = [
            (
                "",
                "is not installed, or not on the PATH",
                "hint: install it (Debian: `apt install",
            ),
            (
                failing,
                "failed (exit status: 3): tool: error: no right to read, ***",
                "`--no-backup`",
            ),
            (
                old,
                "is of version 9.6.1, older than the server, PostgreSQL",
                "newer one, before it",
            ),
        ];
        let of_engine = match database.dialect() {
            Dialect::Postgres => 3,
            Dialect::Sqlite | Dialect::Mysql => 2,
        };
        for (body, error, hint) in cases.into_iter().take(of_engine) {
            let _ = fs::remove_dir_all(project.path().join("bin"));
            fs::create_dir_all(project.path().join("bin")).unwrap();
            if !body.is_empty() {
                fake(&project, tool(database), body);
            }
            let line = "migrate=$(command -v migrate); PATH=$PWD/bin $migrate upgrade head";
            let text = project.types(1, line);
            assert!(text.contains(error) && text.contains(hint), "{text}");
            assert!(
                text.contains("note: nothing was applied; the database is at base\n"),
                "{text}"
            );
            assert!(!text.contains(PASSWORD), "{text}");
            let current = project.types(0, "migrate current");
            assert_eq!(current, "The database has no revision yet.\n");
            assert_eq!(copies(&project, "copies").len(), 0, "a half-made copy");
        }
    });
}

#[test]
fn the_program_that_copies_checks_the_certificate_as_the_settings_say() {
    databases::each_server(|database| {
        let Some(certificates) = database.certificates() else {
            return;
        };
        let project = project(database, "");
        // Their directory is the server's own: others read a copy.
        let authority = fs::read_to_string(certificates.join("ca.crt"));
        project.write("ca.crt", &authority.expect("root reads everything"));
        let ini = fs::read_to_string(project.path().join("migrate.ini"));
        let ini = ini.expect("it was written").replace(
            "host = 127.0.0.1\n",
            "host = localhost\nsslmode = verify-full\nsslrootcert = ca.crt\n",
        );
        project.write("migrate.ini", &ini);
        let tool = tool(database);
        let watched = format!("echo \"$PGSSLMODE $*\" >>seen; exec /usr/bin/{tool} \"$@\"");
        fake(&project, tool, &watched);
        let line = "PATH=$PWD/bin:$PATH migrate upgrade head --backup=copies";
        project.types(0, line);
        let seen = fs::read_to_string(project.path().join("seen"));
        let seen = seen.expect("the program was started");
        assert!(
            seen.contains("verify-full ") || seen.contains("--ssl-verify-server-cert"),
            "{seen}"
        );
        assert_eq!(copies(&project, "copies").len(), 1);
    });
}
