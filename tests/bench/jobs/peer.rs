//! How each of the other tools is told to go to its newest revision.

use migration_core::database::Address;
use migration_core::dialect::Dialect;

use crate::engine::url;
use crate::failure::Failure;
use crate::field::{Field, Written};
use crate::files::put;
use crate::history::Peer;
use crate::measure::Process;

/// The process that upgrades a database; nothing where the tool does not know the engine.
pub(super) fn up(
    field: &Field,
    peer: Peer,
    written: &Written,
    address: &Address,
) -> Result<Option<Process>, Failure> {
    let dialect = address.dialect();
    let url = url(address);
    let directory = written.peer(peer, dialect)?;
    let is_file = dialect == Dialect::Sqlite;
    let process = Process::new(peer.program());
    Ok(Some(match peer {
        Peer::Sqlx => {
            let url = if is_file {
                format!("sqlite://{url}?mode=rwc")
            } else {
                url
            };
            process
                .args(["migrate", "run", "--database-url", &url, "--source"])
                .arg(directory)
        }
        Peer::Diesel => {
            put(&directory.join("diesel.toml"), "")?;
            process
                .args(["--database-url", &url, "--migration-dir"])
                .arg(&directory)
                .args(["migration", "run"])
                .inside(&directory)
        }
        Peer::Refinery => {
            let url = if is_file {
                format!("sqlite://{url}")
            } else {
                url
            };
            let process = process.args(["migrate", "-g", "-e", "BENCH_URL", "-p"]);
            process
                .arg(directory)
                .env("BENCH_URL", url)
                .inside(&field.path(""))
        }
        Peer::Dbmate => {
            let url = if is_file {
                format!("sqlite:{url}")
            } else {
                url
            };
            process
                .args(["--no-dump-schema", "--url", &url, "--migrations-dir"])
                .arg(directory)
                .args(["up"])
        }
    }))
}
