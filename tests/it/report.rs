//! The page that `report` writes: on every engine, for users who may only read, about databases that
//! are not as they should be.
#![expect(
    clippy::disallowed_methods,
    reason = "pages are written into files and read again"
)]

use std::fs;

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

const MODELS: &str = "CREATE TABLE author (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(80) \
                      NOT NULL);\n\
                      CREATE TABLE book (id INTEGER PRIMARY KEY AUTOINCREMENT, author_id INTEGER \
                      NOT NULL REFERENCES author (id), title VARCHAR(200));\n";

const PENDING: &str = "-- books have a <price>\n--\n-- Revision ID: 2\n-- Revises: 1\n\
                       -- Create Date: 2026-01-01 00:00:00\n\n-- migrate: upgrade\n\n\
                       ALTER TABLE book ADD COLUMN price INTEGER;\n\n-- migrate: downgrade\n\n\
                       ALTER TABLE book DROP COLUMN price;\n";

/// A project on a database that has one of its two revisions.
fn half_way(database: &TestDatabase) -> Project {
    let project = Project::new();
    project.write("migrate.ini", &ini(&database.ini()));
    project.write("models.sql", MODELS);
    project.write("tree/versions/.keep", "");
    for line in [
        "migrate -q ensure-version",
        "migrate -q revision --autogenerate -m 'authors & books' --rev-id 1",
        "migrate -q upgrade head",
    ] {
        project.types(0, line);
    }
    project.write("tree/versions/2.sql", PENDING);
    project
}

fn ini(sqldb: &str) -> String {
    format!("{sqldb}[migration]\nscript_location = tree\nmodels = models.sql\n")
}

/// Writes the page and reads it.
#[track_caller]
fn page(project: &Project, flags: &str) -> String {
    project.types(0, &format!("migrate {flags} report -o page.html"));
    let path = project.path().join("page.html");
    fs::read_to_string(path).expect("the page is there")
}

/// The text of one section.
#[track_caller]
fn section<'p>(page: &'p str, id: &str) -> &'p str {
    let start = format!("<section id=\"{id}\"");
    let (_, after) = page.split_once(&start).expect("the section is there");
    after.split("</section>").next().unwrap_or_default()
}

