//! The database of a command that changes it, opened with what it says of itself while the
//! revisions are read.

use super::context::Context;
use super::failure::Failure;
use super::reading::Wanted;
use super::standing::{self, Gone};
use super::strays;
use crate::application;
use crate::database::{self, Connection};
use crate::dialect::Ledger;
use crate::plan::Plan;
use crate::program::Program;
use crate::revision::RevisionId;
use crate::status::{Records, Remedy, Strays, Unfinished};

/// A database that a command changes, and what it says of itself.
pub(super) struct Database<'a> {
    pub context: &'a Context<'a>,
    /// None while the SQLite file is not there: it is created when there is something to do.
    pub connection: Option<Box<dyn Connection>>,
    pub rows: Vec<RevisionId>,
    /// What the ledger knows of the states of revisions, once it was asked.
    states: Option<Records>,
    /// What it says in place of that, behind a run that left nothing to say.
    seal: Option<String>,
    /// Whether edits and unfinished steps were looked for, and nothing was done since.
    is_looked_through: bool,
    /// Applied revisions that were edited, and what to do about each.
    pub edited: Vec<(RevisionId, Remedy)>,
    /// Revisions that are not what they count as.
    strays: Strays,
    are_strays_told: bool,
    /// Applied revisions without a file that are in the graph all the same.
    pub gone: Vec<Gone>,
}

impl<'a> Database<'a> {
    /// Opens it; a SQLite file that is not there has no rows.
    pub(super) fn open(context: &'a Context<'a>) -> Result<Self, Failure> {
        Self::open_unchecked(context)?.checked()
    }

    /// The same for a command that takes back what is applied, also without its file.
    pub(super) fn open_to_undo(context: &'a Context<'a>) -> Result<Self, Failure> {
        context.begin_reading()?;
        let mut database = Self::connect(context)?;
        if let Some(connection) = &mut database.connection {
            database.gone = standing::adopt(context, connection.as_mut(), &database.rows)?;
        }
        database.checked()
    }

    /// The same for a command that has nothing to do where there is nothing.
    pub(super) fn open_existing(context: &'a Context<'a>) -> Result<Self, Failure> {
        let database = Self::open_to_undo(context)?;
        if database.connection.is_none() {
            context.connect_to_read()?;
        }
        Ok(database)
    }

    fn checked(mut self) -> Result<Self, Failure> {
        if let Some(connection) = &mut self.connection {
            self.context.check_rows(connection.as_mut(), &self.rows)?;
        }
        Ok(self)
    }

    /// Opens it and warns of applied revisions that were edited.
    pub(super) fn open_warning_of_edits(context: &'a Context<'a>) -> Result<Self, Failure> {
        let known = || Self::connect(context)?.knowing_seal_or_states();
        let mut database = context.beside_reading(Wanted::Seal, known)?.checked()?;
        if database.is_sealed()? {
            database.states = Some(Records::default());
            database.is_looked_through = true;
            return Ok(database);
        }
        database.warning_of_edits()
    }

    /// Whether the ledger says that there is nothing to say of these rows and these files.
    fn is_sealed(&self) -> Result<bool, Failure> {
        let Some(seal) = &self.seal else {
            return Ok(false);
        };
        let now = self.context.seal(&self.rows)?;
        Ok(now.as_ref() == Some(seal))
    }

    /// Warns of applied revisions that were edited, and looks for those that are not what they count as.
    pub(super) fn warning_of_edits(self) -> Result<Self, Failure> {
        let mut known = self.knowing_states()?;
        if let (Some(connection), Some(states)) = (&mut known.connection, &known.states) {
            let connection = connection.as_mut();
            known.edited = standing::warn_of_edits(known.context, connection, states, &known.rows)?;
            known.strays = strays::find(known.context, connection, states, &known.rows)?;
        }
        known.is_looked_through = true;
        Ok(known)
    }

    /// Stops at revisions that are not what they count as where a plan would do harm, and warns of
    /// the others, once.
    pub(super) fn check_strays(&mut self, plan: &Plan) -> Result<(), Failure> {
        let refused = self.strays.refuse(plan).err();
        if !self.are_strays_told {
            strays::warn(self.context, &self.strays, refused.as_ref())?;
            self.are_strays_told = true;
        }
        refused.map_or(Ok(()), |error| Err(error.into()))
    }

