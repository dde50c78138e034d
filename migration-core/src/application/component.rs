//! A component, as its `main.rs` hands it over: data and nothing else.

use crate::execute::Procedure;
use crate::revision::EmbeddedFile;

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
}
