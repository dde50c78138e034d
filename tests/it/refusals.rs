//! What an operator reads when a server does not let him in, through the real binary.

use std::path::Path;

use crate::resume::Scene;
use migration_core::database::Address;
use migration_core::dialect::Dialect;
use migration_tests::command::{holds, said};
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::{Project, revision};
use migration_tests::server::OwnServer;

/// The ini of a project on this database, with one key changed.
fn ini(database: &TestDatabase, key: &str, value: &str) -> String {
    let mut lines: Vec<String> = database
        .ini()
        .lines()
        .filter(|line| line.split('=').next().is_none_or(|name| name.trim() != key))
        .map(str::to_owned)
        .collect();
    let section = lines.iter().position(|line| line.trim() == "[sqldb]");
    lines.insert(section.map_or(0, |at| at + 1), format!("{key} = {value}"));
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    format!("{}\n{location}", lines.join("\n"))
}

/// Types the command with a changed ini and returns what it says; it must fail with 1.
fn refused(database: &TestDatabase, key: &str, value: &str, command: &str) -> String {
    let project = Project::named("tree");
    project.write("changed.ini", &ini(database, key, value));
    assert!(Path::new(&project.path().join("migrations")).is_dir());
    let output = project.shell(&format!("migrate -c changed.ini {command}"));
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    text
}

/// Servers of others may let everybody in.
fn on_own_servers(test: impl Fn(&TestDatabase)) {
    databases::each_server(|database| {
        if !database.is_foreign() {
            test(database);
        }
    });
}

#[test]
fn a_wrong_password_is_refused_and_never_printed() {
    on_own_servers(|database| {
        for command in ["upgrade heads", "current", "--json current"] {
            let text = refused(database, "password", "s3cret-w0rd%%", command);
            assert!(text.contains("the server refuses user"), "{text}");
            assert!(text.contains("username"), "no advice: {text}");
            assert!(!text.contains("s3cret"), "{text}");
        }
    });
}

#[test]
fn a_user_with_one_connection_is_told_that_two_are_needed() {
    on_own_servers(|database| {
        let password = database.server().unwrap().password.clone().unwrap();
        let password = password.expose();
        let statements = match database.dialect() {
            Dialect::Postgres => vec![
                "DROP ROLE IF EXISTS alone".to_owned(),
                format!("CREATE ROLE alone LOGIN PASSWORD '{password}' CONNECTION LIMIT 1"),
            ],
            Dialect::Sqlite | Dialect::Mysql => vec![
                format!(
                    "CREATE OR REPLACE USER alone IDENTIFIED BY '{password}' \
                     WITH MAX_USER_CONNECTIONS 1"
                ),
                "GRANT ALL ON *.* TO alone".to_owned(),
            ],
        };
        let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
        database.open().run(&statements).unwrap();
        let text = refused(database, "username", "alone", "upgrade heads");
        assert!(
            text.contains("hint: a migration needs two connections"),
            "{text}"
        );
    });
}

#[test]
fn a_missing_database_comes_with_the_statement_that_creates_it() {
    on_own_servers(|database| {
        for command in ["upgrade heads", "current"] {
            let text = refused(database, "dbname", "not_there", command);
            assert!(text.contains("has no database `not_there`"), "{text}");
            assert!(text.contains("CREATE DATABASE"), "{text}");
        }
    });
}

