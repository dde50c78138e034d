//! Tools side by side at one job: in every round each runs once, so that what disturbs the machine
//! disturbs all of them.

use migration_core::database::Address;

use crate::effect;
use crate::failure::Failure;
use crate::goal::Goal;
use crate::measure::{Process, Sample};
use crate::output::remark;
use crate::statistics::{Summary, summary};

/// What a tool is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Ours,
    Alembic,
    Peer,
    /// What no tool can be quicker than.
    Limit,
}

/// A tool at a job.
pub(crate) struct Tool<'t> {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// What is done before each run, unmeasured.
    prepare: Prepare<'t>,
    process: Process,
    /// What it does is such a part of the job.
    share: u32,
    /// The database in which its work is to be found afterwards.
    leaves: Option<Address>,
}

type Prepare<'t> = Box<dyn Fn() -> Result<(), Failure> + 't>;

impl<'t> Tool<'t> {
    pub(crate) fn new(name: impl Into<String>, role: Role, process: Process) -> Self {
        Self {
            name: name.into(),
            role,
            prepare: Box::new(|| Ok(())),
            process,
            share: 1,
            leaves: None,
        }
    }

    /// The same whose work on a database is compared with that of the others.
    pub(crate) fn leaving(mut self, address: Address) -> Self {
        self.leaves = Some(address);
        self
    }

    /// The same that does a part of the job only: its times are multiplied.
    pub(crate) fn times(mut self, share: u32) -> Self {
        self.share = share;
        self
    }

    /// The same with something to be done before each run.
    pub(crate) fn after(mut self, prepare: impl Fn() -> Result<(), Failure> + 't) -> Self {
        self.prepare = Box::new(prepare);
        self
    }

    fn run(&self) -> Result<Sample, Failure> {
        (self.prepare)()?;
        let sample = self.process.measure()?;
        Ok(Sample {
            wall: sample.wall * self.share,
            cpu: sample.cpu * self.share,
            ..sample
        })
    }
}

/// A job and who does it.
pub(crate) struct Contest<'t> {
    pub(crate) job: String,
    pub(crate) tools: Vec<Tool<'t>>,
    pub(crate) goal: Goal,
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Measured {
    pub(crate) job: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) goal: Goal,
    pub(crate) rounds: u32,
}

/// What came out for one tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) tool: String,
    pub(crate) role: Role,
    pub(crate) summary: Summary,
}

impl Contest<'_> {
    /// Runs every tool once without measuring, then all rounds, and compares what was left. The tool
    /// that begins a round is another each time. A peer that fails does not take part.
    pub(crate) fn run(mut self, rounds: u32) -> Result<Measured, Failure> {
        remark(&format!("{} ({rounds} rounds)", self.job));
        self.tools = able(self.tools)?;
        let mut samples: Vec<Vec<Sample>> = vec![Vec::new(); self.tools.len()];
        let number = self.tools.len();
        for round in 0..usize::try_from(rounds).unwrap_or(1) {
            for turn in 0..number {
                let at = (round + turn) % number;
                samples[at].push(self.tools[at].run()?);
            }
        }
        self.compare()?;
        let rows = self.tools.iter().zip(&samples);
        let rows = rows.filter_map(|(tool, samples)| {
            Some(Row {
                tool: tool.name.clone(),
                role: tool.role,
                summary: summary(samples)?,
            })
        });
        Ok(Measured {
            rows: rows.collect(),
            job: self.job,
            goal: self.goal,
            rounds,
        })
    }

    fn compare(&self) -> Result<(), Failure> {
        let left = self.tools.iter();
        let left = left.filter_map(|it| Some((it.name.clone(), it.leaves.clone()?)));
        effect::compare(&left.collect::<Vec<_>>())
    }
}

/// The tools that can do the job.
fn able(tools: Vec<Tool<'_>>) -> Result<Vec<Tool<'_>>, Failure> {
    let mut able = Vec::new();
    for tool in tools {
        match (tool.run(), tool.role) {
            (Ok(_), _) => able.push(tool),
            (Err(failure), Role::Peer) => {
                remark(&format!("{} is SKIPPED: {failure}", tool.name));
            }
            (Err(failure), Role::Ours | Role::Alembic | Role::Limit) => return Err(failure),
        }
    }
    Ok(able)
}

impl Measured {
    /// The tools of a role.
    pub(crate) fn of(&self, role: Role) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.role == role)
    }

    /// The quickest of a role.
    pub(crate) fn quickest(&self, role: Role) -> Option<&Row> {
        self.of(role).min_by_key(|row| row.summary.median)
    }
}
