//! The limits that no client of an engine is: programs that do what a job cannot do without, and
//! nothing else. Each is this binary started anew, so that a process's start is in the number.
#![expect(clippy::disallowed_methods, reason = "a limit reads files")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use migration_core::database::{Address, Server};
use rusqlite::{Connection, OpenFlags};

use crate::failure::{Failure, at, during};
use crate::measure::Process;
use crate::output::complain;
use crate::wire;

/// The first argument of a limit.
pub(crate) const FLOOR: &str = "floor";

const VERSION: &str = "SELECT version_num FROM alembic_version";

/// Reads every file of a directory.
pub(crate) fn files(directory: &Path) -> Result<Process, Failure> {
    Ok(floor("files")?.arg(directory))
}

/// Lists the names in a directory and asks a database for its version row; none for MySQL, whose
/// limit is the client.
pub(crate) fn no_op(directory: &Path, address: &Address) -> Result<Option<Process>, Failure> {
    with_database(floor("no-op")?.arg(directory), address)
}

/// Feeds a script to the SQLite library that our binaries have inside.
pub(crate) fn feed(path: &Path, script: &Path) -> Result<Process, Failure> {
    Ok(floor("feed")?.arg(path).arg(script))
}

/// Runs the queries on the catalogs that a comparison needs, and nothing more; none for MySQL.
pub(crate) fn catalogs(address: &Address) -> Result<Option<Process>, Failure> {
    with_database(floor("catalogs")?, address)
}

/// What such a process does.
pub(crate) fn run(arguments: &[OsString]) -> ExitCode {
    let words: Vec<String> = arguments
        .iter()
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match act(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            ExitCode::FAILURE
        }
    }
}

fn floor(what: &str) -> Result<Process, Failure> {
    Ok(Process::ourselves()?.args([FLOOR, what]))
}

fn with_database(process: Process, address: &Address) -> Result<Option<Process>, Failure> {
    Ok(match address {
        Address::Sqlite { path } => Some(process.arg("sqlite").arg(path)),
        Address::Postgres(server) => Some(on_server(process, server)),
        Address::Mysql(_) => None,
    })
}

fn on_server(process: Process, server: &Server) -> Process {
    let user = server.user.clone().unwrap_or_default();
    let port = server.port.unwrap_or_default().to_string();
    process.args(["postgresql", &port, &user, &server.database])
}

fn act(words: &[&str]) -> Result<(), Failure> {
    match words {
        ["files", directory] => read_all(Path::new(directory)),
        ["feed", path, script] => {
            let script = fs::read_to_string(script).map_err(during("the script"))?;
            let connection = Connection::open(path).map_err(during("the database"))?;
            connection
                .execute_batch(&script)
                .map_err(during("the script"))
        }
        ["no-op", directory, "sqlite", path] => {
            names(Path::new(directory))?;
            ask_sqlite(path, &[VERSION])
        }
        ["no-op", directory, "postgresql", port, user, database] => {
            names(Path::new(directory))?;
            wire::ask((port, user, database), VERSION)
        }
        ["catalogs", "sqlite", path] => ask_sqlite(path, SQLITE_CATALOGS),
        ["catalogs", "postgresql", port, user, database] => {
            wire::ask((port, user, database), POSTGRES_CATALOGS)
        }
        _ => Err(Failure::new("no such limit")),
    }
}

fn names(directory: &Path) -> Result<usize, Failure> {
    let entries = fs::read_dir(directory).map_err(at(directory))?;
    Ok(entries.flatten().map(|it| it.file_name().len()).sum())
}

fn read_all(directory: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(directory).map_err(at(directory))? {
        let path = entry.map_err(at(directory))?.path();
        std::hint::black_box(fs::read(&path).map_err(at(&path))?);
    }
    Ok(())
}

fn ask_sqlite(path: &str, queries: &[&str]) -> Result<(), Failure> {
    let opened = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let connection = opened.map_err(during("the database"))?;
    for query in queries {
        drain(&connection, query).map_err(during(query))?;
    }
    Ok(())
}

fn drain(connection: &Connection, query: &str) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(query)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            std::hint::black_box(row.get_ref(column)?);
        }
    }
    Ok(())
}

const SQLITE_CATALOGS: &[&str] = &[
    "SELECT type, name, tbl_name, sql FROM sqlite_schema",
    "SELECT m.name, c.* FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'",
    "SELECT m.name, i.* FROM sqlite_schema m, pragma_index_list(m.name) i WHERE m.type = 'table'",
    "SELECT m.name, x.* FROM sqlite_schema m, pragma_index_xinfo(m.name) x WHERE m.type = 'index'",
    "SELECT m.name, f.* FROM sqlite_schema m, pragma_foreign_key_list(m.name) f \
     WHERE m.type = 'table'",
];

/// What says no more than columns is not printed: it comes by the numbers of these.
const POSTGRES_CATALOGS: &str = "
SELECT oid, relname, relkind, relpersistence, obj_description(oid, 'pg_class')
    FROM pg_class WHERE relnamespace = 'public'::regnamespace;
SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        a.attidentity, a.attgenerated, pg_get_expr(d.adbin, 0)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
        AND NOT a.attisdropped;
SELECT i.indrelid, i.indexrelid, i.indisunique, i.indisprimary, i.indkey, i.indclass,
        i.indcollation, i.indoption, CASE WHEN i.indisunique AND NOT i.indisprimary
            OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL
            THEN pg_get_indexdef(i.indexrelid) END
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace;
SELECT conrelid, conname, contype, conkey, confrelid, confkey, confupdtype, confdeltype,
        confmatchtype, condeferrable, convalidated,
        CASE WHEN contype NOT IN ('p', 'f') THEN pg_get_constraintdef(oid) END
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace";
