//! The jobs, a file for each group.

mod check;
mod downgrade;
mod embedded;
mod listing;
mod many;
mod no_op;
mod peer;
mod rebuild;
mod start;
mod upgrade;

use migration_core::database::Address;

use crate::contest::{Role, Tool};
use crate::failure::Failure;
use crate::field::{Field, Written};
use crate::measure::Process;
use crate::options::JobName;
use crate::report::Group;

/// A group of measurements and how to make it.
pub(crate) struct Job {
    pub(crate) name: JobName,
    pub(crate) run: fn(&Field) -> Result<Vec<Group>, Failure>,
}

/// All of them, in the order in which they are printed.
pub(crate) const ALL: &[Job] = &[
    Job {
        name: JobName::StartUp,
        run: start::run,
    },
    Job {
        name: JobName::NoOp,
        run: no_op::run,
    },
    Job {
        name: JobName::History,
        run: listing::run,
    },
    Job {
        name: JobName::Embedded,
        run: embedded::run,
    },
    Job {
        name: JobName::Upgrade,
        run: upgrade::run,
    },
    Job {
        name: JobName::Downgrade,
        run: downgrade::run,
    },
    Job {
        name: JobName::Check,
        run: check::run,
    },
    Job {
        name: JobName::Rebuild,
        run: rebuild::run,
    },
    Job {
        name: JobName::Many,
        run: many::run,
    },
];

/// How long one run of a job takes, which says how often it is worth to run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// Less than a second, with all tools.
    Short,
    /// Seconds.
    Usual,
    /// Minutes.
    Long,
}

impl Pace {
    fn rounds(self, field: &Field) -> u32 {
        let rounds = field.options.rounds;
        match self {
            Self::Short => rounds.saturating_mul(3),
            Self::Usual => rounds,
            Self::Long => (rounds / 2).clamp(1, 2),
        }
    }
}

/// The product and Alembic, each on a database of its own with the same history.
struct Pair<'f> {
    field: &'f Field,
    written: &'f Written,
    ours: Address,
    alembic: Address,
}

impl<'f> Pair<'f> {
    /// Both with the same arguments.
    fn tools<const N: usize>(&self, arguments: [&str; N]) -> Result<Vec<Tool<'f>>, Failure> {
        let mut tools = vec![Tool::new(
            "migrate",
            Role::Ours,
            self.ours()?.args(arguments),
        )];
        if let Some(alembic) = self.alembic()? {
            tools.push(Tool::new("Alembic", Role::Alembic, alembic.args(arguments)));
        }
        Ok(tools)
    }

    fn ours(&self) -> Result<Process, Failure> {
        self.field.ours(self.written, &self.ours)
    }

    fn alembic(&self) -> Result<Option<Process>, Failure> {
        self.field.alembic(self.written, &self.alembic)
    }
}

/// 1000 as 1,000.
fn grouped(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}
