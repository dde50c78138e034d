//! The ini file as Python's interpolating ConfigParser reads it, with the line of every entry.
//!
//! A parser of our own: those at hand know neither lines nor Python's rules for continuations,
//! duplicates and `[DEFAULT]`, and a password read differently is a lockout.

use std::collections::HashSet;

use super::{ConfigError, keys};
use crate::text::{Place, Source, Span, closest};

const DEFAULT: &str = "DEFAULT";

/// How deep `%(name)s` may lead to values with `%(name)s`, as in Python.
const DEPTH: usize = 10;

/// A parsed file.
pub(super) struct Document {
    name: String,
    sections: Vec<IniSection>,
}

struct IniSection {
    name: String,
    line: usize,
    entries: Vec<Entry>,
}

/// One `key = value`, with continuation lines joined.
pub(super) struct Entry {
    /// The key in lower case.
    pub(super) key: String,
    /// The value before interpolation.
    pub(super) raw: String,
    line: usize,
    column: usize,
}

/// A value after interpolation.
pub(super) struct Interpolated {
    pub(super) text: String,
    /// Whether it has a `%` that Python would have refused.
    pub(super) lone_percent: bool,
}

impl Document {
    /// Parses a text; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// What Python refuses: a line that is nothing, a section or key that stands twice.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut reader = Reader {
            document: Self {
                name: name.to_owned(),
                sections: Vec::new(),
            },
            seen: HashSet::new(),
            section: None,
            entry_open: false,
            indent: 0,
        };
        for (number, line) in text.lines().enumerate() {
            reader.line(number + 1, line)?;
        }
        for entry in reader
            .document
            .sections
            .iter_mut()
            .flat_map(|s| &mut s.entries)
        {
            entry.raw.truncate(entry.raw.trim_end().len());
        }
        Ok(reader.document)
    }

    /// Whether there is a section of that name.
    pub(super) fn has(&self, section: &str) -> bool {
        self.section(section).is_some()
    }

    /// The names of all sections.
    pub(super) fn section_names(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|section| section.name.as_str())
    }

    /// Where a section begins.
    pub(super) fn section_place(&self, name: &str) -> Option<Place> {
        let section = self.section(name)?;
        Some(place(&self.name, section.line, &format!("[{name}]")))
    }

    /// The entries that stand in a section itself.
    pub(super) fn entries(&self, section: &str) -> &[Entry] {
        self.section(section)
            .map_or(&[], |section| &section.entries)
    }

    /// The entry of a key, from its section or from `[DEFAULT]`.
    pub(super) fn entry(&self, section: &str, key: &str) -> Option<&Entry> {
        let of = |section| self.entries(section).iter().find(|entry| entry.key == key);
        of(section).or_else(|| of(DEFAULT))
    }

    /// Where an entry stands. The place shows the key, and of the value its first line, unless the
    /// value may be a secret.
    pub(super) fn place(&self, entry: &Entry) -> Place {
        let indent = " ".repeat(entry.column);
        let value = if keys::may_be_shown(&entry.key) {
            entry.raw.lines().next().unwrap_or_default()
        } else {
            "..."
        };
        let shown = format!("{indent}{} = {value}", entry.key);
        place(&self.name, entry.line, shown.trim_end())
    }

    /// The value of an entry with `%(name)s` put in place; `extra` knows names besides the section's
    /// and `[DEFAULT]`'s.
    ///
    /// # Errors
    ///
    /// A name that nothing defines, a reference without its `s`, or references without end.
    pub(super) fn interpolate(
        &self,
        section: &str,
        entry: &Entry,
        extra: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Interpolated, ConfigError> {
        let mut interpolation = Interpolation {
            document: self,
            section,
            entry,
            extra,
            out: Interpolated {
                text: String::new(),
                lone_percent: false,
            },
        };
        interpolation.run(&entry.raw, 1)?;
        Ok(interpolation.out)
    }

    fn section(&self, name: &str) -> Option<&IniSection> {
        self.sections.iter().find(|section| section.name == name)
    }
}

/// A place that holds no more text than one line; none at all when that line may be a secret.
fn place(name: &str, line: usize, shown: &str) -> Place {
    let before = "\n".repeat(line - 1);
    let start = before.len() + shown.len() - shown.trim_start().len();
    let end = before.len() + shown.len();
    Place::new(
        &Source::new(name, format!("{before}{shown}")),
        Span::new(start, end),
    )
}

