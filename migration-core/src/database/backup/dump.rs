//! A server's database copied by the server's own program.
//!
//! The password is in none of its arguments: `pg_dump` finds it in its environment, which only its
//! owner may read, `mariadb-dump` in a file that only its owner may read and that is gone when the
//! program ends.

use std::fmt::Write as _;
use std::io::{self, Read, Seek, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::{BackupError, cannot_write};
use crate::database::mask::Mask;
use crate::database::{Secret, Server, SslMode};

/// How long to wait before the program is asked again whether it has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// As much of what a program says as helps a person.
const SAID: u64 = 4000;

/// A program that copies.
struct Tool {
    name: &'static str,
    /// The Debian package.
    package: &'static str,
}

const PG_DUMP: Tool = Tool {
    name: "pg_dump",
    package: "postgresql-client",
};

const MARIADB_DUMP: Tool = Tool {
    name: "mariadb-dump",
    package: "mariadb-client",
};

const MYSQLDUMP: Tool = Tool {
    name: "mysqldump",
    package: "default-mysql-client",
};

/// Copies a PostgreSQL database in the custom format, which `pg_restore` reads.
pub(super) fn postgres(
    of: &Server,
    server: &str,
    to: &Path,
    go_on: &dyn Fn() -> bool,
) -> Result<(), BackupError> {
    let version = version(&PG_DUMP)?;
    let newest = major(&version);
    if newest < major(server) {
        return Err(too_old(&PG_DUMP, &version, server));
    }
    let mut command = Command::new(PG_DUMP.name);
    command
        .args(["--format=custom", "--no-password", "--file"])
        .arg(to);
    let port = of.port.map(|port| port.to_string());
    for (variable, value) in [
        ("PGHOST", Some(of.host.as_str())),
        ("PGPORT", port.as_deref()),
        ("PGUSER", of.user.as_deref()),
        ("PGPASSWORD", of.password.as_ref().map(Secret::expose)),
        ("PGDATABASE", Some(of.database.as_str())),
        ("PGSSLMODE", Some(sslmode(of.tls.mode))),
        ("PGAPPNAME", Some("backup before a migration")),
        ("PGCONNECT_TIMEOUT", Some("10")),
        // These name other servers, or change what a session is.
        ("PGHOSTADDR", None),
        ("PGSERVICE", None),
        ("PGOPTIONS", None),
    ] {
        match value {
            Some(value) => command.env(variable, value),
            None => command.env_remove(variable),
        };
    }
    for (variable, file) in [
        ("PGSSLROOTCERT", &of.tls.root_certificate),
        ("PGSSLCERT", &of.tls.certificate),
        ("PGSSLKEY", &of.tls.key),
    ] {
        match file {
            Some(file) => command.env(variable, file),
            None => command.env_remove(variable),
        };
    }
    let is_verified = matches!(of.tls.mode, SslMode::VerifyCa | SslMode::VerifyFull);
    if is_verified && of.tls.root_certificate.is_none() && newest >= Some(16) {
        // The public authorities, as our own connection trusts them; older programs cannot.
        command.env("PGSSLROOTCERT", "system");
    }
    run(&PG_DUMP, command, of, go_on)
}

/// Copies a MySQL or MariaDB database as a script of statements.
pub(super) fn mysql(
    of: &Server,
    server: &str,
    to: &Path,
    go_on: &dyn Fn() -> bool,
) -> Result<(), BackupError> {
    let tools = if server.starts_with("MariaDB") {
        [&MARIADB_DUMP, &MYSQLDUMP]
    } else {
        [&MYSQLDUMP, &MARIADB_DUMP]
    };
    let (tool, version) = match version(tools[0]) {
        Err(BackupError::NoTool { .. }) => match version(tools[1]) {
            Err(BackupError::NoTool { .. }) => return Err(missing(tools[0])),
            found => (tools[1], found?),
        },
        found => (tools[0], found?),
    };
    let is_mariadb = version.contains("MariaDB");
    let is_same = is_mariadb == server.starts_with("MariaDB");
    if is_same && !is_mariadb && major(&version) < major(server) {
        return Err(too_old(tool, &version, server));
    }
    let settings = option_file(of.password.as_ref()).map_err(cannot_write(to))?;
    let mut command = Command::new(tool.name);
    command
        .arg(format!("--defaults-file={}", settings.path().display()))
        .args([
            "--single-transaction",
            "--routines",
            "--triggers",
            "--events",
            "--hex-blob",
            "--no-tablespaces",
            "--default-character-set=utf8mb4",
            "--max-allowed-packet=1G",
            // One family's programs do not know the other's words.
            "--loose-set-gtid-purged=OFF",
            "--loose-column-statistics=0",
        ])
        .args(place(of))
        .args(encryption(of, is_mariadb))
        .arg(format!("--result-file={}", to.display()))
        .arg("--")
        .arg(&of.database)
        .env_remove("MYSQL_PWD");
    run(tool, command, of, go_on)
}

/// Where the server is and who asks.
fn place(of: &Server) -> Vec<String> {
    let mut words = if of.host.starts_with('/') {
        vec![format!("--socket={}", of.host)]
    } else {
        let mut words = vec!["--protocol=tcp".to_owned(), format!("--host={}", of.host)];
        words.extend(of.port.map(|port| format!("--port={port}")));
        words
    };
    words.extend(of.user.as_ref().map(|user| format!("--user={user}")));
    words
}

/// What `sslmode` means in the words of either family. MariaDB's program checks a certificate and
/// the host that it names together or not at all.
pub(super) fn encryption(of: &Server, is_mariadb: bool) -> Vec<String> {
    let mode = if of.host.starts_with('/') {
        SslMode::Disable
    } else {
        of.tls.mode
    };
    let word = match (mode, is_mariadb) {
        (SslMode::Disable, true) => "--skip-ssl",
        (SslMode::Disable, false) => "--ssl-mode=DISABLED",
        (SslMode::Prefer | SslMode::Require, true) => "--ssl",
        (SslMode::Prefer, false) => "--ssl-mode=PREFERRED",
        (SslMode::Require, false) => "--ssl-mode=REQUIRED",
        (SslMode::VerifyCa | SslMode::VerifyFull, true) => "--ssl-verify-server-cert",
        (SslMode::VerifyCa, false) => "--ssl-mode=VERIFY_CA",
        (SslMode::VerifyFull, false) => "--ssl-mode=VERIFY_IDENTITY",
    };
    let mut words = vec![word.to_owned()];
    if mode == SslMode::Disable {
        return words;
    }
    let is_unverified = matches!(mode, SslMode::Prefer | SslMode::Require);
    if is_mariadb && is_unverified {
        words.push("--skip-ssl-verify-server-cert".to_owned());
    }
    for (word, file) in [
        ("--ssl-ca", &of.tls.root_certificate),
        ("--ssl-cert", &of.tls.certificate),
        ("--ssl-key", &of.tls.key),
    ] {
        words.extend(
            file.as_ref()
                .map(|file| format!("{word}={}", file.display())),
        );
    }
    words
}

/// libpq's word.
pub(super) fn sslmode(mode: SslMode) -> &'static str {
    match mode {
        SslMode::Disable => "disable",
        SslMode::Prefer => "prefer",
        SslMode::Require => "require",
        SslMode::VerifyCa => "verify-ca",
        SslMode::VerifyFull => "verify-full",
    }
}

