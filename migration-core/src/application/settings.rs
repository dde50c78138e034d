//! Where an application's settings come from: an ini with the environment above it, or keys that it
//! gives itself.
#![expect(
    clippy::disallowed_methods,
    reason = "environment and working directory are read here, as by the command line"
)]

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use super::{ApplicationError, Component, Migrator};
use crate::config::{self, EnvFiles, Kept, Request};

impl Component {
    /// Reads settings as the component's own binary does: from an ini (relative to the working
    /// directory), with the environment above it.
    ///
    /// # Errors
    ///
    /// An ini that is not there or has something wrong in it; revisions that are no tree.
    pub fn with_ini(&self, ini: impl AsRef<Path>) -> Result<Migrator<'_>, ApplicationError> {
        self.load(ini.as_ref(), &environment(), EnvFiles::Usual, &[])
    }

    /// Takes these settings and no others, by the keys of the ini: `url` at least.
    ///
    /// # Errors
    ///
    /// A key that is not known, a value that cannot be read; revisions that are no tree.
    pub fn with_settings(
        &self,
        settings: &[(&'static str, &str)],
    ) -> Result<Migrator<'_>, ApplicationError> {
        let owned = settings
            .iter()
            .map(|(key, value)| (*key, (*value).to_owned()));
        let owned: Vec<(&'static str, String)> = owned.collect();
        self.load(Path::new(""), &BTreeMap::new(), EnvFiles::None, &owned)
    }

    fn load(
        &self,
        ini: &Path,
        environment: &BTreeMap<String, String>,
        env_files: EnvFiles<'_>,
        overrides: &[(&'static str, String)],
    ) -> Result<Migrator<'_>, ApplicationError> {
        let working_directory =
            env::current_dir().map_err(|source| ApplicationError::NoWorkingDirectory { source })?;
        let loaded = config::load(&Request {
            component: self.name,
            ini,
            ini_named: !ini.as_os_str().is_empty(),
            section: None,
            arguments: &[],
            environment,
            env_files,
            discovered: Kept::None,
            working_directory: &working_directory,
            overrides,
        })?;
        Migrator::new(self, loaded.settings, loaded.warnings)
    }
}

/// The variables that can be read.
pub(crate) fn environment() -> BTreeMap<String, String> {
    env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