#[test]
fn a_table_that_must_not_be_rebuilt_stops_the_run_and_leaves_nothing() {
    let project = Project::new();
    let create = "CREATE TABLE t (id INTEGER PRIMARY KEY, size INTEGER);";
    project.write(
        "m/versions/a.sql",
        &revision("aaaa", "", create, "DROP TABLE t;"),
    );
    let alter = "CREATE TABLE u (id INTEGER);\nALTER TABLE t ALTER COLUMN size SET NOT NULL;";
    project.write(
        "m/versions/b.sql",
        &revision("bbbb", "aaaa", alter, "DROP TABLE u;"),
    );
    project.write(
        "migrate.ini",
        "[sqldb]\ndbms = sqlite\ndbname = app.db\n[migration]\nscript_location = %(here)s/m\n\
         sqlite_alter = refuse\n",
    );
    let first = project.shell("migrate upgrade aaaa");
    assert!(first.status.success(), "{}", said(&first));
    let refused = project.shell("migrate upgrade head");
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{text}");
    assert!(text.contains("sqlite_alter"), "no advice: {text}");
    assert!(text.contains("`t`") && text.contains("b.sql:"), "{text}");
    let current = project.shell("migrate current");
    assert_eq!(said(&current), "aaaa\n");
    let allowed = project.shell("sed -i s/refuse/warn/ migrate.ini && migrate upgrade head");
    assert!(
        said(&allowed).contains("warning: revision bbbb"),
        "{}",
        said(&allowed)
    );
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "waiting for an answer that never comes is measured"
)]
fn a_server_of_another_kind_is_recognised() {
    let (Some(postgres), Some(mysql)) = (
        databases::fresh(Dialect::Postgres),
        databases::fresh(Dialect::Mysql),
    ) else {
        return;
    };
    let port = |database: &TestDatabase| database.server().unwrap().port.unwrap().to_string();
    let begun = std::time::Instant::now();
    for (asked, other, words) in [
        (&postgres, &mysql, "a MySQL or MariaDB server"),
        (&mysql, &postgres, "a PostgreSQL server"),
    ] {
        let text = refused(asked, "port", &port(other), "upgrade heads");
        let first = format!(
            "error: no {} server answers at `127.0.0.1:{}`, but {words}\n",
            asked.dialect(),
            port(other)
        );
        assert!(text.starts_with(&first), "{text}");
        let hint = format!("set `dbms = {}`", other.dialect());
        assert!(text.contains(&hint), "{text}");
    }
    assert!(
        begun.elapsed().as_secs() < 9,
        "it took {:?}",
        begun.elapsed()
    );
}

#[test]
fn a_version_table_of_somebody_else_is_left_alone() {
    databases::each(|database| {
        let sql = "CREATE TABLE alembic_version (id INTEGER, label VARCHAR(9))";
        database.open().run(&[sql]).unwrap();
        for command in ["current", "upgrade heads", "stamp bbbb2"] {
            let text = refused(database, "tables_prefix", "", command);
            assert!(
                text.contains(
                    "error: table `alembic_version` is no version table: it has no column \
                     `version_num`, only `id`, `label`"
                ),
                "{}: {text}",
                database.dialect()
            );
            assert!(text.contains("hint: set `version_table = ...`"), "{text}");
            assert!(!text.contains("Running"), "{text}");
        }
    });
}

#[test]
fn a_database_that_mariadb_denies_comes_with_the_statements_that_open_it() {
    let Some(database) = databases::fresh(Dialect::Mysql).filter(|it| !it.is_foreign()) else {
        return;
    };
    let user = "CREATE OR REPLACE USER limited@'127.0.0.1' IDENTIFIED BY 'pass-phrase'";
    database.open().run(&[user]).unwrap();
    let server = database.server().unwrap();
    let project = Project::named("tree");
    let ini = format!(
        "[sqldb]\ndbms = mysql\nusername = limited\npassword = pass-phrase\nhost = {}\nport = {}\n\
         dbname = not_there\n[migration]\nscript_location = %(here)s/migrations\n",
        server.host,
        server.port.unwrap()
    );
    project.write("limited.ini", &ini);
    let output = project.shell("migrate -c limited.ini upgrade heads");
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("refuses user 'limited'@'127.0.0.1' the database `not_there`"),
        "{text}"
    );
    assert!(text.contains("CREATE DATABASE `not_there`"), "{text}");
    let grant = "GRANT ALL PRIVILEGES ON `not_there`.* TO 'limited'@'127.0.0.1';";
    assert!(text.contains(grant), "{text}");
}

/// A project on SQLite whose database has `t`, with rows, and a second revision that is not applied.
struct Change {
    project: Project,
}

