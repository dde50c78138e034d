//! A component inside an application, which brings its database to the newest revision when it
//! starts, or refuses to start on one that is not there.
//!
//! In: a [`Component`] and where its settings are. Out: what was applied, or how database and
//! revisions stand to each other. *Invariant:* it prints nothing and ends no process.
//!
//! ```no_run
//! use migration_core::application::{ApplicationError, Component, Standing};
//!
//! # const BRAIN: Component = Component {
//! #     name: "brain", program: "brain", version: "1.0.0", default_ini: "conf/brain.ini",
//! #     revisions: &[], models: "", procedures: &[],
//! # };
//! fn start() -> Result<(), ApplicationError> {
//!     let migrator = BRAIN.with_ini("conf/brain.ini")?;
//!     migrator.upgrade("head")?;
//!     assert_eq!(migrator.check_at_head()?, Standing::AtHead);
//!     Ok(())
//! }
//! ```

mod component;
mod copying;
mod error;
mod line;
pub(crate) mod moment;
pub(crate) mod settings;
mod standing;

use crate::config::Settings;
use crate::database::{self, Connection, DatabaseError, OpenOptions};
use crate::dialect::Ledger;
use crate::execute::{self, Observer, Options, Report, TableChangePolicy, TakeBackup};
use crate::graph::{self, RevisionGraph};
use crate::plan::{self, Plan};
use crate::program::{self, Keep, Linker, Program, ProgramError};
use crate::revision::RevisionId;
use crate::status::{self, Circumstances, EditedPolicy, Records, State, StatusError, Strays};

pub use component::Component;
pub(crate) use copying::Copying;
pub use error::ApplicationError;
pub use line::LineStep;
pub use standing::Standing;
pub(crate) use standing::{edited, entries, seal, settle};

/// A component whose settings and revisions are read; no connection is open.
pub struct Migrator<'c> {
    component: &'c Component,
    settings: Settings,
    warnings: Vec<String>,
    graph: RevisionGraph,
}

/// Told nothing.
struct Silent;

impl Observer for Silent {}

impl<'c> Migrator<'c> {
    fn new(
        component: &'c Component,
        settings: Settings,
        warnings: Vec<String>,
    ) -> Result<Self, ApplicationError> {
        let revisions = component.read_revisions(&settings.version_locations)?;
        Ok(Self {
            component,
            settings,
            warnings,
            graph: graph::build(revisions)?,
        })
    }

    /// What a person should look at in the settings; none of it has a secret.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The revisions.
    pub fn graph(&self) -> &RevisionGraph {
        &self.graph
    }

    /// Says whether the database has the revisions of this program. Only the version table is read:
    /// no right but that is needed, nothing is created, and no lock is waited for.
    ///
    /// # Errors
    ///
    /// A database that cannot be reached or read.
    pub fn check_at_head(&self) -> Result<Standing, ApplicationError> {
        let rows = match self.connect_if_there()? {
            Some(mut connection) => self.version_rows(connection.as_mut())?,
            None => Vec::new(),
        };
        let mut unknown = rows.clone();
        unknown.retain(|row| self.graph.get(row.as_str()).is_none());
        if !unknown.is_empty() {
            return Ok(Standing::Ahead { unknown });
        }
        let plan = plan::upgrade(&self.graph, &rows, &["heads"])?;
        let missing = plan.steps.into_iter().filter_map(|step| step.revision);
        let missing: Vec<RevisionId> = missing.collect();
        Ok(match missing.is_empty() {
            true => Standing::AtHead,
            false => Standing::Behind { missing },
        })
    }

    /// Applies the revisions up to `target`, in the words of the command line: `head`, `heads`, an
    /// id, `+2`. A SQLite file that is not there is created. When several processes start at once,
    /// one works and the others wait for it and find it done.
    ///
    /// # Errors
    ///
    /// What the program `upgrade` would fail with; [`ApplicationError::Execute`] carries what was
    /// applied before.
    pub fn upgrade(&self, target: &str) -> Result<Report, ApplicationError> {
        self.upgrade_observed(target, &mut Silent, &|| false)
    }

