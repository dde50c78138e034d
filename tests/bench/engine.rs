//! The engines that are measured, on private throw-away servers with the settings they are shipped
//! with.
#![expect(
    clippy::disallowed_methods,
    reason = "SQLite databases are files, and clients are looked for"
)]

use std::fs;
use std::path::{Path, PathBuf};

use migration_core::database::{self, Address, OpenOptions, Secret, Server};
use migration_core::dialect::Dialect;
use migration_tests::server::OwnServer;

use crate::failure::{Failure, at, during};
use crate::measure::Process;

/// One engine and its databases.
pub(crate) struct Engine {
    pub(crate) dialect: Dialect,
    /// Where databases in files are.
    directory: PathBuf,
    server: Option<OwnServer>,
}

impl Engine {
    /// Starts the engine's server, if it needs one; SQLite's files are put into `directory`, the
    /// data of a server below `place`.
    pub(crate) fn start(dialect: Dialect, directory: &Path, place: &Path) -> Result<Self, Failure> {
        let server = match dialect {
            Dialect::Sqlite => None,
            Dialect::Postgres | Dialect::Mysql => {
                let started = OwnServer::shipped(dialect, place);
                let hint = "apt-get install postgresql mariadb-server-core mariadb-client, or leave \
                            the engine out with --engines";
                Some(started.map_err(|it| Failure::new(format!("{dialect}: {it}")).hinting(hint))?)
            }
        };
        Ok(Self {
            dialect,
            directory: directory.to_owned(),
            server,
        })
    }

    /// What a person calls it.
    pub(crate) fn title(&self) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
            Dialect::Mysql => "MariaDB",
        }
    }

    /// Engine and version.
    pub(crate) fn version(&self) -> Result<String, Failure> {
        let address = match &self.server {
            Some(server) => server.address().clone(),
            None => Address::Sqlite {
                path: ":memory:".into(),
            },
        };
        let connection = database::open(&address, &OpenOptions::read("bench"));
        Ok(connection
            .map_err(during("the server"))?
            .server()
            .to_owned())
    }

    /// Where a database of this name is, or would be.
    pub(crate) fn address(&self, name: &str) -> Address {
        match self.server.as_ref().map(OwnServer::address) {
            None | Some(Address::Sqlite { .. }) => Address::Sqlite {
                path: self.directory.join(format!("{name}.db")),
            },
            Some(Address::Postgres(server)) => Address::Postgres(called(server, name)),
            Some(Address::Mysql(server)) => Address::Mysql(called(server, name)),
        }
    }

    /// An empty database of this name, whatever there was before.
    pub(crate) fn empty(&self, name: &str) -> Result<(), Failure> {
        self.drop(name)?;
        match self.dialect {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres | Dialect::Mysql => {
                self.administer(&format!("CREATE DATABASE \"{name}\""))
            }
        }
    }

    /// Takes a database away.
    pub(crate) fn drop(&self, name: &str) -> Result<(), Failure> {
        match self.dialect {
            Dialect::Sqlite => {
                for end in ["db", "db-journal", "db-wal", "db-shm"] {
                    let path = self.directory.join(format!("{name}.{end}"));
                    if path.exists() {
                        fs::remove_file(&path).map_err(at(&path))?;
                    }
                }
                Ok(())
            }
            Dialect::Postgres => {
                self.administer(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"))
            }
            Dialect::Mysql => self.administer(&format!("DROP DATABASE IF EXISTS \"{name}\"")),
        }
    }

    /// Makes `to` the same as `from`; false when the engine cannot copy a database.
    pub(crate) fn copy(&self, from: &str, to: &str) -> Result<bool, Failure> {
        self.drop(to)?;
        match self.dialect {
            Dialect::Sqlite => {
                let path = |name: &str| self.directory.join(format!("{name}.db"));
                fs::copy(path(from), path(to)).map_err(at(&path(to)))?;
                Ok(true)
            }
            Dialect::Postgres => {
                self.administer(&format!("CREATE DATABASE \"{to}\" TEMPLATE \"{from}\""))?;
                Ok(true)
            }
            Dialect::Mysql => Ok(false),
        }
    }

    fn administer(&self, sql: &str) -> Result<(), Failure> {
        let Some(server) = &self.server else {
            return Ok(());
        };
        let opened = database::open(server.address(), &OpenOptions::write("bench"));
        let mut connection = opened.map_err(during("the server"))?;
        let run = connection.run(&[sql]);
        run.map_err(|failed| Failure::new(format!("`{sql}`: {}", failed.error)))
    }
}

/// The name of the engine's own client.
pub(crate) fn client_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "sqlite3",
        Dialect::Postgres => "psql",
        Dialect::Mysql => "mariadb",
    }
}

/// The engine's own client, fed with a script; it stops at the first error.
pub(crate) fn client(address: &Address, script: &Path) -> Process {
    let process = Process::new(client_name(address.dialect()));
    match address {
        Address::Sqlite { path } => process.arg("-bail").arg(path).reading(script),
        Address::Postgres(server) => process
            .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", &server.host])
            .args(["-p", &port(server), "-U", user(server)])
            .args(["-d", &server.database, "-f"])
            .arg(script),
        Address::Mysql(server) => process
            .args(["--no-defaults", "--default-character-set=utf8mb4"])
            .args(["-h", &server.host, "-P", &port(server)])
            .args(["-u", user(server), &server.database])
            .env(
                "MYSQL_PWD",
                server.password.as_ref().map_or("", Secret::expose),
            )
            .reading(script),
    }
}

/// As other tools read it.
pub(crate) fn url(address: &Address) -> String {
    match address {
        Address::Sqlite { path } => path.display().to_string(),
        Address::Postgres(server) | Address::Mysql(server) => format!(
            "{}://{}:{}@{}:{}/{}{}",
            address.dialect(),
            user(server),
            server.password.as_ref().map_or("", Secret::expose),
            server.host,
            port(server),
            server.database,
            match address.dialect() {
                Dialect::Postgres => "?sslmode=disable",
                Dialect::Sqlite | Dialect::Mysql => "",
            }
        ),
    }
}

fn called(server: &Server, name: &str) -> Server {
    Server {
        database: name.to_owned(),
        ..server.clone()
    }
}

fn port(server: &Server) -> String {
    server.port.unwrap_or_default().to_string()
}

fn user(server: &Server) -> &str {
    server.user.as_deref().unwrap_or_default()
}
