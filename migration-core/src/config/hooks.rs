//! `[post_write_hooks]`: programs that run over every new revision, as Alembic's ini has them.

use std::path::PathBuf;

use super::ConfigError;
use super::ini::{Document, Entry};
use super::password;
use crate::text::closest;

/// The section.
pub(super) const SECTION: &str = "post_write_hooks";

/// What an argument says that stands for the new file.
const FILE: &str = "REVISION_SCRIPT_FILENAME";

/// The keys of one hook.
const KEYS: [&str; 5] = ["type", "executable", "entrypoint", "options", "cwd"];

/// A program that runs over a new revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its name in the ini.
    pub name: String,
    /// The program.
    pub program: String,
    /// Its arguments, as written.
    options: Vec<String>,
    /// The directory it runs in.
    pub directory: Option<PathBuf>,
}

impl Hook {
    /// The arguments for a file; it comes first when no option names it.
    pub fn arguments(&self, file: &str) -> Vec<String> {
        let is_named = self.options.iter().any(|it| it.contains(FILE));
        let first = (!is_named).then(|| file.to_owned());
        let options = self.options.iter().map(|it| it.replace(FILE, file));
        first.into_iter().chain(options).collect()
    }
}

/// Reads the hooks of an ini, in the order in which they run.
pub(super) fn read(
    document: &Document,
    extra: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Hook>, ConfigError> {
    let value = |entry: &Entry| document.interpolate(SECTION, entry, extra);
    let Some(list) = document.entry(SECTION, "hooks") else {
        return Ok(Vec::new());
    };
    let names = value(list)?.text;
    let names = names
        .split([',', ' ', '\t', '\n'])
        .filter(|it| !it.is_empty());
    let mut hooks = Vec::new();
    for name in names {
        hooks.push(hook(document, name, &value)?);
    }
    Ok(hooks)
}

/// Reads the value of an entry.
type Value<'a> = &'a dyn Fn(&Entry) -> Result<super::ini::Interpolated, ConfigError>;

fn hook(document: &Document, name: &str, value: Value<'_>) -> Result<Hook, ConfigError> {
    let start = format!("{}.", name.to_lowercase());
    let text = |key: &str| -> Result<Option<String>, ConfigError> {
        let Some(entry) = document.entry(SECTION, &format!("{start}{key}")) else {
            return Ok(None);
        };
        Ok(Some(value(entry)?.text).filter(|it| !it.trim().is_empty()))
    };
    let own = document.entries(SECTION).iter();
    for entry in own.filter(|it| it.key.starts_with(&start)) {
        let key = &entry.key[start.len()..];
        if !KEYS.contains(&key) {
            let nearest = closest(key, KEYS);
            return Err(ConfigError::Hook {
                name: name.to_owned(),
                problem: HookProblem::UnknownKey {
                    key: key.to_owned(),
                    nearest,
                },
                place: Box::new(document.place(entry)),
            });
        }
    }
    let kind = text("type")?.unwrap_or_default();
    let key = match kind.as_str() {
        "exec" => "executable",
        // Python's own kinds of programs are programs on the path here.
        "console_scripts" => "entrypoint",
        _ => {
            return Err(problem(document, name, HookProblem::Kind { kind }));
        }
    };
    let Some(program) = text(key)? else {
        return Err(problem(document, name, HookProblem::NoProgram { key }));
    };
    Ok(Hook {
        name: name.to_owned(),
        program,
        options: password::words(&text("options")?.unwrap_or_default())
            .map_err(|_| problem(document, name, HookProblem::OpenQuote))?,
        directory: text("cwd")?.map(PathBuf::from),
    })
}

/// What is wrong with a hook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HookProblem {
    /// A key that no hook has.
    #[error("has no key `{key}`")]
    UnknownKey {
        /// As written.
        key: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// A type that does not exist.
    #[error("has the type `{kind}`, which is neither `exec` nor `console_scripts`")]
    Kind {
        /// As written.
        kind: String,
    },
    /// No program is named.
    #[error("names no program")]
    NoProgram {
        /// The key that would name it.
        key: &'static str,
    },
    /// Its options are not the words of a command line.
    #[error("has a quote in its options that is not closed")]
    OpenQuote,
}

impl HookProblem {
    /// What to do about it.
    pub(super) fn hint(&self, hook: &str) -> String {
        match self {
            Self::UnknownKey { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `{hook}.{nearest}`?"),
                None => format!("the keys of a hook are {}", KEYS.join(", ")),
            },
            Self::Kind { .. } => format!(
                "write `{hook}.type = exec` and `{hook}.executable = PROGRAM`; a Python module is \
                 `python3` with the options `-m MODULE`"
            ),
            Self::NoProgram { key } => format!("write `{hook}.{key} = PROGRAM`"),
            Self::OpenQuote => "close it, or write a backslash before it".to_owned(),
        }
    }
}

fn problem(document: &Document, name: &str, problem: HookProblem) -> ConfigError {
    let key = format!("{}.type", name.to_lowercase());
    let entry = document.entry(SECTION, &key);
    let entry = entry.or_else(|| document.entry(SECTION, "hooks"));
    let entry = entry.expect("the list of hooks was read from it");
    ConfigError::Hook {
        name: name.to_owned(),
        problem,
        place: Box::new(document.place(entry)),
    }
}