    /// The same, told as it goes on, and ended between two statements when `interrupted` says so.
    ///
    /// # Errors
    ///
    /// As [`upgrade`](Self::upgrade).
    pub fn upgrade_observed(
        &self,
        target: &str,
        observer: &mut dyn Observer,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Report, ApplicationError> {
        let mut connection = self.connect_if_there()?;
        let mut rows = match &mut connection {
            Some(connection) => self.version_rows(connection.as_mut())?,
            None => Vec::new(),
        };
        loop {
            let plan = plan::upgrade(&self.graph, &rows, &[target])?;
            if plan.steps.is_empty() {
                if let Some(connection) = &mut connection {
                    self.refuse_unfinished(connection.as_mut(), &rows)?;
                }
                return Ok(Report {
                    rows,
                    ..Report::default()
                });
            }
            if let Some(connection) = &mut connection {
                self.refuse_displaced(connection.as_mut(), &plan)?;
            }
            let program = self.link(plan)?;
            let connection = match &mut connection {
                Some(connection) => connection,
                none => none.insert(self.connect(OpenOptions::write)?),
            };
            connection.check_writable()?;
            self.refuse_edits(connection.as_mut(), &rows)?;
            let result = self.run(&program, connection.as_mut(), observer, interrupted);
            match result? {
                Ok(report) => return Ok(report),
                Err(error) => match error.moved() {
                    // Another process was faster: what is left to do is planned again, but for a
                    // count, which was about what was there before.
                    Some(now) if !plan::is_from_here(target) => rows = now.to_vec(),
                    Some(_) | None => return Err(error.into()),
                },
            }
        }
    }

    fn run(
        &self,
        program: &Program,
        connection: &mut dyn Connection,
        observer: &mut dyn Observer,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<Report, execute::ExecuteError>, ApplicationError> {
        let settings = &self.settings;
        let copying = match &settings.backup {
            Some(place) => Some(Copying::new(settings.address()?, &program.from, place)),
            None => None,
        };
        let take = copying
            .as_ref()
            .map(|copying| |server: &str| copying.take(server, interrupted));
        let options = Options {
            backup: take.as_ref().map(|take| take as &TakeBackup<'_>),
            ..self.component.options(settings, None, interrupted)
        };
        let table = &settings.version_table;
        Ok(execute::run(program, connection, table, &options, observer))
    }

    fn link(&self, plan: Plan) -> Result<Program, ApplicationError> {
        let linker = Linker {
            keep: Keep::Places,
            ..self.linker()?
        };
        Ok(link(&linker, plan, self.settings.sqlite_alter)?)
    }

    fn linker(&self) -> Result<Linker<'_>, ApplicationError> {
        let settings = &self.settings;
        let dialect = settings.dialect()?;
        Ok(self
            .component
            .linker(&self.graph, dialect, settings.prefix()))
    }

    /// Where a downgrade stopped in the middle the version rows say nothing of it. A ledger that
    /// cannot be read is no reason to stop.
    fn refuse_unfinished(
        &self,
        connection: &mut dyn Connection,
        rows: &[RevisionId],
    ) -> Result<(), ApplicationError> {
        let ledger = Ledger::of(&self.settings.version_table);
        let Ok(Some(steps)) = database::ledger_states(connection, &ledger) else {
            return Ok(());
        };
        let records = Records::of(steps);
        match records.unfinished().first() {
            Some(step) => Err(StatusError::unfinished(*step, &self.graph, rows).into()),
            None => Ok(()),
        }
    }

    /// Stops when the settings say that edited revisions stop a run.
    fn refuse_edits(
        &self,
        connection: &mut dyn Connection,
        rows: &[RevisionId],
    ) -> Result<(), ApplicationError> {
        if self.settings.edited != EditedPolicy::Refuse || rows.is_empty() {
            return Ok(());
        }
        let ledger = Ledger::of(&self.settings.version_table);
        let Some(steps) = database::ledger_summary(connection, &ledger)? else {
            return Ok(());
        };
        let records = Records::of(steps);
        let mut found = edited(&self.graph, rows, &records, self.component.program)?;
        settle(connection, &ledger, &self.graph, &mut found)?;
        found.retain(|entry| entry.state == State::Edited);
        if found.is_empty() {
            return Ok(());
        }
        let circumstances = Circumstances {
            linker: &self.linker()?,
            rows,
            records: &records,
            policy: self.settings.edited,
        };
        let revisions = status::remedies(&circumstances, &found);
        Err(StatusError::Edited { revisions }.into())
    }

    /// Stops before a revision would run a second time.
    fn refuse_displaced(
        &self,
        connection: &mut dyn Connection,
        plan: &Plan,
    ) -> Result<(), ApplicationError> {
        if plan.from.is_empty() {
            return Ok(());
        }
        let ledger = Ledger::of(&self.settings.version_table);
        let Some(rows) = database::ledger_states(connection, &ledger)? else {
            return Ok(());
        };
        let displaced = status::displaced(&Circumstances {
            linker: &self.linker()?,
            rows: &plan.from,
            records: &Records::of(rows),
            policy: self.settings.edited,
        });
        let strays = Strays {
            displaced,
            ..Strays::default()
        };
        Ok(strays.refuse(plan)?)
    }

    fn version_rows(
        &self,
        connection: &mut dyn Connection,
    ) -> Result<Vec<RevisionId>, ApplicationError> {
        let rows = database::version_rows(connection, &self.settings.version_table)?;
        Ok(rows.unwrap_or_default())
    }

    /// None when it is a SQLite file that is not there.
    fn connect_if_there(&self) -> Result<Option<Box<dyn Connection>>, ApplicationError> {
        match self.connect(OpenOptions::read) {
            Ok(connection) => Ok(Some(connection)),
            Err(ApplicationError::Database(DatabaseError::NoSuchFile { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn connect(
        &self,
        options: fn(&'static str) -> OpenOptions,
    ) -> Result<Box<dyn Connection>, ApplicationError> {
        let address = self.settings.address()?;
        Ok(database::open(&address, &options(self.component.program))?)
    }
}

/// Links a plan; what the settings forbid is found here, before anything is touched.
pub(crate) fn link(
    linker: &Linker<'_>,
    plan: Plan,
    table_change: TableChangePolicy,
) -> Result<Program, ProgramError> {
    let program = program::link(linker, plan)?;
    if table_change == TableChangePolicy::Refuse {
        program::refuse_table_changes(linker, &program)?;
    }
    Ok(program)
}
