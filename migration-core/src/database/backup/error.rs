//! What can go wrong when a database is copied or put back.

use std::io;
use std::path::PathBuf;

use crate::database::DatabaseError;
use crate::diagnostic::Advice;

/// A copy that was not made, or not put back.
///
/// Texts that come from other programs have the password masked before they stand here.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The program that copies is not installed.
    #[error("no backup: `{tool}` is not installed, or not on the PATH")]
    NoTool {
        /// The program.
        tool: &'static str,
        /// What brings it.
        package: &'static str,
    },
    /// The program that copies cannot be started.
    #[error("no backup: cannot start `{tool}`")]
    CannotStart {
        /// The program.
        tool: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The program that copies does not know this server yet.
    #[error("no backup: `{tool}` is of version {version}, older than the server, {server}")]
    TooOld {
        /// The program.
        tool: &'static str,
        /// Its version.
        version: String,
        /// The server's.
        server: String,
    },
    /// The program that copies did not come to its end.
    #[error("no backup: `{tool}` failed ({status}){}", saying(said))]
    ToolFailed {
        /// The program.
        tool: &'static str,
        /// How it ended.
        status: String,
        /// What it wrote to standard error.
        said: String,
    },
    /// A file cannot be written.
    #[error("cannot write `{}`", path.display())]
    CannotWrite {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The database cannot be read, or its copy not be written.
    #[error("cannot copy `{}` to `{}`", from.display(), to.display())]
    Copy {
        /// The database.
        from: PathBuf,
        /// The copy.
        to: PathBuf,
        /// What SQLite said.
        source: Box<DatabaseError>,
    },
    /// A file fails SQLite's own check.
    #[error("`{}` is damaged: {finding}", path.display())]
    Damaged {
        /// The file, or what was copied.
        path: PathBuf,
        /// The first thing that the check found.
        finding: String,
    },
    /// Somebody asked to stop.
    #[error("stopped before the backup was complete")]
    Interrupted,
    /// The copy that is to be put back is not there.
    #[error("there is no copy `{}`", path.display())]
    NoCopy {
        /// The file.
        path: PathBuf,
    },
    /// The copy has no content: the disk may have been full when it was made.
    #[error("the copy `{}` is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The copy has no version table, and the database that it would replace has one: it may be of
    /// another program, or older than the first migration.
    #[error("the copy `{}` has no table `{table}`, and the database has it", path.display())]
    OfAnother {
        /// The file.
        path: PathBuf,
        /// The version table.
        table: String,
    },
    /// The copy cannot be read.
    #[error("`{}` cannot be put back", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<DatabaseError>,
    },
    /// Somebody else has the database open.
    #[error("`{}` is in use{}", path.display(), by(who.as_deref()))]
    InUse {
        /// The database.
        path: PathBuf,
        /// Who, as far as the system tells.
        who: Option<String>,
    },
}

fn saying(said: &str) -> String {
    let lines: Vec<&str> = said.lines().filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(": {}", lines.join("; "))
}

fn by(who: Option<&str>) -> String {
    who.map(|who| format!(" by {who}")).unwrap_or_default()
}

impl Advice for BackupError {
    fn kind(&self) -> &'static str {
        match self {
            Self::NoTool { .. } | Self::CannotStart { .. } => "backup-tool-missing",
            Self::TooOld { .. } => "backup-tool-too-old",
            Self::ToolFailed { .. } | Self::Copy { .. } => "backup-failed",
            Self::CannotWrite { .. } => "cannot-write",
            Self::Damaged { .. } => "damaged",
            Self::Interrupted => "interrupted",
            Self::NoCopy { .. } => "no-such-file",
            Self::Empty { .. } => "damaged",
            Self::OfAnother { .. } => "other-database",
            Self::Unreadable { source, .. } => source.kind(),
            Self::InUse { .. } => "in-use",
        }
    }

    fn hint(&self) -> Option<String> {
        const WITHOUT: &str = "`--no-backup` migrates without one";
        Some(match self {
            Self::NoTool { package, .. } => {
                format!("install it (Debian: `apt install {package}`); {WITHOUT}")
            }
            Self::CannotStart { .. } => WITHOUT.to_owned(),
            Self::TooOld { .. } => format!(
                "put the program of the server's version, or a newer one, before it on the PATH; \
                 {WITHOUT}"
            ),
            Self::ToolFailed { .. } => format!(
                "the user of `[sqldb]` must be allowed to read everything in the database; \
                 {WITHOUT}"
            ),
            Self::CannotWrite { source, .. } if is_full(source) => {
                "make room, or name another directory".to_owned()
            }
            Self::CannotWrite { .. } => {
                "name a directory that can be written: `--backup=DIR`, or `backup` of \
                 `[migration]`"
                    .to_owned()
            }
            Self::Copy { source, .. } => return source.hint(),
            Self::OfAnother { .. } => {
                "name another; `--yes` puts this one back all the same".to_owned()
            }
            Self::Damaged { .. } | Self::Empty { .. } => {
                "nothing was changed; an older copy may be whole".to_owned()
            }
            Self::Interrupted => "run the same command again to go on".to_owned(),
            Self::NoCopy { .. } => "`restore PATH` names another".to_owned(),
            Self::Unreadable { .. } => "name a copy that `--backup` made".to_owned(),
            Self::InUse { .. } => {
                "stop the programs that use the database, then run this again".to_owned()
            }
        })
    }
}

/// Whether there is no room for a file.
fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}
