//! Tests of the checksum of meaning.

use super::source;
use crate::sql::fingerprint;
use crate::text::Span;

fn checksum(text: &str) -> [u8; 32] {
    let (source, span) = source(text);
    fingerprint(&source, &[span]).expect("the text is legal")
}

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(checksum(one), checksum(other), "{one:?} {other:?}");
}

#[track_caller]
fn different(one: &str, other: &str) {
    assert_ne!(checksum(one), checksum(other), "{one:?} {other:?}");
}

#[test]
fn form_does_not_count() {
    same("SELECT 1;", "select   1");
    same("SELECT a -- why\n, b;", "SELECT a, /* so */ b;\n");
    same("SELECT a,\r\nb", "\u{feff}SELECT a,\nb");
    same("SELECT 'a\r\nb'", "SELECT 'a\nb'");
    same("SELECT 1;; SELECT 2", ";SELECT 1; SELECT 2;");
    same("DELIMITER //\nSELECT 1//\nSELECT 2//", "SELECT 1; SELECT 2");
    same(
        "-- migrate: only a,b\nSELECT 1",
        "--migrate:  only a, b\nSELECT 1",
    );
    same(
        "-- migrate: allow rows nobody needs them\nSELECT 1",
        "SELECT 1",
    );
}

#[test]
fn meaning_counts() {
    different("SELECT 1", "SELECT 2");
    different("SELECT 1; SELECT 2", "SELECT 1 SELECT 2");
    different("SELECT 'a'", "SELECT 'A'");
    different("SELECT \"a\"", "SELECT \"A\"");
    different("SELECT a b", "SELECT ab");
    different("SELECT '{prefix}a'", "SELECT 'a'");
    different("-- migrate: only a\nSELECT 1", "SELECT 1");
    different(
        "-- migrate: only a\nSELECT 1; SELECT 2",
        "SELECT 1;\n-- migrate: only a\nSELECT 2",
    );
    different("/*!1 a */ SELECT 1", "SELECT 1");
}

#[test]
fn every_reading_counts_where_engines_differ() {
    different("SELECT 'it\\'s  a'", "SELECT 'it\\'s a'");
    different(
        "SELECT 'it\\'s  a', 'it\\'s'",
        "SELECT 'it\\'s a', 'it\\'s'",
    );
    same("SELECT 'a\\', 'b'", "SELECT 'a\\' , 'b'");
}

#[test]
fn sections_do_not_run_into_each_other() {
    let (source, _) = source("SELECT 1; SELECT 2;");
    let two = [Span::new(0, 9), Span::new(9, 19)];
    let one = [Span::new(0, 19), Span::new(19, 19)];
    assert_ne!(fingerprint(&source, &two), fingerprint(&source, &one));
}

#[test]
fn what_nobody_can_read_has_no_checksum() {
    let (source, span) = source("SELECT 'a");
    assert!(fingerprint(&source, &[span]).is_err());
}
