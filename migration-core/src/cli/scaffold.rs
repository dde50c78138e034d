//! The files of a new project, and the commands that come next.

use std::path::{Path, PathBuf};

use super::context::Context;
use super::failure::Failure;
use super::template::{self, BEGINNING, MODELS, Places, Template};
use super::workflow_error::WorkflowError;
use crate::application::moment;
use crate::revision::{self, NewRevision, RevisionId};

/// What is to be made.
pub(super) struct Scaffold {
    /// The ini.
    pub config: PathBuf,
    /// Directories, outer ones first.
    pub directories: Vec<PathBuf>,
    /// Files with their texts, the ini among them.
    pub files: Vec<(PathBuf, String)>,
    /// How the ini says where the revisions are.
    pub location: String,
    /// How the ini says where the models are.
    pub models: String,
    /// The file of the models.
    pub models_file: PathBuf,
}

impl Scaffold {
    /// Everything beside a program that is there: the ini where it looks for it.
    pub(super) fn flat(
        context: &Context<'_>,
        template: &Template,
        directory: &Path,
        config: &Path,
    ) -> Self {
        let location = location(config, directory);
        let models = format!("{location}/{MODELS}");
        let places = Places {
            location: &location,
            models: &models,
            database: "app",
            prefix: &context.component.environment_prefix(),
        };
        let program = context.component.program;
        let models_file = directory.join(MODELS);
        Self {
            config: config.to_owned(),
            directories: vec![directory.to_owned(), directory.join("versions")],
            files: vec![
                (directory.join("README"), template::readme(program)),
                (models_file.clone(), template::models(program)),
                (config.to_owned(), template::ini(template, &places)),
            ],
            models_file,
            location,
            models,
        }
    }

    /// A crate with its binary, which carries everything.
    pub(super) fn of_crate(template: &Template, directory: &Path) -> Result<Self, WorkflowError> {
        let name = crate_name(directory)?;
        let config = directory.join(format!("conf/{name}.ini"));
        let location = "%(here)s/../extras/migration".to_owned();
        let models = "%(here)s/../models/sqlobjects.sql".to_owned();
        let places = Places {
            location: &location,
            models: &models,
            database: &name,
            prefix: &name.to_ascii_uppercase().replace('-', "_"),
        };
        let at = |path: &str| directory.join(path);
        let models_file = at("models/sqlobjects.sql");
        let program = format!("{name}-migrate");
        Ok(Self {
            directories: vec![directory.to_owned(), at("extras/migration/versions")],
            files: vec![
                (at("Cargo.toml"), template::manifest(&name)),
                (at("build.rs"), template::build_script(&name)),
                (at("src/main.rs"), template::main(&name)),
                (models_file.clone(), template::models(&program)),
                (config.clone(), template::ini(template, &places)),
            ],
            config,
            models_file,
            location,
            models,
        })
    }

    /// Adds the first revision, which does nothing yet.
    pub(super) fn begin(&mut self, rev_id: Option<&str>) -> Result<(), Failure> {
        let id = match rev_id {
            Some(typed) => RevisionId::parse_new(typed)?,
            None => RevisionId::from_random(moment::random()),
        };
        let new = NewRevision {
            id: &id,
            revises: &[],
            depends_on: &[],
            branch_labels: &[],
            message: BEGINNING,
            create_date: &moment::now().with_time_zone(revision::time_zone(None)?),
        };
        let name = new.file_name("%(rev)s_%(slug)s", 40)?;
        let versions = self.directories.last().cloned().unwrap_or_default();
        let text = new.render(None, template::NOTHING, "")?;
        self.files.push((versions.join(name), text));
        Ok(())
    }

    /// From here to a first revision that is drafted from the models, applied and undone.
    pub(super) fn commands(&self, program: &str, shown: &dyn Fn(&Path) -> String) -> [String; 5] {
        let table = "CREATE TABLE \"{prefix}person\" (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(80));";
        [
            format!("{program} upgrade"),
            format!(
                "echo '{table}' >> {}",
                shell_word(&shown(&self.models_file))
            ),
            format!("{program} review -m \"people\""),
            format!("{program} upgrade"),
            format!("{program} downgrade"),
        ]
    }
}

/// A word as it is typed in a shell: in quotes, where the shell would cut or replace it.
pub(super) fn shell_word(text: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || "_-./+:@%,".contains(sign);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The name of a crate: its directory's.
pub(super) fn crate_name(directory: &Path) -> Result<String, WorkflowError> {
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    if !fits {
        return Err(WorkflowError::NoCrateName {
            name: name.into_owned(),
        });
    }
    Ok(name.into_owned())
}

/// The directory as the ini names it: relative to the ini where it lies below it.
fn location(config: &Path, directory: &Path) -> String {
    let here = config.parent().unwrap_or(Path::new("/"));
    let text = |path: &Path| path.to_string_lossy().replace('%', "%%");
    match directory.strip_prefix(here) {
        Ok(below) if below.as_os_str().is_empty() => "%(here)s".to_owned(),
        Ok(below) => format!("%(here)s/{}", text(below)),
        Err(_) => text(directory),
    }
}
