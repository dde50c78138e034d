//! `.env` files, and what is said of where values come from.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::Scene;
use crate::config::{ConfigError, EnvFiles, Section};

static NAMED: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let paths = ["one.env", "two.env"];
    paths.map(|it| Path::new(it).to_owned()).to_vec()
});

/// A database at `localhost`, and a host in each place where one can be set.
fn scene() -> Scene {
    let ini = "[sqldb]\ndbms = postgresql\ndbname = d\nhost = ini\npassword = secret\n";
    let scene = Scene::new(ini);
    scene.file(".env", "BRAIN_SQLDB__HOST=here\n");
    scene.file("conf/.env", "BRAIN_SQLDB__HOST=beside\n");
    scene.file("one.env", "BRAIN_SQLDB__HOST=one\nBRAIN_SQLDB__PORT=1\n");
    scene.file("two.env", "BRAIN_SQLDB__HOST=two\n");
    scene
}

/// The value of a key, and where it comes from; the directory is left out.
#[track_caller]
fn found(scene: &Scene, key: &str) -> (String, String) {
    let stated = scene.load().unwrap().stated;
    let found = stated
        .iter()
        .find(|it| it.section == Section::Sqldb && it.key == key);
    let found = found.unwrap();
    let directory = format!("{}/", scene.directory.path().display());
    let origin = found.origin.clone().unwrap_or_default();
    (found.value.clone(), origin.replace(&directory, ""))
}

#[test]
fn a_value_says_which_file_line_or_variable_it_comes_from() {
    let is = |scene: &Scene, value: &str, origin: &str| {
        assert_eq!(
            found(scene, "host"),
            (value.to_owned(), origin.to_owned()),
            "{value}"
        );
    };
    let mut scene = scene();
    is(&scene, "beside", "BRAIN_SQLDB__HOST of conf/.env");
    scene.env_files = EnvFiles::Named(&NAMED);
    is(&scene, "two", "BRAIN_SQLDB__HOST of two.env");
    assert_eq!(found(&scene, "port").1, "BRAIN_SQLDB__PORT of one.env");
    scene.env_files = EnvFiles::None;
    is(&scene, "ini", "conf/brain.ini:4");
    assert_eq!(
        found(&scene, "sslmode"),
        ("disable".to_owned(), String::new())
    );
    let scene = scene.set("BRAIN_SQLDB__HOST", "real");
    is(&scene, "real", "BRAIN_SQLDB__HOST");
    let scene = scene.set("DATABASE_URL", "postgresql://u:hush@url/d");
    assert_eq!(found(&scene, "username").1, "DATABASE_URL");
}

#[test]
fn no_secret_is_stated() {
    let command = "[sqldb]\ndbms = mysql\ndbname = d\npassword_command = vault read hush\n";
    let url = "[sqldb]\nurl = mysql://u:hush@h/d\n";
    for ini in ["[sqldb]\npassword = hush\n", command, url] {
        let stated = Scene::new(ini).load().unwrap().stated;
        assert!(!format!("{stated:?}").contains("hush"), "{stated:?}");
        assert!(format!("{stated:?}").contains("***"), "{stated:?}");
    }
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let mut scene = Scene::new("");
    scene.env_files = EnvFiles::Named(&NAMED);
    let error = scene.load().unwrap_err();
    assert!(
        matches!(&error, ConfigError::MissingEnvFile { path } if path.ends_with("one.env")),
        "{error:?}"
    );
}
