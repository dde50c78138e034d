//! One revision file: id, header, sections; and the readers that find revisions.
//!
//! In: `<id>_<slug>.sql` texts, from directories or embedded in a binary. Out: [`Revision`]s in
//! load order (file names sorted, directories in the order given), long bodies unread. Never parses
//! SQL and never orders revisions: that is the work of `sql` and `graph`.

mod create;
mod error;
mod header;
mod id;
mod kept;
mod section;
mod source;
mod template;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::text::Source;

pub use create::{NewRevision, time_zone};
pub use error::{IdProblem, RevisionError};
pub use header::Header;
pub use id::RevisionId;
pub use kept::{keep, read_kept};
pub use section::{Script, split};
pub(crate) use source::is_revision_name;
pub use source::{
    digest, half_sum, not_converted, read_directories, read_embedded, read_headers, read_script,
    read_template, read_text, write_new,
};

/// A revision as its header describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// What the header says.
    pub header: Header,
    /// Where the body is.
    pub file: RevisionFile,
}

impl Revision {
    /// The revision's id.
    pub fn id(&self) -> &RevisionId {
        &self.header.id
    }
}

/// Where the text of a revision lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevisionFile {
    /// A file in a versions directory.
    Disk(DiskFile),
    /// A text in the binary.
    Embedded(&'static EmbeddedFile),
    /// What the ledger kept of it, by a name in place of the path.
    Kept(Arc<Source>),
}

impl RevisionFile {
    /// The path shown to people.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Disk(file) => file.path().to_owned(),
            Self::Embedded(file) => PathBuf::from(file.path),
            Self::Kept(source) => PathBuf::from(source.name()),
        }
    }

    /// What is known of the digest of its text without reading it.
    pub(crate) fn known_digest(&self) -> Option<[u8; 16]> {
        match self {
            Self::Embedded(file) => file.digest,
            Self::Disk(_) | Self::Kept(_) => None,
        }
    }

    /// Whether its text is in memory.
    pub(crate) fn is_at_hand(&self) -> bool {
        !matches!(self, Self::Disk(DiskFile::Unread(_)))
    }
}

/// A file in a versions directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiskFile {
    /// All of it, under its path: it is so short that it was read with its header.
    Read(Arc<Source>),
    /// Where it is; it is read when somebody asks for its text.
    Unread(PathBuf),
}

impl DiskFile {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Read(source) => Path::new(source.name()),
            Self::Unread(path) => path,
        }
    }
}

impl From<PathBuf> for DiskFile {
    /// A file of which nothing was read.
    fn from(path: PathBuf) -> Self {
        Self::Unread(path)
    }
}

/// One file of a component, put into its binary by `migration-embed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbeddedFile {
    /// Path below the component's directory.
    pub path: &'static str,
    /// The whole text.
    pub text: &'static str,
    /// Half of the SHA-256 of the text without a byte order mark, where it was taken when the text was
    /// put in: no start of the binary then takes it again.
    pub digest: Option<[u8; 16]>,
}

/// The files that a build script put into the binary with `migration_embed::emit`, as a
/// `&'static [EmbeddedFile]`.
#[macro_export]
macro_rules! embedded_revisions {
    () => {
        include!(concat!(env!("OUT_DIR"), "/revisions.rs"))
    };
}

#[cfg(test)]
mod tests;
