//! A plan carried out, or written as a script: what `upgrade`, `downgrade` and `stamp` have in
//! common.

use std::time::Duration;

use clap::Args;
use serde::Serialize;

use super::backup::BackingUp;
use super::context::Context;
use super::describe::{listed, texts};
use super::failure::Failure;
use super::forgotten::ForgottenStep;
use super::interrupt;
use super::opened::Database;
use super::range::{self, Target};
use super::standing;
use super::warning::Warning;
use super::watch::Watcher;
use crate::application;
use crate::application::moment::{self, Stopwatch};
use crate::config;
use crate::database::Connection;
use crate::execute::{self, DataLoss, ExecuteError, LossError, Options, Report, TakeBackup};
use crate::graph::RevisionGraph;
use crate::plan::{self, Plan, PlanError};
use crate::program::{self, Keep, Linker, Program};
use crate::revision::RevisionId;
use crate::script;
use crate::status::{EditedPolicy, StatusError};

/// The flags of commands that change a database.
#[derive(Debug, Args)]
pub(super) struct Offline {
    /// Write the SQL to standard output; no database is asked
    #[arg(long, conflicts_with = "json")]
    pub sql: bool,

    /// Name this run; the name stands in the ledger beside the program
    #[arg(long, value_name = "NAME")]
    pub tag: Option<String>,
}

impl Offline {
    /// A run on the database, under a name.
    pub(super) fn online(tag: Option<String>) -> Self {
        Self { sql: false, tag }
    }
}

/// The flag of commands that take the lock of the version table.
#[derive(Debug, Args, Default)]
pub(super) struct Waiting {
    /// Wait this long while another migration of the same database runs, or on SQLite any program
    /// writes the file; in place of the ini's `wait_for_lock`
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub lock_timeout: Option<Duration>,
}

/// Reads a number of seconds that was typed.
pub(super) fn seconds(typed: &str) -> Result<Duration, &'static str> {
    config::seconds(typed).ok_or("not a number of seconds, such as 60 or 0.5")
}

/// The flag of commands that can go on where an earlier run stopped.
#[derive(Debug, Args)]
pub(super) struct Resuming {
    /// Begin the first revision at this statement, whatever the ledger says; what else is unfinished
    /// counts as undone
    #[arg(long, value_name = "NUMBER", conflicts_with = "sql")]
    pub resume_at: Option<usize>,
}

/// Makes the plan for some version rows and targets.
type Planner<'p> = &'p dyn Fn(&RevisionGraph, &[RevisionId], &[&str]) -> Result<Plan, PlanError>;

/// What a command does to a database, or writes as a script.
pub(super) struct Change<'c> {
    /// The targets as typed.
    pub typed: &'c [String],
    pub offline: &'c Offline,
    /// Where the first step begins, when somebody says so.
    pub resume_at: Option<usize>,
    /// Whether rows that would be lost stop it.
    pub keeps_rows: bool,
    /// Whether a copy is taken first.
    pub backup: Option<&'c BackingUp>,
    pub waiting: &'c Waiting,
    /// Opens the database.
    pub open: for<'x> fn(&'x Context<'x>) -> Result<Database<'x>, Failure>,
    /// Reads the targets of a script.
    pub range: for<'t> fn(&RevisionGraph, &'t [String]) -> Result<Target<'t>, Failure>,
    /// Makes the plan.
    pub plan: Planner<'c>,
    /// Whether it settles what is unfinished, also when it changes no version row.
    pub settles: bool,
    /// What to say when a target leaves nothing to do and something else was meant.
    pub meant: fn(&str) -> Option<Warning>,
}

impl<'c> Change<'c> {
    /// An upgrade without a copy first.
    pub(super) fn upgrade(typed: &'c [String], offline: &'c Offline, waiting: &'c Waiting) -> Self {
        Self {
            typed,
            offline,
            resume_at: None,
            keeps_rows: false,
            backup: None,
            waiting,
            open: |context| Database::open_warning_of_edits(context),
            range: range::upward,
            plan: &plan::upgrade,
            settles: false,
            meant: |target| {
                let is_base = target == "base" || target.ends_with("@base");
                is_base.then_some(Warning::UpgradeToBase)
            },
        }
    }
}

impl Change<'_> {
    /// Whether it means the same once the database has moved.
    pub(super) fn outlives_a_move(&self, targets: &[&str]) -> bool {
        self.resume_at.is_none() && !targets.iter().any(|target| plan::is_from_here(target))
    }

    /// What rows and values are lost only the operations tell.
    fn keep(&self) -> Keep {
        match self.keeps_rows {
            true => Keep::Operations,
            false => Keep::Places,
        }
    }

    /// Carries it out and says what was done, or writes it with `--sql`.
    pub(super) fn make(&self, context: &Context<'_>) -> Result<(), Failure> {
        let tag = self.offline.tag.as_deref();
        if self.offline.sql {
            let graph = context.graph()?;
            let Target { rows, targets, .. } = (self.range)(graph, self.typed)?;
            let plan = (self.plan)(graph, &rows, &targets).map_err(PlanError::about_typed_rows)?;
            return write_script(context, plan, tag);
        }
        let outcome = self.carry_out(context)?;
        if context.ui.is_json() {
            return context.ui.document(&outcome);
        }
        outcome.tell(context);
        Ok(())
    }

    /// Carries it out.
    pub(super) fn carry_out(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let targets = range::targets(self.typed)?;
        let database = (self.open)(context)?;
        database.run(self, &targets)
    }
}

