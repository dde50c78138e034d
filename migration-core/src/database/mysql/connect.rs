//! Reaching a MySQL or MariaDB server.

use std::any::Any;
use std::io;
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use mysql::consts::CapabilityFlags;
use mysql::prelude::Queryable;
use mysql::{ClientIdentity, Conn, OptsBuilder, SslOpts};

use super::{Failure, Mysql};
use crate::database::probe;
use crate::database::tls::{self, Trust};
use crate::database::{Address, Connector, DatabaseError, OpenOptions, Server, SslMode, Tls};
use crate::dialect::Dialect;

/// The thread that connects; a panic of the driver there is an error, not noise.
const THREAD: &str = "mysql-connect";

/// How long a server usually takes to greet; after that it is asked whether it is a MySQL server.
const SILENCE: Duration = Duration::from_secs(1);

/// Where MySQL servers listen unless told otherwise.
const PORT: u16 = 3306;

/// A connection that waits, for its lock or for a long statement, is kept alive for the routers in
/// between; in milliseconds.
const KEEP_ALIVE: u32 = 30_000;

/// Connects and sets the session up.
pub(super) fn connect(server: &Server, options: &OpenOptions) -> Result<Mysql, DatabaseError> {
    let mut failure = Failure::new(server);
    let socket = is_socket(&server.host);
    let mode = if socket {
        SslMode::Disable
    } else {
        server.tls.mode
    };
    let mut connection = match reach(server, options, mode, &failure) {
        Err(DatabaseError::Tls { .. }) if mode == SslMode::Prefer => {
            reach(server, options, SslMode::Disable, &failure)?
        }
        outcome => outcome?,
    };
    failure.connected = true;
    let failed = |error: mysql::Error| failure.of(&error, "");
    for text in Dialect::Mysql.syntax().session {
        connection.query_drop(text).map_err(failed)?;
    }
    let version: String = connection
        .query_first("SELECT version()")
        .map_err(failed)?
        .unwrap_or_default();
    let demanded = !matches!(mode, SslMode::Disable | SslMode::Prefer);
    if demanded && cipher(&mut connection).map_err(failed)?.is_empty() {
        return Err(DatabaseError::Tls {
            message: "the server answers in the clear".to_owned(),
        });
    }
    Ok(Mysql {
        connection,
        server: product(&version),
        failure,
        notices: Vec::new(),
        transaction: false,
        connector: Connector::new(Address::Mysql(server.clone()), options),
    })
}

/// Whether a host means the path of a socket.
pub(super) fn is_socket(host: &str) -> bool {
    host.starts_with('/')
}

/// Connects in a thread of its own: the driver has no time limit for a server that accepts and
/// stays silent, and panics on sign-in methods it does not know.
fn reach(
    server: &Server,
    options: &OpenOptions,
    mode: SslMode,
    failure: &Failure,
) -> Result<Conn, DatabaseError> {
    silence_driver();
    let opts = opts(server, options, mode)?;
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::Builder::new()
        .name(THREAD.to_owned())
        .spawn(move || sender.send(Conn::new(opts)))
        .map_err(|source| failure.unreachable(source))?;
    let answer = match receiver.recv_timeout(options.connect_timeout.min(SILENCE)) {
        Err(RecvTimeoutError::Timeout) => {
            // Each waits for the other to speak first.
            if let Some(other) = other_server(server) {
                return Err(other);
            }
            receiver.recv_timeout(options.connect_timeout.saturating_sub(SILENCE))
        }
        answer => answer,
    };
    match answer {
        Ok(connected) => connected.map_err(|error| match failure.of(&error, "") {
            error @ DatabaseError::Unreachable { .. } | error @ DatabaseError::Driver { .. } => {
                other_server(server).unwrap_or(error)
            }
            error => error,
        }),
        Err(RecvTimeoutError::Timeout) => {
            let late = io::Error::new(io::ErrorKind::TimedOut, "no answer in time");
            Err(failure.unreachable(late))
        }
        Err(RecvTimeoutError::Disconnected) => {
            let panic = thread.join().err();
            Err(failure.failed(&words(panic.as_deref())))
        }
    }
}

