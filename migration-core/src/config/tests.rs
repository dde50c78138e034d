//! Laws of the config stage: Python's reading of ini files, layers, URLs, secrets.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests make the files that are read"
)]

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::ini::Document;
use super::*;
use crate::database::{Address, SslMode};
use crate::diagnostic::Advice;
use crate::execute::{TableChangePolicy, Transaction};

/// A directory with an ini, and what surrounds it.
struct Scene {
    directory: tempfile::TempDir,
    environment: BTreeMap<String, String>,
    arguments: Vec<(String, String)>,
    overrides: Vec<(&'static str, String)>,
    section: Option<&'static str>,
    named: bool,
}

impl Scene {
    fn new(ini: &str) -> Self {
        let scene = Self {
            directory: tempfile::tempdir().unwrap(),
            environment: BTreeMap::new(),
            arguments: Vec::new(),
            overrides: Vec::new(),
            section: None,
            named: false,
        };
        scene.file("conf/brain.ini", ini);
        scene
    }

    fn empty() -> Self {
        let scene = Self::new("");
        fs::remove_file(scene.path("conf/brain.ini")).unwrap();
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    fn load(&self) -> Result<Loaded, ConfigError> {
        load(&Request {
            component: "brain",
            ini: Path::new("conf/brain.ini"),
            ini_named: self.named,
            section: self.section,
            arguments: &self.arguments,
            environment: &self.environment,
            working_directory: self.directory.path(),
            overrides: &self.overrides,
        })
    }

    #[track_caller]
    fn settings(&self) -> Settings {
        self.load().unwrap().settings
    }

    /// The address with the directory replaced and the password in the clear.
    #[track_caller]
    fn address(&self) -> String {
        let address = self.settings().address().unwrap();
        let password = match &address {
            Address::Sqlite { .. } => None,
            Address::Postgres(server) | Address::Mysql(server) => server.password.clone(),
        };
        let shown = address.to_string();
        let shown = shown.replace(&self.directory.path().display().to_string(), "DIR");
        match password {
            Some(password) => format!("{shown} {}", password.expose()),
            None => shown,
        }
    }

    #[track_caller]
    fn error(&self) -> ConfigError {
        self.load().unwrap_err()
    }
}

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
         mysql []",
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
fn defaults_are_those_of_the_table() {
    let settings = Scene::new("").settings();
    assert_eq!(settings.version_table, "alembic_version");
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

const SERVER: &str = "[sqldb]\ndbms=postgresql\nusername=u\npassword=p\nhost=h\nport=5\ndbname=d\n";

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
fn urls_are_read_in_the_forms_of_sqlalchemy() {
    for (url, expected) in [
        (
            "postgresql+psycopg2://u:p%40%2F%25@h:1/d",
            "postgresql://u:***@h:1/d p@/%",
        ),
        ("postgres://h/d", "postgresql://h/d"),
        ("mariadb://u:a/b@c@h/d", "mysql://u:***@c@h/d a/b"),
        ("mysql://u:p@ss@h/d", "mysql://u:***@h/d p@ss"),
        ("postgresql://u@[::1]:7/d", "postgresql://u@::1:7/d"),
        (
            "postgresql:///d?host=/run/pg&user=u",
            "postgresql://u@/run/pg/d",
        ),
        ("sqlite:////abs/x%20.db", "sqlite:////abs/x%20.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
    ] {
        let scene = Scene::new("").set("DATABASE_URL", url);
        assert_eq!(scene.address(), expected, "{url}");
    }
    for (url, problem) in [
        ("secret", "has no `://`"),
        ("oracle://s:secret@h/d", "has the unknown scheme `oracle`"),
        (
            "mysql://s:secret@h:x/d",
            "has a port that is not a number from 1 to 65535",
        ),
        ("sqlite://secret.db", "names a host, which SQLite has not"),
        (
            "mysql://s:%ffsecret@h/d",
            "has percent-encoded bytes that are not UTF-8",
        ),
    ] {
        let error = Scene::new("").set("DATABASE_URL", url).error();
        let text = format!("{error} {error:?} {:?}", error.hint());
        assert_eq!(
            error.to_string(),
            format!("the database URL from DATABASE_URL {problem}")
        );
        assert!(!text.contains("secret"), "{text}");
    }
    let hint = Scene::new("[sqldb]\nurl=postgers://h/d").error().hint();
    assert_eq!(hint.unwrap(), "did you mean `postgres`?");
}

#[test]
fn encryption_is_read_from_keys_and_urls() {
    let tls = |scene: Scene| match scene.settings().address().unwrap() {
        Address::Postgres(server) | Address::Mysql(server) => server.tls,
        Address::Sqlite { .. } => panic!("a server"),
    };
    let keys = tls(Scene::new(&format!(
        "{SERVER}sslmode=verify-full\nsslkey=k.pem\n"
    )));
    assert_eq!(keys.mode, SslMode::VerifyFull);
    assert!(keys.key.unwrap().ends_with("conf/k.pem"));
    let url = "mysql://h/d?ssl_ca=/ca.pem&charset=utf8mb4";
    let scene = Scene::new("").set("DATABASE_URL", url);
    let warnings = scene.load().unwrap().warnings;
    assert_eq!(
        warnings,
        ["parameter `charset` of the database URL from DATABASE_URL has no effect"]
    );
    let url = tls(scene);
    assert_eq!(
        (url.mode, url.root_certificate),
        (SslMode::VerifyCa, Some("/ca.pem".into()))
    );
    assert_eq!(tls(Scene::new(SERVER)).mode, SslMode::Disable);
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
            settings.version_table.as_str()
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
fn a_missing_ini_is_an_error_unless_the_database_is_named_elsewhere() {
    let mut scene = Scene::empty();
    assert_eq!(
        scene.error().to_string(),
        "configuration file `conf/brain.ini` does not exist"
    );
    scene = scene.set("DATABASE_URL", "sqlite:///x.db");
    assert!(scene.load().is_ok());
    scene.named = true;
    assert_eq!(scene.error().kind(), "missing-configuration");
}

#[test]
fn passwords_come_from_files_and_programs_when_asked_for() {
    let server = SERVER.replace("password=p\n", "");
    let file = Scene::new(&format!("{server}password_file = ../secret\n"));
    assert_eq!(
        file.settings().address().unwrap_err().kind(),
        "unreadable-file"
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
    assert_eq!(fail("true"), "`password_command` gives nothing");
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

#[test]
fn the_reference_page_is_made_from_the_table_of_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/config.md");
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&path, reference_page()).unwrap();
    }
    assert_eq!(
        fs::read_to_string(path).unwrap_or_default(),
        reference_page()
    );
}

#[test]
fn the_reference_ini_has_every_key_and_its_defaults() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config");
    let text = fs::read_to_string(config.join("reference.ini")).unwrap();
    let document = Document::parse("reference.ini", &text).unwrap();
    for key in KEYS {
        let entry = document.entry(key.section.name(), key.name);
        let entry = entry.unwrap_or_else(|| panic!("{key} is not in reference.ini"));
        let value = document
            .interpolate(key.section.name(), entry, &|_| None)
            .unwrap();
        if !["dbms", "dbname", "tables_prefix"].contains(&key.name) {
            assert_eq!(value.text, key.default, "{key}");
        }
    }
    let loaded = Scene::new(&text).load().unwrap();
    assert!(loaded.warnings.is_empty());
    for profile in ["postgresql.ini", "mysql.ini"] {
        let text = fs::read_to_string(config.join(profile)).unwrap();
        let settings = Scene::new(&text).settings();
        assert_eq!(format!("{}.ini", settings.dialect().unwrap()), profile);
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_parsers_panic(text in "([\\[\\]=:%()s#; \n\t\"'\\\\]|[ab]|\\PC){0,60}") {
        if let Ok(document) = Document::parse("x.ini", &text) {
            for section in document.section_names() {
                for entry in document.entries(section) {
                    let _ = document.interpolate(section, entry, &|_| None);
                }
            }
        }
        let _ = dotenv::parse(&text);
        let _ = password::words(&text);
        let _ = url::parse(&format!("mysql://{text}"));
    }

    #[test]
    fn passwords_of_any_characters_arrive_as_they_are(password in "[!-~]([ -~]{0,20}[!-~])?") {
        let escaped = password.replace('%', "%%");
        let scene = Scene::new(&format!("[sqldb]\ndbms=mysql\ndbname=d\npassword={escaped}\n"));
        prop_assert_eq!(scene.address(), format!("mysql://localhost/d {password}"));
    }
}
