//! One round: a database, a revision, what came out of it and what should have.

use std::path::{Path, PathBuf};

use migration_core::database::{self, Address, OpenOptions};
use migration_core::execute::Transaction;
use migration_tests::history::History;
use rusqlite::Connection;
use tempfile::TempDir;

use super::change::Change;
use super::effect::{self, Refusal};
use super::model::{Db, Row, Value};
use super::write::{self, Spelling};
use super::{compare, make, revise, values};
use migration_tests::random::Random;

/// How a round ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The revision did what the oracle says.
    Changed,
    /// It was refused, as the oracle says, and nothing was changed.
    Refused,
}

/// A round that went wrong.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) case: Case,
    pub(super) what: String,
}

/// A database and the changes made to it.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) db: Db,
    pub(super) changes: Vec<Change>,
    /// For everything chosen on the way: spellings, probes.
    pub(super) seed: u64,
    pub(super) is_plain: bool,
}

/// Where databases are made, again and again.
pub(super) struct Bench {
    directory: TempDir,
}

impl Bench {
    /// In memory, where the machine has a directory there.
    pub(super) fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let directory = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        };
        Self {
            directory: directory.expect("a temporary directory"),
        }
    }

    pub(super) fn round(&mut self, seed: u64) -> Result<Outcome, Box<Failure>> {
        let mut random = Random::scattered(seed);
        let case = loop {
            let mut db = make::database(&mut random);
            // A few are no database: a row breaks a constraint that was made beside it.
            if settle(&mut db).is_ok() {
                let changes = revise::changes(&mut random, &db);
                if !changes.is_empty() {
                    break Case {
                        db,
                        changes,
                        seed,
                        is_plain: false,
                    };
                }
            }
        };
        self.run(&case)
            .map_err(|what| Box::new(Failure { case, what }))
    }

    /// Makes the database, runs the revision, compares.
    pub(super) fn run(&mut self, case: &Case) -> Result<Outcome, String> {
        let path = self.directory.path().join("db");
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let file = PathBuf::from(format!("{}{suffix}", path.display()));
            let _ = std::fs::remove_file(file);
        }
        let fixture = fixture(case);
        let made = connect(Some(&path)).and_then(|connection| {
            connection.execute_batch(&fixture.join(";\n"))?;
            compare::describe(&connection)
        });
        let before = made.map_err(|error| format!("no database: {error}"))?;
        let mut expected = case.db.clone();
        let forbidden = apply_all(&mut expected, &case.changes)?;
        let result = migrate(&path, case);
        let after = connect(Some(&path)).map_err(text)?;
        match (result, forbidden) {
            (Ok(()), Some(why)) => Err(format!("should have been refused: {why}")),
            (Ok(()), None) => compare_with(&after, &expected, case),
            (Err(error), forbidden) => {
                let is_foreseen =
                    forbidden.is_some() || expected.has_misfits || is_impossible(case);
                if !is_foreseen {
                    return Err(format!("refused: {error}"));
                }
                same(&before, &compare::describe(&after).map_err(text)?)?;
                clean(&after)?;
                Ok(Outcome::Refused)
            }
        }
    }
}

fn text(error: rusqlite::Error) -> String {
    error.to_string()
}

/// A connection that checks foreign keys but for the time in which a database is made.
fn connect(path: Option<&Path>) -> rusqlite::Result<Connection> {
    let connection = match path {
        Some(path) => Connection::open(path)?,
        None => Connection::open_in_memory()?,
    };
    connection.execute_batch(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF",
    )?;
    Ok(connection)
}

pub(super) fn fixture(case: &Case) -> Vec<String> {
    let mut spelling = if case.is_plain {
        Spelling::plain()
    } else {
        Spelling::of_sqlite(case.seed)
    };
    write::database(&case.db, &mut spelling, &[])
}

/// The revision's text.
pub(super) fn revision(case: &Case) -> String {
    let mut random = Random::scattered(case.seed ^ 0xFF);
    let mut spelling = if case.is_plain {
        Spelling::plain()
    } else {
        Spelling::portable(case.seed ^ 0xF0F0)
    };
    let mut db = case.db.clone();
    let mut sql = String::new();
    let mut last = None;
    for change in &case.changes {
        let written = change.write(&db, &mut spelling);
        let head = written.head;
        let table = head.as_ref().map(|(table, _)| *table);
        if table.is_some() && table == last && random.chance(30) && !case.is_plain {
            sql += &format!(", {}", written.action);
        } else {
            let separator = if sql.is_empty() { "" } else { ";\n" };
            let head = head.map_or(String::new(), |(_, head)| format!("{head} "));
            sql += &format!("{separator}{head}{}", written.action);
        }
        last = table;
        let _ = effect::apply(&mut db, change);
    }
    sql + ";"
}