impl Change {
    fn new() -> Self {
        let project = Project::new();
        let ini = "[sqldb]\ndbms = sqlite\ndbname = app.db\n[migration]\nscript_location = m\n";
        project.write("migrate.ini", ini);
        let change = Self { project };
        change.revision(
            "aaaa",
            "",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT);\n\
             INSERT INTO t VALUES (1, NULL, 'x'), (2, NULL, 'x');",
        );
        change
    }

    fn revision(&self, id: &str, revises: &str, up: &str) {
        let text = format!(
            "-- {id}\n--\n-- Revision ID: {id}\n-- Revises: {revises}\n\n\
             -- migrate: upgrade\n\n{up}\n"
        );
        self.project.write(&format!("m/versions/{id}.sql"), &text);
    }

    /// What is said of a second revision that cannot run.
    #[track_caller]
    fn refused(&self, up: &str) -> String {
        self.revision("bbbb", "aaaa", up);
        let output = self.project.shell("migrate upgrade -q head");
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains("bbbb.sql:8:1"), "{text}");
        text
    }
}

#[test]
fn rows_that_forbid_a_change_are_counted_and_can_be_looked_at() {
    let scene = Change::new();
    for (change, finding, query) in [
        (
            "ALTER COLUMN a SET NOT NULL",
            "table `t` has 2 rows with NULL in `a`",
            "SELECT rowid, * FROM \"t\" WHERE \"a\" IS NULL",
        ),
        (
            "ADD CONSTRAINT u UNIQUE (b)",
            "table `t` has 1 group of rows that agree in `b`",
            "SELECT \"b\", count(*) FROM \"t\" WHERE \"b\" IS NOT NULL GROUP BY \"b\" HAVING count(*) > 1",
        ),
        (
            "ADD CONSTRAINT c CHECK (b <> 'x')",
            "table `t` has 2 rows violating `c`",
            "SELECT rowid, * FROM \"t\" WHERE NOT (b <> 'x')",
        ),
        (
            "ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES t (a)",
            "foreign key mismatch",
            "",
        ),
        (
            "ALTER COLUMN b TYPE INTEGER",
            "table `t` has 2 rows whose `b` is no INTEGER",
            "SELECT rowid, * FROM \"t\" WHERE rowid IN (1, 2)",
        ),
    ] {
        let text = scene.refused(&format!("ALTER TABLE t {change};"));
        assert!(text.contains(finding), "{text}");
        assert!(text.contains(query), "{text}");
        assert!(!text.contains("_migrate_new_"), "{text}");
    }
}

#[test]
fn a_table_that_is_left_of_a_change_is_told_by_its_name_with_what_to_do() {
    for (left, change) in [
        ("_migrate_new_t", "ALTER COLUMN id TYPE BIGINT"),
        ("_migrate_new_t", "ALTER COLUMN b SET DEFAULT 'y'"),
        ("_migrate_old_t", "DROP COLUMN a"),
    ] {
        let scene = Change::new();
        let unique =
            "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, id);\nCREATE TABLE {left} (x INTEGER);";
        let made = unique.replace("{left}", left);
        scene.revision("aaab", "aaaa", &made);
        scene.project.types(0, "migrate upgrade -q aaab");
        scene.revision("bbbb", "aaab", &format!("ALTER TABLE t {change};"));
        let text = scene.project.types(1, "migrate upgrade -q");
        let hint = format!("`DROP TABLE \"{left}\"`, and run the same command again\n");
        holds(&text, &[left, &hint]);
        assert!(!text.contains("stamp REVISION"), "{text}");
    }
}

