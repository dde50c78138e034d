//! Laws for texts of any kind.

use proptest::prelude::*;

use super::Scene;
use crate::config::ini::Document;
use crate::config::{dotenv, password, url};

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
