//! Files with a password that more people may read than need to, and variables that nobody reads.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{SERVER, Scene};

const PLAIN: &str = "[sqldb]\ndbms=postgresql\ndbname=d\n";

/// Gives a file that mode and returns the warnings, directories left out.
#[track_caller]
fn warnings(scene: &Scene, name: &str, mode: u32) -> Vec<String> {
    fs::set_permissions(scene.path(name), fs::Permissions::from_mode(mode)).unwrap();
    let directory = format!("{}/", scene.directory.path().display());
    let found = scene.load().unwrap().warnings;
    found.iter().map(|it| it.replace(&directory, "")).collect()
}

#[test]
fn an_ini_with_a_password_that_others_may_read_is_warned_about_once() {
    let said = |who: &str, mode: &str| {
        vec![format!(
            "`conf/brain.ini` holds a password, and {who} may read it (mode {mode}): \
             `chmod 600 conf/brain.ini`"
        )]
    };
    let scene = Scene::new(SERVER);
    for (mode, expected) in [
        (0o600, Vec::new()),
        (0o400, Vec::new()),
        (0o644, said("everybody", "0644")),
        (0o604, said("everybody", "0604")),
        (0o640, said("its group", "0640")),
    ] {
        assert_eq!(
            warnings(&scene, "conf/brain.ini", mode),
            expected,
            "{mode:o}"
        );
    }
    let url = "[sqldb]\nurl = postgresql://u:p@h/d\n";
    assert_eq!(warnings(&Scene::new(url), "conf/brain.ini", 0o644).len(), 1);
    for harmless in [PLAIN, "[sqldb]\nurl = postgresql://u@h/d\npassword =\n"] {
        let scene = Scene::new(harmless);
        assert!(
            warnings(&scene, "conf/brain.ini", 0o644).is_empty(),
            "{harmless}"
        );
    }
}

#[test]
fn env_and_password_files_are_looked_at_too() {
    for (line, expected) in [
        ("BRAIN_SQLDB__PASSWORD=s3cret", 1),
        ("DATABASE_URL=mysql://u:s3cret@h/d", 1),
        ("DATABASE_URL=mysql://u@h/d", 0),
        ("OTHER_PASSWORD=s3cret", 0),
    ] {
        let scene = Scene::new(PLAIN);
        scene.file("conf/.env", line);
        let found = warnings(&scene, "conf/.env", 0o644);
        assert_eq!(found.len(), expected, "{line}: {found:?}");
        let is_named = found.iter().all(|it| it.starts_with("`conf/.env` holds"));
        assert!(is_named && !found.concat().contains("s3cret"), "{found:?}");
    }
    let scene = Scene::new(&format!("{PLAIN}password_file = secret\n"));
    scene.file("conf/secret", "s3cret\n");
    assert_eq!(warnings(&scene, "conf/secret", 0o600), [""; 0]);
    let found = warnings(&scene, "conf/secret", 0o644);
    assert!(found[0].ends_with("`chmod 600 conf/secret`"), "{found:?}");
    let served = Scene::new(&format!("{PLAIN}password_file = /run/secrets/password\n"));
    assert!(served.load().unwrap().warnings.is_empty());
}

#[test]
fn a_variable_that_lacks_an_underscore_is_warned_about() {
    let scene = Scene::new(PLAIN)
        .set("BRAIN_SQLDB_PASSWORD", "s3cret")
        .set("BRAIN_MIGRATION_BACKUP", "")
        .set("BRAIN_SQLDB_POOL", "3");
    let found = scene.load().unwrap().warnings;
    let expected = "the variable `BRAIN_SQLDB_PASSWORD` has no effect: `BRAIN_SQLDB__PASSWORD`, \
                    with two underscores, is read";
    assert_eq!(found, [expected]);
}
