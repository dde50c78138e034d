//! Golden cases: two models, and the revision that makes one of the other.
//!
//! `tests/cases/diff/<case>/from.sql` and `to.sql` are models; `expected.sql` is the revision, up
//! and down. `UPDATE_CASES=1` writes it anew. The first line `-- engines: a, b: why` says for which
//! engines the models are; without it they are for all (`diff_engines` runs them there). Every case is also turned round, applied to
//! the model of `from.sql`, and taken back.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read and write cases"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use migration_core::dialect::Dialect;
use migration_core::diff::{Answer, Candidate, DiffOptions, Difference, diff};
use migration_core::operation::{Operation, apply};
use migration_core::render::{self, RenderOptions};
use migration_core::schema::{Dependent, DependentKind, Ident, ObjectName, Schema};
use migration_core::sql::{self, Fold, ParseOptions};
use migration_core::text::{Source, Span};

pub(crate) const PREFIX: &str = "p_";

#[test]
fn every_case_is_written_as_expected() {
    let mut differences = String::new();
    for case in cases() {
        let path = case.join("expected.sql");
        let actual = revision(&case);
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&path, &actual).expect("the case is writable");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if expected != actual {
            let difference = similar::TextDiff::from_lines(&expected, &actual);
            let shown = difference
                .unified_diff()
                .header("expected", "actual")
                .to_string();
            let _ = writeln!(differences, "{}\n{shown}", path.display());
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn nothing_differs_from_itself() {
    for case in cases() {
        for file in ["from.sql", "to.sql"] {
            let model = Model::read(&case, file);
            let again = diff(&model.schema, &model.schema, &model.options);
            assert_eq!(again, Difference::default(), "{}", case.display());
        }
    }
}

#[test]
fn every_revision_is_read_as_it_was_meant() {
    for case in cases() {
        let (from, to) = models(&case);
        let difference = diff(&from.schema, &to.schema, &to.options);
        let up = difference.changes.iter().flat_map(|change| &change.up);
        for operation in up {
            let text = render::operation(operation, &render_options());
            let read = operations(&text, to.engine);
            let again: Vec<_> = read
                .iter()
                .map(|it| render::operation(it, &render_options()))
                .collect();
            let is_same = again
                .join(";\n")
                .starts_with(text.split('\n').next().unwrap_or_default());
            assert!(
                is_same || again.len() > 1,
                "{}\n{text}\n{again:?}",
                case.display()
            );
        }
    }
}

pub(crate) fn cases() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/diff");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(directory)
        .expect("the cases are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(cases.len() >= 10, "only {} cases", cases.len());
    cases
}

fn models(case: &Path) -> (Model, Model) {
    (Model::read(case, "from.sql"), Model::read(case, "to.sql"))
}

fn revision(case: &Path) -> String {
    let (from, to) = models(case);
    let difference = diff(&from.schema, &to.schema, &to.options);
    let mut text = String::new();
    for doubt in &difference.doubts {
        let _ = match doubt {
            Candidate::Table { from, to } => writeln!(text, "-- is `{from}` now `{to}`?"),
            Candidate::Column { table, from, to } => {
                writeln!(text, "-- is `{table}.{from}` now `{table}.{to}`?")
            }
        };
    }
    for kept in &difference.kept {
        let _ = writeln!(text, "-- {kept}, which no statement changes");
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let changes = &difference.changes;
    let up: Vec<_> = changes.iter().flat_map(|it| it.up.clone()).collect();
    let back = changes.iter().rev();
    let down: Vec<_> = back.flat_map(|it| it.down.clone()).collect();
    let section = |operations: &[Operation]| render::section(operations, &render_options());
    let _ = write!(
        text,
        "-- migrate: upgrade\n\n{}\n-- migrate: downgrade\n\n{}",
        section(&up),
        section(&down)
    );
    text
}

fn render_options() -> RenderOptions<'static> {
    RenderOptions {
        prefix: PREFIX,
        backslash_escapes: false,
        marked: None,
    }
}

/// What a models file says, as far as text tells without an engine.
struct Model {
    schema: Schema,
    options: DiffOptions,
    engine: Engine,
}

/// Whose models they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Engine {
    /// PostgreSQL's, or anybody's.
    Strict,
    Sqlite,
    Mysql,
}

impl Model {
    fn read(case: &Path, file: &str) -> Self {
        let path = case.join(file);
        let text = text(case, file);
        let engine = engine(&text);
        let mut schema = Schema::default();
        for operation in operations(&text, engine) {
            if let Operation::Raw { sql } = &operation {
                let dependent = dependent(sql, engine);
                schema.dependents.extend(dependent);
            }
            apply(&operation, &mut schema)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        let options = DiffOptions {
            answers: answers(&text, engine),
            renames_constraints: engine == Engine::Strict,
            drops_triggers_by_table: engine == Engine::Strict,
            converts_by_cast: engine == Engine::Strict,
            keys_need_indexes: engine == Engine::Mysql,
            keeps_table_options: engine == Engine::Sqlite,
            ..DiffOptions::default()
        };
        Self {
            schema,
            options,
            engine,
        }
    }
}

/// For which engines the models of a case are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Engines {
    pub(crate) named: Vec<Dialect>,
    /// Why they are not for all.
    pub(crate) reason: String,
}

/// Reads `-- engines: a, b: why` in the first line.
pub(crate) fn engines(text: &str) -> Engines {
    let first = text.lines().next().unwrap_or_default();
    let Some(said) = first.strip_prefix("-- engines: ") else {
        return Engines {
            named: Dialect::ALL.to_vec(),
            reason: String::new(),
        };
    };
    let (names, reason) = said.split_once(": ").unwrap_or((said, ""));
    let read = |it: &str| Dialect::parse(it).unwrap_or_else(|| panic!("no engine `{it}`"));
    Engines {
        named: names.split(", ").map(read).collect(),
        reason: reason.to_owned(),
    }
}

fn engine(text: &str) -> Engine {
    match engines(text).named.as_slice() {
        [Dialect::Sqlite] => Engine::Sqlite,
        [Dialect::Mysql] => Engine::Mysql,
        _ => Engine::Strict,
    }
}

/// A file of a case.
pub(crate) fn text(case: &Path, file: &str) -> String {
    std::fs::read_to_string(case.join(file)).expect("a case has two models")
}

fn parse_options(engine: Engine) -> ParseOptions {
    ParseOptions {
        prefix: PREFIX.to_owned(),
        fold: if engine == Engine::Strict {
            Fold::Lower
        } else {
            Fold::Keep
        },
        backslash_escapes: engine == Engine::Mysql,
    }
}

fn source(text: &str) -> (Arc<Source>, Span) {
    let source = Source::new("models.sql", text);
    (source, Span::new(0, text.len()))
}

fn operations(text: &str, engine: Engine) -> Vec<Operation> {
    let (source, span) = source(text);
    let script = sql::parse(&source, span, &parse_options(engine)).expect("models that are read");
    let statements = script.statements.into_iter();
    statements.flat_map(|it| it.operations).collect()
}

/// What the comments of a models file say was renamed, and what they say was not.
fn answers(text: &str, engine: Engine) -> Vec<Answer> {
    let (source, span) = source(text);
    let renamed = sql::renamed(&source, span, &parse_options(engine)).expect("comments");
    let renamed = renamed.into_iter().map(|it| Answer {
        candidate: match it.column {
            Some(to) => Candidate::Column {
                table: it.table,
                from: it.from,
                to,
            },
            None => Candidate::Table {
                from: it.table.sibling(it.from),
                to: it.table.name,
            },
        },
        is_rename: true,
    });
    renamed.chain(denials(text)).collect()
}

/// `-- no rename: t.a b` and `-- no rename: t u`.
pub(crate) fn denials(text: &str) -> impl Iterator<Item = Answer> {
    let said = text
        .lines()
        .filter_map(|it| it.strip_prefix("-- no rename: "));
    said.filter_map(|it| {
        let (from, to) = it.split_once(' ')?;
        let candidate = match from.split_once('.') {
            Some((table, from)) => Candidate::Column {
                table: ObjectName::new(table),
                from: Ident::new(from),
                to: Ident::new(to),
            },
            None => Candidate::Table {
                from: ObjectName::new(from),
                to: Ident::new(to),
            },
        };
        Some(Answer {
            candidate,
            is_rename: false,
        })
    })
}

/// What a reader of a live database makes of such a statement.
fn dependent(sql: &str, engine: Engine) -> Option<Dependent> {
    let words: Vec<&str> = sql
        .split(|it: char| it.is_whitespace() || it == '(')
        .filter(|it| !it.is_empty() && !["OR", "REPLACE"].contains(it))
        .collect();
    let after = |word: &str| {
        let at = words.iter().position(|it| it.eq_ignore_ascii_case(word))?;
        words.get(at + 1).map(|name| object(name))
    };
    let arguments = || {
        let inner = sql.split_once('(').and_then(|(_, it)| it.split_once(')'));
        let is_said = engine == Engine::Strict;
        inner
            .filter(|_| is_said)
            .map_or_else(String::new, |(it, _)| types(it))
    };
    let (kind, name) = match words.as_slice() {
        ["CREATE", "TRIGGER", name, ..] => {
            let table = after("ON")?;
            (DependentKind::Trigger { table }, object(name))
        }
        ["CREATE", "POLICY", name, ..] => {
            let table = after("ON")?;
            (DependentKind::Policy { table }, object(name))
        }
        ["CREATE", "FUNCTION", name, ..] => {
            let arguments = arguments();
            (DependentKind::Function { arguments }, object(name))
        }
        ["CREATE", "PROCEDURE", name, ..] => {
            let arguments = arguments();
            (DependentKind::Procedure { arguments }, object(name))
        }
        ["CREATE", "MATERIALIZED", "VIEW", name, ..] => {
            (DependentKind::MaterializedView, object(name))
        }
        ["ALTER", "TABLE", table, "ADD", "CONSTRAINT", name, ..] => {
            let table = object(table);
            (DependentKind::Constraint { table }, object(name))
        }
        ["ALTER", "TABLE", name, verb, "ROW", "LEVEL", ..] => {
            let forced = *verb == "FORCE";
            (DependentKind::RowSecurity { forced }, object(name))
        }
        _ => return None,
    };
    Some(Dependent {
        kind,
        name,
        sql: sql.to_owned(),
    })
}

fn object(name: &str) -> ObjectName {
    let part = |it: &str| Ident::new(it.trim_matches(['"', ',', ';']));
    match name.split_once('.') {
        Some((schema, name)) => ObjectName {
            schema: Some(part(schema)),
            name: part(name),
        },
        None => ObjectName {
            schema: None,
            name: part(name),
        },
    }
}

/// The types of arguments written as `a int, b text`.
fn types(arguments: &str) -> String {
    let arguments = arguments
        .split(',')
        .filter_map(|it| it.split_whitespace().last());
    arguments.collect::<Vec<_>>().join(", ")
}