impl Database<'_> {
    /// Carries out what `plan` says for the rows. Plans again when another migration ran in between:
    /// when several machines start at once, one works and the others find it done. A count of steps,
    /// or the number of a statement, was about what was there before, and is not planned again.
    pub(super) fn run(mut self, change: &Change<'_>, targets: &[&str]) -> Result<Outcome, Failure> {
        let outcome = self.attempt(change, targets);
        outcome
            .map_err(|failure| standing::about_gone(self.context, failure, &self.gone, &self.rows))
    }

    fn attempt(&mut self, change: &Change<'_>, targets: &[&str]) -> Result<Outcome, Failure> {
        let context = self.context;
        loop {
            let plan = self.plan(change, targets)?;
            self.check_strays(&plan)?;
            if plan.steps.is_empty() {
                self.warn_of_meant(change, targets);
                return Ok(Outcome::nothing(&plan));
            }
            self.check_edits()?;
            self.warn_of_gone(&plan);
            let never_ran = standing::never_ran(&self.edited);
            standing::warn_of_unrun(context, &plan, &never_ran);
            let is_well = change.resume_at.is_none() && self.is_well_beside(&plan);
            let mut program = link(context, plan, never_ran.clone(), change.keep())?;
            if is_well {
                program.seal = self.seal_behind(&program)?;
            }
            let connection = match &mut self.connection {
                Some(connection) => connection,
                none => none.insert(context.connect_to_write()?),
            };
            connection.check_writable()?;
            standing::warn_of_unwritten(context, &program, &never_ran)?;
            if change.keeps_rows {
                if change.resume_at.is_none() {
                    refuse_unfinished(context, &program, connection.as_mut())?;
                }
                refuse_losses(&program, connection.as_mut())?;
            }
            let watch = Stopwatch::start();
            let result = execute(context, connection.as_mut(), &program, change)?;
            let error = match result {
                Ok(report) => return Ok(Outcome::of(&program, &report, &watch)),
                Err(error) => error,
            };
            if error.moved().is_none() || !change.outlives_a_move(targets) {
                return Err(failed(error));
            }
            self.look_again()?;
        }
    }

    /// Stops when the settings say that edited revisions stop a run.
    fn check_edits(&self) -> Result<(), Failure> {
        let policy = self.context.settings()?.edited;
        if policy == EditedPolicy::Refuse && !self.edited.is_empty() {
            let revisions = self.edited.clone();
            return Err(StatusError::Edited { revisions }.into());
        }
        Ok(())
    }

    /// Says what was most likely meant where there is nothing to do.
    fn warn_of_meant(&self, change: &Change<'_>, targets: &[&str]) {
        let meant = targets.iter().find_map(|target| (change.meant)(target));
        if let Some(meant) = meant.filter(|_| !self.rows.is_empty()) {
            self.context.ui.warning(&meant);
        }
    }

    fn warn_of_gone(&self, plan: &Plan) {
        for step in &plan.steps {
            let is_step = |gone: &&standing::Gone| Some(&gone.id) == step.revision.as_ref();
            let Some(gone) = self.gone.iter().find(is_step) else {
                continue;
            };
            let mark = gone.mark.as_ref();
            let applied = mark.map(|mark| format!(", applied {}", mark.words()));
            self.context.ui.warning(&Warning::Kept {
                id: gone.id.clone(),
                when: applied.unwrap_or_default(),
            });
        }
    }
}

/// Stops where an earlier run left another step unfinished, before anything else is said of the work.
pub(super) fn refuse_unfinished(
    context: &Context<'_>,
    program: &Program,
    connection: &mut dyn Connection,
) -> Result<(), Failure> {
    let table = context.version_table()?;
    execute::check_unfinished(program, connection, table).map_err(failed)
}

/// So many losses are named where a person has to read them all.
const NAMED: usize = 12;

/// Stops a downgrade that would take rows or values away.
fn refuse_losses(program: &Program, connection: &mut dyn Connection) -> Result<(), Failure> {
    let losses = execute::losses(program, connection)?;
    if losses.is_empty() {
        return Ok(());
    }
    let mut notes: Vec<String> = losses.iter().take(NAMED).map(lost).collect();
    if losses.len() > NAMED {
        let more = losses.len() - NAMED;
        notes.push(format!(
            "and {more} more; `downgrade --dry-run` names them all"
        ));
    }
    let untouched = format!(
        "nothing was touched; the database is at {}",
        place(&program.from)
    );
    let failure = Failure::from(LossError { losses });
    let notes = notes.into_iter().chain([untouched]);
    Err(notes.fold(failure, Failure::noting))
}

/// A loss in words.
pub(super) fn lost(loss: &DataLoss) -> String {
    let revision = loss.revision.as_ref().map_or("base", RevisionId::as_str);
    format!("{loss} would be lost, by the downgrade of {revision}")
}

