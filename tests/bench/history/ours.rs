//! A history as this product reads it.
#![expect(
    clippy::disallowed_methods,
    reason = "a package is made like this workspace"
)]

use std::fs;
use std::path::Path;

use migration_core::database::{Address, Secret};
use migration_core::dialect::Dialect;

use super::sql::Spelling;
use super::{Change, History, Revision};
use crate::failure::{Failure, at};
use crate::files::put;

/// Writes `versions/*.sql` below a directory.
pub(crate) fn write(history: &History, directory: &Path) -> Result<(), Failure> {
    let versions = directory.join("versions");
    for revision in &history.revisions {
        put(&versions.join(revision.stem() + ".sql"), &text(revision))?;
    }
    Ok(())
}

/// The ini of a database; no directory of revisions stands for those inside the binary.
pub(crate) fn settings(address: &Address, directory: Option<&Path>) -> String {
    let mut text = String::from("[sqldb]\n");
    match address {
        Address::Sqlite { path } => {
            text += &format!("dbms = sqlite\ndbname = {}\n", path.display());
        }
        Address::Postgres(server) | Address::Mysql(server) => {
            let password = server.password.as_ref().map_or("", Secret::expose);
            text += &format!(
                "dbms = {}\nusername = {}\npassword = {password}\nhost = {}\nport = {}\n\
                 dbname = {}\n",
                address.dialect(),
                server.user.as_deref().unwrap_or_default(),
                server.host,
                server.port.unwrap_or_default(),
                server.database
            );
        }
    }
    text += "\n[migration]\n";
    if let Some(directory) = directory {
        let directory = directory.display();
        text += &format!("script_location = {directory}\nmodels = {directory}/models.sql\n");
    }
    text
}

/// Writes a package whose binary `embedded` has the history inside, as a component has.
pub(crate) fn embedded(history: &History, package: &Path, root: &Path) -> Result<(), Failure> {
    write(history, &package.join("migration"))?;
    let core = root.join("migration-core");
    let workspace = fs::read_to_string(root.join("Cargo.toml")).map_err(at(root))?;
    let profile = workspace.split("[profile.release]").nth(1).unwrap_or("");
    let mut lines = workspace.lines();
    let allocator = lines.find(|it| it.starts_with("mimalloc = "));
    let allocator = allocator.unwrap_or_default();
    let manifest = format!(
        "[package]\nname = \"embedded\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nmigration-core = {{ path = {core:?} }}\n{allocator}\n\n[build-dependencies]\n\
         migration-embed = {{ path = {:?} }}\n\n[profile.release]{profile}",
        core.join("embed")
    );
    let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(at(root))?;
    put(&package.join("Cargo.toml"), &manifest)?;
    put(&package.join("build.rs"), EMBEDDED_BUILD)?;
    put(&package.join("src/main.rs"), EMBEDDED_MAIN)?;
    put(&package.join("Cargo.lock"), &lock)
}

const EMBEDDED_BUILD: &str = "fn main() -> std::io::Result<()> {
    migration_embed::emit(\"migration/versions\")
}
";

const EMBEDDED_MAIN: &str = "use migration_core::cli::{Component, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    run(&Component {
        name: \"embedded\",
        program: \"embedded\",
        version: \"0.1.0\",
        default_ini: \"embedded.ini\",
        revisions: migration_core::embedded_revisions!(),
        models: \"\",
        procedures: &[],
    })
}
";

fn text(revision: &Revision) -> String {
    let Revision {
        id,
        parents,
        message,
        up,
        down,
    } = revision;
    format!(
        "-- {message}\n--\n-- Revision ID: {id}\n-- Revises: {}\n\
         -- Create Date: 2024-03-01 09:00:00\n\n-- migrate: upgrade\n\n{}-- migrate: downgrade\n\n{}",
        parents.join(", "),
        section(up),
        section(down)
    )
}

/// The words of standard SQL, which the product compiles for the engine at hand.
fn section(changes: &[Change]) -> String {
    changes
        .iter()
        .map(|change| Spelling::typed(Dialect::Sqlite).statement(change) + ";\n\n")
        .collect()
}
