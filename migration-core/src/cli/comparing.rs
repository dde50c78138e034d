//! A live database compared with what it should be: what `revision --autogenerate`, `check`, `diff`
//! and `drift` have in common.

use std::sync::Arc;

use clap::Args;

use super::act::{self, Waiting};
use super::context::Context;
use super::error::CliError;
use super::failure::Failure;
use super::models_error::ModelsError;
use super::renames::{Renames, refuse_taken};
use super::standing;
use super::strays;
use super::warning::Warning;
use crate::compare::{self, Comparison, Filter, Found, Goal, Kind, Moved, Setting, Unseen};
use crate::config::pattern;
use crate::database::{Connection, OpenOptions};
use crate::diagnostic::quoted_some;
use crate::diff::DiffOptions;
use crate::parallel::{self, Begun};
use crate::program::{self, Built, Linker, ProgramError, Written};
use crate::revision::RevisionId;
use crate::schema::Ident;
use crate::text::Source;

/// What is compared.
#[derive(Debug, Args, Default)]
#[group(id = "compared")]
pub(super) struct Flags {
    /// Compare only tables and views whose names fit; `*` is any text, `?` one character; in place
    /// of the ini's `include_tables` (may be repeated)
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub include_table: Vec<String>,

    /// Leave tables and views alone whose names fit, besides the ini's `exclude_tables` (may be
    /// repeated)
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    pub exclude_table: Vec<String>,

    /// Leave objects of this kind alone, besides the ini's `exclude_kinds` (may be repeated)
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kinds())]
    pub exclude_kind: Vec<String>,

    /// Whether to compare types of columns; in place of the ini's
    #[arg(long, value_name = "yes|no", value_parser = switch, hide_possible_values = true)]
    pub compare_types: Option<bool>,

    /// Whether to compare defaults of columns; in place of the ini's
    #[arg(long, value_name = "yes|no", value_parser = switch, hide_possible_values = true)]
    pub compare_defaults: Option<bool>,

    /// Compare this schema, too, besides the ini's `schemas` (PostgreSQL; may be repeated)
    #[arg(long = "schema", value_name = "NAME", value_delimiter = ',')]
    pub schemas: Vec<String>,
}

impl Flags {
    /// What is left alone, by the ini and what was typed.
    pub(super) fn filter(&self, ini: &Filter, prefix: &str) -> Filter {
        let patterns = |typed: &[String]| {
            let typed = typed.iter();
            typed.map(|it| pattern(it, prefix)).collect::<Vec<_>>()
        };
        let mut filter = ini.clone();
        if !self.include_table.is_empty() {
            filter.include_tables = patterns(&self.include_table);
        }
        let excluded = patterns(&self.exclude_table);
        filter.exclude_tables.extend(excluded);
        for typed in &self.exclude_kind {
            let kind = Kind::NAMES.iter().find(|(name, _)| name == typed);
            filter.exclude_kinds.extend(kind.map(|(_, kind)| *kind));
        }
        filter
    }

    /// The schemas to look into besides the connection's own.
    pub(super) fn schemas(&self, ini: &[Ident]) -> Vec<Ident> {
        let typed = self.schemas.iter().map(Ident::new);
        ini.iter().cloned().chain(typed).collect()
    }
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = String> {
    clap::builder::PossibleValuesParser::new(Kind::NAMES.map(|(name, _)| name))
}

fn switch(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write `yes` or `no`".to_owned()),
    }
}

/// So many tables are named in a message.
pub(super) const MOST_TABLES: usize = 10;

/// The database that is compared.
pub(super) struct Compared<'a> {
    context: &'a Context<'a>,
    flags: &'a Flags,
    connection: Box<dyn Connection>,
    /// The revisions it has.
    rows: Vec<RevisionId>,
    /// The thread that reads the models, where one does.
    reading: Option<Begun<Reading>>,
}

impl<'a> Compared<'a> {
    /// Opens it to read.
    pub(super) fn open(context: &'a Context<'a>, flags: &'a Flags) -> Result<Self, Failure> {
        context.begin_reading()?;
        let connection = context.connect_to_read()?;
        Self::of(context, flags, connection)
    }

    /// The same for what becomes a revision: without any, a file that is not there is empty.
    pub(super) fn open_or_empty(
        context: &'a Context<'a>,
        flags: &'a Flags,
    ) -> Result<Self, Failure> {
        let reading = begin_models(context);
        let connection = match context.graph()?.heads().is_empty() {
            true => context.connect_or_empty()?,
            false => context.connect_to_read()?,
        };
        let compared = Self::of(context, flags, connection)?;
        Ok(Self {
            reading,
            ..compared
        })
    }

