//! Laws of the config stage: Python's reading of ini files, layers, URLs, secrets.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests make the files that are read"
)]

mod any_text;
mod exposure;
mod files;
mod ini;
mod layers;
mod password;
mod reference;
mod url;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::discovery::Discovered;
use super::{ConfigError, EnvFiles, Kept, Loaded, Request, Settings, load};
use crate::database::Address;

/// A directory with an ini, and what surrounds it.
struct Scene {
    directory: tempfile::TempDir,
    environment: BTreeMap<String, String>,
    arguments: Vec<(String, String)>,
    overrides: Vec<(&'static str, String)>,
    section: Option<&'static str>,
    named: bool,
    env_files: EnvFiles<'static>,
    discovered: Option<Discovered>,
}

impl Scene {
    fn new(ini: &str) -> Self {
        let scene = Self {
            directory: tempfile::tempdir().unwrap(),
            environment: BTreeMap::new(),
            arguments: Vec::new(),
            overrides: Vec::new(),
            section: None,
            named: false,
            env_files: EnvFiles::Usual,
            discovered: None,
        };
        scene.file("conf/brain.ini", ini);
        scene
    }

    fn empty() -> Self {
        let scene = Self::new("");
        fs::remove_file(scene.path("conf/brain.ini")).unwrap();
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    fn load(&self) -> Result<Loaded, ConfigError> {
        load(&Request {
            component: "brain",
            ini: Path::new("conf/brain.ini"),
            ini_named: self.named,
            section: self.section,
            arguments: &self.arguments,
            environment: &self.environment,
            env_files: self.env_files,
            discovered: self.discovered.as_ref().map_or(Kept::None, Kept::Found),
            working_directory: self.directory.path(),
            overrides: &self.overrides,
        })
    }

    #[track_caller]
    fn settings(&self) -> Settings {
        self.load().unwrap().settings
    }

    /// The address with the directory replaced and the password in the clear.
    #[track_caller]
    fn address(&self) -> String {
        let address = self.settings().address().unwrap();
        let password = match &address {
            Address::Sqlite { .. } => None,
            Address::Postgres(server) | Address::Mysql(server) => server.password.clone(),
        };
        let shown = address.to_string();
        let shown = shown.replace(&self.directory.path().display().to_string(), "DIR");
        match password {
            Some(password) => format!("{shown} {}", password.expose()),
            None => shown,
        }
    }

    #[track_caller]
    fn error(&self) -> ConfigError {
        self.load().unwrap_err()
    }
}

const SERVER: &str = "[sqldb]\ndbms=postgresql\nusername=u\npassword=p\nhost=h\nport=5\ndbname=d\n";
