//! The engines' own clients, fed with scripts.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

use migration_core::database::{Address, Secret, Server};

use crate::databases::TestDatabase;

/// Feeds a script to `sqlite3`, `psql` or `mariadb`, which stop at the first error. Gives what the
/// client said, or nothing when it is not installed.
///
/// # Panics
///
/// When the client reports an error.
#[track_caller]
pub fn feed(database: &TestDatabase, script: &str) -> Option<String> {
    let said = offer(database, script)?;
    Some(said.unwrap_or_else(|said| panic!("{}: {said}\n{script}", database.dialect())))
}

/// The same, with what the client said as an error where it reports one.
///
/// # Panics
///
/// When the client cannot be fed.
pub fn offer(database: &TestDatabase, script: &str) -> Option<Result<String, String>> {
    let mut command = client(database.address());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: no client for {}",
            database.dialect()
        );
        return None;
    };
    let mut input = child.stdin.take().expect("the input is a pipe");
    let output = thread::scope(|scope| {
        // A client that stops early closes the pipe; its status tells. One that has much to say goes
        // on reading only when somebody listens.
        scope.spawn(move || input.write_all(script.as_bytes()));
        child.wait_with_output().expect("a client ends")
    });
    let said = crate::command::said(&output);
    Some(match output.status.success() {
        true => Ok(said),
        false => Err(said),
    })
}

fn client(address: &Address) -> Command {
    match address {
        Address::Sqlite { path } => {
            let mut command = Command::new("sqlite3");
            command.arg(path);
            command
        }
        Address::Postgres(server) => {
            let mut command = Command::new("psql");
            command
                .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", &server.host])
                .args(["-p", &port(server), "-U", user(server)])
                .args(["-d", &server.database])
                .env("PGPASSWORD", password(server));
            command
        }
        Address::Mysql(server) => {
            let mut command = Command::new("mariadb");
            command
                .args(["--no-defaults", "--default-character-set=utf8mb4"])
                .args(["-h", &server.host, "-P", &port(server), "-u", user(server)])
                .arg(&server.database)
                .env("MYSQL_PWD", password(server));
            command
        }
    }
}

fn port(server: &Server) -> String {
    server.port.map(|port| port.to_string()).unwrap_or_default()
}

fn user(server: &Server) -> &str {
    server.user.as_deref().unwrap_or_default()
}

fn password(server: &Server) -> &str {
    server
        .password
        .as_ref()
        .map(Secret::expose)
        .unwrap_or_default()
}