    fn of(
        context: &'a Context<'a>,
        flags: &'a Flags,
        mut connection: Box<dyn Connection>,
    ) -> Result<Self, Failure> {
        let rows = standing::rows(context, connection.as_mut())?;
        let records = standing::records(context, connection.as_mut())?.unwrap_or_default();
        standing::refuse_unfinished(context, &records, &rows)?;
        standing::warn_of_edits(context, connection.as_mut(), &records, &rows)?;
        let strays = strays::find(context, connection.as_mut(), &records, &rows)?;
        strays::warn(context, &strays, None)?;
        Ok(Self {
            context,
            flags,
            connection,
            rows,
            reading: None,
        })
    }

    /// Refuses a database that lacks revisions: what they do would be found as a difference.
    pub(super) fn at_heads(self) -> Result<Self, Failure> {
        let graph = self.context.graph()?;
        let applied = graph.ancestors(&self.rows)?;
        let mut missing = graph.real_heads();
        missing.retain(|head| !applied.contains(head));
        if missing.is_empty() {
            return Ok(self);
        }
        Err(CliError::behind(graph, missing).into())
    }

    /// Compares it with the models.
    pub(super) fn with_models(
        &mut self,
        renames: &Renames,
    ) -> Result<(Comparison, Written), Failure> {
        let context = self.context;
        let models = match self.reading.take() {
            Some(begun) => Models::Begun(begun),
            None => Models::Text(models(context)?),
        };
        warn_of_embedded(context)?;
        let found = self.compare(renames, |setting, connection| {
            compare::live_with_models(setting, connection, |linker| models.read(linker))
        })?;
        renames.check(self.context, &found.0)?;
        refuse_taken(&found.0)?;
        self.remark(&found.0);
        Ok(found)
    }

    /// Compares it with what its revisions should have made.
    pub(super) fn with_revisions(&mut self, renames: &Renames) -> Result<Comparison, Failure> {
        let found = self.compare(renames, compare::live_with_revisions)?;
        renames.check(self.context, &found)?;
        refuse_taken(&found)?;
        self.remark(&found);
        Ok(found)
    }

    /// The same, and what only a person can resolve is: whether a table that is left alone is ours first,
    /// for more is compared then.
    pub(super) fn resolved(&mut self, renames: &Renames) -> Result<Comparison, Failure> {
        let mut renames = renames.clone();
        let mut comparison = self.with_revisions(&renames)?;
        while self.context.ui.can_ask() {
            let mut doubts = comparison.difference.doubts.iter();
            let Some(doubt) = doubts.find(|it| comparison.is_of_others(it)) else {
                break;
            };
            let Some(answer) = super::renames::ask(self.context, doubt) else {
                break;
            };
            renames.asked.push(answer);
            comparison = self.compare(&renames, compare::live_with_revisions)?;
        }
        resolve(self.context, comparison)
    }

