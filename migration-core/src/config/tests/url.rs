//! Database URLs and encryption.

use super::{SERVER, Scene};
use crate::database::{Address, SslMode};
use crate::diagnostic::Advice;

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
    let url = "mysql://h/d?ssl_ca=/ca.pem&charset=utf8mb4&charset=latin1";
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
