//! One operation of a revision, or consecutive changes of one table that are done together.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::dialect::{Statement, TableChange};
use crate::operation::Operation;
use crate::schema::ObjectName;
use crate::sql::{Allow, ParseOptions, parse};
use crate::text::Place;

/// What is done, and what runs for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The statement it was written in (the first, when several change one table together).
    pub place: Place,
    /// What was accepted of it (`-- migrate: allow RULE reason`).
    pub allowed: Box<[Allow]>,
    /// What runs.
    pub work: Work,
    /// How a table is changed, when that is worth a remark; known once the table was read.
    pub change: Option<Box<TableChange>>,
    /// Questions whether the table is the one that the statements were written for, for a script.
    pub presumed: Box<[Statement]>,
    intent: Intent,
}

/// What is meant by an action.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Intent {
    /// At hand.
    Kept(Box<Kept>),
    /// To be read again from the statement it was written in.
    Written {
        reading: Arc<ParseOptions>,
        /// Which of the statement's operations it is.
        number: u32,
    },
}

/// Operations, and the statement of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Kept {
    operations: Vec<Operation>,
    places: Vec<Place>,
    /// What was written, in words, where these operations are how the engine does it.
    said: Option<Box<str>>,
}

impl Action {
    /// An operation, which a statement says.
    pub fn new(operation: Operation, place: Place, work: Work) -> Self {
        let kept = Kept {
            operations: vec![operation],
            places: vec![place.clone()],
            said: None,
        };
        Self {
            place,
            allowed: Box::default(),
            work,
            change: None,
            presumed: Box::default(),
            intent: Intent::Kept(Box::new(kept)),
        }
    }

    /// The same of the operation with a number in its statement, which is not kept.
    pub(super) fn written(
        (reading, number): (&Arc<ParseOptions>, u32),
        place: Place,
        work: Work,
    ) -> Self {
        Self {
            place,
            allowed: Box::default(),
            work,
            change: None,
            presumed: Box::default(),
            intent: Intent::Written {
                reading: Arc::clone(reading),
                number,
            },
        }
    }

    /// What is meant, in order.
    pub fn operations(&self) -> Cow<'_, [Operation]> {
        match &self.intent {
            Intent::Kept(kept) => Cow::Borrowed(&kept.operations),
            Intent::Written { reading, number } => {
                let read = parse(&self.place.source, self.place.span, reading);
                let operations = read.unwrap_or_default().statements.into_iter();
                let mut operations = operations.flat_map(|statement| statement.operations);
                let wanted = operations.nth(usize::try_from(*number).unwrap_or(usize::MAX));
                Cow::Owned(wanted.into_iter().collect())
            }
        }
    }

    /// Those that are at hand, each with the statement it was written in.
    pub fn kept_operations(&self) -> impl Iterator<Item = (&Operation, &Place)> {
        let kept = match &self.intent {
            Intent::Kept(kept) => Some(kept),
            Intent::Written { .. } => None,
        };
        let pairs = kept.map(|kept| kept.operations.iter().zip(&kept.places));
        pairs.into_iter().flatten()
    }

    /// The statement that an operation was written in.
    pub fn place_of(&self, operation: &Operation) -> &Place {
        let mut found = self.kept_operations();
        let found = found.by_ref().filter(|(known, _)| *known == operation);
        found.last().map_or(&self.place, |(_, place)| place)
    }

    /// What is accepted of the operations of one statement.
    pub fn allowed_at(&self, place: &Place) -> impl Iterator<Item = &Allow> {
        let start = place.span.start;
        let before = self.kept_operations().map(|(_, it)| it.span.end);
        let behind = before.filter(|end| *end <= start).max().unwrap_or(0);
        let allowed = self.allowed.iter();
        allowed.filter(move |it| (behind..start).contains(&it.place.span.start))
    }

    /// What it does, in the words of the operations.
    pub fn description(&self) -> String {
        self.described().to_string()
    }

    /// The same, put into words when it is shown.
    pub fn described(&self) -> impl fmt::Display {
        Described(self)
    }

    /// How many pieces of work it has. Changes of one table that are done together are one each, as
    /// they were written: which ones stand together is another matter once a statement between two
    /// of them is gone.
    pub fn units(&self) -> usize {
        match &self.work {
            Work::Statements(statements) => {
                let run = statements.iter().filter(|one| one.check.is_none());
                run.count()
            }
            Work::Table(_) => self.operations().len(),
            Work::Procedure(_) => 1,
        }
    }

    /// What was written, in words.
    pub fn said(&self) -> String {
        let said = match &self.intent {
            Intent::Kept(kept) => kept.said.as_deref(),
            Intent::Written { .. } => None,
        };
        said.map_or_else(|| self.description(), str::to_owned)
    }

    /// Is what an engine does for an operation that it does not have as it is written.
    pub(super) fn say(&mut self, written: &Operation) {
        if let Intent::Kept(kept) = &mut self.intent
            && kept.operations != [written.clone()]
        {
            kept.said = Some(written.to_string().into());
        }
    }

    /// Does what another one does behind its own, of which the operations are kept.
    pub(super) fn extend(&mut self, other: Self) {
        let (mut said, more) = (self.said(), other.said());
        if said != more {
            said = format!("{said}; {more}");
        }
        let own = std::mem::take(&mut self.allowed);
        self.allowed = own.into_iter().chain(other.allowed).collect();
        if let (Intent::Kept(kept), Intent::Kept(more)) = (&mut self.intent, other.intent) {
            let is_said = kept.said.is_some() || more.said.is_some();
            kept.said = is_said.then(|| said.into());
            kept.operations.extend(more.operations);
            kept.places.extend(more.places);
        }
    }
}

struct Described<'a>(&'a Action);

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, operation) in self.0.operations().iter().enumerate() {
            let separator = if number == 0 { "" } else { "; " };
            write!(f, "{separator}{operation}")?;
        }
        Ok(())
    }
}

/// What an action runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Statements known now.
    Statements(Vec<Statement>),
    /// The operations repeat what the table is at that moment: they are compiled when it is their
    /// turn, against the live table (execution) or the modelled one (script, plan).
    Table(Box<Subject>),
    /// A procedure of the component.
    Procedure(String),
}

/// The table that must be read before an action can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// It is named.
    Table(ObjectName),
    /// Only its index is named.
    TableOfIndex(ObjectName),
    /// It is a view that is named.
    View(ObjectName),
}
