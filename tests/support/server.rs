//! Private throw-away servers: their own directory, user and port, no waiting for the disk.
#![expect(
    clippy::disallowed_methods,
    reason = "tests talk to the machine they run on"
)]

use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use migration_core::database::{self, Address, OpenOptions, Secret, Server, Tls};
use migration_core::dialect::Dialect;

/// The administrator of the throw-away servers.
const USER: &str = "tester";
const PASSWORD: &str = "hush-4711";

/// Starts a server and waits until it answers. With `openssl` at hand it offers encryption; the
/// directory returned then holds `ca.crt`, and `client.crt` and `client.key` of `certified`.
///
/// # Errors
///
/// Why there is none, for a person.
pub(crate) fn start(dialect: Dialect) -> Result<(Address, PathBuf), String> {
    let directory = directory(swift())?;
    // Without `openssl` the server runs without encryption, and the tests of it say so.
    let _ = run(&directory, "openssl", CERTIFICATES, &[]);
    install(dialect, &directory, Care::None)?;
    let (address, end) = serve(dialect, &directory, Care::None)?;
    // It is closed when this process ends, by whatever cause.
    std::mem::forget(end);
    Ok((address, directory))
}

/// How much a server cares for what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// As the engine is shipped: it waits for the disk.
    Shipped,
    /// It waits for nothing: quick to start and to write.
    None,
}

/// A server that ends with this value.
pub struct OwnServer {
    directory: PathBuf,
    address: Address,
    care: Care,
    /// One for each time it was started; a server whose end is closed is stopped.
    ends: Vec<ChildStdin>,
}

impl OwnServer {
    /// Starts one, after something was done to its data directory.
    ///
    /// # Errors
    ///
    /// Why there is none, for a person; nothing when `prepare` says so.
    pub fn mysql(prepare: impl FnOnce(&Path) -> bool) -> Result<Option<Self>, String> {
        let directory = directory(swift())?;
        install(Dialect::Mysql, &directory, Care::None)?;
        if !prepare(&directory.join("data")) {
            let _ = std::fs::remove_dir_all(directory);
            return Ok(None);
        }
        let (address, end) = serve(Dialect::Mysql, &directory, Care::None)?;
        Ok(Some(Self {
            directory,
            address,
            care: Care::None,
            ends: vec![end],
        }))
    }

    /// A PostgreSQL that takes itself for the replica of a server it never reaches; `told` is how it
    /// would.
    ///
    /// # Errors
    ///
    /// Why there is none, for a person.
    pub fn replica(told: &str) -> Result<Self, String> {
        let directory = directory(Path::new("/tmp"))?;
        install(Dialect::Postgres, &directory, Care::None)?;
        let follow = "touch data/standby.signal
            echo \"primary_conninfo = '$1'\" >>data/postgresql.conf";
        run(&directory, "sh", follow, &[told])?;
        let (address, end) = serve(Dialect::Postgres, &directory, Care::None)?;
        Ok(Self {
            directory,
            address,
            care: Care::None,
            ends: vec![end],
        })
    }

    /// One with the settings that the engine is shipped with, its data below `place`; PostgreSQL asks
    /// nobody on this machine for a password.
    ///
    /// # Errors
    ///
    /// Why there is none, for a person.
    pub fn shipped(dialect: Dialect, place: &Path) -> Result<Self, String> {
        let directory = directory(place)?;
        install(dialect, &directory, Care::Shipped)?;
        let (address, end) = serve(dialect, &directory, Care::Shipped)?;
        Ok(Self {
            directory,
            address,
            care: Care::Shipped,
            ends: vec![end],
        })
    }

    /// Where it is, as its administrator reaches it.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Starts it again when it has ended.
    ///
    /// # Errors
    ///
    /// Why it does not start, for a person.
    pub fn revive(&mut self) -> Result<(), String> {
        if database::open(&self.address, &OpenOptions::read("tests")).is_err() {
            let (address, end) = serve(self.address.dialect(), &self.directory, self.care)?;
            self.address = address;
            self.ends.push(end);
        }
        Ok(())
    }
}

fn install(dialect: Dialect, directory: &Path, care: Care) -> Result<(), String> {
    match dialect {
        Dialect::Sqlite => Err("SQLite needs no server".to_owned()),
        Dialect::Postgres => {
            let proof = match care {
                Care::Shipped => "trust",
                Care::None => "scram-sha-256",
            };
            run(directory, "initdb", INITDB, &[proof])
        }
        Dialect::Mysql => {
            let user = if is_root() { "nobody" } else { "" };
            run(directory, "mariadb-install-db", INSTALL_DB, &[user])
        }
    }
}

