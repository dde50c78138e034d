//! Files with a password in them that more people may read than need to.

use super::warning::ConfigWarning;
use std::path::Path;

/// Directories that a container's runtime or a service manager fills and guards by itself.
const GUARDED: [&str; 4] = [
    "/run/secrets",
    "/run/credentials",
    "/var/run/secrets",
    "/var/run/credentials",
];

/// The warning about a file with a password in it; none when only its owner may read it.
#[cfg(unix)]
pub(super) fn warning(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;

    const GROUP: u32 = 0o040;
    const OTHERS: u32 = 0o004;
    if GUARDED.iter().any(|guarded| path.starts_with(guarded)) {
        return None;
    }
    let metadata = std::fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() == 0 {
        return None;
    }
    let mode = metadata.mode() & 0o777;
    // Of root, with a group of its own: somebody meant that group to read it.
    let is_lent = metadata.uid() == 0 && metadata.gid() != 0;
    let who = match (mode & GROUP != 0, mode & OTHERS != 0) {
        (_, true) => "everybody",
        (true, false) if !is_lent => "its group",
        (true | false, false) => return None,
    };
    let warning = ConfigWarning::Exposed {
        path: path.display().to_string(),
        who,
        mode: format!("{mode:04o}"),
    };
    Some(warning.to_string())
}

/// Rights are told by other means elsewhere.
#[cfg(not(unix))]
pub(super) fn warning(_: &Path) -> Option<String> {
    None
}
