//! A new revision: its file name and its text.

use std::path::{Component, Path, PathBuf};

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::template::{Kind, Value, fill};
use super::{Header, RevisionError, RevisionId, header, source};
use crate::text::Source;

const FILE_NAME: Kind = Kind {
    title: "file_template",
    names: &[
        "rev", "slug", "epoch", "year", "month", "day", "hour", "minute", "second",
    ],
    strict: true,
};

const FILE_TEXT: Kind = Kind {
    title: "revision template",
    names: &[
        "header",
        "upgrade",
        "downgrade",
        "message",
        "rev",
        "revises",
        "create_date",
        "branch_labels",
        "depends_on",
    ],
    strict: false,
};

const DEFAULT_TEMPLATE: &str = "\
%(header)s
-- migrate: upgrade

%(upgrade)s
-- migrate: downgrade

%(downgrade)s";

/// A revision that is to get a file.
#[derive(Debug, Clone)]
pub struct NewRevision<'a> {
    /// Its id, checked by [`RevisionId::parse_new`] or made by [`RevisionId::from_random`].
    pub id: &'a RevisionId,
    /// Its parents.
    pub revises: &'a [RevisionId],
    /// What must be applied before, in any branch.
    pub depends_on: &'a [String],
    /// The names of the branch that starts here.
    pub branch_labels: &'a [String],
    /// What it does, as typed: the first line becomes the message, the others text below it.
    pub message: &'a str,
    /// Now, in the zone that [`time_zone`] gives.
    pub create_date: &'a Zoned,
}

impl NewRevision<'_> {
    /// The file's text: the template (the built-in one when there is none) with this header and
    /// these bodies, which may be empty.
    ///
    /// # Errors
    ///
    /// A template at fault, or one whose result would not be read back as this revision.
    pub fn render(
        &self,
        template: Option<&str>,
        upgrade: &str,
        downgrade: &str,
    ) -> Result<String, RevisionError> {
        let header = self.header();
        let join = |ids: &[String]| Value::Text(ids.join(", "));
        let text = fill(&FILE_TEXT, template.unwrap_or(DEFAULT_TEMPLATE), |name| {
            Some(match name {
                "header" => Value::Text(header.to_string()),
                "upgrade" => Value::Text(body(upgrade)),
                "downgrade" => Value::Text(body(downgrade)),
                "message" => Value::Text(header.message.lines().next().unwrap_or("").to_owned()),
                "rev" => Value::Text(self.id.to_string()),
                "revises" => {
                    let ids: Vec<String> = self.revises.iter().map(ToString::to_string).collect();
                    join(&ids)
                }
                "create_date" => Value::Text(self.date()),
                "branch_labels" => join(self.branch_labels),
                "depends_on" => join(self.depends_on),
                _ => return None,
            })
        })?;
        let text = format!("{}\n", text.trim_end());
        let read = header::parse(&Source::new(FILE_TEXT.title, text.as_str()))?;
        let same = read.id == header.id
            && read.revises == header.revises
            && read.depends_on == header.depends_on
            && read.branch_labels == header.branch_labels;
        if !same {
            return Err(RevisionError::TemplateLosesHeader {
                id: self.id.clone(),
            });
        }
        Ok(text)
    }

    /// The file's name below the versions directory, by `file_template`; the slug is cut at
    /// `slug_length` characters. May name directories.
    ///
    /// # Errors
    ///
    /// A template at fault, or a name outside the directory or one that would never be read.
    pub fn file_name(&self, template: &str, slug_length: usize) -> Result<PathBuf, RevisionError> {
        let date = self.create_date;
        let name = fill(&FILE_NAME, template, |name| {
            Some(match name {
                "rev" => Value::Text(self.id.to_string()),
                "slug" => Value::Text(self.slug(slug_length)),
                "epoch" => Value::Number(date.timestamp().as_second()),
                "year" => Value::Number(date.year().into()),
                "month" => Value::Number(date.month().into()),
                "day" => Value::Number(date.day().into()),
                "hour" => Value::Number(date.hour().into()),
                "minute" => Value::Number(date.minute().into()),
                "second" => Value::Number(date.second().into()),
                _ => return None,
            })
        })?;
        let name = PathBuf::from(format!("{name}.sql"));
        check_name(&name)?;
        Ok(name)
    }

    /// The message as part of a file name: its words in lower case, joined by `_`, cut at the last
    /// `_` that fits into `length` characters (which is kept, as Alembic keeps it).
    pub fn slug(&self, length: usize) -> String {
        let slug = self
            .message
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("_")
            .to_lowercase();
        let Some((end, _)) = slug.char_indices().nth(length) else {
            return slug;
        };
        let cut = &slug[..end];
        let whole_words = cut.rsplit_once('_').map_or(cut, |(words, _)| words);
        format!("{whole_words}_")
    }

    /// The header of the file.
    pub fn header(&self) -> Header {
        let message = self.message.trim();
        Header {
            id: self.id.clone(),
            revises: self.revises.to_vec(),
            depends_on: self.depends_on.to_vec(),
            branch_labels: self.branch_labels.to_vec(),
            create_date: Some(self.date().into()),
            message: message.to_owned(),
            own_text: None,
        }
    }

    fn date(&self) -> String {
        self.create_date
            .strftime("%Y-%m-%d %H:%M:%S%.6f%:z")
            .to_string()
    }
}

/// The zone of creation dates and of `file_template`: the named one, or the system's.
///
/// # Errors
///
/// A name that the system's database of time zones does not know, also not in capitals.
pub fn time_zone(name: Option<&str>) -> Result<TimeZone, RevisionError> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(TimeZone::system());
    };
    TimeZone::get(name)
        .or_else(|_| TimeZone::get(&name.to_uppercase()))
        .map_err(|_| RevisionError::UnknownTimeZone {
            name: name.to_owned(),
        })
}

/// Whether a new file of that name stays in its directory and is found again.
pub(super) fn check_name(name: &Path) -> Result<(), RevisionError> {
    let mut visible = name.file_name().is_some_and(source::is_revision_name);
    for component in name.components() {
        let Component::Normal(part) = component else {
            return Err(RevisionError::OutsideDirectory {
                name: name.to_owned(),
            });
        };
        visible &= source::is_visible(part);
    }
    if !visible {
        return Err(RevisionError::IgnoredName {
            name: name.to_owned(),
        });
    }
    Ok(())
}

/// A section's body with one line end after it, or nothing.
fn body(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    format!("{text}\n")
}
