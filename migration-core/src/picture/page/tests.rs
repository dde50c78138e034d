//! What a page says, whatever is in it.

use proptest::prelude::*;

use super::{Drift, Event, Notice, Page, Part, Picture, Revision, Step, Tone, page};
use crate::picture::xml_check::check_xml;

/// The page without its document type is XML, too.
#[track_caller]
fn check(text: &str) {
    let text = text.strip_prefix("<!DOCTYPE html>\n").expect("it is HTML");
    if let Err(fault) = check_xml(text) {
        panic!("{fault}");
    }
    for word in ["<script", "http://", "https://", "url(", "@import", " src="] {
        let outside = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!outside.contains(word), "{word}");
    }
}

fn full(word: &str) -> Page {
    let word = || word.to_owned();
    Page {
        title: word(),
        verdict: word(),
        tone: Tone::Bad,
        facts: vec![(word(), word())],
        revisions: Part::Known(vec![
            Revision {
                state: "pending",
                tone: Tone::Waiting,
                id: word(),
                at: word(),
                who: word(),
                message: word(),
            };
            90
        ]),
        advice: vec![word()],
        plan: Part::Known(vec![Step {
            title: word(),
            statements: vec![word()],
        }]),
        drift: Part::Known(Drift {
            is_whole: true,
            operations: vec![word()],
            statements: vec![word()],
            remarks: vec![word()],
        }),
        timeline: Part::Known(vec![Event {
            at: word(),
            message: word(),
            tone: Tone::Bad,
            ..Event::default()
        }]),
        tree: Part::Known(Picture {
            svg: "<svg/>".to_owned(),
            remarks: vec![word()],
            words: vec![word()],
        }),
        tables: Part::Unknown(Notice {
            message: word(),
            causes: vec![word()],
            hint: Some(word()),
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_page_is_well_formed_whatever_is_in_it(word in "[<>&\"'\\PC]{0,20}") {
        let word = word.replace("//", "").replace("url(", "").replace("src=", "");
        check(&page(&full(&word)));
    }
}

#[test]
fn an_empty_page_is_a_page() {
    let text = page(&Page::default());
    check(&text);
    assert!(text.contains("Nothing is pending"));
    assert!(text.contains("There are no tables to draw."));
}

#[test]
fn names_are_never_tags() {
    let text = page(&full("<img src=x onerror=alert(1)>").clone());
    assert!(!text.contains("<img"));
    assert!(text.contains("&lt;img"));
}

#[test]
fn every_section_can_be_reached() {
    let text = page(&full("x"));
    for (id, _) in super::SECTIONS {
        assert!(text.contains(&format!("href=\"#{id}\"")), "{id}");
        assert_eq!(text.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn the_address_of_a_database_breaks_behind_its_parts() {
    let address = "postgresql://irma:***@localhost:5432/frontend".to_owned();
    let found = Page {
        facts: vec![("Database".to_owned(), address)],
        ..full("a")
    };
    let text = page(&found);
    check(&text);
    let parts = "postgresql://<wbr/>irma:***@<wbr/>localhost:5432<wbr/>/frontend";
    assert!(text.contains(parts), "{text}");
}
