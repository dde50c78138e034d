//! What a command works with; each part is made when it is first asked for, so that a command
//! pays for nothing it does not use.
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::Global;
use super::describe::Describer;
use super::error::CliError;
use super::failure::Failure;
use super::files;
use super::reading::{self, Found, Made, Seal, Wanted};
use super::settings;
use super::source_tree::SourceTree;
use super::standing;
use super::ui::Ui;
use super::warning::Warning;
use crate::application::{self, Component};
use crate::config::discovery::Standing;
use crate::config::{ConfigError, Loaded, Settings, Stated};
use crate::database::{self, Address, Connection, DatabaseError, OpenOptions};
use crate::dialect::VersionTable;
use crate::graph::{self, Member, RevisionGraph};
use crate::parallel::{self, Begun};
use crate::program::Linker;
use crate::revision::{Revision, RevisionError, RevisionId};

/// The component, what was typed, the printer; settings and graph once they are needed.
pub(super) struct Context<'a> {
    pub component: &'a Component,
    pub global: &'a Global,
    pub ui: &'a Ui,
    settings: OnceCell<Settings>,
    stated: OnceCell<Vec<Stated>>,
    /// Where the database was discovered that the settings name, until it has been said.
    discovered: RefCell<Option<String>>,
    /// Whether it was discovered, said or not.
    is_discovered: Cell<bool>,
    locations: OnceCell<Vec<PathBuf>>,
    /// The thread that reads the revisions, while it does.
    reading: RefCell<Option<Begun<Result<Found, RevisionError>>>>,
    graph: OnceCell<RevisionGraph>,
    /// How a database at the heads is sealed, when that was wanted with the graph.
    seal: OnceCell<Seal>,
    /// Whether it has been said that there is no version table.
    has_no_table: Cell<bool>,
}

impl<'a> Context<'a> {
    /// Begins with what was typed; nothing is read.
    pub(super) fn new(component: &'a Component, global: &'a Global, ui: &'a Ui) -> Self {
        Self {
            component,
            global,
            ui,
            settings: OnceCell::new(),
            stated: OnceCell::new(),
            discovered: RefCell::default(),
            is_discovered: Cell::default(),
            locations: OnceCell::new(),
            reading: RefCell::default(),
            graph: OnceCell::new(),
            seal: OnceCell::new(),
            has_no_table: Cell::default(),
        }
    }

    /// Whether to show more of what a command shows.
    pub(super) fn wants_details(&self) -> bool {
        self.global.verbose > 0
    }

