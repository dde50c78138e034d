//! Log lines: what happens inside, on standard error, when `-v` or a variable asks for it.
#![expect(
    clippy::disallowed_methods,
    reason = "the environment says what is logged, and a span is measured by the clock"
)]

use std::collections::HashMap;
use std::env;
use std::fmt;
use std::io::{self, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::filter::Targets;

use super::args::Cli;
use super::warning::Warning;
use crate::application::moment;
use crate::parallel::held;

/// The variables that say what is logged, the first that is set.
const VARIABLES: [&str; 2] = ["MIGRATE_LOG", "RUST_LOG"];

/// The beginning of the names of everything that we log.
const OURS: &str = "migration";

/// Begins to write log lines if anybody asked for them; what is wrong with a filter is returned.
pub(super) fn begin(cli: &Cli) -> Option<Warning> {
    let asked = cli
        .global
        .verbose
        .saturating_sub(u8::from(cli.command.has_details()));
    let level = match asked {
        0 => None,
        1 => Some(LevelFilter::INFO),
        2 => Some(LevelFilter::DEBUG),
        _ => Some(LevelFilter::TRACE),
    };
    let filter = match level {
        Some(level) => Ok(Some(Targets::new().with_target(OURS, level))),
        None => named(),
    };
    match filter {
        Ok(Some(filter)) => {
            let log = Log {
                filter,
                is_json: cli.global.json,
                spans: Mutex::default(),
                last: AtomicU64::new(0),
            };
            // Nobody else in this process listens.
            let _ = tracing::subscriber::set_global_default(log);
            None
        }
        Ok(None) => None,
        Err(warning) => Some(warning),
    }
}

/// Whether anybody listens.
pub(super) fn is_on() -> bool {
    LevelFilter::current() != LevelFilter::OFF
}

/// The filter of the environment. One that is meant for other programs, too, may say what only they
/// understand.
fn named() -> Result<Option<Targets>, Warning> {
    for name in VARIABLES {
        let text = env::var(name).unwrap_or_default();
        if text.is_empty() {
            continue;
        }
        return match text.parse() {
            Ok(filter) => Ok(Some(filter)),
            Err(_) if name != VARIABLES[0] => Ok(None),
            Err(error) => Err(Warning::LogFilter {
                name,
                error: error.to_string(),
                text,
            }),
        };
    }
    Ok(None)
}

/// Writes a line for each event, and one at the end of each span.
struct Log {
    filter: Targets,
    is_json: bool,
    spans: Mutex<HashMap<u64, Span>>,
    last: AtomicU64,
}

struct Span {
    metadata: &'static Metadata<'static>,
    fields: Fields,
    begun: Instant,
    holders: usize,
}

impl Log {
    fn write(&self, metadata: &Metadata<'_>, fields: Fields) {
        let time = moment::now_utc();
        let line = match self.is_json {
            true => fields.json(&time, metadata),
            false => fields.line(&time, metadata),
        };
        // At once, and nobody can be told when that fails.
        drop(io::stderr().write_all(line.as_bytes()));
    }

    fn span<T>(&self, id: &Id, work: impl FnOnce(&mut Span) -> T) -> Option<T> {
        let mut spans = held(self.spans.lock());
        spans.get_mut(&id.into_u64()).map(work)
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        self.filter.would_enable(target, metadata.level())
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        let levels = self.filter.iter().map(|(_, level)| level);
        levels.chain(self.filter.default_level()).max()
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields::new(attributes.metadata().name());
        attributes.record(&mut fields);
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let span = Span {
            metadata: attributes.metadata(),
            fields,
            begun: Instant::now(),
            holders: 1,
        };
        let mut spans = held(self.spans.lock());
        spans.insert(id, span);
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        self.span(id, |span| values.record(&mut span.fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new("");
        event.record(&mut fields);
        self.write(event.metadata(), fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}

    fn clone_span(&self, id: &Id) -> Id {
        self.span(id, |span| span.holders += 1);
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let left = self.span(&id, |span| {
            span.holders -= 1;
            span.holders
        });
        if left != Some(0) {
            return false;
        }
        let mut spans = held(self.spans.lock());
        let span = spans.remove(&id.into_u64());
        drop(spans);
        if let Some(mut span) = span {
            let ms = (span.begun.elapsed().as_secs_f64() * 1e5).round() / 100.0;
            span.fields.put("ms", ms.into());
            self.write(span.metadata, span.fields);
        }
        true
    }
}

/// What an event says.
struct Fields {
    message: String,
    others: Vec<(&'static str, Value)>,
}

impl Fields {
    fn new(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            others: Vec::new(),
        }
    }

    fn put(&mut self, name: &'static str, value: Value) {
        match (name, value) {
            ("message", Value::String(text)) => self.message = text,
            (name, value) => self.others.push((name, value)),
        }
    }

    /// One line for people: `2026-11-21T19:30:49.123456Z DEBUG migration::sql: done sql="..." ms=0.3`.
    fn line(&self, time: &str, metadata: &Metadata<'_>) -> String {
        let mut line = format!(
            "{time} {:>5} {}: {}",
            metadata.level().as_str(),
            metadata.target(),
            self.message
        );
        for (name, value) in &self.others {
            let words = value.as_str().map(|text| {
                let words: Vec<&str> = text.split_whitespace().collect();
                words.join(" ")
            });
            line += &match words {
                Some(words) if words.contains(' ') => format!(" {name}=\"{words}\""),
                Some(words) => format!(" {name}={words}"),
                None => format!(" {name}={value}"),
            };
        }
        line + "\n"
    }

    fn json(self, time: &str, metadata: &Metadata<'_>) -> String {
        let fields: Map<String, Value> = self
            .others
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let document = serde_json::json!({ "log": {
            "time": time,
            "level": metadata.level().as_str().to_lowercase(),
            "target": metadata.target(),
            "message": self.message,
            "fields": fields,
        }});
        format!("{document}\n")
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field.name(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field.name(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field.name(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field.name(), value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field.name(), value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field.name(), format!("{value:?}").into());
    }
}
