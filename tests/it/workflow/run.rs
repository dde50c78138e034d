//! From an empty machine to the head in one go.

use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

use super::silent_port;

/// A project with models and a revision that makes them, whose database is still to be made; the
/// password stands in `.env` alone.
fn absent(database: &TestDatabase) -> (Project, String) {
    let project = Project::new();
    let keys = "[migration]\nscript_location = %(here)s\nmodels = models.sql\n";
    let (ini, name) = match database.server() {
        None => {
            let ini = "[sqldb]\ndbms = sqlite\ndbname = deep/new.db\n".to_owned();
            (ini, "new.db".to_owned())
        }
        Some(server) => {
            let name = format!("{}_run", server.database);
            let old = format!("dbname = {}\n", server.database);
            let ini = database.ini().replace(&old, &format!("dbname = {name}\n"));
            (ini.replace("password = hush-4711\n", ""), name)
        }
    };
    project.write("migrate.ini", &format!("{ini}{keys}"));
    project.write(".env", "MIGRATE_SQLDB__PASSWORD=hush-4711\n");
    project.write(
        "models.sql",
        "CREATE TABLE person (id INTEGER PRIMARY KEY);\n",
    );
    project.write(
        "versions/1111.sql",
        "-- people\n--\n-- Revision ID: 1111\n-- Revises:\n\n-- migrate: upgrade\n\n\
         CREATE TABLE person (id INTEGER PRIMARY KEY);\n\n-- migrate: downgrade\n\n\
         DROP TABLE person;\n",
    );
    project.types(0, "chmod 600 .env");
    (project, name)
}

#[test]
fn an_empty_machine_is_brought_to_the_head_and_a_second_run_finds_nothing_to_do() {
    databases::each(|database| {
        let (project, name) = absent(database);
        let text = project.types(78, "migrate run");
        let create = "note: `run --create` creates the database when this user may\n";
        holds(&text, &["error: the", create, "hint: "]);
        let text = project.types(0, "migrate run --create");
        holds(
            &text,
            &[
                "Creating the database ",
                "Running upgrade  -> 1111",
                "Ready in ",
            ],
        );
        holds(
            &text,
            &["; created; 1 step; now at 1111; as the models say.\n"],
        );
        let text = project.types(0, "migrate run --create --backup");
        holds(
            &text,
            &["; nothing to do; now at 1111; as the models say.\n"],
        );
        assert!(
            !text.contains("created") && !text.contains("copied"),
            "{text}"
        );
        let json = project.types(0, "migrate run --json");
        holds(
            &json,
            &[
                "\"created\": false",
                "\"check\": \"agrees\"",
                "\"steps\": []",
            ],
        );
        assert!(!text.contains("hush") && !json.contains("hush"), "{text}");
        project.types(0, &format!("migrate dropdb --yes {name}"));
    });
}

#[test]
fn models_that_ask_for_more_are_found() {
    databases::each(|database| {
        let (project, name) = absent(database);
        project.types(0, "migrate run --create");
        project.write(
            "models.sql",
            "CREATE TABLE person (id INTEGER PRIMARY KEY, a INTEGER);\n",
        );
        let text = project.types(3, "migrate run");
        holds(
            &text,
            &["; not as the models say.\n", "error: the models differ"],
        );
        let text = project.types(0, "migrate run --no-check");
        holds(&text, &["; models not checked.\n"]);
        let json = project.types(3, "migrate run --json");
        holds(&json, &["\"differs\": 1"]);
        project.types(0, &format!("migrate dropdb --yes {name}"));
        assert!(!text.contains("hush") && !json.contains("hush"), "{text}");
    });
}

#[test]
fn a_copy_is_taken_before_the_first_change() {
    databases::each(|database| {
        let (project, name) = absent(database);
        project.types(0, "migrate run --create");
        project.write(
            "versions/2222.sql",
            "-- more\n--\n-- Revision ID: 2222\n-- Revises: 1111\n\n-- migrate: upgrade\n\n\
             INSERT INTO person VALUES (1);\n\n-- migrate: downgrade\n",
        );
        let output = project.shell("migrate run --backup=copies/");
        let text = migration_tests::command::said(&output);
        if output.status.success() {
            holds(
                &text,
                &["; copied to ", "/copies/", "; 1 step; now at 2222;"],
            );
        } else {
            // A machine without the engine's own dump program.
            holds(&text, &["note: nothing was applied"]);
        }
        project.types(0, &format!("migrate dropdb --yes {name}"));
    });
}

#[test]
fn a_server_that_stays_away_is_a_reason_to_try_again() {
    let port = silent_port();
    let project = Project::named("tree");
    project.write(
        "migrate.ini",
        &format!(
            "[sqldb]\ndbms = mysql\nhost = 127.0.0.1\nport = {port}\ndbname = d\n\
             [migration]\nscript_location = %(here)s/migrations\n"
        ),
    );
    let text = project.types(75, "migrate run --create --timeout 0.3");
    holds(&text, &["error: no answer from the database within 0.3 s"]);
}

#[test]
fn without_revisions_what_the_models_ask_for_is_told_and_no_file_is_claimed() {
    databases::each(|database| {
        let project = Project::new();
        let keys = "[migration]\nscript_location = %(here)s\nmodels = models.sql\n";
        project.write("migrate.ini", &format!("{}{keys}", database.ini()));
        let models = "CREATE TABLE person (id INTEGER PRIMARY KEY);\n";
        project.write("models.sql", models);
        project.write("versions/.keep", "");
        let text = project.types(3, "migrate run");
        holds(
            &text,
            &[
                "; nothing to do; there are no revisions yet; not as the models say.\n",
                "error: the models differ from the database: 1 new upgrade operation detected",
            ],
        );
        assert!(!text.contains("created"), "{text}");
        project.types(0, "migrate run --no-check");
        project.types(0, "migrate -q ensure-version");
        let page = project.types(0, "migrate report");
        holds(&page, &["No revisions yet: `revision --autogenerate`"]);
        assert!(!page.contains("Up to date"), "{page}");
    });
}

#[test]
fn what_is_made_in_memory_is_said_to_go() {
    let project = super::with_ini("");
    let line = "warning: the database is in memory: all that is made in it is gone when this command ends\n";
    let text = project.types(0, "DATABASE_URL=sqlite:///:memory: migrate upgrade dddd4");
    holds(&text, &[line, "Done: 4 steps"]);
    let text = project.types(0, "DATABASE_URL=sqlite:///file.db migrate upgrade dddd4");
    assert!(!text.contains("in memory"), "{text}");
}
