//! Pictures of tables and revisions, as files that can be looked at: `UPDATE_CASES=1` draws them
//! again.
#![expect(
    clippy::disallowed_methods,
    reason = "golden pictures are read, and written when asked"
)]

use std::fs;
use std::path::Path;

use migration_tests::command::{self, said, succeed};
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

/// Compares a text with a file of the tree.
#[track_caller]
fn golden(path: &str, text: &str) {
    let file = command::root().join(path);
    if std::env::var_os("UPDATE_CASES").is_some() {
        let directory = file.parent().expect("a file is in a directory");
        fs::create_dir_all(directory).expect("the tree can be written");
        fs::write(&file, text).expect("a case can be written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        expected == text,
        "{path} is not what is drawn now; UPDATE_CASES=1 draws it"
    );
}

fn read(path: &str) -> String {
    fs::read_to_string(command::root().join(path)).expect("a case can be read")
}

/// A project with the models of `tests/cases/picture`.
fn project(ini: &str) -> Project {
    let project = Project::new();
    project.write(
        "migrate.ini",
        &format!("{ini}[migration]\nscript_location = tree\nmodels = models.sql\n"),
    );
    project.write("models.sql", &read("tests/cases/picture/models.sql"));
    project.write("tree/versions/.keep", "");
    project
}

#[track_caller]
fn types(project: &Project, line: &str) -> String {
    let output = project.shell(line);
    assert!(output.status.success(), "{line}: {}", said(&output));
    String::from_utf8(output.stdout).expect("pictures are text")
}

const SQLITE: &str = "[sqldb]\ndbms = sqlite\ndbname = app.db\n";

#[test]
fn tables_are_drawn_in_every_language() {
    let project = project(SQLITE);
    for (format, ending) in [
        ("svg", "svg"),
        ("mermaid", "mmd"),
        ("dot", "dot"),
        ("plantuml", "puml"),
        ("json", "json"),
    ] {
        let text = types(&project, &format!("migrate erd --format {format}"));
        golden(&format!("tests/cases/picture/tables.{ending}"), &text);
        let file = format!("tables.{ending}");
        types(&project, &format!("migrate -q erd -o {file}"));
        let written = fs::read_to_string(project.path().join(&file));
        assert_eq!(written.expect("the file is there"), text, "{file}");
    }
}

#[test]
fn the_picture_in_the_documents_is_the_one_of_the_models() {
    let ini = command::root().join("frontend/config/frontend.ini");
    let ini = ini.to_string_lossy();
    let text = succeed("frontend-migrate", &["-c", &ini, "erd"]);
    golden("docs/pictures/frontend.svg", &text);
}

/// The names of tables and foreign keys in a diagram.
fn names(json: &str) -> Vec<String> {
    let diagram: serde_json::Value = serde_json::from_str(json).expect("a diagram is JSON");
    let tables = diagram["tables"].as_array().expect("there are tables");
    let relations = diagram["relations"].as_array().expect("and foreign keys");
    let mut names: Vec<String> = tables
        .iter()
        .map(|it| it["name"].to_string())
        .chain(relations.iter().map(|it| {
            format!(
                "{}{} {}{} {} {}",
                it["table"],
                it["columns"],
                it["references"],
                it["referenced_columns"],
                it["referring"],
                it["referred"]
            )
        }))
        .collect();
    names.sort();
    names
}

/// A project on a database, at its head.
fn applied(database: &TestDatabase) -> Project {
    let project = project(&database.ini());
    types(&project, "migrate -q ensure-version");
    types(
        &project,
        "migrate -q revision --autogenerate -m one --rev-id 1",
    );
    types(&project, "migrate -q upgrade head");
    project
}

#[test]
fn a_live_database_is_drawn_as_its_models_are() {
    databases::each(|database| {
        let project = applied(database);
        let mut live = database.open();
        let made = live.run(&["CREATE TABLE of_others (id INTEGER)"]);
        assert!(made.is_ok(), "{}", database.dialect());
        let models = types(&project, "migrate erd --json");
        let drawn = types(&project, "migrate erd --live --json");
        assert_eq!(names(&drawn), names(&models), "{}", database.dialect());
        let drawn = types(&project, "migrate erd --live --table 'pass*' --json");
        let found = names(&drawn);
        assert_eq!(found.len(), 3, "{found:?}");
    });
}

#[test]
fn every_document_of_xml_is_well_formed_for_others_too() {
    for path in [
        "tests/cases/picture/tables.svg",
        "docs/pictures/frontend.svg",
    ] {
        let text = read(path);
        assert!(text.starts_with("<svg xmlns="), "{path}");
        assert!(text.ends_with("</svg>\n"), "{path}");
        assert!(text.contains("prefers-color-scheme: dark"), "{path}");
        assert!(!text.contains("<script"), "{path}");
    }
    assert!(Path::new(&command::root().join("docs/pictures")).is_dir());
}