/// A file with the password that only its owner may read.
fn option_file(password: Option<&Secret>) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix("migrate-")
        .suffix(".cnf")
        .tempfile()?;
    let mut text = "[client]\n".to_owned();
    if let Some(password) = password {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "password=\"{}\"", escaped(password.expose()));
    }
    file.write_all(text.as_bytes())?;
    Ok(file)
}

/// A value as option files quote it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out
}

fn missing(tool: &Tool) -> BackupError {
    BackupError::NoTool {
        tool: tool.name,
        package: tool.package,
    }
}

fn cannot_start(tool: &Tool, source: io::Error) -> BackupError {
    if source.kind() == io::ErrorKind::NotFound {
        return missing(tool);
    }
    let tool = tool.name;
    BackupError::CannotStart { tool, source }
}

fn too_old(tool: &Tool, version: &str, server: &str) -> BackupError {
    BackupError::TooOld {
        tool: tool.name,
        version: number(version).unwrap_or(version).to_owned(),
        server: server.to_owned(),
    }
}

/// The program's own line about its version.
fn version(tool: &Tool) -> Result<String, BackupError> {
    let output = Command::new(tool.name)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .map_err(|source| cannot_start(tool, source))?;
    if !output.status.success() {
        return Err(BackupError::ToolFailed {
            tool: tool.name,
            status: output.status.to_string(),
            said: String::from_utf8_lossy(&output.stderr).into_owned(),
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first number with a dot in a line about a version: `Ver 8.0.36 for Linux`.
fn number(line: &str) -> Option<&str> {
    let words = line.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let mut numbers = words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let first = numbers.clone().find(|word| word.contains('.'));
    first.or_else(|| numbers.next())
}

fn major(line: &str) -> Option<u32> {
    number(line)?.split('.').next()?.parse().ok()
}

/// Runs the program to its end, or ends it when somebody asks.
fn run(
    tool: &Tool,
    mut command: Command,
    of: &Server,
    go_on: &dyn Fn() -> bool,
) -> Result<(), BackupError> {
    // A file never fills, as a pipe does that nobody reads.
    let mut errors = tempfile::tempfile().map_err(|source| cannot_start(tool, source))?;
    let heard = errors
        .try_clone()
        .map_err(|source| cannot_start(tool, source))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(heard)
        .spawn()
        .map_err(|source| cannot_start(tool, source))?;
    let Some(status) = wait(&mut child, go_on).map_err(|source| cannot_start(tool, source))? else {
        return Err(BackupError::Interrupted);
    };
    if status.success() {
        return Ok(());
    }
    let mut said = Vec::new();
    // What cannot be read is missing from the error, which is one all the same.
    let _ = errors.rewind();
    let _ = errors.take(SAID).read_to_end(&mut said);
    let said = Mask::of(of).hide(&String::from_utf8_lossy(&said));
    Err(BackupError::ToolFailed {
        tool: tool.name,
        status: status.to_string(),
        said: said.trim().to_owned(),
    })
}

fn wait(child: &mut Child, go_on: &dyn Fn() -> bool) -> io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if !go_on() {
            // It may have ended by itself just now; either way it is gone.
            let _ = child.kill();
            let _ = child.wait();
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, major};

    #[test]
    fn a_version_is_the_first_number_with_a_dot() {
        for (line, expected) in [
            ("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15),
            ("pg_dump (PostgreSQL) 17beta1", 17),
            ("mysqldump  Ver 8.0.36 for Linux on x86_64", 8),
            (
                "mysqldump  Ver 10.13 Distrib 5.7.44, for Linux (x86_64)",
                10,
            ),
            (
                "mariadb-dump from 11.4.2-MariaDB, client 10.19 for Linux",
                11,
            ),
            ("PostgreSQL 9.6", 9),
        ] {
            assert_eq!(major(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn a_password_is_written_as_option_files_quote() {
        assert_eq!(escaped("a\"b\\c#'é"), "a\\\"b\\\\c#'é");
    }
}