fn execute(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    program: &Program,
    change: &Change<'_>,
) -> Result<Result<Report, ExecuteError>, Failure> {
    let copying = match change.backup {
        Some(asked) => asked.plan(context, &program.from)?,
        None => None,
    };
    let take = copying
        .as_ref()
        .map(|copying| |server: &str| copying.take(server, &interrupt::is_asked));
    let options = Options {
        resume_at: change.resume_at,
        backup: take.as_ref().map(|take| take as &TakeBackup<'_>),
        ..options(context, change.offline.tag.as_deref(), change.waiting)?
    };
    let table = context.version_table()?;
    let mut watcher = Watcher::new(context.ui, program);
    let result = execute::run(program, connection, table, &options, &mut watcher);
    context.ui.finish();
    Ok(result)
}

/// How a run is made; from here on Ctrl-C asks for a stop.
pub(super) fn options<'a>(
    context: &Context<'a>,
    tag: Option<&str>,
    waiting: &Waiting,
) -> Result<Options<'a>, Failure> {
    interrupt::listen();
    let settings = context.settings()?;
    let options = context
        .component
        .options(settings, tag, &interrupt::is_asked);
    Ok(Options {
        patience: waiting.lock_timeout.unwrap_or(options.patience),
        ..options
    })
}

/// An error with what was applied before it.
pub(super) fn failed(error: ExecuteError) -> Failure {
    let applied = error.report.applied.iter();
    let applied = listed(applied.filter_map(|step| step.revision.as_ref()));
    let done = if !applied.is_empty() {
        format!("applied before: {applied}")
    } else if error.is_amid_a_step() {
        "no revision was completed".to_owned()
    } else {
        "nothing was applied".to_owned()
    };
    let place = place(&error.report.rows);
    let backup = error.report.backup.clone();
    let failure = Failure::from(error).noting(format!("{done}; the database is at {place}"));
    match backup {
        Some(path) => failure.noting(format!("the backup from before is {path}")),
        None => failure,
    }
}

/// Links a plan for the engine of the settings. Of the revisions in `never_ran` a downgrade has
/// nothing to undo.
pub(super) fn link(
    context: &Context<'_>,
    plan: Plan,
    never_ran: Vec<RevisionId>,
    keep: Keep,
) -> Result<Program, Failure> {
    let policy = context.settings()?.sqlite_alter;
    let linker = Linker {
        keep,
        ..context.linker_knowing(never_ran)?
    };
    Ok(application::link(&linker, plan, policy)?)
}

/// Writes a plan as a script to standard output.
fn write_script(context: &Context<'_>, plan: Plan, tag: Option<&str>) -> Result<(), Failure> {
    let linked = link(context, plan, Vec::new(), Keep::Operations)?;
    let program = program::lower_offline(&context.linker()?, linked)?;
    let text = script::write(
        &program,
        &script::Options {
            version_table: context.version_table()?,
            author: &moment::actor(context.component, tag).program,
            transaction: context.settings()?.transaction,
        },
    )?;
    context.ui.raw(&text)
}

/// What a run did; as it stands the document of `--json`.
#[derive(Serialize)]
pub(super) struct Outcome {
    from: Vec<String>,
    pub(super) steps: Vec<Done>,
    pub(super) to: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) backup: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forgotten: Vec<ForgottenStep>,
    #[serde(skip)]
    took: String,
}

#[derive(Serialize)]
pub(super) struct Done {
    revision: Option<String>,
    direction: &'static str,
}

impl Outcome {
    fn nothing(plan: &Plan) -> Self {
        Self {
            from: texts(&plan.from),
            steps: Vec::new(),
            to: texts(&plan.to),
            backup: None,
            forgotten: Vec::new(),
            took: String::new(),
        }
    }

    fn of(program: &Program, report: &Report, watch: &Stopwatch) -> Self {
        let steps = report.applied.iter().map(|step| Done {
            revision: step.revision.as_ref().map(ToString::to_string),
            direction: step.direction.as_str(),
        });
        Self {
            from: texts(&program.from),
            steps: steps.collect(),
            to: texts(&report.rows),
            backup: report.backup.clone(),
            forgotten: report.forgotten.iter().map(ForgottenStep::of).collect(),
            took: watch.seconds(),
        }
    }

    /// Says it to people.
    pub(super) fn tell(&self, context: &Context<'_>) {
        for step in &self.forgotten {
            context.ui.status(format_args!("Forgotten: {step}."));
        }
        let place = match self.to.as_slice() {
            [] => "base".to_owned(),
            rows => listed(rows),
        };
        context.ui.success(match self.steps.len() {
            0 => format!("Nothing to do: the database is at {place}."),
            1 => format!("Done: 1 step in {}; the database is at {place}.", self.took),
            count => format!(
                "Done: {count} steps in {}; the database is at {place}.",
                self.took
            ),
        });
    }
}

/// Version rows in words.
pub(super) fn place(rows: &[RevisionId]) -> String {
    if rows.is_empty() {
        "base".to_owned()
    } else {
        listed(rows)
    }
}
