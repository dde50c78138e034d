//! Where a database is and how to get in.

use std::fmt;
use std::path::PathBuf;

use crate::dialect::Dialect;

/// A database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file, already resolved against the ini; `:memory:` is a private one.
    Sqlite {
        /// The file.
        path: PathBuf,
    },
    /// A PostgreSQL server.
    Postgres(Server),
    /// A MySQL or MariaDB server.
    Mysql(Server),
}

impl Address {
    /// An address on an engine: `path` serves SQLite, `server` the others.
    pub fn of(dialect: Dialect, path: PathBuf, server: Server) -> Self {
        match dialect {
            Dialect::Sqlite => Self::Sqlite { path },
            Dialect::Postgres => Self::Postgres(server),
            Dialect::Mysql => Self::Mysql(server),
        }
    }

    /// The same address with that password; SQLite has none.
    #[must_use]
    pub fn with_password(mut self, password: Option<Secret>) -> Self {
        match &mut self {
            Self::Sqlite { .. } => {}
            Self::Postgres(server) | Self::Mysql(server) => server.password = password,
        }
        self
    }

    /// The engine.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite { .. } => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
            Self::Mysql(_) => Dialect::Mysql,
        }
    }
}

/// A database on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Host name, address, or the directory (PostgreSQL) or path (MySQL) of a socket.
    pub host: String,
    /// Port; none means the engine's own.
    pub port: Option<u16>,
    /// The user; none means the engine's own rule.
    pub user: Option<String>,
    /// The password.
    pub password: Option<Secret>,
    /// The database.
    pub database: String,
    /// Encryption.
    pub tls: Tls,
}

/// Encryption of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tls {
    /// How much is demanded.
    pub mode: SslMode,
    /// Certificates of the authorities trusted (PEM).
    pub root_certificate: Option<PathBuf>,
    /// The client's certificate (PEM).
    pub certificate: Option<PathBuf>,
    /// The client's key (PEM).
    pub key: Option<PathBuf>,
}

/// How much encryption is demanded, in libpq's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SslMode {
    /// None.
    #[default]
    Disable,
    /// When the server offers it.
    Prefer,
    /// Always, whoever the server is.
    Require,
    /// Always, with a certificate of a trusted authority.
    VerifyCa,
    /// As `VerifyCa`, and it names the host.
    VerifyFull,
}

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the driver only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Prints as a URL with the password masked: `postgresql://irma:***@localhost:5432/frontend`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = match self {
            Self::Sqlite { path } => return write!(f, "sqlite:///{}", path.display()),
            Self::Postgres(server) | Self::Mysql(server) => server,
        };
        write!(f, "{}://", self.dialect())?;
        if let Some(user) = &server.user {
            f.write_str(user)?;
            if server.password.is_some() {
                f.write_str(":***")?;
            }
            f.write_str("@")?;
        }
        f.write_str(&server.host)?;
        if let Some(port) = server.port {
            write!(f, ":{port}")?;
        }
        write!(f, "/{}", server.database)
    }
}