    /// A step that did not end and is none of a plan's.
    pub(super) fn unfinished_beside(&self, plan: &Plan) -> Option<(RevisionId, Unfinished)> {
        let found = self.states.as_ref()?.unfinished().into_iter();
        let is_planned = |id: &RevisionId, it: &Unfinished| {
            let mut steps = plan.steps.iter();
            steps.any(|step| {
                step.revision.as_ref() == Some(id) && step.direction.as_str() == it.mark.direction
            })
        };
        let mut others = found.filter(|(id, it)| !is_planned(id, it));
        others.next().map(|(id, it)| (id.clone(), it.clone()))
    }

    /// Whether there is nothing to say of what was applied before a plan.
    pub(super) fn is_well_beside(&self, plan: &Plan) -> bool {
        let is_well = self.edited.is_empty() && self.strays.is_empty() && self.gone.is_empty();
        self.is_looked_through && is_well && self.unfinished_beside(plan).is_none()
    }

    /// What the ledger may say behind a program before which there was nothing to say.
    pub(super) fn seal_behind(&self, program: &Program) -> Result<Option<String>, Failure> {
        let graph = self.context.graph()?;
        Ok(application::seal(graph, &program.to, &program.digests()))
    }

    /// Asks again what the database says of itself: another run may have moved it, and ended what was
    /// unfinished.
    pub(super) fn look_again(&mut self) -> Result<(), Failure> {
        self.is_looked_through = false;
        if let Some(connection) = &mut self.connection {
            let connection = connection.as_mut();
            self.rows = self.context.version_rows(connection)?;
            self.context.check_rows(connection, &self.rows)?;
            let states = standing::states(self.context, connection)?;
            self.strays.displaced = strays::displaced(self.context, &states, &self.rows)?;
            self.states = Some(states);
        }
        Ok(())
    }

    /// Asks the ledger for its seal, and for everything when there is none.
    fn knowing_seal_or_states(mut self) -> Result<Self, Failure> {
        if let Some(connection) = &mut self.connection {
            let ledger = Ledger::of(self.context.version_table()?);
            // What is wrong with the ledger is said when it is asked for more.
            let seal = database::ledger_seal(connection.as_mut(), &ledger);
            self.seal = seal.unwrap_or_default();
        }
        match self.seal {
            Some(_) => Ok(self),
            None => self.knowing_states(),
        }
    }

    /// Asks the ledger, once. At base, too, something may be unfinished.
    fn knowing_states(mut self) -> Result<Self, Failure> {
        let is_wanted = self.states.is_none();
        if let Some(connection) = self.connection.as_mut().filter(|_| is_wanted) {
            self.states = Some(standing::states(self.context, connection.as_mut())?);
        }
        Ok(self)
    }

    /// The same for a command that wants rows even if nobody knows them.
    pub(super) fn open_unchecked(context: &'a Context<'a>) -> Result<Self, Failure> {
        context.beside_reading(Wanted::Graph, || Self::connect(context))
    }

    /// A plan that changes nothing becomes a stamp where something is unfinished, which that settles.
    pub(super) fn settling(&mut self, plan: Plan) -> Result<Plan, Failure> {
        let Some(connection) = self.connection.as_mut().filter(|_| plan.steps.is_empty()) else {
            return Ok(plan);
        };
        let states = standing::states(self.context, connection.as_mut())?;
        Ok(match states.unfinished().is_empty() {
            true => plan,
            false => plan.affirmed(),
        })
    }

    fn connect(context: &'a Context<'a>) -> Result<Self, Failure> {
        let mut connection = context.connect_if_there()?;
        let rows = match &mut connection {
            Some(connection) => context.version_rows(connection.as_mut())?,
            None => Vec::new(),
        };
        Ok(Self {
            context,
            connection,
            rows,
            states: None,
            seal: None,
            is_looked_through: false,
            edited: Vec::new(),
            strays: Strays::default(),
            are_strays_told: false,
            gone: Vec::new(),
        })
    }
}