    fn compare<T>(
        &mut self,
        renames: &Renames,
        compare: impl FnOnce(&Setting<'_>, &mut dyn Connection) -> Result<T, compare::CompareError>,
    ) -> Result<T, Failure> {
        let context = self.context;
        let settings = context.settings()?;
        let prefix = settings.prefix();
        let known = &settings.autogenerate;
        let flag = |said: Option<bool>, ini| !said.unwrap_or(ini);
        let diff = DiffOptions {
            answers: renames.answers(&prefix)?,
            ignores_types: flag(self.flags.compare_types, known.compare_types),
            ignores_defaults: flag(self.flags.compare_defaults, known.compare_defaults),
            ..DiffOptions::default()
        };
        let setting = Setting {
            address: &context.address()?,
            open: &OpenOptions::read(context.component.program),
            linker: context.linker()?,
            rows: &self.rows,
            version_table: context.version_table()?,
            schemas: &self.flags.schemas(&known.schemas),
            filter: &self.flags.filter(&known.filter, &prefix),
            diff: &diff,
            run: &act::options(context, None, &Waiting::default())?,
            probe_from: compare::WORTHWHILE,
        };
        Ok(compare(&setting, self.connection.as_mut())?)
    }

    /// Says how it was compared without a scratch place, and what that does not show.
    fn remark_on_rules(&self, grant: &str, unseen: &[Unseen]) {
        let ui = self.context.ui;
        ui.warning(&Warning::ByRules {
            grant: grant.to_owned(),
        });
        for unseen in unseen {
            ui.warning(&Warning::NotByRules {
                name: unseen.name.to_string(),
                why: unseen.why.to_string(),
            });
        }
    }

    /// Says what is not in the comparison.
    fn remark(&self, comparison: &Comparison) {
        let ui = self.context.ui;
        let why = match comparison.goal {
            Goal::Models => "neither the models nor a revision makes them",
            Goal::Revisions => "no revision makes them",
        };
        if !comparison.foreign.is_empty() {
            let some = quoted_some(&comparison.foreign, MOST_TABLES);
            ui.status(format_args!("Left alone, because {why}: {some}"));
        }
        for Moved { live, wanted, by } in comparison.moved_unsaid() {
            ui.status(format_args!(
                "Was `{wanted}` renamed to `{live}`, which has its `{by}`? `--rename {live}={wanted}` \
                 takes it for that"
            ));
        }
        for warning in misplaced(comparison) {
            ui.warning(&warning);
        }
        for unread in &comparison.unread {
            ui.warning(&Warning::NotCompared {
                name: unread.name.to_string(),
            });
        }
        for name in &comparison.differing {
            ui.warning(&Warning::Differs {
                name: name.to_string(),
            });
        }
        for kept in &comparison.difference.kept {
            ui.warning(&Warning::NotChanged { kept: kept.clone() });
        }
        if let Found::ByRules { grant, unseen } = &comparison.found {
            self.remark_on_rules(grant, unseen);
        }
        for beside in &comparison.beside {
            let summary = beside.summary();
            ui.status(format_args!("{}: not compared: {summary}", beside.place));
        }
        for left_out in &comparison.left_out {
            ui.warning(&Warning::BeyondScratch {
                place: left_out.place.to_string(),
                description: left_out.description.to_string(),
            });
        }
    }
}

/// What there is to say of indexes that are of no use and partitions that are not where they belong.
pub(super) fn misplaced(comparison: &Comparison) -> impl Iterator<Item = Warning> {
    let invalid = comparison.invalid.iter().map(|it| Warning::InvalidIndex {
        name: it.name.to_string(),
    });
    let emptied = comparison.emptied.iter().map(|it| Warning::Emptied {
        name: it.to_string(),
    });
    let detached = comparison.detached.iter().map(|it| Warning::Detached {
        name: it.to_string(),
    });
    invalid.chain(emptied).chain(detached)
}

type Reading = Result<Written, ProgramError>;

/// Models that are being read, or still have to be.
enum Models {
    Begun(Begun<Reading>),
    Text(Arc<Source>),
}

impl Models {
    fn read(self, linker: &Linker<'_>) -> Reading {
        match self {
            Self::Begun(begun) => begun.end(),
            Self::Text(source) => program::models(linker.dialect, &linker.prefix, &source),
        }
    }
}

/// Begins to read the models, beside what is asked first of the database. None where something is
/// wrong with them, which is said when they are needed.
fn begin_models(context: &Context<'_>) -> Option<Begun<Reading>> {
    let settings = context.settings().ok()?;
    let (dialect, prefix) = (settings.dialect().ok()?, settings.prefix());
    let source = models(context).ok()?;
    parallel::begin(move || program::models(dialect, &prefix, &source))
}

/// Resolves what only a person can: asks on a terminal, else stops.
pub(super) fn resolve(
    context: &Context<'_>,
    mut comparison: Comparison,
) -> Result<Comparison, Failure> {
    while let Some(doubt) = comparison.difference.doubts.first() {
        let can_ask = context.ui.can_ask();
        let answer = can_ask.then(|| super::renames::ask(context, doubt));
        let Some(answer) = answer.flatten() else {
            let doubts = comparison.difference.doubts.iter();
            let ways = doubts.map(|it| Warning::of_rename(comparison.goal, it));
            return Err(ModelsError::Doubts {
                ways: ways.collect(),
            }
            .into());
        };
        comparison.options.answers.push(answer);
        comparison.find();
    }
    Ok(comparison)
}

/// Revisions come from a directory and models from the binary: whoever edits both would wait for
/// the models in vain.
fn warn_of_embedded(context: &Context<'_>) -> Result<(), Failure> {
    let is_named = context.settings()?.autogenerate.models.is_some();
    if !is_named && context.reads_directories()? {
        context.ui.warning(&Warning::EmbeddedModels);
    }
    Ok(())
}

/// Whether there are models, readable or not.
pub(super) fn has_models(context: &Context<'_>) -> Result<bool, Failure> {
    let is_named = context.settings()?.autogenerate.models.is_some();
    Ok(is_named || !context.component.models.trim().is_empty())
}

/// What models build.
pub(super) fn built(context: &Context<'_>, models: &Arc<Source>) -> Result<Built, Failure> {
    let settings = context.settings()?;
    Ok(program::models(settings.dialect()?, &settings.prefix(), models)?.built)
}

/// The models: the file that the settings name, or those inside the binary.
pub(super) fn models(context: &Context<'_>) -> Result<Arc<Source>, Failure> {
    if let Some(path) = &context.settings()?.autogenerate.models {
        let text = super::files::read(path)?;
        return Ok(Source::new(super::files::shown(path), text));
    }
    if context.component.models.trim().is_empty() {
        return Err(ModelsError::NoModels.into());
    }
    Ok(Source::new(
        "models/sqlobjects.sql",
        context.component.models,
    ))
}
