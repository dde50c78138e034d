//! The file where the discovered database of a component is kept.
#![expect(
    clippy::disallowed_methods,
    reason = "what was discovered is kept in a file of the user"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::rule::set;
use super::{Discovered, DiscoveryError};

/// The directory of all components' files in the user's directory of state.
const DIRECTORY: &str = "migrate";

/// Where what was discovered for a component and an ini is kept: below `XDG_STATE_HOME`, or
/// `.local/state` of the home directory; none without either.
pub fn path(
    environment: &BTreeMap<String, String>,
    component: &str,
    ini: &Path,
) -> Option<PathBuf> {
    let named = set(environment, "XDG_STATE_HOME").map(PathBuf::from);
    let home = || set(environment, "HOME").map(|home| Path::new(home).join(".local/state"));
    let state = named.filter(|path| path.is_absolute()).or_else(home)?;
    let digest = Sha256::digest(ini.as_os_str().as_encoded_bytes());
    let digest: String = digest
        .iter()
        .take(6)
        .map(|it| format!("{it:02x}"))
        .collect();
    Some(
        state
            .join(DIRECTORY)
            .join(format!("{component}-{digest}.json")),
    )
}

/// What is kept; none when nothing is.
///
/// # Errors
///
/// A file that cannot be read or understood.
pub fn kept(path: &Path) -> Result<Option<Discovered>, DiscoveryError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        // `su` and `sudo` may leave the home of somebody else, services have none.
        Err(error) if is_elsewhere(error.kind()) => return Ok(None),
        Err(source) => {
            return Err(DiscoveryError::File {
                path: path.to_owned(),
                source,
            });
        }
    };
    // The reason would quote the file, where a password may stand.
    let found = serde_json::from_str(&text).map_err(|_| DiscoveryError::Damaged {
        path: path.to_owned(),
    })?;
    Ok(Some(found))
}

fn is_elsewhere(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    matches!(kind, NotFound | NotADirectory | PermissionDenied)
}

/// Keeps a database, in a file that only its owner may read.
///
/// # Errors
///
/// What the system says.
pub fn keep(path: &Path, found: &Discovered) -> Result<(), DiscoveryError> {
    let write = || -> io::Result<()> {
        let directory = path.parent().unwrap_or(Path::new("."));
        make_private(directory)?;
        let text = serde_json::to_string_pretty(found).map_err(io::Error::other)?;
        let mut file = tempfile::NamedTempFile::new_in(directory)?;
        writeln!(file, "{text}")?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| DiscoveryError::File {
        path: path.to_owned(),
        source,
    })
}

/// Forgets what is kept; false when nothing was.
///
/// # Errors
///
/// What the system says.
pub fn forget(path: &Path) -> Result<bool, DiscoveryError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(DiscoveryError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The password in a file, without one line end.
pub(super) fn password(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Some(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

fn make_private(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(directory)
}
