//! An ini that was written for Alembic, and what to write beside it.

use super::ini::Document;
use super::reader::SEPARATOR;
use super::{ConfigError, Section, url};

/// Alembic's own section.
const SECTION: &str = "alembic";

/// The key that says which database.
const URL: &str = "sqlalchemy.url";

/// What Alembic's section says, as far as it has a place here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlembicKeys {
    /// The database, unless its URL holds a password.
    url: Option<String>,
    script_location: Option<String>,
    version_table: Option<String>,
    /// A directory on each line, as they are read here.
    version_locations: Option<String>,
    /// Which sections of ours are there already.
    present: Vec<Section>,
}

/// Refuses an ini that has a section of Alembic's in place of ours: none of ours is there and no
/// database `is_named` elsewhere, or `-n` gives Alembic's section the place of ours.
///
/// # Errors
///
/// [`ConfigError::AlembicIni`].
pub(super) fn refuse(
    document: &Document,
    chosen: Option<&str>,
    is_named: bool,
) -> Result<(), ConfigError> {
    let ours = Section::ALL.into_iter();
    let present: Vec<Section> = ours.filter(|it| document.has(it.name())).collect();
    let section = match chosen {
        Some(name) => name,
        None if is_named || !present.is_empty() => return Ok(()),
        None => SECTION,
    };
    let value = |name: &str| {
        let entry = document.entries(section).iter().find(|it| it.key == name)?;
        Some((
            entry,
            entry.raw.lines().next().unwrap_or_default().to_owned(),
        ))
    };
    let Some((entry, url)) = value(URL) else {
        return Ok(());
    };
    let text = |name| value(name).map(|(_, text)| text);
    Err(ConfigError::AlembicIni {
        section: section.to_owned(),
        keys: Box::new(AlembicKeys {
            url: Some(url).filter(|url| holds_no_password(url)),
            script_location: text("script_location"),
            version_table: text("version_table"),
            version_locations: locations(document, section),
            present,
        }),
        place: document.place(entry),
    })
}

/// The directories, which Alembic separates by what one of its keys says.
fn locations(document: &Document, section: &str) -> Option<String> {
    let entries = document.entries(section);
    let raw = |name: &str| entries.iter().find(|it| it.key == name).map(|it| &it.raw);
    let named = raw("path_separator").or_else(|| raw("version_path_separator"));
    let is_named = |(word, _): &&(&str, _)| named.is_some_and(|it| it.trim() == *word);
    let separator = SEPARATOR.iter().find(is_named);
    let separator = separator.map_or(&[' ', ',', '\n'][..], |(_, signs)| signs);
    let text = raw("version_locations")?;
    let places = text.split(separator).map(str::trim);
    let places: Vec<&str> = places.filter(|it| !it.is_empty()).collect();
    Some(places.join("\n    ")).filter(|it| !it.is_empty())
}

fn holds_no_password(url: &str) -> bool {
    let parts = url::parse(&url.replace("%%", "%"));
    parts.is_ok_and(|parts| parts.stated.iter().all(|(key, _)| *key != "password"))
}

impl AlembicKeys {
    /// Our sections that say the same, ready to be copied.
    pub(super) fn instead(&self) -> String {
        let missing = |section: &Section| !self.present.contains(section);
        let missing: Vec<Section> = Section::ALL.into_iter().filter(missing).collect();
        if missing.is_empty() {
            return "leave `-n` out: `[sqldb]` and `[migration]` are there".to_owned();
        }
        let mut lines = vec!["write in the same file (`-n` is not needed then)".to_owned()];
        for section in missing {
            lines.push(format!("[{}]", section.name()));
            match section {
                Section::Sqldb => lines.push(self.database()),
                Section::Migration => lines.extend(self.migration()),
            }
        }
        lines.push("relative names start from this file; revisions are `.sql` files".to_owned());
        lines.join("\n")
    }

    fn database(&self) -> String {
        let url = self.url.as_deref();
        let url = url.unwrap_or("... (what `sqlalchemy.url` says, as it stands)");
        format!("url = {url}")
    }

    fn migration(&self) -> Vec<String> {
        let location = self.script_location.as_deref();
        let location = location.unwrap_or("%(here)s/migrations");
        let table = self.version_table.as_ref();
        let locations = self.version_locations.as_ref();
        [format!("script_location = {location}")]
            .into_iter()
            .chain(locations.map(|places| format!("version_locations =\n    {places}")))
            .chain(table.map(|table| format!("version_table = {table}")))
            .collect()
    }
}
