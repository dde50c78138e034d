//! What wins over what, and what relative paths start from.

use std::path::PathBuf;

use super::{SERVER, Scene};
use crate::config::dotenv;
use crate::diagnostic::Advice;
use crate::execute::{TableChangePolicy, Transaction};

#[test]
fn defaults_are_those_of_the_table() {
    let settings = Scene::new("").settings();
    assert_eq!(settings.version_table.name, "alembic_version");
    assert_eq!(settings.file_template, "%(rev)s_%(slug)s");
    assert_eq!(settings.truncate_slug_length, 40);
    assert_eq!(settings.transaction, Transaction::Auto);
    assert!(settings.version_locations.is_empty());
    assert_eq!(settings.address().unwrap_err().kind(), "no-database");
    assert_eq!(settings.dialect().unwrap_err().kind(), "no-database");
}

#[test]
fn paths_start_from_the_ini_and_those_of_the_command_line_from_the_working_directory() {
    let ini = "[sqldb]\ndbms=sqlite\ndbname=a.db\n[migration]\nscript_location = ../extras\n";
    let mut scene = Scene::new(ini);
    assert_eq!(scene.address(), "sqlite:///DIR/conf/a.db");
    let settings = scene.settings();
    assert_eq!(settings.script_location, Some(scene.path("conf/../extras")));
    assert_eq!(
        settings.version_locations,
        [scene.path("conf/../extras/versions")]
    );
    scene.overrides = vec![
        ("url", "sqlite:///b.db".to_owned()),
        ("script_location", "other".to_owned()),
    ];
    assert_eq!(scene.address(), "sqlite:///DIR/b.db");
    assert_eq!(scene.settings().script_location, Some(scene.path("other")));
    let memory = Scene::new("[sqldb]\nurl = sqlite://\n");
    assert_eq!(memory.address(), "sqlite:///:memory:");
}

#[test]
fn version_locations_are_split_by_their_separator() {
    for (text, expected) in [
        ("version_locations =\n  a b\n  c", vec!["a b", "c"]),
        (
            "path_separator = space\nversion_locations = a  b\n c",
            vec!["a", "b", "c"],
        ),
        (
            "path_separator = ;\nversion_locations = a;b",
            vec!["a", "b"],
        ),
    ] {
        let scene = Scene::new(&format!("[migration]\n{text}\n"));
        let expected: Vec<PathBuf> = expected
            .iter()
            .map(|name| scene.path("conf").join(name))
            .collect();
        assert_eq!(scene.settings().version_locations, expected);
    }
}

#[test]
fn the_command_line_wins_over_the_environment_over_the_ini() {
    let mut scene = Scene::new(SERVER);
    assert_eq!(scene.address(), "postgresql://u:***@h:5/d p");
    scene = scene
        .set("BRAIN_SQLDB__PASSWORD", "e")
        .set("BRAIN_SQLDB__HOST", "");
    assert_eq!(scene.address(), "postgresql://u:***@h:5/d e");
    scene.overrides = vec![
        ("dbname", "c".to_owned()),
        ("sqlite_alter", "refuse".to_owned()),
    ];
    assert_eq!(scene.address(), "postgresql://u:***@h:5/c e");
    assert_eq!(scene.settings().sqlite_alter, TableChangePolicy::Refuse);
}

#[test]
fn a_url_from_above_replaces_the_whole_address() {
    let scene = Scene::new(SERVER).set("DATABASE_URL", "mysql://other/x");
    assert_eq!(scene.address(), "mysql://other/x");
    let scene = scene
        .set("BRAIN_SQLDB__PASSWORD", "e")
        .set("SQLALCHEMY_URL", "sqlite://");
    assert_eq!(scene.address(), "mysql://other/x e");
    let beside = Scene::new(&format!("{SERVER}url=mysql+pymysql://v@g/\n"));
    assert_eq!(beside.address(), "mysql://v:***@g:5/d p");
}

#[test]
fn a_missing_ini_is_an_error_unless_the_database_is_named_elsewhere() {
    let mut scene = Scene::empty();
    assert_eq!(
        scene.error().to_string(),
        "configuration file `conf/brain.ini` does not exist"
    );
    scene = scene.set("DATABASE_URL", "sqlite:///x.db");
    assert_eq!(scene.address(), "sqlite:///DIR/x.db");
    scene.named = true;
    assert_eq!(scene.error().kind(), "missing-configuration");
}

#[test]
fn dot_env_files_add_to_the_environment() {
    let scene = Scene::new(SERVER);
    scene.file(
        ".env",
        "BRAIN_SQLDB__HOST=cwd\nBRAIN_SQLDB__DBNAME='c d'\nnonsense\n",
    );
    scene.file(
        "conf/.env",
        "# x\nexport BRAIN_SQLDB__HOST=\"be\\\"side\" # no\n",
    );
    assert_eq!(scene.address(), "postgresql://u:***@be\"side:5/c d p");
    let warnings = scene.load().unwrap().warnings;
    assert!(
        warnings[0].ends_with(".env:3: not `NAME=value`, ignored"),
        "{warnings:?}"
    );
    let scene = scene.set("BRAIN_SQLDB__HOST", "real");
    assert_eq!(scene.address(), "postgresql://u:***@real:5/c d p");
}

#[test]
fn dot_env_values_keep_what_their_quotes_keep() {
    let text =
        "A=1 # c\nB= x#y \nC='a\nb#'\nD=\"q\\\\\\n\\$\"\r\nE=\nF=\"open\nG=#\nbad line\n =x\n";
    let found = dotenv::parse(text);
    let pairs: Vec<(&str, &str)> = found
        .variables
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("A", "1"),
            ("B", "x#y"),
            ("C", "a\nb#"),
            ("D", "q\\\n$"),
            ("E", ""),
            ("F", "\"open"),
            ("G", "")
        ]
    );
    assert_eq!(found.malformed, [9, 10]);
}
