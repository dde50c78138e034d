//! What a person should look at in settings that are valid.

/// A warning about the settings, in its own words; none has a secret.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigWarning {
    /// The URL was written for another program. Take the parameter out, or use the key of the ini
    /// that does the same.
    #[error("parameter `{name}` of the database URL from {origin} has no effect")]
    IgnoredParameter { name: String, origin: String },
    /// A line of a file of variables is passed over.
    #[error("{file}:{line}: not `NAME=value`, ignored")]
    MalformedLine { file: String, line: usize },
    /// It begins no reference.
    #[error("{place}: a single `%` in `{key}` is taken as it stands; write `%%`")]
    LonePercent { place: String, key: String },
    /// Its name is that of a setting, but for an underscore.
    #[error("the variable `{name}` has no effect: `{meant}`, with two underscores, is read")]
    OneUnderscore { name: String, meant: String },
    /// More people can read the file than need to.
    #[error("`{path}` holds a password, and {who} may read it (mode {mode}): `chmod 600 {path}`")]
    Exposed {
        path: String,
        who: &'static str,
        mode: String,
    },
}
