//! Laws of the revision stage: headers, sections, directories, new files.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests make the files that are read"
)]

mod damage;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::template::{Kind, Value, fill};
use super::*;
use crate::diagnostic::Advice;
use crate::text::Source;

const COMPLETE: &str = "\
-- files know their submitter
--
-- A second paragraph: with a colon.
--
-- Revision ID: 17cafa6e8016
-- Revises: f75b4068af0a, 0123
-- Create Date: 2017-07-07 08:28:33.876751+00:00
-- Branch Labels: shop, web
-- Depends On: abc

-- migrate: upgrade
up;
-- migrate: downgrade
down;
";

fn parse(text: &str) -> Result<Header, RevisionError> {
    header::parse(&Source::new("a.sql", text))
}

fn sections(text: &str) -> Result<(String, Option<String>), RevisionError> {
    let script = split(&Source::new("a.sql", text))?;
    let slice = |span| script.source.slice(span).to_owned();
    Ok((slice(script.upgrade), script.downgrade.map(slice)))
}

/// The error's kind and place of a header or a script.
#[track_caller]
fn check_error(text: &str, expected: &str) {
    let error = parse(text)
        .map(drop)
        .and_then(|()| sections(text).map(drop))
        .expect_err("the text is at fault");
    let place = error.place().map(ToString::to_string).unwrap_or_default();
    assert_eq!(format!("{place} {}", error.kind()), expected, "{error}");
}

fn date() -> jiff::Zoned {
    "2024-02-03T04:05:06.789+00:00[UTC]"
        .parse()
        .expect("a date")
}

fn new_revision<'a>(
    id: &'a RevisionId,
    message: &'a str,
    date: &'a jiff::Zoned,
) -> NewRevision<'a> {
    NewRevision {
        id,
        revises: &[],
        depends_on: &[],
        branch_labels: &[],
        message,
        create_date: date,
    }
}

#[test]
fn a_complete_header_is_read() {
    let header = parse(COMPLETE).unwrap();
    assert_eq!(header.id.as_str(), "17cafa6e8016");
    assert_eq!(header.revises, ["f75b4068af0a".into(), "0123".into()]);
    assert_eq!(header.message, "files know their submitter");
    assert_eq!(header.branch_labels, ["shop", "web"]);
    assert_eq!(header.depends_on, ["abc"]);
    assert_eq!(
        header.create_date.as_deref(),
        Some("2017-07-07 08:28:33.876751+00:00")
    );
    assert!(
        header
            .text()
            .contains("A second paragraph: with a colon.\n")
    );
}

#[test]
fn line_ends_and_mark_do_not_matter() {
    let text = COMPLETE.replace('\n', "\r\n");
    assert_eq!(parse(&text).unwrap(), parse(COMPLETE).unwrap());
    assert_eq!(
        sections(&text).unwrap(),
        ("up;\r\n".to_owned(), Some("down;\r\n".to_owned()))
    );
}

#[test]
fn a_base_has_an_empty_or_no_revises() {
    for text in ["-- Revision ID: a\n-- Revises:\n", "--revision id:a"] {
        let header = parse(text).unwrap();
        assert_eq!((header.id.as_str(), header.revises.len()), ("a", 0));
        assert_eq!(header.message, "");
    }
}

#[test]
fn block_comments_may_stand_in_a_header() {
    let text = "/* licence:\n Revision ID: no */\n-- m\n-- Revision ID: a\n/* x */\n";
    assert_eq!(parse(text).unwrap().id.as_str(), "a");
}

#[test]
fn faults_of_headers_have_kind_and_place() {
    check_error("-- message\n", "a.sql:1:1 missing-revision-id");
    check_error("", "a.sql:1:1 missing-revision-id");
    check_error("-- m\n-- Revision ID:\n", "a.sql:2:1 empty-header-value");
    check_error("-- Revision ID: a,b", "a.sql:1:1 several-header-values");
    check_error(
        "-- Revision ID: a\n-- Revises: b,,c",
        "a.sql:2:1 empty-header-value",
    );
    check_error(
        "-- Revision ID: a\n-- Revises: b, b",
        "a.sql:2:1 repeated-header-value",
    );
    check_error(
        "-- Revision ID: a\n  -- Revision ID: b",
        "a.sql:2:3 duplicate-header-field",
    );
    check_error("-- m\n-- Revison ID: a", "a.sql:2:1 unknown-header-field");
    check_error(
        "-- m\n-- Revision ID: a\n-- Revisse: b",
        "a.sql:3:1 unknown-header-field",
    );
    check_error("-- Revision: a", "a.sql:1:1 unknown-header-field");
    check_error(
        "-- Revision ID: a\nSELECT 1;\n-- migrate: upgrade",
        "a.sql:2:1 text-before-section",
    );
    check_error(
        "-- Revision ID: a\n/* x */ SELECT 1;\n",
        "a.sql:2:9 text-before-section",
    );
    check_error(
        "-- Revision ID: a\n-- migrate: upgarde\n",
        "a.sql:2:1 directive-before-section",
    );
}

