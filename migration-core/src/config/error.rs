//! What can be wrong with the settings. No variant holds a password, a URL or a line of the ini
//! that may have one.

use std::io;
use std::path::PathBuf;

use super::discovery::DiscoveryError;
use super::{AlembicKeys, HookProblem, Key, Section, keys};
use crate::diagnostic::Advice;
use crate::text::Place;

/// Settings that cannot be read or understood.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no ini file.
    #[error("configuration file `{}` does not exist", path.display())]
    MissingIni {
        /// Where it was looked for.
        path: PathBuf,
        /// Whether the user named it, or it is the default.
        named: bool,
    },
    /// A file cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file of `--env-file` is not there.
    #[error("the file `{}` of `--env-file` does not exist", path.display())]
    MissingEnvFile {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// What was discovered cannot be kept or used.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The file that `password_file` names cannot be read.
    #[error("the password file `{}` cannot be read", path.display())]
    PasswordFile {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The ini is Alembic's own.
    #[error("section `[{section}]` is Alembic's, which this program does not read")]
    AlembicIni {
        /// The section.
        section: String,
        /// What it says.
        keys: Box<AlembicKeys>,
        /// Its `sqlalchemy.url`.
        place: Place,
    },
    /// A line of the ini is nothing.
    #[error("line is no section, key, comment or continuation")]
    Syntax {
        /// The line.
        place: Place,
    },
    /// A section stands twice.
    #[error("section `[{section}]` stands twice")]
    DuplicateSection {
        /// The section.
        section: String,
        /// The second one.
        place: Place,
    },
    /// A key stands twice in one section.
    #[error("key `{key}` stands twice in `[{section}]`")]
    DuplicateKey {
        /// The section.
        section: String,
        /// The key.
        key: String,
        /// The second one.
        place: Place,
    },
    /// A key of our sections is none of ours.
    #[error("unknown key `{key}` in `[{section}]`")]
    UnknownKey {
        /// The section.
        section: String,
        /// What is written.
        key: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
        /// Which of our sections it stands in.
        kind: Section,
        /// The key.
        place: Place,
    },
    /// A section that is nearly one of ours: what it says would be ignored.
    #[error("section `[{section}]` is nearly `[{nearest}]`")]
    NearSection {
        /// As written.
        section: String,
        /// What was probably meant.
        nearest: String,
        /// The section.
        place: Place,
    },
    /// An environment variable names a key that does not exist.
    #[error("environment variable `{variable}` names no setting")]
    UnknownVariable {
        /// The variable.
        variable: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// `--name` names a section that is not there.
    #[error("the ini has no section `[{section}]`")]
    MissingSection {
        /// The section.
        section: String,
        /// Those it has.
        known: Vec<String>,
    },
    /// `%(name)s` names nothing.
    #[error("`%({name})s` in the value of `{key}` names nothing")]
    MissingReference {
        /// The key whose value it is.
        key: String,
        /// What is written.
        name: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// The key.
        place: Place,
    },
    /// `%(` does not end with `)s`.
    #[error("malformed `%(` in the value of `{key}`")]
    MalformedReference {
        /// The key whose value it is.
        key: String,
        /// The key.
        place: Place,
    },
    /// References that lead to each other, or too deep.
    #[error("references in the value of `{key}` do not end")]
    EndlessReference {
        /// The key whose value it is.
        key: String,
        /// The key.
        place: Place,
    },
    /// A value is not one that its key can have.
    #[error("`{key}` is `{value}` ({origin}), not {expected}")]
    Unfit {
        /// The key.
        key: &'static str,
        /// The value.
        value: Box<str>,
        /// Where it comes from.
        origin: String,
        /// What it has to be.
        expected: Box<str>,
        /// What was probably meant.
        nearest: Option<&'static str>,
        /// The key in the ini, when it comes from there.
        place: Option<Place>,
    },
    /// A hook of `[post_write_hooks]` cannot be read.
    #[error("hook `{name}` {problem}")]
    Hook {
        /// The hook.
        name: String,
        /// What is wrong with it.
        problem: HookProblem,
        /// The key.
        place: Box<Place>,
    },
    /// A URL cannot be read.
    #[error("the database URL from {origin} {problem}")]
    Url {
        /// Where it comes from.
        origin: String,
        /// What is wrong with it.
        problem: UrlProblem,
    },
    /// More than one way to the password in one place.
    #[error("`{first}` and `{second}` both give a password ({origin})")]
    SeveralPasswords {
        /// One key.
        first: &'static str,
        /// Another.
        second: &'static str,
        /// Where they come from.
        origin: String,
    },
    /// No database is configured.
    #[error("no database is configured: `{key}` is empty")]
    NoDatabase {
        /// The key that is missing.
        key: &'static str,
    },
    /// `password_command` is not a command line.
    #[error("`password_command` has a quote that is not closed")]
    UnclosedQuote,
    /// `password_command` could not be started.
    #[error("`password_command` could not start `{program}`")]
    CommandStart {
        /// Its first word.
        program: String,
        /// Why not.
        source: io::Error,
    },
    /// `password_command` failed.
    #[error(
        "`password_command` failed: `{program}` ended with {status}{}",
        said(stderr)
    )]
    CommandFailed {
        /// Its first word.
        program: String,
        /// How it ended.
        status: String,
        /// What it said.
        stderr: String,
    },
    /// `password_command` took too long.
    #[error("`password_command` failed: `{program}` did not end in {seconds} seconds")]
    CommandTimeout {
        /// Its first word.
        program: String,
        /// The limit.
        seconds: u64,
    },
    /// What gives the password gives none, or no text.
    #[error("`{key}` gives {problem}{}", said(stderr))]
    UnfitPassword {
        /// The key.
        key: &'static str,
        /// What it gives instead.
        problem: &'static str,
        /// What a program said.
        stderr: String,
    },
}

