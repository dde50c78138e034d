//! A statement that runs into the next one because its `;` is missing.

use crate::text::Place;

/// What begins a statement and seldom a line within one.
const VERBS: [&str; 6] = ["ALTER", "COMMENT", "CREATE", "DROP", "GRANT", "INSERT"];

/// What a statement within a statement may follow.
const LEADS: [&str; 10] = [
    "AFTER", "AS", "BEFORE", "BEGIN", "DO", "ELSE", "INSTEAD", "OF", "ON", "THEN",
];

/// The question whether a `;` is missing, when what an engine could not read is, or holds, a line that
/// looks like the beginning of another statement.
///
/// `place` is where the engine stopped reading, or the whole statement.
pub fn unended(place: &Place) -> Option<String> {
    let text = place.source.text();
    let from = text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
    let is_first_word = text[from..place.span.start].trim().is_empty();
    let end = place.span.end.max(place.span.start);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let mut begins = from;
    for line in text[from..to].split_inclusive('\n') {
        let looks = begins > from || is_first_word;
        if looks
            && is_beginning(line)
            && let Some((before, last)) = last_line(&text[..begins])
            && !may_go_on(last)
        {
            let line = place.source.line_column(before).line;
            return Some(format!(
                "a statement ends with `;`: is one missing at the end of line {line}?"
            ));
        }
        begins += line.len();
    }
    None
}

fn is_beginning(line: &str) -> bool {
    let word = line
        .trim_start()
        .split(|c: char| !c.is_alphanumeric())
        .next();
    word.is_some_and(|word| VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(word)))
}

/// The last line of a text that says something, and where it begins; none at the beginning of a
/// section.
fn last_line(text: &str) -> Option<(usize, &str)> {
    let mut end = text.len();
    for line in text.split_inclusive('\n').rev() {
        end -= line.len();
        let line = line.trim();
        if line.starts_with("-- migrate:") {
            return None;
        }
        if !line.is_empty() && !line.starts_with("--") {
            return Some((end, line));
        }
    }
    None
}

/// Whether a statement is at its end here, or not yet.
fn may_go_on(line: &str) -> bool {
    let line = line.split(" --").next().unwrap_or(line).trim_end();
    let word = line.rsplit(|c: char| !c.is_alphanumeric()).next();
    line.ends_with([';', ',', '(', '$'])
        || line.ends_with("*/")
        || word.is_some_and(|word| LEADS.iter().any(|lead| lead.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::unended;
    use crate::text::{Place, Source, Span};

    /// The question about a text of which an engine stopped at `|`, or that is all at fault.
    #[track_caller]
    fn check(marked: &str, line: Option<usize>) {
        let at = marked.find('|');
        let source = Source::new("x.sql", marked.replace('|', ""));
        let span = match at {
            Some(at) => Span::new(at, at + 1),
            None => Span::new(0, source.text().len()),
        };
        let found = unended(&Place::new(&source, span));
        let wanted = line.map(|line| format!("at the end of line {line}?"));
        match (found, wanted) {
            (Some(found), Some(wanted)) => assert!(found.ends_with(&wanted), "{found}"),
            (found, wanted) => assert_eq!(found, wanted, "{marked}"),
        }
    }

    #[test]
    fn a_line_that_begins_a_statement_lacks_an_end_before_it() {
        check(
            "CREATE TABLE a (id INTEGER)\n\n-- b\n|CREATE TABLE b (id INTEGER)",
            Some(1),
        );
        check(
            "CREATE VIEW v AS\nSELECT 1\nCREATE TABLE b (id INTEGER)",
            Some(2),
        );
        check(
            "create table a (id integer)\n  insert into a values (1)",
            Some(1),
        );
        check(
            "CREATE TABLE a (\n    id INTEGER\n)\n|ALTER TABLE a ADD b INTEGER",
            Some(3),
        );
    }

    #[test]
    fn what_may_go_on_lacks_nothing() {
        check(
            "CREATE TABLE a (id INTEGR);\n|CREATE TABLE b (id x y)",
            None,
        );
        check(
            "CREATE RULE r AS ON INSERT TO a DO\nINSERT INTO b VALUES (1)",
            None,
        );
        check("CREATE TRIGGER t AFTER\nINSERT ON a", None);
        check("SELECT 1\n-- migrate: upgrade\n|CREATE TABLE b", None);
        check("SELECT |CREATE", None);
        check("|CREATE TABLE b", None);
    }
}