/// Starts the server of a directory and waits until it answers; it is stopped, and the directory
/// removed, when the end that is returned is closed.
fn serve(dialect: Dialect, directory: &Path, care: Care) -> Result<(Address, ChildStdin), String> {
    let port = free_port()?.to_string();
    let at = directory.display().to_string();
    let (script, database) = match dialect {
        Dialect::Mysql => (MARIADB, "mysql"),
        Dialect::Sqlite | Dialect::Postgres => (POSTGRES, "postgres"),
    };
    let mut arguments = vec![at.as_str(), port.as_str()];
    arguments.extend(careless(dialect, care));
    let end = hold(directory, script, &arguments)?;
    let server = Server {
        host: "127.0.0.1".to_owned(),
        port: port.parse().ok(),
        user: Some(USER.to_owned()),
        password: Some(Secret::new(PASSWORD)),
        database: database.to_owned(),
        tls: Tls::default(),
    };
    let address = match dialect {
        Dialect::Mysql => Address::Mysql(server),
        Dialect::Sqlite | Dialect::Postgres => Address::Postgres(server),
    };
    wait(&address, directory)?;
    Ok((address, end))
}

/// What makes a server wait for no disk, and end what lasts.
fn careless(dialect: Dialect, care: Care) -> &'static [&'static str] {
    match (care, dialect) {
        (Care::Shipped, _) | (Care::None, Dialect::Sqlite) => &[],
        (Care::None, Dialect::Postgres) => &[
            "-cfsync=off",
            "-csynchronous_commit=off",
            "-cfull_page_writes=off",
            "-cshared_buffers=16MB",
            "-cstatement_timeout=5min",
        ],
        (Care::None, Dialect::Mysql) => &[
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=32M",
            "--innodb-flush-method=nosync",
            "--innodb-doublewrite=0",
            "--lock-wait-timeout=300",
            "--max-statement-time=300",
        ],
    }
}

/// An authority, a server's certificate for `localhost` (and no other name), a client's.
const CERTIFICATES: &str = "umask 077
    new() { openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \"$@\"; }
    sign() {
        printf '%s' \"$2\" >extensions
        openssl x509 -req -in \"$1.csr\" -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
            -extfile extensions -out \"$1.crt\"
    }
    new -x509 -days 2 -subj /CN=authority -keyout ca.key -out ca.crt &&
    new -x509 -days 2 -subj /CN=stranger -keyout other.key -out other.crt &&
    new -subj /CN=localhost -keyout server.key -out server.csr &&
    new -subj /CN=certified -keyout client.key -out client.csr &&
    sign client 'extendedKeyUsage=clientAuth' && sign server 'subjectAltName=DNS:localhost'";

/// Arguments: how users prove who they are. Runs in the server's directory.
const INITDB: &str = "umask 077; echo hush-4711 >password
    initdb -D data -U tester -A \"$1\" --pwfile=password -N --no-instructions \
        -E UTF8 --locale=C || exit
    [ -f server.crt ] || exit 0
    echo 'hostssl all certified all cert' | cat - data/pg_hba.conf >hba && cat hba >data/pg_hba.conf
    printf \"ssl = on\\nssl_%s_file = '$PWD/%s'\\nssl_%s_file = '$PWD/%s'\\nssl_%s_file = '$PWD/%s'\\n\" \
        cert server.crt key server.key ca ca.crt >>data/postgresql.conf";

/// Arguments: directory, port, settings. Ends with its standard input.
const POSTGRES: &str = "exec 3<&0 </dev/null
    directory=$1 port=$2 && shift 2
    postgres -D data -k \"$directory\" -p \"$port\" -c listen_addresses=127.0.0.1 \
        -c max_connections=200 \"$@\" >log 2>&1 3<&- &
    server=$!
    read -r _ <&3
    kill -QUIT \"$server\"
    wait \"$server\"
    cd / && rm -rf \"$directory\"";

/// Arguments: the user to run as, or nothing. A server that starts clears its directory of temporary
/// files, so each has one of its own.
const INSTALL_DB: &str = "exec mariadb-install-db --no-defaults ${1:+--user=\"$1\"} \
    --datadir=\"$PWD/data\" --auth-root-authentication-method=normal --skip-test-db \
    --skip-name-resolve --innodb-flush-method=nosync --innodb-doublewrite=0 \
    --innodb-log-file-size=8M --tmpdir=\"$PWD\"";

/// Arguments: directory, port, settings. Ends with its standard input.
const MARIADB: &str = "exec 3<&0 </dev/null
    directory=$1 port=$2 && shift 2
    echo \"CREATE OR REPLACE USER tester@'%' IDENTIFIED BY 'hush-4711';\" >init.sql
    echo \"GRANT ALL ON *.* TO tester@'%' WITH GRANT OPTION;\" >>init.sql
    [ -f server.crt ] && set -- \"$@\" --ssl-ca=\"$directory/ca.crt\" \
        --ssl-cert=\"$directory/server.crt\" --ssl-key=\"$directory/server.key\"
    mariadbd --no-defaults --datadir=\"$directory/data\" --socket=\"$directory/my.sock\" --port=\"$port\" \
        --bind-address=127.0.0.1 --pid-file=\"$directory/my.pid\" --skip-name-resolve \
        --tmpdir=\"$directory\" \
        --performance-schema=OFF --character-set-server=utf8mb4 --max-connections=200 \"$@\" \
        --init-file=\"$directory/init.sql\" >log 2>&1 3<&- &
    server=$!
    read -r _ <&3
    kill -KILL \"$server\"
    wait \"$server\"
    cd / && rm -rf \"$directory\"";

/// Where servers run that nobody needs afterwards: in memory, where this machine has room for
/// files there.
fn swift() -> &'static Path {
    const ROOM: u64 = 2 * 1024 * 1024;
    let memory = Path::new("/dev/shm");
    let mut df = Command::new("df");
    let said = df.args(["-k", "--output=avail"]).arg(memory).output();
    let said = said.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    let free = said.unwrap_or_default();
    let free = free.lines().nth(1).and_then(|it| it.trim().parse().ok());
    if free.is_some_and(|free: u64| free > ROOM) {
        memory
    } else {
        Path::new("/tmp")
    }
}

