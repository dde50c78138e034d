//! Tools side by side at one job: in every round each runs once, so that what disturbs the machine
//! disturbs all of them.

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
        }
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
    /// Runs every tool once without measuring, then all rounds. The tool that begins a round is
    /// another each time.
    pub(crate) fn run(self, rounds: u32) -> Result<Measured, Failure> {
        remark(&format!("{} ({rounds} rounds)", self.job));
        let mut samples: Vec<Vec<Sample>> = vec![Vec::new(); self.tools.len()];
        for tool in &self.tools {
            tool.run()?;
        }
        let number = self.tools.len();
        for round in 0..usize::try_from(rounds).unwrap_or(1) {
            for turn in 0..number {
                let at = (round + turn) % number;
                samples[at].push(self.tools[at].run()?);
            }
        }
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