#[test]
fn faults_of_sections_have_kind_and_place() {
    let head = "-- Revision ID: a\n";
    for (body, expected) in [
        ("", "a.sql:1:18 no-upgrade-section"),
        (
            "-- migrate: downgrade\nx;\n",
            "a.sql:3:3 no-upgrade-section",
        ),
        (
            "-- migrate: upgrade\n-- migrate: upgrade\n",
            "a.sql:3:1 duplicate-section",
        ),
        (
            "-- migrate: upgrade\n--migrate: downgrade\n",
            "a.sql:3:1 malformed-section",
        ),
        ("-- migrate: upgrade now\n", "a.sql:2:1 malformed-section"),
        (
            "-- migrate: upgrade\n  -- Migrate : Downgrade",
            "a.sql:3:3 malformed-section",
        ),
        (
            "-- migrate: upgrade\nx;\n-- migrate: downgrad\n",
            "a.sql:4:13 unknown-directive",
        ),
        (
            "-- migrate: upgrade\n--migrate :  Dwongrade now\n",
            "a.sql:3:14 unknown-directive",
        ),
    ] {
        check_error(&format!("{head}{body}"), expected);
    }
}

#[test]
fn a_section_line_opens_a_section_wherever_it_stands() {
    let text = "-- migrate: upgrade\nSELECT 'open\n  -- migrate: downgrade  \n';";
    assert_eq!(
        sections(text).unwrap(),
        ("SELECT 'open\n".to_owned(), Some("';".to_owned()))
    );
    let reversed = "-- migrate: downgrade\nd;\n-- migrate: upgrade\nu;";
    assert_eq!(
        sections(reversed).unwrap(),
        ("u;".to_owned(), Some("d;\n".to_owned()))
    );
    let other = "-- migrate: upgrade\n-- migrate: only mysql\nu;";
    assert_eq!(sections(other).unwrap().1, None);
}

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, id) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(
            path,
            format!("-- m\n-- Revision ID: {id}\n-- migrate: upgrade\n"),
        )
        .unwrap();
    }
    directory
}

fn ids(directories: &[PathBuf]) -> Vec<String> {
    let revisions = read_directories(directories).unwrap();
    revisions
        .iter()
        .map(|found| found.id().to_string())
        .collect()
}

