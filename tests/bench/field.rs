//! What all jobs share: where things are, which tools and engines take part, histories in files.
#![expect(
    clippy::disallowed_methods,
    reason = "the harness builds what it measures"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use migration_core::database::Address;
use migration_core::dialect::Dialect;
use migration_tests::command::root;
use tempfile::TempDir;

use crate::alembic::Alembic;
use crate::engine::Engine;
use crate::failure::{Failure, at, during};
use crate::files::{install, put};
use crate::history::{self, History, Peer, Way};
use crate::measure::Process;
use crate::options::Options;
use crate::output::remark;

/// The place of a run.
pub(crate) struct Field {
    pub(crate) options: Options,
    pub(crate) engines: Vec<Engine>,
    pub(crate) alembic: Option<Alembic>,
    pub(crate) peers: Vec<Peer>,
    /// The generic binary.
    pub(crate) ours: PathBuf,
    directory: TempDir,
}

/// A history in files.
pub(crate) struct Written {
    pub(crate) history: History,
    directory: PathBuf,
}

impl Field {
    /// Builds what is measured, finds who takes part, starts the servers.
    pub(crate) fn new(options: Options) -> Result<Self, Failure> {
        let place = options.data.clone().unwrap_or_else(std::env::temp_dir);
        let made = tempfile::Builder::new().prefix("bench").tempdir_in(&place);
        let directory = made.map_err(at(&place))?;
        let target = target()?;
        let ours = match &options.binary {
            Some(path) => path.clone(),
            None => build(&target, root(), "migrate")?,
        };
        let ours = install(&ours, &target.join(PROGRAMS))?;
        let alembic = Alembic::find(options.alembic.as_deref(), &target);
        let mut engines = Vec::new();
        for dialect in options.dialects() {
            remark(&format!("starting {dialect}"));
            engines.push(Engine::start(dialect, directory.path(), &place)?);
        }
        let peers = Peer::ALL.into_iter().filter(|it| is_found(it.program()));
        Ok(Self {
            engines,
            alembic,
            peers: peers.collect(),
            ours,
            directory,
            options,
        })
    }

    /// A path for something of this run's own.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// A mixed history of so many revisions.
    pub(crate) fn history(&self, number: usize) -> Result<Written, Failure> {
        let made = history::generate(self.options.seed, number);
        self.written(&format!("mixed-{number}"), made, false)
    }

    /// A history that makes so many tables, and models that ask for them.
    pub(crate) fn tables(&self, number: usize) -> Result<Written, Failure> {
        let made = history::tables(self.options.seed, number);
        self.written(&format!("tables-{number}"), made, true)
    }

    fn written(&self, name: &str, made: History, models: bool) -> Result<Written, Failure> {
        let directory = self.path(name);
        if !directory.exists() {
            history::write_ours(&made, &directory.join("ours"))?;
            history::write_alembic(&made, &directory.join("alembic"), models)?;
            if models {
                put(&directory.join("ours/models.sql"), &history::models(&made))?;
            }
        }
        Ok(Written {
            history: made,
            directory,
        })
    }

    /// The generic binary on a database.
    pub(crate) fn ours(&self, written: &Written, address: &Address) -> Result<Process, Failure> {
        let text = history::our_settings(address, Some(&written.ours()));
        let ini = self.ini("ours", address, written, &text)?;
        Ok(Process::new(&self.ours).arg("-c").arg(ini))
    }

    /// A binary that has a history of so many revisions inside, as a component has; the package is
    /// built where everything else was, once.
    pub(crate) fn embedded(&self, number: usize) -> Result<PathBuf, Failure> {
        let target = target()?;
        let package = target.join(format!("bench-embedded-{number}"));
        let history = history::generate(self.options.seed, number);
        history::write_embedded(&history, &package, root())?;
        let built = build(&target, &package, "embedded")?;
        install(&built, &target.join(PROGRAMS))
    }

