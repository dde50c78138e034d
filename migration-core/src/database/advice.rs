//! What to do about an error of a database, in the operator's words.

use std::io;

use super::DatabaseError;
use super::error::{Refusal, create_text, grant};
use crate::diagnostic::Advice;
use crate::dialect::Dialect;

impl Advice for DatabaseError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "server-unreachable",
            Self::WrongPassword { .. } => "wrong-password",
            Self::NoSuchDatabase { .. } => "no-such-database",
            Self::NoAccess { .. } => "no-access",
            Self::OtherServer { .. } => "other-server",
            Self::ForeignVersionTable { .. } => "foreign-version-table",
            Self::UnwritableDirectory { .. } => "unwritable-directory",
            Self::NoSuchFile { .. } => "no-such-file",
            Self::NoSuchDirectory { .. } => "no-such-directory",
            Self::NotADatabase { .. } => "not-a-database",
            Self::CannotOpen { .. } => "cannot-open",
            Self::ReadOnly { .. } => "read-only",
            Self::Busy { .. } => "busy",
            Self::Locked { .. } => "locked",
            Self::DiskFull { .. } => "disk-full",
            Self::LockLost { .. } => "lock-lost",
            Self::Tls { .. } => "tls",
            Self::NoScratch { .. } => "no-scratch",
            Self::Refused(_) => "statement-refused",
            Self::Lost { .. } => "connection-lost",
            Self::Driver { .. } => "driver",
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm per error")]
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Unreachable { source, .. } if is_unresolved(source) => {
                "no machine of that name is known here: correct `host`, unless the network or its name \
                 service is down"
            }
            Self::Unreachable { .. } => {
                "is the server running? `host` and `port` say where it is looked for"
            }
            Self::WrongPassword { .. } => {
                "check `username` and `password`, and whether the server lets this user in from this \
                 machine"
            }
            Self::NoSuchDatabase { dialect, database } => {
                let statement = create_text(*dialect, database);
                return Some(format!(
                    "`initdb` creates it when this user may; an administrator does it with {statement}"
                ));
            }
            Self::NoSuchDirectory { directory, .. } => {
                return Some(format!(
                    "create it first (`mkdir -p '{}'`), or correct `dbname`",
                    directory.display()
                ));
            }
            Self::NoAccess { account, database } => {
                let statements = grant(database, account);
                return Some(format!(
                    "it does not exist, or this user has no rights on it; an administrator runs\n\
                     {statements}"
                ));
            }
            Self::OtherServer { found, .. } => return Some(other_server(*found)),
            Self::ForeignVersionTable { .. } => {
                "set `version_table = ...` in `[migration]` to a name that is free, or to that of \
                 the table where the version really is"
            }
            Self::UnwritableDirectory { .. } => {
                "SQLite makes its journal there while it writes: the user who runs this needs the \
                 right to write the directory"
            }
            Self::CannotOpen { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "the user who runs this needs the right to read and write the file"
            }
            Self::NoSuchFile { .. } | Self::NotADatabase { .. } | Self::CannotOpen { .. } => {
                "`dbname` says which file is meant"
            }
            Self::ReadOnly { .. } => "a migration needs the right to write it",
            Self::Busy { blocker, .. } => {
                let wait = "run the same command again when the other program has finished";
                return Some(match blocker {
                    Some(blocker) => format!("{wait}; an administrator ends it: {}", blocker.stop),
                    None => wait.to_owned(),
                });
            }
            Self::LockLost { .. } => {
                "another migration may have begun; run the same command again. Behind a pooler that \
                 gives every transaction another session, set `lock = lease` in `[migration]`"
            }
            Self::Locked { stop, .. } => {
                let wait = "wait for it to end, then run this again";
                return Some(match stop {
                    Some(stop) => format!("{wait}; if it hangs, an administrator ends it: {stop}"),
                    None => wait.to_owned(),
                });
            }
            Self::DiskFull { .. } => {
                "make room where the database and its journal are, then run this again"
            }
            Self::Tls { .. } => "see `sslmode` and `sslrootcert`",
            Self::NoScratch { hint, .. } => return Some(hint.clone()),
            Self::Refused(refusal) => return refusal.advice(),
            Self::Lost { .. } => {
                "what was not committed is undone; run the same command again when the server is \
                 back"
            }
            Self::Driver { .. } => {
                "does the user sign in with a method this program does not know? `CREATE USER` \
                 with a plain password works"
            }
        };
        Some(hint.to_owned())
    }
}

impl Refusal {
    /// The engine's own hint, if there is one.
    fn advice(&self) -> Option<String> {
        // too_many_connections; ER_CON_COUNT, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED.
        if ["53300", "1040", "1203", "1226"].contains(&self.code.as_deref().unwrap_or_default()) {
            return Some(CROWDED.to_owned());
        }
        // ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR.
        if ["1044", "1142", "1143"].contains(&self.code.as_deref().unwrap_or_default()) {
            return Some(DENIED.to_owned());
        }
        // unsafe_new_enum_value_usage.
        if self.code.as_deref() == Some("55P04") {
            return Some(TOO_EARLY.to_owned());
        }
        self.hint.clone()
    }
}

const DENIED: &str = "an administrator grants it, unless `username` is not the user who migrates: that \
                      one reads, writes and changes the tables of the database";

/// Where a value is used that the same transaction added.
const TOO_EARLY: &str = "a value that is added to a type can be used once it is committed: use it in a \
                         later revision, and let transactions end between revisions (`transaction = \
                         auto` or `revision`)";

const CROWDED: &str = "a migration needs two connections, one of them for its lock, and a third for a \
                       moment when it has to wait: allow the user so many, or end others";

/// Whether the name of a host means nothing; the system's library says so in words alone.
fn is_unresolved(error: &io::Error) -> bool {
    error.to_string().contains("lookup address")
}

fn other_server(found: Option<Dialect>) -> String {
    let ports = "PostgreSQL usually listens at port 5432, MySQL and MariaDB at 3306";
    match found {
        Some(found) => format!("correct `port`, or set `dbms = {found}`; {ports}"),
        None => format!("correct `host` and `port`; {ports}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::DatabaseError;
    use crate::diagnostic::Advice as _;
    use crate::dialect::Dialect;

    #[test]
    fn a_host_without_an_address_is_no_server_that_does_not_run() {
        let hint = |text: &str| {
            let error = DatabaseError::Unreachable {
                dialect: Dialect::Postgres,
                place: "db:5432".to_owned(),
                source: io::Error::other(text),
            };
            error.hint().unwrap_or_default()
        };
        let unresolved = hint("failed to lookup address information: Name or service not known");
        assert!(unresolved.starts_with("no machine of that name is known here"));
        assert!(hint("Connection refused").starts_with("is the server running?"));
    }
}