/// What is wrong with a database URL; never the URL itself, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlProblem {
    /// There is no `://`.
    #[error("has no `://`")]
    NoScheme,
    /// The scheme is no engine of ours.
    #[error("has the unknown scheme `{found}`")]
    UnknownScheme {
        /// What is written.
        found: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// The port is no port.
    #[error("has a port that is not a number from 1 to 65535")]
    Port,
    /// A SQLite URL has a host.
    #[error("names a host, which SQLite has not")]
    SqliteHost,
    /// Percent-encoded bytes are no text.
    #[error("has percent-encoded bytes that are not UTF-8")]
    Encoding,
    /// An IPv6 address is not closed by a bracket.
    #[error("has a `[` that is not closed")]
    Bracket,
}

/// What to do about a file that cannot be read.
fn unreadable(source: &io::Error) -> Option<&'static str> {
    match source.kind() {
        io::ErrorKind::IsADirectory => Some("it is a directory: name a file in it"),
        io::ErrorKind::PermissionDenied => {
            Some("the user who runs this needs the right to read it")
        }
        io::ErrorKind::InvalidData => Some("it is not UTF-8 text: save it as UTF-8"),
        _ => None,
    }
}

/// The engines, when the key is the one that names them.
fn engines(key: &str) -> Option<String> {
    (key == "dbms").then(|| "MariaDB is `mysql`; other engines are not supported".to_owned())
}

fn said(stderr: &str) -> String {
    let stderr = stderr.trim();
    if stderr.is_empty() {
        return String::new();
    }
    format!(" and said: {stderr}")
}

