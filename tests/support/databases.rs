//! Empty databases for tests, on private throw-away servers.
//!
//! A server starts when the first test of a process asks for it and ends with the process, however
//! that ends: a shell holds it and waits for the end of a pipe. `MIGRATION_TEST_POSTGRES_URL` and
//! `MIGRATION_TEST_MYSQL_URL` name servers to use instead (with the right to create databases).
//! When there is none, [`fresh`] says so and returns nothing; the file named by
//! `MIGRATION_TEST_REPORT` tells the test command which engines ran.
#![expect(
    clippy::disallowed_methods,
    reason = "tests talk to the machine they run on"
)]

use std::fs::OpenOptions as File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use migration_core::database::lock::{self, Claim, Lock, Way};
use migration_core::database::{self, Address, Connection, OpenOptions, Server, Tls};
use migration_core::dialect::{Dialect, VersionTable};
use tempfile::TempDir;

use crate::server;

/// A database of one test's own, dropped with this value.
pub struct TestDatabase {
    address: Address,
    /// Who drops it; none for SQLite.
    administrator: Option<Address>,
    _directory: Option<TempDir>,
}

/// Makes an empty database; nothing when the engine is not to be had on this machine.
///
/// # Panics
///
/// When a server is there but refuses.
pub fn fresh(dialect: Dialect) -> Option<TestDatabase> {
    match dialect {
        Dialect::Sqlite => Some(sqlite()),
        Dialect::Postgres | Dialect::Mysql => Some(fresh_on(server_of(dialect)?)),
    }
}

/// Makes an empty database on the server of an administrator.
///
/// # Panics
///
/// When the server refuses.
pub fn fresh_on(administrator: &Address) -> TestDatabase {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("t{}_{number}", std::process::id());
    run(administrator, &format!("CREATE DATABASE \"{name}\""));
    TestDatabase {
        address: with_server(administrator, |server| server.database = name),
        administrator: Some(administrator.clone()),
        _directory: None,
    }
}

/// An empty database of MySQL whose user may do everything in it and nothing beside it.
///
/// # Panics
///
/// When a server is there but refuses.
pub fn fresh_and_shut() -> Option<TestDatabase> {
    let mut database = fresh(Dialect::Mysql)?;
    let name = database.server()?.database.clone();
    let administrator = database.administrator.clone()?;
    run(
        &administrator,
        &format!("CREATE USER '{name}'@'%' IDENTIFIED BY 'shut-4711'"),
    );
    let pattern = name.replace('_', "\\_");
    run(
        &administrator,
        &format!("GRANT ALL ON \"{pattern}\".* TO '{name}'@'%'"),
    );
    database.address = with_server(&database.address, |server| {
        server.user = Some(name);
        server.password = Some(database::Secret::new("shut-4711"));
    });
    Some(database)
}

/// An empty database on every engine that is to be had.
pub fn each(mut test: impl FnMut(&TestDatabase)) {
    for dialect in Dialect::ALL {
        if let Some(database) = fresh(dialect) {
            let _named = Named(dialect);
            test(&database);
        }
    }
}

/// Says on which engine a test failed.
struct Named(Dialect);

impl Drop for Named {
    #[expect(clippy::print_stderr, reason = "what a test says of itself")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("on {}", self.0);
        }
    }
}

/// Calls `test` with a fresh database of each server.
pub fn each_server(mut test: impl FnMut(&TestDatabase)) {
    each(|database| {
        if database.dialect() != Dialect::Sqlite {
            test(database);
        }
    });
}

/// Takes the lock of a migration, as another migrator would.
///
/// # Panics
///
/// When somebody else has it.
pub fn locked(connection: &mut dyn Connection) -> Lock {
    let claim = Claim {
        table: &VersionTable::default(),
        way: Way::Session,
        patience: Duration::ZERO,
        holder: "tests",
    };
    lock::acquire(connection, &claim, &mut |_| true).expect("nobody else has it")
}

impl TestDatabase {
    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The engine.
    pub fn dialect(&self) -> Dialect {
        self.address.dialect()
    }

    /// The server with the password; none for SQLite.
    pub fn server(&self) -> Option<&Server> {
        match &self.address {
            Address::Sqlite { .. } => None,
            Address::Postgres(server) | Address::Mysql(server) => Some(server),
        }
    }

