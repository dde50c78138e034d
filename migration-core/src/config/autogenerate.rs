//! The settings of autogenerate: the models, what is compared, what runs over a new revision.

use std::path::PathBuf;

use super::keys::Section;
use super::layers::Found;
use super::reader::Reader;
use super::{ConfigError, Hook};
use crate::compare::{Filter, Kind, Pattern};
use crate::schema::Ident;
use crate::text::closest;

/// What autogenerate and its relatives are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autogenerate {
    /// The file of the models; none means those inside the binary.
    pub models: Option<PathBuf>,
    /// What is left alone.
    pub filter: Filter,
    /// Whether types of columns are compared.
    pub compare_types: bool,
    /// Whether defaults of columns are compared.
    pub compare_defaults: bool,
    /// Schemas to look at besides the connection's own.
    pub schemas: Vec<Ident>,
    /// What runs over a new revision, in order.
    pub hooks: Vec<Hook>,
}

const SWITCH: [(&str, bool); 6] = [
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("on", true),
    ("off", false),
];

/// Reads them; `prefix` is what `{prefix}` stands for in patterns.
pub(super) fn read(
    reader: &Reader<'_>,
    prefix: &str,
    hooks: Vec<Hook>,
) -> Result<Autogenerate, ConfigError> {
    let switch = |key| reader.word(Section::Migration, key, &SWITCH);
    let patterns = |key| {
        let names = list(reader, key).into_iter();
        names.map(|it| pattern(&it, prefix)).collect()
    };
    Ok(Autogenerate {
        models: reader.path(Section::Migration, "models"),
        filter: Filter {
            include_tables: patterns("include_tables"),
            exclude_tables: patterns("exclude_tables"),
            exclude_kinds: kinds(reader)?,
        },
        compare_types: switch("compare_types")?.unwrap_or(true),
        compare_defaults: switch("compare_defaults")?.unwrap_or(true),
        schemas: list(reader, "schemas")
            .into_iter()
            .map(Ident::new)
            .collect(),
        hooks,
    })
}

/// A pattern of names, the prefix in place.
pub fn pattern(text: &str, prefix: &str) -> Pattern {
    Pattern::new(&text.replace("{prefix}", prefix))
}

fn kinds(reader: &Reader<'_>) -> Result<Vec<Kind>, ConfigError> {
    const KEY: &str = "exclude_kinds";
    let mut found = Vec::new();
    for name in list(reader, KEY) {
        let known = Kind::NAMES.iter().find(|(known, _)| *known == name);
        let Some((_, kind)) = known else {
            let names = Kind::NAMES.map(|(name, _)| name);
            let origin = reader.values.get(Section::Migration, KEY);
            let likely = closest(&name, names);
            let wrong = Found {
                text: name,
                origin: origin.map(|it| it.origin).unwrap_or_default(),
            };
            let expected = format!("one of {}", names.join(", "));
            let mut error = reader.unfit(Section::Migration, KEY, wrong, expected);
            if let ConfigError::Unfit { nearest, .. } = &mut error {
                *nearest = likely;
            }
            return Err(error);
        };
        found.push(*kind);
    }
    Ok(found)
}

/// The parts of a value, between commas or lines.
fn list(reader: &Reader<'_>, key: &'static str) -> Vec<String> {
    let text = reader.text(Section::Migration, key).unwrap_or_default();
    let parts = text.split([',', '\n']).map(str::trim);
    parts
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}
