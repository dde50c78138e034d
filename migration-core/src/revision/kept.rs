//! A revision as the ledger keeps it, so that it can be read when its file is gone.
//!
//! The downgrade SQL has a column of its own there; what is kept here ends with the line that opens
//! its section, when there is one.

use std::fmt::Write as _;

use super::section::{self, DOWNGRADE, UPGRADE};
use super::{Revision, RevisionError, RevisionFile, Script, header};
use crate::text::Source;

/// An upgrade section longer than this is data: it is not kept, so that no server refuses the
/// message.
const LONGEST: usize = 1 << 20;

/// Writes a revision down without its downgrade SQL.
pub fn keep(revision: &Revision, script: &Script) -> String {
    let mut text = String::new();
    for line in revision.header.text().lines() {
        text.push_str(format!("-- {line}").trim_end());
        text.push('\n');
    }
    let upgrade = script.source.slice(script.upgrade).trim();
    let upgrade = if upgrade.len() > LONGEST {
        &format!("-- {} bytes that are not kept", upgrade.len())
    } else {
        upgrade
    };
    let _ = write!(text, "\n-- migrate: {UPGRADE}\n\n{upgrade}\n");
    if script.downgrade.is_some() {
        let _ = write!(text, "\n-- migrate: {DOWNGRADE}\n");
    }
    text
}

/// Makes a revision of what was kept and its downgrade SQL; `name` stands in for a path.
///
/// # Errors
///
/// A text that is no revision.
pub fn read_kept(name: &str, kept: &str, downgrade_sql: &str) -> Result<Revision, RevisionError> {
    let source = Source::new(name, format!("{kept}\n{downgrade_sql}\n"));
    section::split(&source)?;
    Ok(Revision {
        header: header::parse(&source)?,
        file: RevisionFile::Kept(source),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{LONGEST, keep, read_kept};
    use crate::revision::{Revision, RevisionFile, Script, header, read_script, section};
    use crate::text::Source;

    fn read(text: &str) -> (Revision, Script) {
        let source = Source::new("a.sql", text);
        let revision = Revision {
            header: header::parse(&source).unwrap(),
            file: RevisionFile::Kept(Arc::clone(&source)),
        };
        (revision, section::split(&source).unwrap())
    }

    /// What is kept of a text, read again.
    fn again(text: &str) -> (Revision, Script) {
        let (revision, script) = read(text);
        let down = script
            .downgrade
            .map_or("", |span| script.source.slice(span));
        let kept = read_kept("kept", &keep(&revision, &script), down.trim()).unwrap();
        let script = read_script(&kept).unwrap();
        (kept, script)
    }

    #[track_caller]
    fn check(text: &str) {
        let ((before, one), (after, other)) = (read(text), again(text));
        assert_eq!(before.header, after.header);
        let slice = |script: &Script, span| script.source.slice(span).trim().to_owned();
        assert_eq!(slice(&one, one.upgrade), slice(&other, other.upgrade));
        let down = |script: &Script| script.downgrade.map(|span| slice(script, span));
        assert_eq!(down(&one), down(&other));
    }

    #[test]
    fn what_is_kept_reads_as_the_file_did() {
        check(
            "-- a\n--\n-- Revision ID: a\n-- Revises: b, c\n-- Depends On: d\n\n-- migrate: upgrade\nA;\n",
        );
        check(
            "-- a\n--   - text: x\n-- Revision ID: a\n-- migrate: upgrade\n-- migrate: downgrade\n",
        );
        check(
            "-- Revision ID: a\n-- Branch Labels: l\n-- migrate: downgrade\nD -- why\n-- migrate: upgrade\nU -- so",
        );
        check(
            "-- a\r\n-- Revision ID: a\r\n-- migrate: upgrade\r\nA;\r\n-- migrate: downgrade\r\nB;\r\n",
        );
    }

    #[test]
    fn data_is_not_kept_but_its_place_in_the_graph_and_its_downgrade_are() {
        let data = "x".repeat(LONGEST + 1);
        let text = format!(
            "-- Revision ID: a\n-- Revises: b\n-- migrate: upgrade\n{data}\n-- migrate: downgrade\nD;"
        );
        let (kept, script) = again(&text);
        assert_eq!(kept.header.revises, read(&text).0.header.revises);
        assert!(script.source.text().len() < 200);
        assert_eq!(script.source.slice(script.downgrade.unwrap()).trim(), "D;");
    }
}
