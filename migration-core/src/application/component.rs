//! A component, as its `main.rs` hands it over: data and nothing else.

use std::path::PathBuf;
use std::sync::Arc;

use super::moment;
use crate::config::Settings;
use crate::dialect::Dialect;
use crate::execute::{Options, Procedure};
use crate::graph::RevisionGraph;
use crate::program::{Keep, Linker};
use crate::revision::{self, EmbeddedFile, Revision, RevisionError};

/// A component with revisions of its own, or the generic binary.
#[derive(Clone, Copy)]
pub struct Component {
    /// The component's name; in capitals it begins the names of environment variables.
    pub name: &'static str,
    /// The binary's name.
    pub program: &'static str,
    /// The binary's version.
    pub version: &'static str,
    /// The ini that is read when none is named, relative to the component's directory.
    pub default_ini: &'static str,
    /// The revisions inside the binary; none for the generic binary.
    pub revisions: &'static [EmbeddedFile],
    /// The desired schema, in SQL.
    pub models: &'static str,
    /// Procedures that revisions may call.
    pub procedures: &'static [Procedure],
}

/// Revisions, or what is wrong with one of them.
type Read = Result<Vec<Arc<Revision>>, RevisionError>;

impl Component {
    /// The beginning of the component's environment variables: `FRONTEND` in
    /// `FRONTEND_SQLDB__PASSWORD`.
    pub fn environment_prefix(&self) -> String {
        self.name.to_ascii_uppercase().replace('-', "_")
    }

    /// Program and version, as `--version` and the ledger say it.
    pub fn program_version(&self) -> String {
        format!("{} {}", self.program, self.version)
    }

    /// The revisions in these directories; without any, those inside the binary.
    pub(crate) fn read_revisions(&self, locations: &[PathBuf]) -> Read {
        self.read_by(revision::read_directories, locations)
    }

    /// The same for somebody who wants no texts.
    pub(crate) fn read_headers(&self, locations: &[PathBuf]) -> Read {
        self.read_by(revision::read_headers, locations)
    }

    fn read_by(&self, read: fn(&[PathBuf]) -> Read, locations: &[PathBuf]) -> Read {
        match locations {
            [] => revision::read_embedded(self.revisions),
            directories => read(directories),
        }
    }

    /// What links plans of these revisions for an engine; `prefix` is what `{prefix}` means.
    pub(crate) fn linker<'g>(
        &self,
        graph: &'g RevisionGraph,
        dialect: Dialect,
        prefix: String,
    ) -> Linker<'g> {
        let procedures = self.procedures.iter();
        Linker {
            dialect,
            graph,
            prefix,
            procedures: procedures.map(|procedure| procedure.name).collect(),
            never_ran: Vec::new(),
            keep: Keep::default(),
        }
    }

    /// How the settings want a run to be made; `tag` is its name in the ledger.
    pub(crate) fn options<'i>(
        &self,
        settings: &Settings,
        tag: Option<&str>,
        interrupted: &'i (dyn Fn() -> bool + Sync),
    ) -> Options<'i> {
        Options {
            transaction: settings.transaction,
            table_change: settings.sqlite_alter,
            patience: settings.wait_for_lock,
            lock: settings.lock,
            limits: settings.limits,
            tries: settings.ddl_lock_tries,
            interrupted,
            now: &moment::timestamp,
            actor: moment::actor(self, tag),
            resume_at: None,
            procedures: self.procedures,
            backup: None,
        }
    }
}