/// A directory with a short path (a socket's has 107 bytes at most) that the servers' user owns.
fn directory(place: &Path) -> Result<PathBuf, String> {
    let made = tempfile::Builder::new().prefix("mt").tempdir_in(place);
    let path = made.map_err(|error| error.to_string())?.keep();
    if is_root() {
        let status = Command::new("chown").arg("nobody").arg(&path).status();
        if !status.is_ok_and(|status| status.success()) {
            return Err("there is no user `nobody` to run it".to_owned());
        }
    }
    Ok(path)
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn free_port() -> Result<u16, String> {
    let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound
        .map(|address| address.port())
        .map_err(|error| error.to_string())
}

/// A shell in the directory, as a user that the servers accept.
fn shell(directory: &Path, script: &str, arguments: &[&str]) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "nobody", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command
        .args(["-c", script, "sh"])
        .args(arguments)
        .current_dir(directory)
        .env("PATH", search_path())
        .env_remove("PGDATA")
        .env("LC_ALL", "C");
    command
}

/// Debian keeps the servers' programs off the usual path.
fn search_path() -> String {
    let mut path = std::env::var("PATH").unwrap_or_default();
    path.push_str(":/usr/sbin:/usr/local/bin");
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    for version in versions.flatten() {
        path.push_str(&format!(":{}/bin", version.path().display()));
    }
    path
}

fn run(directory: &Path, program: &str, script: &str, arguments: &[&str]) -> Result<(), String> {
    let found = shell(directory, "command -v \"$1\"", &[program]).output();
    if !found.is_ok_and(|output| output.status.success()) {
        let _ = std::fs::remove_dir_all(directory);
        return Err(format!("`{program}` is not installed"));
    }
    let output = shell(directory, script, arguments)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("`{program}` failed: {said}"))
}

/// Starts the shell that holds the server. When our end of the pipe is closed, it stops the server
/// and removes its directory.
fn hold(directory: &Path, script: &str, arguments: &[&str]) -> Result<ChildStdin, String> {
    let mut holder = shell(directory, script, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(|error| error.to_string())?;
    Ok(holder.stdin.take().expect("it is piped"))
}

fn wait(address: &Address, directory: &Path) -> Result<(), String> {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        match database::open(address, &OpenOptions::read("tests")) {
            Ok(_) => return Ok(()),
            Err(error) if Instant::now() > until => {
                let log = std::fs::read_to_string(directory.join("log")).unwrap_or_default();
                return Err(format!("it does not answer: {error}\n{log}"));
            }
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}
