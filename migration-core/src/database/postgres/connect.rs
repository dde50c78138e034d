//! Reaching a PostgreSQL server.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::sync::{Arc, Mutex};
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::{Builder, Runtime};
use tokio::task::AbortHandle;
use tokio_postgres::config::SslMode as Demand;
use tokio_postgres::tls::{MakeTlsConnect, NoTls, TlsConnect};
use tokio_postgres::{AsyncMessage, CancelToken, Client, Config, Error, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Failure, Postgres, TransactionState};
use crate::database::{
    Address, Canceller, Connection as _, Connector, DatabaseError, Notice, OpenOptions, Server,
    SslMode, probe, tls,
};
use crate::dialect::Dialect;
use crate::parallel::held;

/// Where servers listen unless told otherwise.
const PORT: u16 = 5432;

/// How long a request to end a statement may take to get through.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection that waits, for its lock or for a long statement, is kept alive for the routers in
/// between.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Connects and sets the session up.
pub(super) fn connect(server: &Server, options: &OpenOptions) -> Result<Postgres, DatabaseError> {
    let failure = Failure::new(server);
    let runtime = Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .map_err(|source| failure.unreachable(source))?;
    let notices = Arc::default();
    let ears = Ears {
        notices: Arc::clone(&notices),
        end: Arc::clone(&failure.end),
    };
    let reached = reach(&runtime, &failure, server, options, &ears);
    let Reached {
        client,
        driver,
        session,
        canceller,
    } = reached.map_err(|error| explain(server, error))?;
    let mut postgres = Postgres {
        client,
        runtime,
        failure,
        server: format!("PostgreSQL {}", session.version),
        notices,
        driver,
        transaction: TransactionState::None,
        demand: &[],
        ahead: VecDeque::new(),
        connector: Connector::new(Address::Postgres(server.clone()), options),
        canceller,
    };
    if !session.standard_strings {
        // A backslash in a literal must be a backslash whatever the server's default is.
        postgres
            .run(postgres.dialect().syntax().session)
            .map_err(|failed| failed.error)?;
    }
    Ok(postgres)
}

/// Whether a host means the directory of a socket.
pub(super) fn is_socket(host: &str) -> bool {
    host.starts_with('/')
}

/// A connection as the driver gives it.
struct Reached {
    client: Client,
    driver: AbortHandle,
    session: Session,
    canceller: Canceller,
}

/// What the server told about itself at the beginning.
struct Session {
    version: String,
    standard_strings: bool,
}

/// Where what the server says unasked is kept.
#[derive(Clone)]
struct Ears {
    notices: Arc<Mutex<Vec<Notice>>>,
    end: Arc<Mutex<Option<String>>>,
}

fn reach(
    runtime: &Runtime,
    failure: &Failure,
    server: &Server,
    options: &OpenOptions,
    ears: &Ears,
) -> Result<Reached, DatabaseError> {
    let mode = match server.tls.mode {
        // As libpq: a socket is not encrypted, whatever is asked for.
        _ if is_socket(&server.host) => SslMode::Disable,
        mode => mode,
    };
    let config = config(server, options, mode);
    if mode == SslMode::Disable {
        return attempt(runtime, failure, &config, NoTls, (options, ears));
    }
    let rustls = tls::client_config(&server.tls)?;
    let connector = MakeRustlsConnect::new(rustls);
    match attempt(runtime, failure, &config, connector, (options, ears)) {
        Err(DatabaseError::Tls { .. }) if mode == SslMode::Prefer => {
            let mut plain = config;
            plain.ssl_mode(Demand::Disable);
            attempt(runtime, failure, &plain, NoTls, (options, ears))
        }
        outcome => outcome,
    }
}