/// Whether something else than a MySQL server answers.
fn other_server(server: &Server) -> Option<DatabaseError> {
    if is_socket(&server.host) {
        return None;
    }
    probe::other(Dialect::Mysql, server, server.port.unwrap_or(PORT))
}

fn opts(
    server: &Server,
    options: &OpenOptions,
    mode: SslMode,
) -> Result<OptsBuilder, DatabaseError> {
    let builder = OptsBuilder::new()
        .user(server.user.as_deref())
        .pass(server.password.as_ref().map(|secret| secret.expose()))
        .db_name(Some(&server.database))
        .tcp_connect_timeout(Some(options.connect_timeout))
        .tcp_keepalive_time_ms(Some(KEEP_ALIVE))
        // Rows found, as the other engines count, not rows that differ afterwards.
        .additional_capabilities(CapabilityFlags::CLIENT_FOUND_ROWS)
        // The driver would leave an encrypted connection for the server's socket.
        .prefer_socket(false)
        .ssl_opts(ssl_opts(&server.tls, mode)?);
    let builder = if options.application.is_empty() {
        builder
    } else {
        let attributes = [("program_name".to_owned(), options.application.clone())];
        builder.connect_attrs(Some(attributes.into()))
    };
    Ok(if is_socket(&server.host) {
        builder.socket(Some(server.host.as_str()))
    } else {
        builder
            .ip_or_hostname(Some(server.host.as_str()))
            .tcp_port(server.port.unwrap_or(PORT))
    })
}

/// The driver's words for `sslmode`. It always trusts the public authorities besides
/// `sslrootcert`; so `verify-ca` alone, without a root of one's own, also checks the name.
fn ssl_opts(tls: &Tls, mode: SslMode) -> Result<Option<SslOpts>, DatabaseError> {
    if mode == SslMode::Disable {
        return Ok(None);
    }
    // The driver would call a missing file a server that does not answer.
    tls::client_config(tls)?;
    let pair = tls.certificate.clone().zip(tls.key.clone());
    let identity = pair.map(|(certificate, key)| ClientIdentity::new(certificate, key));
    let trust = Trust::of(tls);
    Ok(Some(
        SslOpts::default()
            .with_root_cert_path(tls.root_certificate.clone())
            .with_client_identity(identity)
            .with_danger_accept_invalid_certs(trust == Trust::Anyone)
            .with_danger_skip_domain_validation(trust == Trust::Authority),
    ))
}

fn cipher(connection: &mut Conn) -> mysql::Result<String> {
    let status: Option<(String, String)> =
        connection.query_first("SHOW SESSION STATUS LIKE 'Ssl_cipher'")?;
    Ok(status.map(|(_, cipher)| cipher).unwrap_or_default())
}

/// `10.11.19-MariaDB-deb12` to `MariaDB 10.11.19`, `8.0.40-0ubuntu` to `MySQL 8.0.40`.
fn product(version: &str) -> String {
    let number = version.split('-').next().unwrap_or(version);
    let name = if version.to_ascii_lowercase().contains("mariadb") {
        "MariaDB"
    } else {
        "MySQL"
    };
    format!("{name} {number}")
}

/// Keeps panics of the connecting thread off the terminal; all others print as before.
fn silence_driver() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some(THREAD) {
                before(panic);
            }
        }));
    });
}

fn words(panic: Option<&(dyn Any + Send)>) -> String {
    let text = panic.and_then(|payload| {
        let fixed = payload.downcast_ref::<&str>().map(ToString::to_string);
        fixed.or_else(|| payload.downcast_ref::<String>().cloned())
    });
    text.unwrap_or_else(|| "it gave no reason".to_owned())
}