    /// The server's directory, with its socket, `ca.crt` of the authority that signed its
    /// certificate (which names `localhost` alone), `other.crt` of one that did not, and
    /// `client.crt` and `client.key` of the user `certified`; none for servers that offer no
    /// encryption or are not ours.
    pub fn certificates(&self) -> Option<&'static Path> {
        certificates_of(self.dialect()).get().map(PathBuf::as_path)
    }

    /// Whether its user may do nothing beside it.
    fn is_shut(&self) -> bool {
        let server = self.server();
        server.is_some_and(|it| it.user.as_ref() == Some(&it.database))
    }

    /// The same database as the administrator of the server reaches it, when its own user may do
    /// nothing beside it.
    pub fn unshut(&self) -> Option<Address> {
        let name = &self.server()?.database;
        let administrator = self.administrator.as_ref().filter(|_| self.is_shut());
        administrator.map(|it| with_server(it, |server| server.database.clone_from(name)))
    }

    /// Whether the server is somebody's own, set up in ways we do not know.
    pub fn is_foreign(&self) -> bool {
        self.server().is_some() && std::env::var(variable(self.dialect())).is_ok()
    }

    /// The same database on a server that was started again.
    pub fn moved_to(&mut self, administrator: &Address) {
        let name = self.server().map(|it| it.database.clone());
        let name = name.unwrap_or_default();
        self.address = with_server(administrator, |server| server.database = name);
        self.administrator = Some(administrator.clone());
    }

    /// As a URL, the password in it.
    pub fn url(&self) -> String {
        match (&self.address, self.server()) {
            (Address::Sqlite { path }, _) => format!("sqlite:///{}", path.display()),
            (_, Some(server)) => format!(
                "{}://{}:{}@{}:{}/{}",
                self.dialect(),
                server.user.as_deref().unwrap_or_default(),
                encoded(password(server)),
                server.host,
                server.port.unwrap_or_default(),
                server.database
            ),
            (Address::Postgres(_) | Address::Mysql(_), None) => String::new(),
        }
    }

    /// As the `[sqldb]` section of an ini file.
    pub fn ini(&self) -> String {
        let keys = match (&self.address, self.server()) {
            (Address::Sqlite { path }, _) => format!("dbname = {}\n", path.display()),
            (_, Some(server)) => format!(
                "username = {}\npassword = {}\nhost = {}\nport = {}\ndbname = {}\n",
                server.user.as_deref().unwrap_or_default(),
                password(server).replace('%', "%%"),
                server.host,
                server.port.unwrap_or_default(),
                server.database
            ),
            (Address::Postgres(_) | Address::Mysql(_), None) => String::new(),
        };
        format!("[sqldb]\ndbms = {}\n{keys}", self.dialect())
    }

    /// Runs statements on it, as other hands do.
    ///
    /// # Panics
    ///
    /// When one is refused.
    #[track_caller]
    pub fn changes(&self, statements: &[&str]) {
        let changed = self.open().run(statements);
        assert!(changed.is_ok(), "{}: {changed:?}", self.dialect());
    }

    /// A connection that may write.
    ///
    /// # Panics
    ///
    /// When the database refuses.
    pub fn open(&self) -> Box<dyn Connection> {
        match database::open(&self.address, &OpenOptions::write("tests")) {
            Ok(connection) => connection,
            Err(error) => panic!("{}: {error:?}", self.address),
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(server) = self.server() else {
            return;
        };
        let force = match self.dialect() {
            Dialect::Postgres => " WITH (FORCE)",
            Dialect::Sqlite | Dialect::Mysql => "",
        };
        let sql = format!("DROP DATABASE IF EXISTS \"{}\"{force}", server.database);
        let administrator = self.administrator.as_ref();
        let opened = administrator.map(|it| database::open(it, &OpenOptions::write("tests")));
        if let Some(Ok(mut connection)) = opened {
            if self.dialect() == Dialect::Mysql {
                end_sessions(connection.as_mut(), &server.database);
            }
            // A database that stays behind on a throw-away server does no harm.
            let _ = connection.run(&[&sql]);
            if self.is_shut() {
                let _ = connection.run(&[&format!("DROP USER '{}'@'%'", server.database)]);
            }
        }
    }
}

/// Ends what a test that failed has left at work in a database, which could not be dropped else.
fn end_sessions(connection: &mut dyn Connection, database: &str) {
    let of_it = "SELECT id FROM information_schema.processlist WHERE db = ?";
    let sessions = connection.query(of_it, &[database.into()]);
    for session in sessions.into_iter().flatten() {
        if let Some(id) = session[0].integer() {
            // It may have ended by itself.
            let _ = connection.run(&[&format!("KILL {id}")]);
        }
    }
}