impl Advice for ConfigError {
    fn kind(&self) -> &'static str {
        match self {
            Self::MissingIni { .. } => "missing-configuration",
            Self::Unreadable { .. } => "unreadable-file",
            Self::PasswordFile { .. } => "unreadable-password-file",
            Self::AlembicIni { .. } => "alembic-ini",
            Self::Syntax { .. } => "ini-syntax",
            Self::DuplicateSection { .. } => "duplicate-section",
            Self::DuplicateKey { .. } => "duplicate-key",
            Self::UnknownKey { .. } => "unknown-key",
            Self::NearSection { .. } => "near-section",
            Self::UnknownVariable { .. } => "unknown-variable",
            Self::MissingSection { .. } => "missing-section",
            Self::MissingReference { .. } => "missing-reference",
            Self::MalformedReference { .. } => "malformed-reference",
            Self::EndlessReference { .. } => "endless-reference",
            Self::MissingEnvFile { .. } => "missing-env-file",
            Self::Discovery(error) => error.kind(),
            Self::Unfit { .. } => "unfit-value",
            Self::Hook { .. } => "unfit-hook",
            Self::Url { .. } => "unfit-url",
            Self::SeveralPasswords { .. } => "several-passwords",
            Self::NoDatabase { .. } => "no-database",
            Self::UnclosedQuote => "unclosed-quote",
            Self::CommandStart { .. } => "password-command-start",
            Self::CommandFailed { .. } => "password-command-failed",
            Self::CommandTimeout { .. } => "password-command-timeout",
            Self::UnfitPassword { .. } => "unfit-password",
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm per error")]
    fn hint(&self) -> Option<String> {
        let did_you_mean = |nearest: &str| format!("did you mean `{nearest}`?");
        match self {
            Self::MissingIni { named: false, .. } => Some(
                "name one with `-c FILE`, run `init` to make one, or set DATABASE_URL".to_owned(),
            ),
            Self::MissingIni { named: true, .. } => {
                Some("check the path given with `-c`, or run `init` to make one".to_owned())
            }
            Self::Hook { name, problem, .. } => Some(problem.hint(name)),
            Self::Syntax { .. } => Some(
                "keys are written `key = value` below a `[section]`; lines that go on a value are \
                 set in further than its key"
                    .to_owned(),
            ),
            Self::DuplicateSection { .. } | Self::DuplicateKey { .. } => {
                Some("keep one of them".to_owned())
            }
            Self::UnknownKey { nearest, kind, .. } => Some(nearest.map_or_else(
                || {
                    let known: Vec<_> = keys::names(*kind).collect();
                    format!("the keys are {}", known.join(", "))
                },
                did_you_mean,
            )),
            Self::NearSection { nearest, .. } => Some(format!(
                "write `[{nearest}]`, or a name that does not resemble it: sections of other \
                 programs are ignored"
            )),
            Self::UnknownVariable { nearest, .. } => Some(nearest.as_deref().map_or_else(
                || "variables are named <COMPONENT>_<SECTION>__<KEY>".to_owned(),
                did_you_mean,
            )),
            Self::MissingSection { known, .. } => Some(if known.is_empty() {
                "it has no sections at all".to_owned()
            } else {
                format!("its sections are {}", known.join(", "))
            }),
            Self::MissingReference { nearest, name, .. } => Some(match nearest {
                _ if name.starts_with("x:") => format!("pass `-x {}=VALUE`", &name[2..]),
                Some(nearest) => did_you_mean(&format!("%({nearest})s")),
                None => "a percent sign itself is written `%%`".to_owned(),
            }),
            Self::MalformedReference { .. } => {
                Some("a reference is written `%(name)s`, a percent sign itself `%%`".to_owned())
            }
            Self::EndlessReference { .. } => {
                Some("a value may not refer to itself, also not by way of others".to_owned())
            }
            Self::Unfit { nearest, key, .. } => nearest.map(did_you_mean).or_else(|| engines(key)),
            Self::Url { problem, .. } => problem.hint(),
            Self::SeveralPasswords { .. } => Some("keep one of them".to_owned()),
            Self::NoDatabase { .. } => {
                Some("set it in `[sqldb]`, or give `url` there, or set DATABASE_URL; `discover` looks for one \
                 that answers"
                    .to_owned())
            }
            Self::UnclosedQuote | Self::CommandStart { .. } => Some(
                "it is split into words as a shell would and run without one; for pipes and \
                 variables write `sh -c '...'`"
                    .to_owned(),
            ),
            Self::Unreadable { source, .. } => unreadable(source).map(str::to_owned),
            Self::PasswordFile { source, .. } => {
                let why = unreadable(source).unwrap_or("relative names start from the ini");
                Some(format!("`password_file` names it; {why}"))
            }
            Self::AlembicIni { keys, .. } => Some(keys.instead()),
            Self::Discovery(error) => error.hint(),
            Self::MissingEnvFile { .. } => {
                Some("relative paths start from the working directory".to_owned())
            }
            Self::UnfitPassword { key, .. } => Some(format!(
                "`{key}` has to give the password alone, as UTF-8 text"
            )),
            Self::CommandFailed { .. } => Some(
                "`password_command` runs it, with the user and the environment of this \
                 command, and nothing on its standard input"
                    .to_owned(),
            ),
            Self::CommandTimeout { .. } => Some(
                "what it asks may be out of reach, or it waits for an answer that nobody can give"
                    .to_owned(),
            ),
        }
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Syntax { place }
            | Self::AlembicIni { place, .. }
            | Self::DuplicateSection { place, .. }
            | Self::DuplicateKey { place, .. }
            | Self::UnknownKey { place, .. }
            | Self::NearSection { place, .. }
            | Self::MissingReference { place, .. }
            | Self::MalformedReference { place, .. }
            | Self::EndlessReference { place, .. } => Some(place),
            Self::Unfit { place, .. } => place.as_ref(),
            Self::Hook { place, .. } => Some(place),
            Self::MissingIni { .. }
            | Self::MissingEnvFile { .. }
            | Self::Discovery(_)
            | Self::Unreadable { .. }
            | Self::PasswordFile { .. }
            | Self::UnknownVariable { .. }
            | Self::MissingSection { .. }
            | Self::Url { .. }
            | Self::SeveralPasswords { .. }
            | Self::NoDatabase { .. }
            | Self::UnclosedQuote
            | Self::CommandStart { .. }
            | Self::CommandFailed { .. }
            | Self::CommandTimeout { .. }
            | Self::UnfitPassword { .. } => None,
        }
    }
}

impl UrlProblem {
    fn hint(&self) -> Option<String> {
        match self {
            Self::NoScheme => Some(
                "write `sqlite:///file.db`, `postgresql://user@host/name` or \
                 `mysql://user@host/name`"
                    .to_owned(),
            ),
            Self::UnknownScheme { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => {
                    "the schemes are sqlite, postgresql (postgres) and mysql (mariadb)".to_owned()
                }
            }),
            Self::SqliteHost => Some(
                "write `sqlite:///relative.db` with three slashes, `sqlite:////absolute.db` with \
                 four"
                    .to_owned(),
            ),
            Self::Port => Some(
                "special characters in user and password are percent-encoded: `@` is %40, `/` is \
                 %2F, `:` is %3A"
                    .to_owned(),
            ),
            Self::Encoding | Self::Bracket => None,
        }
    }
}

/// `[sqldb] port`, as errors and documents name a key.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{}] {}", self.section.name(), self.name)
    }
}
