//! What an ini may say, and the errors that name its lines.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Scene;
use crate::config::ini::Document;
use crate::diagnostic::Advice;

/// Kind, place and hint of what is wrong with an ini.
#[track_caller]
fn check_error(ini: &str, expected: &str) {
    let error = Scene::new(ini).error();
    let place = error.place().map(ToString::to_string).unwrap_or_default();
    let hint = error.hint().unwrap_or_default();
    assert_eq!(format!("{place} {error} [{hint}]"), expected);
}

#[test]
fn the_ini_reads_as_python_reads_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/ini");
    let text = fs::read_to_string(root.join("python.ini")).unwrap();
    let expected = fs::read_to_string(root.join("python.json")).unwrap();
    let expected: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(&expected).unwrap();
    let document = Document::parse("python.ini", &text).unwrap();
    let here = |name: &str| (name == "here").then(|| "/etc/app".to_owned());
    let mut found = BTreeMap::new();
    for section in document.section_names().filter(|name| *name != "DEFAULT") {
        let keys = document
            .entries("DEFAULT")
            .iter()
            .chain(document.entries(section));
        let values: BTreeMap<String, String> = keys
            .map(|entry| {
                let entry = document.entry(section, &entry.key).unwrap();
                let value = document.interpolate(section, entry, &here).unwrap();
                (entry.key.clone(), value.text)
            })
            .collect();
        found.insert(section.to_owned(), values);
    }
    assert_eq!(found, expected);
}

#[test]
fn what_python_refuses_is_refused_with_its_line() {
    for (text, kind) in [
        ("[a]\nx=1\nX=2\n", "3 duplicate-key"),
        ("[a]\n[b]\n[a]\n", "3 duplicate-section"),
        ("\nx=1\n", "2 ini-syntax"),
        ("[a]\nx\n", "2 ini-syntax"),
        ("[a]\n=1\n", "2 ini-syntax"),
        ("[sqldb]\nhost=%(y)s\n", "2 missing-reference"),
        ("[sqldb]\nhost=%(y)\n", "2 malformed-reference"),
        ("[sqldb]\n\nhost=%(host)s\n", "3 endless-reference"),
    ] {
        let error = Scene::new(text).error();
        let place = error.place().unwrap();
        let line = place.source.line_column(place.span.start).line;
        assert_eq!(format!("{line} {}", error.kind()), kind, "{text}");
    }
    assert!(
        Scene::new("[DEFAULT]\na=1\n[DEFAULT]\nb=1\n")
            .load()
            .is_ok()
    );
}

#[test]
fn a_lone_percent_sign_is_itself_with_a_warning() {
    let scene = Scene::new("[sqldb]\ndbms=mysql\ndbname=d\npassword = p%40ss;w#o\\rd\"%\n");
    assert_eq!(scene.address(), "mysql://localhost/d p%40ss;w#o\\rd\"%");
    let warnings = scene.load().unwrap().warnings;
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].starts_with("conf/brain.ini:4:1: a single `%` in `password`"));
    assert!(!warnings[0].contains("p%40"));
}

#[test]
fn unknown_keys_are_named_with_place_and_nearest() {
    check_error(
        "[sqldb]\n# x\npasswrd = secret\n",
        "conf/brain.ini:3:1 unknown key `passwrd` in `[sqldb]` [did you mean `password`?]",
    );
    check_error(
        "[migration]\ntransaction = runn\n",
        "conf/brain.ini:2:1 `transaction` is `runn` (conf/brain.ini), not one of auto, revision, \
         run [did you mean `run`?]",
    );
    check_error(
        "[sqldb]\ndbms = oracle\n",
        "conf/brain.ini:2:1 `dbms` is `oracle` (conf/brain.ini), not one of sqlite, postgresql, \
         mysql [MariaDB is `mysql`; other engines are not supported]",
    );
    let other = Scene::new("[log]\nanything = %(goes)s %\n[ftp_brain]\nx = %(\n");
    assert!(other.load().unwrap().warnings.is_empty());
    let variable = Scene::new("").set("BRAIN_SQLDB__PASWORD", "secret").error();
    assert_eq!(
        variable.hint().unwrap(),
        "did you mean `BRAIN_SQLDB__PASSWORD`?"
    );
}

#[test]
fn prefixes_are_parts_of_identifiers() {
    let long = "x".repeat(31);
    for prefix in ["x; drop table", "a b", "1a", "a\"b", "a-b", long.as_str()] {
        let error = Scene::new(&format!("[sqldb]\ntables_prefix = {prefix}\n")).error();
        assert_eq!(error.kind(), "unfit-value", "{prefix}");
    }
    let settings = Scene::new("[sqldb]\ntables_prefix = irma\n").settings();
    assert_eq!(settings.prefix_table_name("file"), "irma_file");
    assert_eq!(settings.prefix(), "irma_");
    let none = Scene::new("").settings();
    assert_eq!(
        (none.prefix_table_name("file"), none.prefix()),
        ("file".to_owned(), String::new())
    );
}

#[test]
fn a_section_of_its_own_replaces_ours() {
    let mut scene = Scene::new(
        "[sqldb]\ntables_prefix=a\n[sqldb:two]\ntables_prefix=b\n[two]\nversion_table=t\n[one]\n",
    );
    scene.section = Some("two");
    let settings = scene.settings();
    assert_eq!(
        (
            settings.tables_prefix.as_str(),
            settings.version_table.name.as_str()
        ),
        ("b", "t")
    );
    scene.section = Some("one");
    assert_eq!(scene.settings().tables_prefix, "a");
    scene.section = Some("three");
    assert_eq!(scene.error().kind(), "missing-section");
}

#[test]
fn arguments_are_stored_and_may_be_referred_to() {
    let mut scene = Scene::new("[sqldb]\ntables_prefix = %(x:Tenant)s\n");
    assert_eq!(scene.error().hint().unwrap(), "pass `-x Tenant=VALUE`");
    scene.arguments = vec![("Tenant".to_owned(), "acme".to_owned())];
    let settings = scene.settings();
    assert_eq!(settings.tables_prefix, "acme");
    assert_eq!(settings.argument("Tenant"), Some("acme"));
}

#[test]
fn lines_are_shown_unless_they_may_hold_a_secret() {
    let shown = |ini: &str| {
        let error = Scene::new(ini).error();
        let place = error.place().unwrap();
        place.source.slice(place.span).to_owned()
    };
    assert_eq!(shown("[sqldb]\ndbms = oracle\n"), "dbms = oracle");
    assert_eq!(shown("[sqldb]\n  password = a%(x)s\n"), "password = ...");
    assert_eq!(shown("[sqldb]\npasswd = hush\n"), "passwd = ...");
    assert_eq!(shown("[sqldb]\nhush\n"), "");
}
