//! Where passwords come from, and that nobody sees them.

use std::time::{Duration, Instant};

use super::{SERVER, Scene};
use crate::config::password;
use crate::diagnostic::Advice;

#[test]
fn passwords_come_from_files_and_programs_when_asked_for() {
    let server = SERVER.replace("password=p\n", "");
    let file = Scene::new(&format!("{server}password_file = ../secret\n"));
    assert_eq!(
        file.settings().address().unwrap_err().kind(),
        "unreadable-password-file"
    );
    file.file("secret", " a b\r\n");
    assert_eq!(file.address(), "postgresql://u:***@h:5/d  a b");
    let command = format!("{server}password_command = printf '%%s\\n\\n' \"x y\"\n");
    assert_eq!(
        Scene::new(&command).address(),
        "postgresql://u:***@h:5/d x y\n"
    );
    let over = Scene::new(&command).set("BRAIN_SQLDB__PASSWORD", "e");
    assert_eq!(over.address(), "postgresql://u:***@h:5/d e");
    let both = Scene::new(&format!("{SERVER}password_file = x\n")).error();
    assert_eq!(both.kind(), "several-passwords");
}

#[test]
fn a_password_command_runs_once() {
    let server = SERVER.replace("password=p\n", "");
    let scene = Scene::new("");
    let once = scene.path("once");
    let line = format!("sh -c 'mkdir {} && echo word'", once.display());
    scene.file(
        "conf/brain.ini",
        &format!("{server}password_command = {line}\n"),
    );
    let settings = scene.settings();
    let first = settings.address();
    assert_eq!(first.as_ref().ok(), settings.address().as_ref().ok());
    first.unwrap();
}

#[test]
fn password_commands_fail_with_what_they_say() {
    let fail = |line: &str| {
        let scene = Scene::new(&format!(
            "[sqldb]\ndbms=mysql\ndbname=d\npassword_command={line}\n"
        ));
        let settings = scene.settings();
        assert!(!format!("{settings:?}").contains("hush"));
        settings.address().unwrap_err().to_string()
    };
    assert_eq!(
        fail("sh -c 'echo hush; echo locked >&2; exit 3'"),
        "`password_command` failed: `sh` ended with exit status: 3 and said: locked"
    );
    assert_eq!(
        fail("/nowhere/program hush"),
        "`password_command` could not start `/nowhere/program`"
    );
    assert_eq!(
        fail("sh -c 'echo hush; echo could not store hush >&2; exit 3'"),
        "`password_command` failed: `sh` ended with exit status: 3 and said: could not store ***"
    );
    assert_eq!(fail("true"), "`password_command` gives nothing");
    assert_eq!(
        fail("sh -c 'echo no such secret >&2 | cat'"),
        "`password_command` gives nothing and said: no such secret"
    );
    let begin = Instant::now();
    let words = ["sleep".to_owned(), "20".to_owned()];
    let late = password::run(&words, Duration::from_millis(50)).unwrap_err();
    assert_eq!(late.kind(), "password-command-timeout");
    assert!(begin.elapsed() < Duration::from_secs(10));
}

#[test]
fn command_lines_split_as_in_a_shell() {
    let words = |line: &str| password::words(line).map_err(|error| error.kind());
    assert_eq!(
        words(r#"a 'b c' "d \"e\" \n" f\ g ''"#).unwrap(),
        ["a", "b c", "d \"e\" \\n", "f g", ""]
    );
    assert_eq!(words("a 'b"), Err("unclosed-quote"));
}

#[test]
fn no_secret_is_ever_shown() {
    let ini = "[sqldb]\ndbms=mysql\ndbname=d\nusername=u\npassword=hush%\nurl=mysql://a:hush@h/d\n";
    let loaded = Scene::new(ini).load().unwrap();
    let address = loaded.settings.shown_address().unwrap();
    assert_eq!(address.to_string(), "mysql://a:***@h/d");
    assert!(!format!("{loaded:?} {address:?}").contains("hush"));
    for ini in [
        "[sqldb]\npasswd=hush\n",
        "[sqldb]\npassword=hush%(x)s\n",
        "hush\n",
        "[sqldb]\nhush word\n",
    ] {
        let error = Scene::new(ini).error();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}
