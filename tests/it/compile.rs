//! Golden cases: one revision, what each engine is told, and what each real engine makes of it.
//!
//! `tests/cases/compile/<case>/revision.sql` stands on `base.sql`. Beside it stands what it
//! compiles to for each engine, up and down; `UPDATE_CASES=1` writes those files anew. Every case is
//! also run up, down and up again, with rows in place: down must give back the tables that were
//! there before, and no row may be lost.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read and write cases"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_core::graph::RevisionGraph;
use migration_core::introspect;
use migration_core::operation::Operation;
use migration_core::plan::{self, Plan};
use migration_core::program::{self, Keep, Linker, Program, ProgramError, Work};
use migration_core::revision::RevisionId;
use migration_core::schema::Schema;
use migration_tests::databases;
use migration_tests::history::{self, linker};

const BASE: &str = "ba5e00000000";
const PREFIX: &str = "p_";

#[test]
fn every_engine_is_told_what_the_case_says() {
    let mut differences = String::new();
    for case in cases() {
        for dialect in Dialect::ALL {
            let path = case.join(format!("{dialect}.sql"));
            let actual = compiled(&case, dialect);
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
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn every_case_runs_up_and_down_and_loses_nothing_on_sqlite() {
    run_all(Dialect::Sqlite);
}

#[test]
fn every_case_runs_up_and_down_and_loses_nothing_on_postgresql() {
    run_all(Dialect::Postgres);
}

#[test]
fn every_case_runs_up_and_down_and_loses_nothing_on_mysql() {
    run_all(Dialect::Mysql);
}

fn run_all(dialect: Dialect) {
    let mut wrong = Vec::new();
    for case in cases() {
        let read = Case::read(&case);
        let graph = &read.graph;
        if compile(graph, dialect, Direction::Up).is_err() {
            continue;
        }
        let Some(database) = databases::fresh(dialect) else {
            return;
        };
        let mut connection = database.open();
        let name = case.file_name().unwrap_or_default().display();
        if let Err(error) = round_trip(&case, graph, dialect, connection.as_mut()) {
            wrong.push(format!("{name} on {dialect}: {error}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

fn cases() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/compile");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(directory)
        .expect("the cases are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    cases
}

/// The two revisions of a case, alone in a directory of their own.
struct Case {
    graph: RevisionGraph,
    _directory: tempfile::TempDir,
}

impl Case {
    fn read(case: &Path) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let base = case.with_file_name("base.sql");
        for (from, to) in [
            (base, "base.sql"),
            (case.join("revision.sql"), "revision.sql"),
        ] {
            std::fs::copy(&from, directory.path().join(to)).expect("the case is readable");
        }
        Self {
            graph: history::read(directory.path()),
            _directory: directory,
        }
    }
}

fn compile(
    graph: &RevisionGraph,
    dialect: Dialect,
    direction: Direction,
) -> Result<Program, ProgramError> {
    let base = [RevisionId::new(BASE)];
    let plan = match direction {
        Direction::Up => plan::upgrade(graph, &base, &["head"]),
        Direction::Down => plan::downgrade(graph, &graph.real_heads(), &[BASE]),
    };
    let linker = linker(graph, dialect, PREFIX);
    let plan = plan.expect("a plan of one step");
    let keeping = Linker {
        keep: Keep::Operations,
        ..linker.clone()
    };
    let program = program::link(&linker, plan.clone())?;
    let kept = program::link(&keeping, plan)?;
    assert_eq!(meant(&program), meant(&kept), "what is read again");
    program::lower_offline(&linker, program)
}

/// The operations of each action.
fn meant(program: &Program) -> Vec<Vec<Operation>> {
    let actions = program.steps.iter().flat_map(|step| &step.actions);
    actions.map(|it| it.operations().into_owned()).collect()
}

/// The statements of both directions, or why there are none.
fn compiled(case: &Path, dialect: Dialect) -> String {
    let read = Case::read(case);
    let graph = &read.graph;
    let mut text = String::new();
    for (name, direction) in [("upgrade", Direction::Up), ("downgrade", Direction::Down)] {
        let _ = writeln!(text, "-- {name}");
        match compile(graph, dialect, direction) {
            Ok(program) => text += &statements(&program),
            Err(error) => {
                let _ = writeln!(text, "-- error: {error}");
                let mut cause = std::error::Error::source(&error);
                while let Some(source) = cause {
                    let _ = writeln!(text, "-- caused by: {source}");
                    cause = source.source();
                }
                let hint = migration_core::diagnostic::Advice::hint(&error).unwrap_or_default();
                let _ = writeln!(text, "-- hint: {hint}");
            }
        }
    }
    text
}

fn statements(program: &Program) -> String {
    let mut text = String::new();
    for action in program.steps.iter().flat_map(|step| &step.actions) {
        let Work::Statements(statements) = &action.work else {
            panic!("{} is not lowered", action.description())
        };
        for statement in statements {
            let outside = if statement.transactional {
                ""
            } else {
                " -- outside a transaction"
            };
            let _ = writeln!(text, "{};{outside}", statement.sql);
        }
    }
    text
}

fn run(
    graph: &RevisionGraph,
    dialect: Dialect,
    plan: &Plan,
    connection: &mut dyn Connection,
) -> Result<(), String> {
    history::run(&linker(graph, dialect, PREFIX), plan, connection)
}

fn round_trip(
    case: &Path,
    graph: &RevisionGraph,
    dialect: Dialect,
    connection: &mut dyn Connection,
) -> Result<(), String> {
    let up = |from: &[RevisionId]| plan::upgrade(graph, from, &["head"]).expect("a plan");
    let base = [RevisionId::new(BASE)];
    let first = plan::upgrade(graph, &[], &[BASE]).expect("a plan");
    run(graph, dialect, &first, connection)?;
    let (schema, rows) = (sorted(schema(connection)), rows(connection));
    run(graph, dialect, &up(&base), connection)?;
    let down = plan::downgrade(graph, &graph.real_heads(), &[BASE]).expect("a plan");
    run(graph, dialect, &down, connection)?;
    if !case.ends_with("drop-table") && self::rows(connection) != rows {
        return Err("rows are lost".to_owned());
    }
    let after = sorted(self::schema(connection));
    if after != schema {
        let difference = similar::TextDiff::from_lines(&schema, &after);
        return Err(format!(
            "down does not give back\n{}",
            difference.unified_diff()
        ));
    }
    run(graph, dialect, &up(&base), connection)
}

fn schema(connection: &mut dyn Connection) -> Schema {
    let mut all = Schema::default();
    for table in introspect::tables(connection).expect("a catalog") {
        let live = introspect::table(connection, &table).expect("a table that is understood");
        all.tables.extend(live.schema.tables);
        all.indexes.extend(live.schema.indexes);
    }
    all
}

/// Order of columns, constraints and indexes is what a change at the end may change.
fn sorted(mut schema: Schema) -> String {
    schema.tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in &mut schema.tables {
        table.columns.sort_by(|a, b| a.name.cmp(&b.name));
        table
            .constraints
            .sort_by_key(|constraint| format!("{constraint:?}"));
        // MySQL counts on from the highest number; it is no part of what the table is.
        table
            .options
            .retain(|option| option.keyword != "AUTO_INCREMENT");
    }
    // MySQL keeps the index that it made for a foreign key.
    schema.indexes.retain(|index| {
        let name = index.name.as_ref();
        !name.is_some_and(|name| name.as_str().ends_with("_fkey"))
    });
    schema.indexes.sort_by_key(|index| format!("{index:?}"));
    // SQLite writes names in quotes into the expressions it changes.
    format!("{schema:#?}").replace("\\\"", "")
}

fn rows(connection: &mut dyn Connection) -> Vec<String> {
    let mut rows = Vec::new();
    for sql in [
        "SELECT id, name, email FROM p_author ORDER BY id",
        "SELECT id, author_id FROM p_book ORDER BY id",
        "SELECT id, name FROM file ORDER BY id",
    ] {
        for row in connection.query(sql, &[]).expect("rows") {
            rows.push(format!("{row:?}"));
        }
    }
    rows
}