    /// The settings, from command line, environment and ini.
    pub(super) fn settings(&self) -> Result<&Settings, Failure> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let loaded = settings::load(self.component, self.global)??;
        Ok(self.keep(loaded))
    }

    fn keep(&self, loaded: Loaded) -> &Settings {
        for warning in &loaded.warnings {
            self.ui.warning(&Warning::Settings(warning.clone()));
        }
        if let Some(Standing::Used(source)) = loaded.discovered {
            self.discovered.replace(Some(source));
            self.is_discovered.set(true);
        }
        self.stated.get_or_init(|| loaded.stated);
        self.settings.get_or_init(|| loaded.settings)
    }

    /// The database to connect to. One that was discovered is named, so that nobody is surprised.
    pub(super) fn address(&self) -> Result<Address, Failure> {
        let settings = self.settings()?;
        if let Some(source) = self.discovered.take() {
            self.ui.warning(&Warning::Discovered {
                address: settings.shown_address()?.to_string(),
                source_of_it: source,
            });
        }
        Ok(settings.address()?)
    }

    /// Every key that has a value, without secrets.
    pub(super) fn stated(&self) -> Result<&[Stated], Failure> {
        self.settings()?;
        Ok(self.stated.get().map(Vec::as_slice).unwrap_or_default())
    }

    /// The directories of revisions, without `..` in them; none when revisions are inside the
    /// binary. A component whose ini is not there can still show what it holds.
    fn locations(&self) -> Result<&[PathBuf], Failure> {
        if let Some(locations) = self.locations.get() {
            return Ok(locations);
        }
        let locations = match self.settings.get() {
            Some(settings) => settings.version_locations.clone(),
            None => self.read_locations()?,
        };
        let locations = locations
            .iter()
            .map(|path| files::absolute(path))
            .collect::<Result<_, _>>()?;
        Ok(self.locations.get_or_init(|| locations))
    }

    fn read_locations(&self) -> Result<Vec<PathBuf>, Failure> {
        let shows_itself =
            !self.component.revisions.is_empty() && self.global.script_location.is_none();
        match settings::load(self.component, self.global)? {
            Ok(loaded) => Ok(self.keep(loaded).version_locations.clone()),
            Err(ConfigError::MissingIni { named: false, .. }) if shows_itself => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Begins to read the revisions, beside what comes next: a server's first answers take as long.
    /// What is wrong with them is said when the graph is asked for.
    pub(super) fn begin_reading(&self) -> Result<(), Failure> {
        self.begin(Wanted::Revisions)
    }

    fn begin(&self, wanted: Wanted) -> Result<(), Failure> {
        if self.graph.get().is_some() || self.reading.borrow().is_some() {
            return Ok(());
        }
        let (component, locations) = (*self.component, self.locations()?.to_vec());
        if reading::is_worthwhile(&component, &locations) {
            let read = move || reading::read(&component, &locations, wanted);
            // Without a thread they are read when they are needed.
            self.reading.replace(parallel::begin(read));
        }
        Ok(())
    }

    /// Does what needs no revisions while they are read. When both fail it is the revisions that
    /// have to be mended first.
    pub(super) fn beside_reading<T>(
        &self,
        wanted: Wanted,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.begin(wanted)?;
        let done = work();
        self.graph()?;
        done
    }

    /// The revisions, read and checked.
    pub(super) fn graph(&self) -> Result<&RevisionGraph, Failure> {
        self.graph_with(|_| Ok(Vec::new()))
    }

    /// The same for a command that shows revisions and wants none of their texts.
    pub(super) fn graph_to_show(&self) -> Result<&RevisionGraph, Failure> {
        self.build(Wanted::Headers, |_| Ok(Vec::new()))
    }

    /// The same with more revisions, unless the graph is there already.
    pub(super) fn graph_with(
        &self,
        add: impl FnOnce(&[Arc<Revision>]) -> Result<Vec<Arc<Revision>>, Failure>,
    ) -> Result<&RevisionGraph, Failure> {
        self.build(Wanted::Revisions, add)
    }

    fn build(
        &self,
        wanted: Wanted,
        add: impl FnOnce(&[Arc<Revision>]) -> Result<Vec<Arc<Revision>>, Failure>,
    ) -> Result<&RevisionGraph, Failure> {
        if let Some(graph) = self.graph.get() {
            return Ok(graph);
        }
        let graph = match self.read(wanted)? {
            Found::Revisions(mut revisions) => {
                let more = add(&revisions)?;
                revisions.extend(more);
                graph::build(revisions)?
            }
            Found::Graph(made) => {
                let Made { graph, seal } = (*made)?;
                seal.map(|seal| self.seal.get_or_init(|| seal));
                graph
            }
        };
        Ok(self.graph.get_or_init(|| graph))
    }

    /// What the ledger says of a database with these rows when there is nothing to say of it.
    pub(super) fn seal(&self, rows: &[RevisionId]) -> Result<Option<String>, Failure> {
        let graph = self.graph()?;
        Ok(match self.seal.get().filter(|seal| seal.rows == rows) {
            Some(seal) => Some(seal.text.clone()),
            None => application::seal(graph, rows, &HashMap::new()),
        })
    }

    fn read(&self, wanted: Wanted) -> Result<Found, Failure> {
        if let Some(reading) = self.reading.take() {
            return Ok(reading.end()?);
        }
        if !self.has_revisions()? {
            return Err(CliError::NoScriptLocation.into());
        }
        let (component, locations) = (self.component, self.locations()?);
        Ok(reading::read(component, locations, wanted)?)
    }

    /// Whether there is a place for revisions, in the binary or in directories.
    pub(super) fn has_revisions(&self) -> Result<bool, Failure> {
        Ok(!self.locations()?.is_empty() || !self.component.revisions.is_empty())
    }

    /// The directories that hold revisions, for commands that write there.
    pub(super) fn version_locations(&self) -> Result<&[PathBuf], Failure> {
        let locations = self.locations()?;
        if locations.is_empty() {
            return Err(self.embedded());
        }
        Ok(locations)
    }

    /// Whether revisions are read from directories, not from the binary.
    pub(super) fn reads_directories(&self) -> Result<bool, Failure> {
        Ok(!self.locations()?.is_empty())
    }

    /// What to say when the revisions are inside the binary and a file is wanted.
    pub(super) fn embedded(&self) -> Failure {
        if self.component.revisions.is_empty() {
            return CliError::NoScriptLocation.into();
        }
        CliError::Embedded {
            name: self.component.name,
            location: SourceTree::find(self).map(|tree| tree.location),
        }
        .into()
    }

    /// Resolves what was typed for a command that shows: `current` asks the database.
    pub(super) fn resolve(&self, symbol: &str) -> Result<Vec<RevisionId>, Failure> {
        if symbol == "current" {
            return self.rows();
        }
        Ok(self.graph()?.resolve(symbol)?)
    }

    /// Writes revisions, newest first or as given: the text that `line` makes of each, or one
    /// JSON document.
    pub(super) fn revisions<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i RevisionId>,
        describer: &Describer,
        line: impl Fn(Member<'_>) -> String,
    ) -> Result<(), Failure> {
        let graph = self.graph()?;
        let members = ids.into_iter().filter_map(|id| graph.member(id.as_str()));
        self.members(members, describer, line)
    }

    /// The same of revisions that have been found in the graph.
    pub(super) fn members<'g>(
        &self,
        members: impl IntoIterator<Item = Member<'g>>,
        describer: &Describer,
        line: impl Fn(Member<'_>) -> String,
    ) -> Result<(), Failure> {
        let members = members.into_iter();
        if self.ui.is_json() {
            let objects: Vec<_> = members.map(|it| describer.object(it)).collect();
            return self.ui.document(&objects);
        }
        for member in members {
            self.ui.data(line(member))?;
        }
        Ok(())
    }

    /// Opens the database to read; nothing is created.
    pub(super) fn connect_to_read(&self) -> Result<Box<dyn Connection>, Failure> {
        let options = OpenOptions::read(self.component.program);
        match database::open(&self.address()?, &options) {
            Ok(connection) => Ok(connection),
            Err(DatabaseError::NoSuchFile { path }) => Err(self.no_file(&path)?.into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the database was discovered, so that nobody typed where it is.
    pub(super) fn is_discovered(&self) -> bool {
        self.is_discovered.get()
    }

    /// A mistyped path, or a database that is still to be made: nobody but the user knows.
    fn no_file(&self, path: &Path) -> Result<CliError, Failure> {
        let heads = self.graph()?.heads().len();
        Ok(CliError::NoDatabaseFile {
            path: files::absolute(path)?,
            origin: self.settings()?.database_origin()?.to_owned(),
            target: match heads {
                0 => None,
                1 => Some("head"),
                _ => Some("heads"),
            },
        })
    }

    /// The same; none when it is a SQLite file that is not there.
    pub(super) fn connect_if_there(&self) -> Result<Option<Box<dyn Connection>>, Failure> {
        let options = OpenOptions::read(self.component.program);
        match database::open(&self.address()?, &options) {
            Ok(connection) => Ok(Some(connection)),
            Err(DatabaseError::NoSuchFile { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The same; in place of a SQLite file that is not there, an empty database in memory.
    pub(super) fn connect_or_empty(&self) -> Result<Box<dyn Connection>, Failure> {
        if let Some(connection) = self.connect_if_there()? {
            return Ok(connection);
        }
        let empty = Address::Sqlite {
            path: PathBuf::from(":memory:"),
        };
        let options = OpenOptions::read(self.component.program);
        Ok(database::open(&empty, &options)?)
    }

    /// Opens the database to write; a SQLite file is created.
    pub(super) fn connect_to_write(&self) -> Result<Box<dyn Connection>, Failure> {
        let options = OpenOptions::write(self.component.program);
        Ok(database::open(&self.address()?, &options)?)
    }

    /// The table that says which revisions a database has.
    pub(super) fn version_table(&self) -> Result<&VersionTable, Failure> {
        Ok(&self.settings()?.version_table)
    }

    /// What links plans for the engine of the settings.
    pub(super) fn linker(&self) -> Result<Linker<'_>, Failure> {
        let settings = self.settings()?;
        let dialect = settings.dialect()?;
        Ok(self
            .component
            .linker(self.graph()?, dialect, settings.prefix()))
    }

    /// The same that knows of which applied revisions nothing ran.
    pub(super) fn linker_knowing(&self, never_ran: Vec<RevisionId>) -> Result<Linker<'_>, Failure> {
        Ok(Linker {
            never_ran,
            ..self.linker()?
        })
    }

    /// What the version table says, whether we know these revisions or not.
    pub(super) fn version_rows(
        &self,
        connection: &mut dyn Connection,
    ) -> Result<Vec<RevisionId>, Failure> {
        let table = self.version_table()?;
        if let Some(rows) = database::version_rows(connection, table)? {
            return Ok(rows);
        }
        if !self.has_no_table.replace(true) {
            for likely in database::likely_version_tables(connection) {
                self.ui.warning(&standing::likely_table(table, &likely));
            }
        }
        Ok(Vec::new())
    }

    /// The revisions that the database has; unknown ones are an error.
    pub(super) fn rows(&self) -> Result<Vec<RevisionId>, Failure> {
        self.begin_reading()?;
        let mut connection = self.connect_to_read()?;
        let rows = self.version_rows(connection.as_mut())?;
        self.check_rows(connection.as_mut(), &rows)?;
        Ok(rows)
    }

    /// Refuses rows that are no revisions of ours.
    pub(super) fn check_rows(
        &self,
        connection: &mut dyn Connection,
        rows: &[RevisionId],
    ) -> Result<(), Failure> {
        let checked = self.graph()?.check_rows(rows);
        checked.map_err(|error| standing::unknown_row(self, connection, rows, error))
    }
}
