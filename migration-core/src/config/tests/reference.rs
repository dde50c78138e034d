//! The reference page, the reference ini and the profiles.

use std::fs;
use std::path::Path;

use super::Scene;
use crate::config::ini::Document;
use crate::config::{KEYS, reference_page};

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
