//! Alembic in a virtual environment of Python below `target`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, during};
use crate::measure::Process;
use crate::output::remark;

const PACKAGES: [&str; 4] = ["alembic", "SQLAlchemy", "psycopg2-binary", "PyMySQL"];

/// Alembic, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct Alembic {
    program: PathBuf,
}

impl Alembic {
    /// The one that was named, or one that is installed below the target directory; nothing, said
    /// aloud, when that fails.
    pub(crate) fn find(named: Option<&Path>, target: &Path) -> Option<Self> {
        let program = match named {
            Some(path) => Ok(path.to_owned()),
            None => install(&target.join("bench-python")),
        };
        match program {
            Ok(program) => Some(Self { program }),
            Err(failure) => {
                remark(&format!("Alembic is SKIPPED: {failure}"));
                remark("hint: install Python with venv and pip, or name one with --alembic PATH");
                None
            }
        }
    }

    /// The program with the ini of a database.
    pub(crate) fn with(&self, ini: &Path) -> Process {
        Process::new(&self.program).arg("-c").arg(ini)
    }

    /// Where it is.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// The program alone.
    pub(crate) fn bare(&self) -> Process {
        Process::new(&self.program)
    }

    /// The versions of all that takes part.
    pub(crate) fn versions(&self) -> String {
        let python = self.program.with_file_name("python");
        let list = Command::new(python).arg("-c").arg(VERSIONS).output();
        let list = list.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
        list.unwrap_or_else(|_| "Alembic".to_owned())
    }
}

const VERSIONS: &str = "import platform
from importlib.metadata import version
names = ['alembic', 'SQLAlchemy', 'psycopg2-binary', 'PyMySQL']
print(', '.join(f'{name} {version(name)}' for name in names) + ', Python ' + platform.python_version())";

fn install(directory: &Path) -> Result<PathBuf, Failure> {
    let program = directory.join("bin/alembic");
    if program.exists() {
        return Ok(program);
    }
    remark("installing Alembic into a virtual environment");
    run(Command::new("python3").args(["-m", "venv"]).arg(directory))?;
    run(Command::new(directory.join("bin/python"))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(PACKAGES))?;
    Ok(program)
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let output = command.output().map_err(during("python3"))?;
    match output.status.success() {
        true => Ok(()),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(Failure::new(said.trim().to_owned()))
        }
    }
}
