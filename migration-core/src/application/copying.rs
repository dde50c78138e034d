//! Where a copy of the database goes, and what it is called.

use std::path::{Path, PathBuf};

use super::moment;
use crate::database::{self, Address, BackupError};
use crate::revision::RevisionId;

/// As much of the names of revisions as a file name takes.
const LENGTH: usize = 80;

/// A copy that is to be taken.
pub(crate) struct Copying {
    address: Address,
    target: PathBuf,
}

impl Copying {
    /// One of a database that is at these revisions, to a directory or a pattern of a file.
    pub(crate) fn new(address: Address, rows: &[RevisionId], place: &Path) -> Self {
        let names = Names::of(&address, rows);
        Self {
            target: names.target(place),
            address,
        }
    }

    /// Takes it, unless `interrupted` says so meanwhile.
    pub(crate) fn take(
        &self,
        server: &str,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<PathBuf>, BackupError> {
        database::back_up(&self.address, server, &self.target, &|| !interrupted())
    }

    /// The directory for copies when nobody names one: that of a SQLite file, else where the command
    /// is typed.
    pub(crate) fn beside(address: &Address) -> &Path {
        match address {
            Address::Sqlite { path } => match path.parent() {
                Some(directory) if !directory.as_os_str().is_empty() => directory,
                Some(_) | None => Path::new("."),
            },
            Address::Postgres(_) | Address::Mysql(_) => Path::new("."),
        }
    }

    /// Whether a path ends as only that of a directory does.
    pub(crate) fn is_directory(path: &Path) -> bool {
        path.to_string_lossy().ends_with(std::path::MAIN_SEPARATOR)
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
        if place.is_dir() || Copying::is_directory(place) || !last.contains(['{', '.']) {
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

/// A name as a part of a file name.
fn plain(text: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || "._-+".contains(c);
    let plain = text.chars().map(|c| if fits(c) { c } else { '_' });
    plain.take(LENGTH).collect()
}