    /// The ini of a database for such a binary.
    pub(crate) fn embedded_ini(&self, address: &Address) -> Result<PathBuf, Failure> {
        let path = self.path("embedded.ini");
        put(&path, &history::our_settings(address, None))?;
        Ok(path)
    }

    /// Alembic on a database, when it takes part.
    pub(crate) fn alembic(
        &self,
        written: &Written,
        address: &Address,
    ) -> Result<Option<Process>, Failure> {
        let Some(alembic) = &self.alembic else {
            return Ok(None);
        };
        let text = history::alembic_settings(address, &written.alembic());
        let ini = self.ini("alembic", address, written, &text)?;
        Ok(Some(alembic.with(&ini)))
    }

    fn ini(
        &self,
        tool: &str,
        address: &Address,
        written: &Written,
        text: &str,
    ) -> Result<PathBuf, Failure> {
        let database = match address {
            Address::Sqlite { path } => path.file_stem().map(|it| it.to_string_lossy().into()),
            Address::Postgres(server) | Address::Mysql(server) => Some(server.database.clone()),
        };
        let of = written.directory.file_name().unwrap_or_default();
        let path = self.path(&format!(
            "{tool}-{}-{}-{}.ini",
            address.dialect(),
            database.unwrap_or_default(),
            of.to_string_lossy()
        ));
        put(&path, text)?;
        Ok(path)
    }
}

impl Written {
    /// The directory that our ini names.
    pub(crate) fn ours(&self) -> PathBuf {
        self.directory.join("ours")
    }

    /// The directory of our revision files.
    pub(crate) fn versions(&self) -> PathBuf {
        self.ours().join("versions")
    }

    /// The directory that Alembic's ini names.
    pub(crate) fn alembic(&self) -> PathBuf {
        self.directory.join("alembic")
    }

    /// The whole history as one script.
    pub(crate) fn script(&self, dialect: Dialect, way: Way) -> Result<PathBuf, Failure> {
        let path = self.directory.join(format!("{dialect}-{way:?}.sql"));
        put(&path, &history::plain_script(&self.history, dialect, way))?;
        Ok(path)
    }

    /// The history as a peer reads it.
    pub(crate) fn peer(&self, peer: Peer, dialect: Dialect) -> Result<PathBuf, Failure> {
        let path = self.directory.join(format!("{dialect}-{peer:?}"));
        if !path.exists() {
            history::write_peer(peer, &self.history, dialect, &path)?;
        }
        Ok(path)
    }
}

/// Where programs are put that are measured, below what cargo builds into.
const PROGRAMS: &str = "bench-programs";

/// This program where it is measured as a limit; none when it is there.
pub(crate) fn installed() -> Result<Option<PathBuf>, Failure> {
    let program = std::env::current_exe().map_err(during("this program's own path"))?;
    let directory = target()?.join(PROGRAMS);
    match program.starts_with(&directory) {
        true => Ok(None),
        false => install(&program, &directory).map(Some),
    }
}

/// Whether a program is on the search path.
pub(crate) fn is_found(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| directory.join(program).is_file())
}

/// The directory that cargo builds into.
fn target() -> Result<PathBuf, Failure> {
    let program = std::env::current_exe().map_err(during("this program's own path"))?;
    let target = program.ancestors().nth(2).map(Path::to_owned);
    target.ok_or_else(|| Failure::new("cargo puts this program into <target>/<profile>"))
}

/// Builds a binary as it is shipped.
fn build(target: &Path, workspace: &Path, name: &str) -> Result<PathBuf, Failure> {
    remark(&format!("building {name}"));
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([
            "build",
            "--release",
            "--quiet",
            "--workspace",
            "--bin",
            name,
        ])
        .arg("--target-dir")
        .arg(target)
        .current_dir(workspace);
    let status = cargo.status().map_err(during("cargo"))?;
    match status.success() {
        true => Ok(target.join("release").join(name)),
        false => Err(Failure::new(format!("`{name}` cannot be built"))),
    }
}