#[test]
fn directories_are_read_in_order_below_and_without_what_is_no_revision() {
    let tree = tree(&[
        ("b.sql", "b"),
        ("a.sql", "a"),
        ("sub/deep/c.sql", "c"),
        (".hidden.sql", "x"),
        (".git/y.sql", "x"),
        ("#b.sql#", "x"),
        ("b.sql~", "x"),
        ("notes.txt", "x"),
    ]);
    assert_eq!(ids(&[tree.path().to_owned()]), ["a", "b", "c"]);
    assert_eq!(
        ids(&[tree.path().join("sub"), tree.path().to_owned()]),
        ["c", "a", "b"]
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_is_reached_twice_counts_once() {
    use std::os::unix::fs::symlink;
    let tree = tree(&[("one/a.sql", "a"), ("two/b.sql", "b")]);
    let (one, two) = (tree.path().join("one"), tree.path().join("two"));
    symlink(one.join("a.sql"), two.join("link.sql")).unwrap();
    symlink(&one, two.join("again")).unwrap();
    symlink(tree.path(), one.join("loop")).unwrap();
    assert_eq!(ids(&[one, two]), ["a", "b"]);
    let other = tempfile::tempdir().unwrap();
    symlink(tree.path().join("two/b.sql"), other.path().join("x.sql")).unwrap();
    assert_eq!(ids(&[other.path().to_owned()]), ["b"]);
}

#[test]
fn only_headers_are_read_from_directories() {
    let directory = tempfile::tempdir().unwrap();
    let padding = "-- long\n".repeat(1000);
    let mut bytes = format!("\u{feff}{padding}-- Revision ID: a\r\n-- migrate: upgrade\r\n");
    let path = directory.path().join("a.sql");
    fs::write(&path, [bytes.as_bytes(), b"\xff\xff"].concat()).unwrap();
    let revisions = read_directories(&[directory.path().to_owned()]).unwrap();
    assert_eq!(revisions[0].id().as_str(), "a");
    let error = read_script(&revisions[0]).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("`{}` is not UTF-8 in line 1003", path.display())
    );
    bytes.push_str("SELECT 1;\r\n");
    fs::write(&path, &bytes).unwrap();
    let script = read_script(&revisions[0]).unwrap();
    assert_eq!(script.source.slice(script.upgrade), "SELECT 1;\r\n");
    fs::write(&path, bytes.replace("ID: a", "ID: b")).unwrap();
    assert_eq!(
        read_script(&revisions[0]).unwrap_err().kind(),
        "revision-file-changed"
    );
}

#[test]
fn headers_are_to_be_had_without_texts() {
    let tree = tree(&[("a.sql", "a"), ("b.sql", "b")]);
    let directories = [tree.path().to_owned()];
    let with = read_directories(&directories).unwrap();
    let without = read_headers(&directories).unwrap();
    for (with, without) in with.iter().zip(&without) {
        assert_eq!(with.header, without.header);
        assert!(matches!(
            without.file,
            RevisionFile::Disk(DiskFile::Unread(_))
        ));
        assert_eq!(read_text(with).unwrap(), read_text(without).unwrap());
    }
    assert_eq!((with.len(), without.len()), (2, 2));
}

#[test]
fn a_missing_directory_is_named_with_a_hint() {
    let error = read_directories(&[PathBuf::from("nowhere/versions")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "versions directory `nowhere/versions` does not exist"
    );
    assert!(error.hint().unwrap().contains("script_location"));
}

#[test]
fn embedded_files_read_as_files_do() {
    const FILES: &[EmbeddedFile] = &[EmbeddedFile {
        path: "versions/a.sql",
        text: "\u{feff}-- m\n-- Revision ID: a\n-- migrate: upgrade\nx;\n",
        digest: None,
    }];
    let revisions = read_embedded(FILES).unwrap();
    let script = read_script(&revisions[0]).unwrap();
    assert_eq!(script.source.slice(script.upgrade), "x;\n");
    assert_eq!(script.source.name(), "versions/a.sql");
}

#[test]
fn slugs_are_those_of_alembic() {
    let id = RevisionId::new("a");
    let date = date();
    for (message, length, slug) in [
        (
            "files know their submitter",
            40,
            "files_know_their_submitter",
        ),
        ("files know their submitter", 12, "files_know_"),
        ("files know", 10, "files_know"),
        ("onelongword", 4, "onel_"),
        ("../../evil", 40, "evil"),
        ("Déjà vu, \u{212b}!", 40, "déjà_vu_å"),
        ("__init__ ok", 40, "__init___ok"),
        ("", 40, ""),
    ] {
        assert_eq!(new_revision(&id, message, &date).slug(length), slug);
    }
}

#[test]
fn file_names_follow_the_template() {
    let id = RevisionId::new("17ca");
    let date = date();
    let revision = new_revision(&id, "../../Add it", &date);
    let name = |template: &str| {
        revision
            .file_name(template, 40)
            .map(|name| name.display().to_string())
            .map_err(|error| error.kind())
    };
    let dated = "%(year)d/%(month).2d-%(day)02d_%(hour).2d%(minute).2d%(second)d_%(rev)s_%(slug)s";
    assert_eq!(name("%(rev)s_%(slug)s").unwrap(), "17ca_add_it.sql");
    assert_eq!(name(dated).unwrap(), "2024/02-03_04056_17ca_add_it.sql");
    assert_eq!(name("%(epoch)s%%").unwrap(), "1706933106%.sql");
    assert_eq!(name("../%(slug)s"), Err("outside-versions-directory"));
    assert_eq!(name("/%(slug)s"), Err("outside-versions-directory"));
    assert_eq!(name(".%(slug)s"), Err("ignored-file-name"));
    assert_eq!(name("%(slug)d"), Err("malformed-template"));
    assert_eq!(name("100%"), Err("malformed-template"));
    assert_eq!(name("%(slgu)s"), Err("unknown-template-name"));
}

#[test]
fn formats_are_those_of_python() {
    let kind = Kind {
        title: "x",
        names: &["n", "s"],
        strict: true,
    };
    for (template, expected) in [
        (
            "%(n)5d|%(n)-5d|%(n)05d|%(n).3d|%(n)s",
            "   42|42   |00042|042|42",
        ),
        ("%(s)6s|%(s)-6s|%(s).2s", "   abc|abc   |ab"),
    ] {
        let value = |name: &str| match name {
            "n" => Some(Value::Number(42)),
            "s" => Some(Value::Text("abc".to_owned())),
            _ => None,
        };
        assert_eq!(fill(&kind, template, value).unwrap(), expected);
    }
}

#[test]
fn a_users_template_is_filled_and_checked() {
    let id = RevisionId::new("a1");
    let date = date();
    let revision = new_revision(&id, "m", &date);
    let text = revision
        .render(
            Some(
                "%(header)s-- %(rev)s\n-- migrate: upgrade\nSELECT '100%' LIKE '%%x';\n%(upgrade)s",
            ),
            "CREATE;",
            "",
        )
        .unwrap();
    assert!(text.ends_with("-- a1\n-- migrate: upgrade\nSELECT '100%' LIKE '%%x';\nCREATE;\n"));
    let kind = |template| revision.render(Some(template), "", "").unwrap_err().kind();
    assert_eq!(kind("-- %(message)s\n"), "missing-revision-id");
    assert_eq!(kind("-- Revision ID: other\n"), "template-loses-header");
    assert_eq!(kind("%(headr)s"), "unknown-template-name");
}

#[test]
fn new_files_are_written_once_and_stay_inside() {
    let directory = tempfile::tempdir().unwrap();
    let path = write_new(directory.path(), Path::new("2024/a.sql"), "text").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "text");
    for (name, kind) in [
        ("2024/a.sql", "file-exists"),
        ("../a.sql", "outside-versions-directory"),
        (".a.sql", "ignored-file-name"),
    ] {
        let error = write_new(directory.path(), Path::new(name), "other").unwrap_err();
        assert_eq!(error.kind(), kind);
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "text");
    assert_eq!(
        fs::read_dir(directory.path().join("2024")).unwrap().count(),
        1
    );
}

#[test]
fn new_ids_fit_the_version_table_and_the_grammar() {
    for id in ["17cafa6e8016", "v1.2_3", &"x".repeat(32)] {
        assert_eq!(RevisionId::parse_new(id).unwrap().as_str(), id);
    }
    for id in [
        "",
        "a-b",
        "a@b",
        "a+b",
        "a:b",
        "a b",
        "a,b",
        "../x",
        "head",
        "a\n",
        &"x".repeat(33),
    ] {
        assert_eq!(
            RevisionId::parse_new(id).unwrap_err().kind(),
            "unfit-revision-id"
        );
    }
}

#[test]
fn time_zones_are_found_by_name_also_in_lower_case() {
    assert_eq!(time_zone(Some("utc")).unwrap().iana_name(), Some("UTC"));
    assert_eq!(
        time_zone(Some("Nowhere/City")).unwrap_err().to_string(),
        "unknown time zone `Nowhere/City`"
    );
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("a.sql"), bytes).unwrap();
        let _ = read_directories(&[directory.path().to_owned()]);
    }

    #[test]
    fn no_text_makes_the_parsers_panic(
        lines in proptest::collection::vec("(-- ?)?(migrate ?: ?|Revision ID:|Revises:|/\\*|\\*/)?\\PC{0,12}", 0..8)
    ) {
        let text = lines.join("\n");
        let _ = parse(&text);
        let _ = sections(&text);
    }

    #[test]
    fn every_message_gives_a_file_that_reads_back(message in "(Revises|migrate|/\\*|--)?[ :]{0,2}(\\PC|\n){0,60}") {
        let id = RevisionId::new("a1");
        let date = date();
        let revision = new_revision(&id, &message, &date);
        let text = revision.render(None, "", "").unwrap();
        prop_assert_eq!(parse(&text).unwrap().id, id.clone());
        prop_assert!(sections(&text).unwrap().1.is_some());
        let name = revision.file_name("%(rev)s_%(slug)s", 40).unwrap();
        prop_assert_eq!(name.components().count(), 1);
    }
}