/// Puts into the model what SQLite stored, after the conversions of its columns.
fn settle(db: &mut Db) -> rusqlite::Result<()> {
    let connection = connect(None)?;
    let statements = write::database(db, &mut Spelling::plain(), &[]);
    connection.execute_batch(&statements.join(";\n"))?;
    if !compare::faults(&connection)?.is_empty() {
        return Err(rusqlite::Error::InvalidQuery);
    }
    for table in &mut db.tables {
        let rowid = table.rowid_name();
        let alias = table.alias().and_then(|id| table.position(id));
        let sql = format!(
            "SELECT {}* FROM {} NOT INDEXED",
            rowid.map_or(String::new(), |rowid| format!("{rowid}, ")),
            write::quoted(&table.name)
        );
        let mut statement = connection.prepare(&sql)?;
        let mut found = statement.query([])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let first = usize::from(rowid.is_some());
            let mut values = Vec::new();
            for at in 0..table.columns.len() {
                values.push(values::stored(row.get_ref(first + at)?));
            }
            let rowid = match (rowid, alias.map(|at| &values[at])) {
                (Some(_), _) => row.get(0)?,
                (None, Some(Value::Integer(number))) => *number,
                (None, _) => i64::try_from(rows.len()).unwrap_or(0) + 1,
            };
            rows.push(Row { rowid, values });
        }
        table.rows = rows;
    }
    Ok(())
}

/// Applies changes to the model; what stands in the way of the first that must be refused.
fn apply_all(db: &mut Db, changes: &[Change]) -> Result<Option<String>, String> {
    let mut rest = changes.iter();
    while let Some(change) = rest.next() {
        match effect::apply(db, change) {
            Ok(()) => {}
            Err(Refusal::Forbidden(why)) if rest.len() == 0 => return Ok(Some(why)),
            Err(_) => return Err("no change: it names nothing".to_owned()),
        }
    }
    Ok(None)
}

/// Whether the database after one of the changes cannot be: SQLite refuses to make it.
fn is_impossible(case: &Case) -> bool {
    (1..=case.changes.len()).any(|count| {
        let mut db = case.db.clone();
        let forbidden = apply_all(&mut db, &case.changes[..count]);
        forbidden != Ok(None) || !is_sound(&db)
    })
}

/// Whether SQLite makes the database and finds nothing wrong with it.
pub(super) fn is_sound(db: &Db) -> bool {
    let made = build(db, &[]);
    made.is_ok_and(|it| compare::faults(&it).is_ok_and(|found| found.is_empty()))
}

/// The database of a model.
fn build(db: &Db, order: &[String]) -> rusqlite::Result<Connection> {
    let connection = connect(None)?;
    let statements = write::database(db, &mut Spelling::plain(), order);
    connection.execute_batch(&statements.join(";\n"))?;
    Ok(connection)
}

/// Runs the revision as a component would.
fn migrate(path: &Path, case: &Case) -> Result<(), String> {
    let body = format!("-- migrate: upgrade\n{}\n", revision(case));
    let history = History::line(&[("aaaa1", &body)]);
    let address = Address::Sqlite {
        path: path.to_owned(),
    };
    let mut connection = database::open(&address, &OpenOptions::write("tests"))
        .map_err(|error| error.to_string())?;
    let connection = connection.as_mut();
    let enforced = !case.seed.is_multiple_of(4);
    let session = format!(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = {enforced}"
    );
    connection
        .run(&[&session])
        .map_err(|failed| failed.error.to_string())?;
    let program = history.program(connection.dialect(), &[], "head");
    let program = program.map_err(|error| error.to_string())?;
    let result = history.execute(&program, connection, Transaction::Auto, &|| false);
    for (pragma, expected) in [
        ("foreign_keys", i64::from(enforced)),
        ("legacy_alter_table", 0),
        ("writable_schema", 0),
        ("defer_foreign_keys", 0),
    ] {
        let found = connection.query(&format!("PRAGMA {pragma}"), &[]);
        let found = found.ok().and_then(|rows| rows.first()?.first()?.integer());
        assert_eq!(found, Some(expected), "{pragma} after seed {}", case.seed);
    }
    let found = result.map(drop);
    found.map_err(|error| chain(&error))
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    let causes: String = causes.map(|cause| format!(": {cause}")).collect();
    format!("{error}{causes}")
}

/// Compares what came out with the database of the model.
fn compare_with(after: &Connection, expected: &Db, case: &Case) -> Result<Outcome, String> {
    let order = compare::tables(after).map_err(text)?;
    let expected_connection =
        build(expected, &order).map_err(|error| format!("should have been refused: {error}"))?;
    let should = compare::describe(&expected_connection).map_err(text)?;
    same(&should, &compare::describe(after).map_err(text)?)?;
    clean(after)?;
    for connection in [after, &expected_connection] {
        connection
            .execute_batch("PRAGMA foreign_keys = ON")
            .map_err(text)?;
    }
    let probes = compare::probes(expected, usize::try_from(case.seed % 97).unwrap_or(0));
    for probe in probes {
        let should = compare::answer(&expected_connection, &probe).map_err(text)?;
        let does = compare::answer(after, &probe).map_err(text)?;
        same(&should, &does).map_err(|difference| format!("{probe}\n{difference}"))?;
    }
    Ok(Outcome::Changed)
}

fn clean(connection: &Connection) -> Result<(), String> {
    let faults = compare::faults(connection).map_err(text)?;
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!("the database has faults: {faults:?}"))
}

/// The lines that only one of the two has.
fn same(should: &[String], does: &[String]) -> Result<(), String> {
    if should == does {
        return Ok(());
    }
    let lost = should.iter().filter(|line| !does.contains(line));
    let gained = does.iter().filter(|line| !should.contains(line));
    let lines: Vec<String> = lost
        .map(|line| format!("- {line}"))
        .chain(gained.map(|line| format!("+ {line}")))
        .collect();
    if lines.is_empty() {
        return Err(format!(
            "another order:\n{}\n\n{}",
            should.join("\n"),
            does.join("\n")
        ));
    }
    Err(lines.join("\n"))
}