/// The same error, unless it comes from a server of another kind.
fn explain(server: &Server, error: DatabaseError) -> DatabaseError {
    let is_garbled = match &error {
        DatabaseError::Unreachable { .. }
        | DatabaseError::Lost { .. }
        | DatabaseError::Tls { .. } => true,
        // PostgreSQL's own refusals have a code.
        other => other.refusal().is_some_and(|it| it.code.is_none()),
    };
    if !is_garbled || is_socket(&server.host) {
        return error;
    }
    let port = server.port.unwrap_or(PORT);
    probe::other(Dialect::Postgres, server, port).unwrap_or(error)
}

fn config(server: &Server, options: &OpenOptions, mode: SslMode) -> Config {
    let mut config = Config::new();
    if is_socket(&server.host) {
        config.host_path(&server.host);
    } else {
        config.host(&server.host);
    }
    config
        .port(server.port.unwrap_or(PORT))
        .dbname(&server.database)
        .connect_timeout(options.connect_timeout)
        .keepalives_idle(KEEP_ALIVE)
        .ssl_mode(match mode {
            SslMode::Disable => Demand::Disable,
            SslMode::Prefer => Demand::Prefer,
            SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => Demand::Require,
        });
    if let Some(user) = &server.user {
        config.user(user);
    }
    if let Some(password) = &server.password {
        config.password(password.expose());
    }
    if !options.application.is_empty() {
        config.application_name(&options.application);
    }
    config
}

fn attempt<T>(
    runtime: &Runtime,
    failure: &Failure,
    config: &Config,
    tls: T,
    ears: (&OpenOptions, &Ears),
) -> Result<Reached, DatabaseError>
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::Stream: Send + 'static,
    T::TlsConnect: TlsConnect<Socket>,
{
    let (options, ears) = ears;
    let again = tls.clone();
    runtime.block_on(async {
        let (client, connection) =
            match tokio::time::timeout(options.connect_timeout, config.connect(tls)).await {
                Ok(connected) => connected.map_err(|error| failure.of(&error))?,
                Err(_) => {
                    let late = io::Error::new(io::ErrorKind::TimedOut, "no answer in time");
                    return Err(failure.unreachable(late));
                }
            };
        let told = |name| connection.parameter(name).unwrap_or_default();
        let session = Session {
            // `15.18 (Debian 15.18-0+deb12u1)`: the packager is of no interest.
            version: told("server_version")
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
            standard_strings: told("standard_conforming_strings") == "on",
        };
        let driver = tokio::spawn(listen(connection, ears.clone()));
        Ok(Reached {
            canceller: canceller(client.cancel_token(), again),
            client,
            driver: driver.abort_handle(),
            session,
        })
    })
}

/// What asks the server, on a connection of its own, to end what another is running.
fn canceller<T>(token: CancelToken, tls: T) -> Canceller
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
{
    Arc::new(move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else {
            return;
        };
        // Nothing is to be done about a request that does not get through: the statement ends by
        // itself, or the process does.
        let _ = runtime.block_on(async {
            tokio::time::timeout(CANCEL_TIMEOUT, token.cancel_query(tls.clone())).await
        });
    })
}

/// Drives the connection while statements run, and keeps what the server says unasked.
async fn listen<S, T>(mut connection: tokio_postgres::Connection<S, T>, ears: Ears)
where
    S: AsyncRead + AsyncWrite + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    let result: Result<(), Error> = poll_fn(|context| {
        while let Some(message) = ready!(connection.poll_message(context)?) {
            if let AsyncMessage::Notice(notice) = message {
                let mut notices = held(ears.notices.lock());
                notices.push(Notice {
                    severity: notice.severity().to_owned(),
                    message: notice.message().to_owned(),
                });
            }
        }
        Poll::Ready(Ok(()))
    })
    .await;
    let why = match &result {
        Ok(()) => None,
        Err(error) => error
            .as_db_error()
            .map(|said| said.message().to_owned())
            .or_else(|| std::error::Error::source(error).map(ToString::to_string)),
    };
    *held(ears.end.lock()) = why;
}