struct Reader {
    document: Document,
    seen: HashSet<(usize, String)>,
    section: Option<usize>,
    entry_open: bool,
    indent: usize,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), ConfigError> {
        let value = line.trim();
        if value.starts_with(['#', ';']) {
            return Ok(());
        }
        if value.is_empty() {
            if let Some(entry) = self.open_entry() {
                entry.raw.push('\n');
            }
            return Ok(());
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if indent > self.indent
            && let Some(entry) = self.open_entry()
        {
            entry.raw.push('\n');
            entry.raw.push_str(value);
            return Ok(());
        }
        self.indent = indent;
        if let Some(name) = header(value) {
            return self.open_section(number, name);
        }
        self.open_key(number, indent, value)
    }

    /// The entry that a continuation line would belong to.
    fn open_entry(&mut self) -> Option<&mut Entry> {
        let section = self.section.filter(|_| self.entry_open)?;
        self.document.sections[section].entries.last_mut()
    }

    fn open_section(&mut self, number: usize, name: &str) -> Result<(), ConfigError> {
        self.entry_open = false;
        let known = self.document.sections.iter().position(|s| s.name == name);
        if known.is_some() && name != DEFAULT {
            return Err(ConfigError::DuplicateSection {
                section: name.to_owned(),
                place: place(&self.document.name, number, &format!("[{name}]")),
            });
        }
        self.section = known.or_else(|| {
            self.document.sections.push(IniSection {
                name: name.to_owned(),
                line: number,
                entries: Vec::new(),
            });
            Some(self.document.sections.len() - 1)
        });
        Ok(())
    }

    fn open_key(&mut self, number: usize, column: usize, line: &str) -> Result<(), ConfigError> {
        let parts = line
            .find(['=', ':'])
            .map(|at| (line[..at].trim_end(), line[at + 1..].trim()));
        let (Some(section), Some((key, value))) = (self.section, parts) else {
            return Err(ConfigError::Syntax {
                place: place(&self.document.name, number, ""),
            });
        };
        if key.is_empty() {
            return Err(ConfigError::Syntax {
                place: place(&self.document.name, number, ""),
            });
        }
        let entry = Entry {
            key: key.to_lowercase(),
            raw: value.to_owned(),
            line: number,
            column,
        };
        if !self.seen.insert((section, entry.key.clone())) {
            return Err(ConfigError::DuplicateKey {
                section: self.document.sections[section].name.clone(),
                place: self.document.place(&entry),
                key: entry.key,
            });
        }
        self.document.sections[section].entries.push(entry);
        self.entry_open = true;
        Ok(())
    }
}

/// The name of a section, from the first bracket to the last one of the line.
fn header(line: &str) -> Option<&str> {
    let name = &line.strip_prefix('[')?;
    let end = name.rfind(']')?;
    (end > 0).then(|| &name[..end])
}

struct Interpolation<'a> {
    document: &'a Document,
    section: &'a str,
    entry: &'a Entry,
    extra: &'a dyn Fn(&str) -> Option<String>,
    out: Interpolated,
}

impl Interpolation<'_> {
    fn run(&mut self, raw: &str, depth: usize) -> Result<(), ConfigError> {
        if depth > DEPTH {
            return Err(ConfigError::EndlessReference {
                key: self.entry.key.clone(),
                place: self.document.place(self.entry),
            });
        }
        let mut rest = raw;
        while let Some(at) = rest.find('%') {
            self.out.text.push_str(&rest[..at]);
            let sign = &rest[at..];
            if let Some(after) = sign.strip_prefix("%%") {
                self.out.text.push('%');
                rest = after;
            } else if sign.starts_with("%(") {
                rest = self.reference(sign, depth)?;
            } else {
                self.out.text.push('%');
                self.out.lone_percent = true;
                rest = &sign[1..];
            }
        }
        self.out.text.push_str(rest);
        Ok(())
    }

    /// Puts the value of the `%(name)s` at the start of `sign` in place and returns what follows.
    fn reference<'t>(&mut self, sign: &'t str, depth: usize) -> Result<&'t str, ConfigError> {
        let parts = sign[2..]
            .split_once(')')
            .and_then(|(name, rest)| Some((name, rest.strip_prefix('s')?)));
        let Some((name, rest)) = parts.filter(|(name, _)| !name.is_empty()) else {
            return Err(ConfigError::MalformedReference {
                key: self.entry.key.clone(),
                place: self.document.place(self.entry),
            });
        };
        let key = name.to_lowercase();
        if let Some(entry) = self.document.entry(self.section, &key) {
            self.run(&entry.raw, depth + 1)?;
        } else if let Some(value) = (self.extra)(name) {
            self.out.text.push_str(&value);
        } else {
            return Err(self.missing(name));
        }
        Ok(rest)
    }

    fn missing(&self, name: &str) -> ConfigError {
        let known = self.document.entries(self.section).iter();
        let known = known.chain(self.document.entries(DEFAULT));
        let nearest = closest(name, known.map(|entry| entry.key.as_str()).chain(["here"]));
        ConfigError::MissingReference {
            key: self.entry.key.clone(),
            nearest: nearest.map(str::to_owned),
            name: name.to_owned(),
            place: self.document.place(self.entry),
        }
    }
}
