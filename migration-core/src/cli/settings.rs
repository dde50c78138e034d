//! Which ini is read, and the settings that come of it, the environment and the command line.
#![expect(
    clippy::disallowed_methods,
    reason = "environment and working directory are read here and handed down"
)]

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

use super::args::{Global, TransactionChoice};
use super::error::CliError;
use super::failure::Failure;
use super::files;
use crate::application::Component;
use crate::application::settings::environment;
use crate::config::discovery;
use crate::config::{self, ConfigError, EnvFiles, Kept, Loaded, Request};

/// The ini that is read: `-c`, else `<COMPONENT>_CONFIG`, else the component's own below the
/// working directory or below the component's directory in it.
pub(super) struct Ini {
    pub path: PathBuf,
    /// Whether somebody named it.
    pub named: bool,
}

impl Ini {
    /// Finds the ini that is meant, there or not.
    pub(super) fn find(component: &Component, global: &Global) -> Self {
        let variable = format!("{}_CONFIG", component.environment_prefix());
        let named = global
            .config
            .clone()
            .or_else(|| env::var_os(variable).map(PathBuf::from))
            .filter(|path| !path.as_os_str().is_empty());
        if let Some(path) = named {
            return Self { path, named: true };
        }
        let own = PathBuf::from(component.default_ini);
        let below = PathBuf::from(component.name).join(component.default_ini);
        let path = if !own.exists() && below.exists() {
            below
        } else {
            own
        };
        Self { path, named: false }
    }
}

/// Everything that settings are read from, but for the files.
pub(super) struct Surroundings {
    ini: Ini,
    arguments: Vec<(String, String)>,
    environment: BTreeMap<String, String>,
    working_directory: PathBuf,
    overrides: Vec<(&'static str, String)>,
}

impl Surroundings {
    /// Looks around; an error is about what was typed.
    pub(super) fn of(component: &Component, global: &Global) -> Result<Self, Failure> {
        let arguments = pairs(&global.set).map_err(Failure::usage)?;
        let working_directory =
            env::current_dir().map_err(|source| CliError::NoWorkingDirectory { source })?;
        Ok(Self {
            ini: Ini::find(component, global),
            arguments,
            environment: environment(),
            working_directory,
            overrides: overrides(global),
        })
    }

    /// What is to be read.
    pub(super) fn request<'a>(
        &'a self,
        component: &'a Component,
        global: &'a Global,
        discovered: Kept<'a>,
    ) -> Request<'a> {
        Request {
            component: component.name,
            ini: &self.ini.path,
            ini_named: self.ini.named,
            section: global.name.as_deref(),
            arguments: &self.arguments,
            environment: &self.environment,
            env_files: match global.env_file.as_slice() {
                _ if global.no_env_file => EnvFiles::None,
                [] => EnvFiles::Usual,
                named => EnvFiles::Named(named),
            },
            discovered,
            working_directory: &self.working_directory,
            overrides: &self.overrides,
        }
    }

    /// The working directory.
    pub(super) fn working_directory(&self) -> &Path {
        &self.working_directory
    }

    /// The file where the discovered database is kept; none where the user has no directory.
    pub(super) fn kept(&self, component: &Component, global: &Global) -> Option<PathBuf> {
        let mut ini = self.working_directory.join(&self.ini.path);
        ini = files::absolute(&ini).unwrap_or(ini);
        ini.extend(global.name.as_ref());
        discovery::path(&self.environment, component.name, &ini)
    }
}

/// Reads the settings.
///
/// The outer error is about what was typed, the inner one about what was read.
pub(super) fn load(
    component: &Component,
    global: &Global,
) -> Result<Result<Loaded, ConfigError>, Failure> {
    let around = Surroundings::of(component, global)?;
    let kept = around.kept(component, global);
    let kept = kept.map(|path| discovery::kept(&path)).transpose();
    let (kept, damaged) = match kept {
        Ok(found) => (found.flatten(), None),
        Err(error) => (None, Some(error)),
    };
    let discovered = kept.as_ref().map_or(Kept::None, Kept::Found);
    let loaded = config::load(&around.request(component, global, discovered));
    Ok(loaded.map(|mut loaded| {
        loaded.warnings.extend(
            damaged.map(|error| format!("{error}; it is passed over, and `clean` forgets it")),
        );
        loaded
    }))
}

fn overrides(global: &Global) -> Vec<(&'static str, String)> {
    let location = global.script_location.as_ref();
    let location = location.map(|path| ("script_location", path.to_string_lossy().into_owned()));
    let transaction = global.transaction.map(|choice| {
        let word = match choice {
            TransactionChoice::Auto => "auto",
            TransactionChoice::Revision => "revision",
            TransactionChoice::Run => "run",
        };
        ("transaction", word.to_owned())
    });
    location.into_iter().chain(transaction).collect()
}

fn pairs(typed: &[String]) -> Result<Vec<(String, String)>, CliError> {
    typed
        .iter()
        .map(|text| match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
            Some(_) | None => Err(CliError::NoPair { text: text.clone() }),
        })
        .collect()
}