fn sqlite() -> TestDatabase {
    let directory = tempfile::tempdir().expect("the temporary directory is writable");
    TestDatabase {
        address: Address::Sqlite {
            path: directory.path().join("test.db"),
        },
        administrator: None,
        _directory: Some(directory),
    }
}

/// The variable that names a server to use instead of our own.
fn variable(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Mysql => "MIGRATION_TEST_MYSQL_URL",
        Dialect::Sqlite | Dialect::Postgres => "MIGRATION_TEST_POSTGRES_URL",
    }
}

/// The server of an engine, as its administrator reaches it.
fn server_of(dialect: Dialect) -> Option<&'static Address> {
    static POSTGRES: OnceLock<Option<Address>> = OnceLock::new();
    static MYSQL: OnceLock<Option<Address>> = OnceLock::new();
    let cell = match dialect {
        Dialect::Sqlite => return None,
        Dialect::Postgres => &POSTGRES,
        Dialect::Mysql => &MYSQL,
    };
    let certificates = certificates_of(dialect);
    let started = cell.get_or_init(|| {
        let address = match std::env::var(variable(dialect)) {
            Ok(url) if !url.is_empty() => Ok(from_url(dialect, &url)),
            Ok(_) | Err(_) => server::start(dialect).map(|(address, directory)| {
                if directory.join("server.crt").exists() {
                    let _ = certificates.set(directory);
                }
                address
            }),
        };
        match address {
            Ok(address) => {
                let connection = database::open(&address, &OpenOptions::read("tests"));
                let connection = connection.expect("a test server lets its administrator in");
                report(&format!("ran {dialect} {}", connection.server()));
                Some(address)
            }
            Err(reason) => {
                report(&format!("skipped {dialect} {reason}"));
                // Not by a macro: those the test harness keeps to itself.
                let _ = writeln!(std::io::stderr(), "skipped: no {dialect}: {reason}");
                None
            }
        }
    });
    started.as_ref()
}

fn certificates_of(dialect: Dialect) -> &'static OnceLock<PathBuf> {
    static POSTGRES: OnceLock<PathBuf> = OnceLock::new();
    static MYSQL: OnceLock<PathBuf> = OnceLock::new();
    match dialect {
        Dialect::Mysql => &MYSQL,
        Dialect::Sqlite | Dialect::Postgres => &POSTGRES,
    }
}

/// Tells the test command, when it asks.
pub(crate) fn report(line: &str) {
    let Some(path) = std::env::var_os("MIGRATION_TEST_REPORT").map(PathBuf::from) else {
        return;
    };
    let file = File::new().create(true).append(true).open(path);
    let mut file = file.expect("the report of the test command is writable");
    writeln!(file, "{line}").expect("the report of the test command is writable");
}

fn run(address: &Address, sql: &str) {
    let opened = database::open(address, &OpenOptions::write("tests"));
    let mut connection = opened.expect("a test server lets its administrator in");
    connection.run(&[sql]).expect("the administrator may");
}

fn with_server(address: &Address, change: impl FnOnce(&mut Server)) -> Address {
    let mut address = address.clone();
    match &mut address {
        Address::Sqlite { .. } => {}
        Address::Postgres(server) | Address::Mysql(server) => change(server),
    }
    address
}

/// `scheme://user:password@host:port/database`, the parts percent-encoded.
fn from_url(dialect: Dialect, url: &str) -> Address {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (login, place) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let (host, database) = place.split_once('/').unwrap_or((place, ""));
    let (host, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let database = database.split('?').next().unwrap_or_default();
    let server = Server {
        host: decoded(host),
        port: port.parse().ok(),
        user: Some(decoded(user)).filter(|user| !user.is_empty()),
        password: Some(decoded(password))
            .filter(|password| !password.is_empty())
            .map(database::Secret::new),
        database: decoded(database),
        tls: Tls::default(),
    };
    match dialect {
        Dialect::Mysql => Address::Mysql(server),
        Dialect::Sqlite | Dialect::Postgres => Address::Postgres(server),
    }
}

fn password(server: &Server) -> &str {
    server
        .password
        .as_ref()
        .map(database::Secret::expose)
        .unwrap_or_default()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            Some(_) | None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