#[test]
fn a_null_in_the_way_is_told_alike_on_every_engine() {
    for dialect in Dialect::ALL {
        let Some(scene) = Scene::on(dialect) else {
            continue;
        };
        scene.type_in("migrate upgrade aaaa1", 0);
        scene.run("INSERT INTO one VALUES (NULL)");
        for (change, finding, hint) in [
            (
                "ALTER COLUMN id SET NOT NULL",
                "with NULL in `id`\n",
                "hint: correct them before the change, in this revision or by hand; this shows \
                 them:\n",
            ),
            (
                "ADD COLUMN b INTEGER NOT NULL",
                "without a value for the new column `b`\n",
                "hint: give the column a DEFAULT, or add it without NOT NULL, fill it by an UPDATE",
            ),
        ] {
            scene.revision("bbbb2", "aaaa1", &format!("ALTER TABLE one {change};"), "");
            let text = scene.type_in("migrate upgrade head", 1);
            holds(
                &text,
                &["error: table `one` has ", finding, "bbbb2.sql:8:1", hint],
            );
            let is_shown = text.contains(" FROM ") && text.contains(" IS NULL\n");
            assert_eq!(is_shown, finding.starts_with("with "), "{dialect}: {text}");
        }
    }
}

#[test]
fn a_change_of_a_table_that_is_not_there_says_so() {
    let scene = Change::new();
    let made = scene.project.shell("migrate upgrade -q head");
    assert!(made.status.success(), "{}", said(&made));
    let text = scene.refused("ALTER TABLE nope ALTER COLUMN a SET NOT NULL;");
    assert!(
        text.contains("caused by: there is no table `nope`\n"),
        "{text}"
    );
    assert!(
        text.contains("hint: did no revision before this one make it"),
        "{text}"
    );

    let plan = scene.project.shell("migrate plan upgrade head");
    let text = said(&plan);
    assert_eq!(plan.status.code(), Some(1), "{text}");
    let first = "error: revision `bbbb` cannot forbid null in column `nope.a`\n";
    assert!(text.starts_with(first), "{text}");
    assert!(text.contains("bbbb.sql:8:1"), "{text}");
    assert!(
        text.contains("caused by: there is no table `nope`\n"),
        "{text}"
    );

    // What passes through as written may make it.
    let copy =
        "CREATE TABLE nope AS SELECT * FROM t;\nALTER TABLE nope ALTER COLUMN a DROP NOT NULL;";
    scene.revision("bbbb", "aaaa", copy);
    let plan = scene.project.shell("migrate plan upgrade head");
    assert_eq!(plan.status.code(), Some(0), "{}", said(&plan));
}

#[test]
fn a_replica_names_the_server_to_migrate_on() {
    if databases::fresh(Dialect::Postgres).is_none_or(|database| database.is_foreign()) {
        return;
    }
    let told = "user=copy password=pa55 host=db1.invalid port=5433";
    let replica = OwnServer::replica(told).expect("there is PostgreSQL");
    let Address::Postgres(place) = replica.address() else {
        panic!("{} is no PostgreSQL", replica.address());
    };
    let project = Project::named("tree");
    let set = format!(
        "export DATABASE_URL=postgresql://tester:hush-4711@127.0.0.1:{}/postgres; ",
        place.port.unwrap_or_default()
    );
    let current = project.shell(&format!("{set} migrate current"));
    assert!(current.status.success(), "{}", said(&current));
    let refused = project.shell(&format!("{set} migrate upgrade heads"));
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{text}");
    let note = "note: this server is a replica, which repeats what `db1.invalid:5433` writes: \
                migrate there\n";
    assert!(text.contains(note) && !text.contains("pa55"), "{text}");
}

#[test]
fn what_no_table_lets_the_engine_do_is_refused_before_anything_runs() {
    let Some(scene) = Scene::on(Dialect::Mysql) else {
        return;
    };
    let convert = "CREATE TABLE two (id INTEGER);\n\
                   ALTER TABLE one ALTER COLUMN id TYPE BIGINT USING id::text::bigint;";
    let list = "CREATE TABLE two (id INTEGER);\nALTER TABLE one ALTER COLUMN id TYPE INTEGER[];";
    for (up, reason) in [(convert, "with USING"), (list, "INTEGER[]")] {
        scene.revision("bbbb2", "aaaa1", up, "");
        let text = scene.type_in("migrate upgrade bbbb2", 1);
        holds(&text, &[reason, "bbbb2.sql:9:1"]);
        assert!(!scene.has("one") && !scene.has("two"), "{text}");
    }
}