/// What a page says of a database that has one of two revisions, whoever asks.
fn says_what_everybody_knows(page: &str) {
    holds(page, &["Behind its revisions", "1 applied, 1 pending"]);
    holds(
        section(page, "state"),
        &["books have a &lt;price&gt;", "authors &amp; books"],
    );
    holds(
        section(page, "pending"),
        &[
            "upgrade 1 -&gt; 2",
            "ALTER TABLE &quot;book&quot; ADD COLUMN",
        ],
    );
    holds(
        section(page, "timeline"),
        &["upgrade", "authors &amp; books", "done", "migrate "],
    );
    holds(section(page, "revisions"), &["<svg", "pending"]);
    holds(
        section(page, "tables"),
        &["<svg", ">author</text>", ">book</text>"],
    );
    for word in ["<script", "https://", "url(", " src="] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn a_page_tells_state_plan_drift_timeline_and_pictures() {
    databases::each(|database| {
        let project = half_way(database);
        let found = page(&project, "");
        says_what_everybody_knows(&found);
        let as_made = "The database is what its revisions made of it.";
        holds(section(&found, "drift"), &[as_made]);
        let mut live = database.open();
        let made = live.run(&["CREATE INDEX by_hand ON book (title)"]);
        assert!(made.is_ok(), "{}", database.dialect());
        let found = page(&project, "");
        holds(&found, &["Changed by other hands"]);
        let session = database.dialect().syntax().session[0];
        let session = &session[..session.find('=').unwrap_or(session.len())];
        holds(
            section(&found, "drift"),
            &["drop index <code>by_hand</code>", session, "DROP INDEX"],
        );
        project.types(0, "migrate -q upgrade heads");
        let found = page(&project, "");
        holds(section(&found, "pending"), &["Nothing is pending"]);
        if let Some(password) = database.server().and_then(|it| it.password.as_ref()) {
            assert!(!found.contains(password.expose()), "{}", database.dialect());
        }
    });
}

/// The `[sqldb]` section of somebody who may read everything and do nothing else.
fn reader(database: &TestDatabase) -> String {
    let server = database.server().expect("it is a server");
    let name = &server.database;
    let user = format!("r_{name}");
    let statements = match database.dialect() {
        Dialect::Sqlite => Vec::new(),
        Dialect::Postgres => vec![
            format!("CREATE ROLE {user} LOGIN PASSWORD 'only-reads'"),
            format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {user}"),
        ],
        Dialect::Mysql => vec![
            format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'only-reads'"),
            format!("GRANT SELECT ON \"{name}\".* TO '{user}'@'%'"),
        ],
    };
    let mut administrator = database.open();
    for sql in &statements {
        let done = administrator.run(&[sql.as_str()]);
        assert!(done.is_ok(), "{sql}");
    }
    format!(
        "[sqldb]\ndbms = {}\nusername = {user}\npassword = only-reads\nhost = {}\nport = {}\n\
         dbname = {name}\n",
        database.dialect(),
        server.host,
        server.port.unwrap_or_default()
    )
}

#[test]
fn who_may_only_read_gets_the_page_and_is_told_what_is_missing() {
    databases::each_server(|database| {
        let project = half_way(database);
        project.write("reader.ini", &ini(&reader(database)));
        let found = page(&project, "-c reader.ini");
        says_what_everybody_knows(&found);
        let drift = section(&found, "drift");
        holds(
            drift,
            &["could not be made", "cannot create a scratch", "GRANT "],
        );
        assert!(!found.contains("only-reads"), "{}", database.dialect());
        let mut administrator = database.open();
        let user = format!("r_{}", database.server().expect("it is one").database);
        let gone: &[String] = &match database.dialect() {
            Dialect::Sqlite => Vec::new(),
            Dialect::Postgres => vec![format!("DROP OWNED BY {user}"), format!("DROP ROLE {user}")],
            Dialect::Mysql => vec![format!("DROP USER '{user}'@'%'")],
        };
        for sql in gone {
            let done = administrator.run(&[sql.as_str()]);
            assert!(done.is_ok(), "{sql}");
        }
    });
}

#[test]
fn a_read_only_file_of_sqlite_is_reported_whole() {
    let database = databases::fresh(Dialect::Sqlite).expect("it is always there");
    let project = half_way(&database);
    let path = database.address().to_string();
    let path = path.trim_start_matches("sqlite:///");
    let mode = fs::metadata(path).expect("the file is there").permissions();
    let mut read_only = mode.clone();
    read_only.set_readonly(true);
    fs::set_permissions(path, read_only).expect("the owner may change them");
    let found = page(&project, "");
    fs::set_permissions(path, mode).expect("the owner may change them");
    says_what_everybody_knows(&found);
}

#[test]
fn a_database_that_nobody_knows_is_reported_with_what_is_wrong() {
    let database = databases::fresh(Dialect::Sqlite).expect("it is always there");
    let project = half_way(&database);
    let mut live = database.open();
    let changed = live.run(&["UPDATE alembic_version SET version_num = 'beyond'"]);
    assert!(changed.is_ok());
    let found = page(&project, "");
    holds(&found, &["Needs attention", "beyond"]);
    for id in ["pending", "drift"] {
        holds(section(&found, id), &["could not be made", "beyond"]);
    }
    holds(section(&found, "timeline"), &["authors &amp; books"]);
    holds(section(&found, "tables"), &[">author</text>"]);
}

#[test]
fn an_empty_database_is_reported_too() {
    let database = databases::fresh(Dialect::Sqlite).expect("it is always there");
    let project = Project::new();
    project.write("migrate.ini", &ini(&database.ini()));
    project.write("models.sql", "");
    project.write("tree/versions/.keep", "");
    drop(database.open());
    let found = page(&project, "");
    holds(section(&found, "state"), &["There are no revisions."]);
    holds(
        section(&found, "timeline"),
        &["The ledger says nothing yet."],
    );
    holds(section(&found, "tables"), &["There are no tables to draw."]);
}
