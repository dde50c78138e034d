//! The directory that the revisions inside a binary come from, where the binary is started in its
//! source tree: whoever writes revisions there waits for them in vain.
#![expect(
    clippy::disallowed_methods,
    reason = "what is in the source tree is listed here"
)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::context::Context;
use super::failure::Failure;
use super::files;
use super::scaffold::shell_word;
use super::settings::Ini;
use super::warning::Warning;
use crate::diagnostic::quoted_some;
use crate::revision::is_revision_name;

/// So many files are named.
const NAMED: usize = 3;

/// The directory of the revisions, and what of it is not inside the binary.
pub(super) struct SourceTree {
    /// The script location, as it is typed from here.
    pub location: String,
    /// The names of files that came after the binary was built.
    unbuilt: Vec<String>,
}

impl SourceTree {
    /// Looks below the working directory and beside the ini; only a directory with revisions of
    /// the binary in it counts.
    pub(super) fn find(context: &Context<'_>) -> Option<Self> {
        let component = context.component;
        let first = Path::new(component.revisions.first()?.path);
        let versions = first.ancestors().find(|it| it.ends_with("versions"))?;
        let ini = Ini::find(component, context.global).path;
        let beside = ini.parent().map(|directory| directory.join(".."));
        let here = [PathBuf::from("."), PathBuf::from(component.name)];
        let mut bases = here.into_iter().chain(beside);
        let base = bases.find(|base| base.join(first).is_file())?;
        let location = files::absolute(&base.join(versions.parent()?)).ok()?;
        let known = |name: &str| {
            let mut paths = component.revisions.iter().map(|file| Path::new(file.path));
            paths.any(|path| path.file_name() == Some(OsStr::new(name)))
        };
        let entries = fs::read_dir(base.join(versions)).ok()?;
        let names = entries.flatten().map(|entry| entry.file_name());
        let mut unbuilt: Vec<String> = names
            .filter_map(|name| name.into_string().ok())
            .filter(|name| is_revision_name(name) && !known(name))
            .collect();
        unbuilt.sort();
        Some(Self {
            location: shell_word(&files::shown(&location)),
            unbuilt,
        })
    }
}

/// Warns of revisions that are in the source tree and not in the binary, when those of the binary
/// are used.
pub(super) fn warn_of_unbuilt(context: &Context<'_>) -> Result<(), Failure> {
    if context.component.revisions.is_empty() || context.reads_directories()? {
        return Ok(());
    }
    let Some(tree) = SourceTree::find(context).filter(|tree| !tree.unbuilt.is_empty()) else {
        return Ok(());
    };
    context.ui.warning(&Warning::Unbuilt {
        files: quoted_some(&tree.unbuilt, NAMED),
        location: tree.location.to_string(),
    });
    Ok(())
}
