//! The flags about a copy of the database.

use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::files;
use crate::application::Copying;
use crate::revision::RevisionId;

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
            Some(Some(path)) if Copying::is_directory(path) => {
                Some(files::absolute(path)?.join(""))
            }
            Some(Some(path)) => Some(files::absolute(path)?),
            None if settings.backup.is_none() => return Ok(None),
            None => settings.backup.clone(),
        };
        let address = context.address()?;
        let place = match named {
            Some(path) => path,
            None => files::absolute(Copying::beside(&address))?,
        };
        Ok(Some(Copying::new(address, rows, &place)))
    }
}
