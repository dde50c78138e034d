//! Tests of places and nearest words.

use super::{Place, Source, Span, closest};

#[test]
fn a_place_prints_line_and_character_column() {
    let source = Source::new("a.sql", "é one\ntwo");
    assert_eq!(
        Place::new(&source, Span::new(3, 6)).to_string(),
        "a.sql:1:3"
    );
    assert_eq!(
        Place::new(&source, Span::new(7, 10)).to_string(),
        "a.sql:2:1"
    );
    assert_eq!(
        Place::new(&source, Span::new(99, 99)).to_string(),
        "a.sql:2:4"
    );
}

#[test]
fn the_closest_word_is_near_or_nothing() {
    assert_eq!(
        closest("pasword", ["username", "password"]),
        Some("password")
    );
    assert_eq!(closest("hsot", ["host", "port"]), Some("host"));
    assert_eq!(closest("completely", ["host", "port"]), None);
    assert_eq!(closest("0002", ["0001", "0003"]), None);
    assert_eq!(closest("20261122", ["20261121"]), Some("20261121"));
}
