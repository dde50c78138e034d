//! The environment: what is really set, above what `.env` files say.
#![expect(
    clippy::disallowed_methods,
    reason = "`.env` files are a part of the configuration"
)]

use super::warning::ConfigWarning;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{ConfigError, Request, dotenv, exposure};

/// The name of a file with variables for the environment.
const DOT_ENV: &str = ".env";

/// Which files add to the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EnvFiles<'a> {
    /// `.env` beside the ini and in the working directory, those that are there.
    #[default]
    Usual,
    /// None.
    None,
    /// These, relative to the working directory, the last of them first in rank.
    Named(&'a [PathBuf]),
}

/// Variables, and which files the others come from.
pub(super) struct Environment {
    pub(super) variables: BTreeMap<String, String>,
    files: BTreeMap<String, PathBuf>,
}

impl Environment {
    /// Reads it; `holds_password` tells whether variables of ours hold one.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or one that was named and is not there.
    pub(super) fn read(
        request: &Request<'_>,
        ini_directory: &Path,
        holds_password: &dyn Fn(&BTreeMap<String, String>) -> bool,
        warnings: &mut Vec<String>,
    ) -> Result<Self, ConfigError> {
        let mut read = Self {
            variables: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for path in files(request, ini_directory) {
            let text = fs::read_to_string(&path).map_err(|source| match source.kind() {
                io::ErrorKind::NotFound => ConfigError::MissingEnvFile { path: path.clone() },
                _ => ConfigError::Unreadable {
                    path: path.clone(),
                    source,
                },
            })?;
            let found = dotenv::parse(&text);
            tracing::debug!(
                target: "migration::settings",
                file = %path.display(),
                variables = found.variables.len(),
                "read"
            );
            for line in found.malformed {
                let file = path.display().to_string();
                warnings.push(ConfigWarning::MalformedLine { file, line }.to_string());
            }
            let own: BTreeMap<String, String> = found.variables.into_iter().collect();
            if holds_password(&own) {
                warnings.extend(exposure::warning(&path));
            }
            for (name, value) in own {
                let known = path
                    .strip_prefix(request.working_directory)
                    .unwrap_or(&path);
                read.files.insert(name.clone(), known.to_owned());
                read.variables.insert(name, value);
            }
        }
        for (name, value) in request.environment {
            read.files.remove(name);
            read.variables.insert(name.clone(), value.clone());
        }
        Ok(read)
    }

    /// A variable as people find it: its name, and the file that sets it.
    pub(super) fn shown(&self, name: &str) -> String {
        match self.files.get(name) {
            Some(path) => format!("{name} of {}", path.display()),
            None => name.to_owned(),
        }
    }
}

/// The files in order of rank, the least first.
fn files(request: &Request<'_>, ini_directory: &Path) -> Vec<PathBuf> {
    let here = request.working_directory;
    match request.env_files {
        EnvFiles::None => Vec::new(),
        EnvFiles::Named(paths) => paths.iter().map(|path| here.join(path)).collect(),
        EnvFiles::Usual => {
            let mut paths = vec![here.join(DOT_ENV)];
            if ini_directory != here {
                paths.push(ini_directory.join(DOT_ENV));
            }
            paths.retain(|path| path.is_file());
            paths
        }
    }
}
