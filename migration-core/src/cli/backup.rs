//! Where a copy of the database goes, and what it is called.

use std::path::{Path, PathBuf};

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::{files, interrupt, moment};
use crate::database::{self, Address, BackupError};
use crate::revision::RevisionId;

/// As much of the names of revisions as a file name takes.
const LENGTH: usize = 80;

/// The flags about a copy of the database.
#[derive(Debug, Args)]
pub(super) struct BackingUp {
    /// Copy the database before the first change: to this directory or file (with {name}, {date} and
    /// {revision} in its name), or where `backup` of the ini says, or beside the database
    #[arg(
        long,
        value_name = "PATH",
        num_args = 0..=1,
        require_equals = true
    )]
    backup: Option<Option<PathBuf>>,

    /// Copy nothing, whatever the ini says
    #[arg(long, conflicts_with = "backup")]
    no_backup: bool,
}

/// A copy that is to be taken.
pub(super) struct Copying {
    address: Address,
    target: PathBuf,
}

impl BackingUp {
    /// What is to be copied, and where to; none when nobody wants a copy.
    pub(super) fn plan(
        &self,
        context: &Context<'_>,
        rows: &[RevisionId],
    ) -> Result<Option<Copying>, Failure> {
        let settings = context.settings()?;
        let named = match &self.backup {
            _ if self.no_backup => return Ok(None),
            Some(None) => settings.backup.clone(),
            Some(Some(path)) if is_directory(path) => Some(files::absolute(path)?.join("")),
            Some(Some(path)) => Some(files::absolute(path)?),
            None if settings.backup.is_none() => return Ok(None),
            None => settings.backup.clone(),
        };
        let address = context.address()?;
        let place = match named {
            Some(path) => path,
            None => files::absolute(beside(&address))?,
        };
        let names = Names::of(&address, rows);
        Ok(Some(Copying {
            target: names.target(&place),
            address,
        }))
    }
}

impl Copying {
    /// Takes it.
    pub(super) fn take(&self, server: &str) -> Result<Option<PathBuf>, BackupError> {
        let go_on = || !interrupt::is_asked();
        database::back_up(&self.address, server, &self.target, &go_on)
    }
}

/// The directory for copies when nobody names one: that of a SQLite file, else where the command is
/// typed.
fn beside(address: &Address) -> &Path {
    match address {
        Address::Sqlite { path } => match path.parent() {
            Some(directory) if !directory.as_os_str().is_empty() => directory,
            Some(_) | None => Path::new("."),
        },
        Address::Postgres(_) | Address::Mysql(_) => Path::new("."),
    }
}

/// What a pattern may say.
struct Names {
    name: String,
    date: String,
    revision: String,
    /// The ending of a copy that nobody gives a name.
    ending: String,
}

impl Names {
    fn of(address: &Address, rows: &[RevisionId]) -> Self {
        let (name, ending) = match address {
            Address::Sqlite { path } => {
                let text = |part: Option<&std::ffi::OsStr>| {
                    let part = part.unwrap_or_default().to_string_lossy();
                    part.into_owned()
                };
                let ending = path.extension().map_or("db".into(), |it| text(Some(it)));
                (text(path.file_stem()), ending)
            }
            Address::Postgres(server) => (server.database.clone(), "dump".to_owned()),
            Address::Mysql(server) => (server.database.clone(), "sql".to_owned()),
        };
        let ids: Vec<&str> = rows.iter().map(RevisionId::as_str).collect();
        let revision = match ids.as_slice() {
            [] => "base".to_owned(),
            ids => ids.join("+"),
        };
        Self {
            name: plain(&name),
            date: moment::stamp(),
            revision: plain(&revision),
            ending,
        }
    }

    /// The file: in a directory under a name of ours, or as the pattern says. What is there tells a
    /// directory, else a last part without a dot or brace.
    fn target(&self, place: &Path) -> PathBuf {
        let last = place.file_name().unwrap_or_default().to_string_lossy();
        if place.is_dir() || is_directory(place) || !last.contains(['{', '.']) {
            let Self {
                name,
                date,
                revision,
                ending,
            } = self;
            return place.join(format!("{name}-{date}-{revision}.{ending}"));
        }
        let file = last
            .replace("{name}", &self.name)
            .replace("{date}", &self.date)
            .replace("{revision}", &self.revision);
        place.with_file_name(file)
    }
}

/// Whether a path ends as only that of a directory does.
fn is_directory(path: &Path) -> bool {
    path.to_string_lossy().ends_with(std::path::MAIN_SEPARATOR)
}

/// A name as a part of a file name.
fn plain(text: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || "._-+".contains(c);
    let plain = text.chars().map(|c| if fits(c) { c } else { '_' });
    plain.take(LENGTH).collect()
}
