//! `plan`.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{downgrade, upgrade};
use crate::cli::act;
use crate::cli::context::Context;
use crate::cli::describe::texts;
use crate::cli::failure::Failure;
use crate::cli::forgotten::ForgottenStep;
use crate::cli::left::{self, Left};
use crate::cli::opened::Database;
use crate::cli::range;
use crate::cli::range_error::RangeError;
use crate::cli::source_tree;
use crate::cli::standing;
use crate::cli::tables;
use crate::cli::watch::{reasons, running, way};
use crate::database::Connection;
use crate::execute::{self, DataLoss};
use crate::graph::RevisionGraph;
use crate::plan::{self, Direction, Plan, PlanError};
use crate::program::{self, Action, Keep, Lost, Program, ProgramError, Step, Work};
use crate::revision::RevisionId;
use crate::schema::Schema;
use crate::status::Records;

/// Show what would run, statement by statement, on the engine at hand
///
/// Without arguments it is about an upgrade to the head. The text is SQL with comments. Nothing is
/// changed, and with --from no database is asked.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// What would be done
    #[arg(value_enum, default_value_t = Way::Upgrade)]
    direction: Way,

    /// Where to go, as with the command itself
    #[arg(value_name = "TARGET", allow_negative_numbers = true)]
    targets: Vec<String>,

    /// Begin at these revisions in place of what the database has; `base` for none
    #[arg(long, value_name = "REV", value_delimiter = ',')]
    from: Vec<String>,

    /// Plan a stamp that forgets what the version table says first
    #[arg(long)]
    purge: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    Upgrade,
    Downgrade,
    Stamp,
}

#[derive(Serialize)]
struct Answer {
    from: Vec<String>,
    steps: Vec<StepObject>,
    to: Vec<String>,
    /// What is unfinished until this stamp.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forgotten: Vec<ForgottenStep>,
    #[serde(skip_serializing_if = "Option::is_none")]
    losses: Option<Vec<LossObject>>,
    /// What may change rows that are not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    uncounted: Option<Vec<UncountedObject>>,
}

#[derive(Serialize)]
struct UncountedObject {
    what: String,
    revision: Option<String>,
}

#[derive(Serialize)]
struct LossObject {
    table: String,
    column: Option<String>,
    /// The type that rounds the values or cuts them off; none when they are gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    narrowed_to: Option<String>,
    count: i64,
    revision: Option<String>,
}

#[derive(Serialize)]
struct StepObject {
    revision: Option<String>,
    direction: &'static str,
    rows: Vec<String>,
    /// How many an earlier run left in effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    statements_done: Option<i64>,
    statements: Vec<String>,
    /// So many of these, from the first, are in effect already.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_effect: Option<usize>,
    /// The number of the first piece of work that is in effect and was changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    stops_at: Option<usize>,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    source_tree::warn_of_unbuilt(context)?;
    let (plan, never_ran) = plan_of(context, arguments)?;
    standing::warn_of_unrun(context, &plan, &never_ran);
    if !arguments.from.is_empty() {
        let planned = lowered(context, plan, never_ran, Tables::AsPlanned)?;
        return show(context, &planned, &Records::default(), None);
    }
    let mut connection = context.connect_if_there()?;
    let records = connection.as_mut().map(|it| records(context, it.as_mut()));
    let records = records.unwrap_or_default();
    let live = Tables::Live(connection.as_mut(), &records);
    let planned = lowered(context, plan, never_ran, live)?;
    show(context, &planned, &records, None)
}

/// Shows a stamp, and what it would forget.
pub(super) fn rehearse_stamp(
    context: &Context<'_>,
    targets: &[String],
    purge: bool,
) -> Result<(), Failure> {
    let arguments = Arguments {
        direction: Way::Stamp,
        targets: targets.to_vec(),
        from: Vec::new(),
        purge,
    };
    run(context, &arguments)
}

/// What the ledger knows; nothing where it cannot be read, which was said before.
fn records(context: &Context<'_>, connection: &mut dyn Connection) -> Records {
    let records = standing::records(context, connection);
    records.ok().flatten().unwrap_or_default()
}

/// Shows a downgrade, and what it would lose of what the database holds now.
pub(super) fn rehearse(
    context: &Context<'_>,
    typed: &[String],
    resume_at: Option<usize>,
) -> Result<(), Failure> {
    let targets = range::targets(typed)?;
    let mut database = Database::open_existing(context)?.warning_of_edits()?;
    let plan = plan::downgrade(context.graph()?, &database.rows, &targets)?;
    database.check_strays(&plan)?;
    let never_ran = standing::never_ran(&database.edited);
    standing::warn_of_unrun(context, &plan, &never_ran);
    let mut connection = context.connect_to_read()?;
    let records = records(context, connection.as_mut());
    let live = Tables::Live(Some(&mut connection), &records);
    let planned = lowered(context, plan, never_ran, live)?;
    let program = &planned.program;
    if resume_at.is_none() {
        act::refuse_unfinished(context, program, connection.as_mut())?;
    }
    let losses = execute::losses(program, connection.as_mut())?;
    show(context, &planned, &records, Some(&losses))
}

fn show(
    context: &Context<'_>,
    planned: &Planned<'_>,
    records: &Records,
    losses: Option<&[DataLoss]>,
) -> Result<(), Failure> {
    let Planned { program, left } = planned;
    let steps = program.steps.iter().zip(left);
    if context.ui.is_json() {
        let mut rows = program.from.clone();
        let steps = steps.map(|(step, left)| {
            rows = step.rows_behind(&rows);
            object((step, &rows), left.as_ref())
        });
        return context.ui.document(&Answer {
            from: texts(&program.from),
            steps: steps.collect(),
            to: texts(&program.to),
            forgotten: forgotten(program, records),
            losses: losses.map(|losses| losses.iter().map(loss_object).collect()),
            uncounted: losses.map(|_| uncounted(program)),
        });
    }
    for (step, left) in steps {
        print(context, program, step, left.as_ref())?;
    }
    if program.steps.is_empty() {
        context.ui.status("Nothing to do.");
        return Ok(());
    }
    for step in forgotten(program, records) {
        context.ui.data(format_args!("-- forgets {step}"))?;
    }
    match losses {
        Some(losses) => show_losses(context, losses, &uncounted(program)),
        None => Ok(()),
    }
}

/// Says what is lost, and what nobody can count.
fn show_losses(
    context: &Context<'_>,
    losses: &[DataLoss],
    uncounted: &[UncountedObject],
) -> Result<(), Failure> {
    if losses.is_empty() {
        context.ui.data(match uncounted {
            [] => "-- no rows and no values would be lost",
            _ => "-- nothing that is dropped or emptied holds rows or values",
        })?;
    }
    for loss in losses {
        context.ui.data(format_args!("-- {}", act::lost(loss)))?;
    }
    for UncountedObject { what, revision } in uncounted {
        let revision = revision.as_deref().unwrap_or("base");
        context.ui.data(format_args!(
            "-- not counted, and may change or remove values: {what}, by the downgrade of {revision}"
        ))?;
    }
    Ok(())
}

fn uncounted(program: &Program) -> Vec<UncountedObject> {
    let found = program::uncounted(program).into_iter();
    let found = found.map(|it| UncountedObject {
        what: it.what,
        revision: it.revision.as_ref().map(ToString::to_string),
    });
    found.collect()
}

/// What a stamp forgets.
fn forgotten(program: &Program, records: &Records) -> Vec<ForgottenStep> {
    let mut steps = program.steps.iter();
    match steps.any(|step| step.direction == Direction::Stamp) {
        true => ForgottenStep::coming(records),
        false => Vec::new(),
    }
}

fn loss_object(loss: &DataLoss) -> LossObject {
    LossObject {
        table: loss.table.to_string(),
        column: loss.column.as_ref().map(ToString::to_string),
        narrowed_to: loss.narrowed.clone(),
        count: loss.count,
        revision: loss.revision.as_ref().map(ToString::to_string),
    }
}

/// The plan, and the applied revisions of which nothing ran.
fn plan_of(
    context: &Context<'_>,
    arguments: &Arguments,
) -> Result<(Plan, Vec<RevisionId>), Failure> {
    let targets: Vec<&str> = match (arguments.targets.is_empty(), arguments.direction) {
        (false, _) => range::targets(&arguments.targets)?,
        (true, Way::Upgrade) => vec![upgrade::DEFAULT],
        (true, Way::Downgrade) => vec![downgrade::DEFAULT],
        (true, Way::Stamp) => return Err(Failure::usage(RangeError::NoStampTarget)),
    };
    if arguments.from.is_empty() && arguments.direction == Way::Stamp {
        let mut database = match arguments.purge {
            true => Database::open_unchecked(context)?,
            false => Database::open_warning_of_edits(context)?,
        };
        let plan = plan::stamp(context.graph()?, &database.rows, &targets, arguments.purge)?;
        database.check_strays(&plan)?;
        return Ok((database.settling(plan)?, Vec::new()));
    }
    let plan = |graph: &RevisionGraph, rows: &[RevisionId]| match arguments.direction {
        Way::Upgrade => plan::upgrade(graph, rows, &targets),
        Way::Downgrade => plan::downgrade(graph, rows, &targets),
        Way::Stamp => plan::stamp(graph, rows, &targets, arguments.purge),
    };
    if !arguments.from.is_empty() {
        let graph = context.graph()?;
        let rows = range::starts(graph, arguments.from.iter().map(String::as_str))?;
        let plan = plan(graph, &rows).map_err(PlanError::about_typed_rows)?;
        return Ok((plan, Vec::new()));
    }
    let (mut database, never_ran) = match arguments.direction {
        Way::Downgrade => {
            let database = Database::open_to_undo(context)?.warning_of_edits()?;
            let never_ran = standing::never_ran(&database.edited);
            (database, never_ran)
        }
        Way::Upgrade | Way::Stamp => (Database::open_warning_of_edits(context)?, Vec::new()),
    };
    let plan = plan(context.graph()?, &database.rows)?;
    database.check_strays(&plan)?;
    Ok((plan, never_ran))
}

/// What the tables are that a plan changes.
pub(super) enum Tables<'c, 'r> {
    /// What the revisions say, as far as they do.
    AsPlanned,
    /// What they are now, where there is a database, of which the ledger knows this.
    Live(Option<&'c mut Box<dyn Connection>>, &'r Records),
}

/// What a plan would do.
pub(super) struct Planned<'r> {
    /// With every table written out.
    pub program: Program,
    /// What an earlier run left of each step.
    left: Vec<Option<Left<'r>>>,
}

/// The program with every table written out.
pub(super) fn lowered<'r>(
    context: &Context<'_>,
    plan: Plan,
    never_ran: Vec<RevisionId>,
    mut tables: Tables<'_, 'r>,
) -> Result<Planned<'r>, Failure> {
    let program = act::link(context, plan, never_ran.clone(), Keep::Operations)?;
    let left = tables.left(&program);
    let linker = context.linker_knowing(never_ran)?;
    let lowered = match tables.read(&program, &left)? {
        Some(live) => program::lower_live(&linker, program.clone(), live),
        None => program::lower_offline(&linker, program.clone()),
    };
    match lowered {
        // The table was made in a way that only the database can tell.
        Err(ProgramError::UnknownTable { .. }) => {
            if let Tables::Live(connection, _) = tables {
                tables::check(connection, &program)?;
            }
            Ok(Planned { program, left })
        }
        result => Ok(Planned {
            program: result?,
            left,
        }),
    }
}

impl<'r> Tables<'_, 'r> {
    fn left(&self, program: &Program) -> Vec<Option<Left<'r>>> {
        match self {
            Self::AsPlanned => program.steps.iter().map(|_| None).collect(),
            Self::Live(_, records) => left::left(program, records),
        }
    }

    /// Those of the database, if it is asked. Amid a step they are neither what it began with nor what
    /// it makes.
    fn read(
        &mut self,
        program: &Program,
        left: &[Option<Left<'_>>],
    ) -> Result<Option<Schema>, Failure> {
        let Self::Live(Some(connection), _) = self else {
            return Ok(None);
        };
        if left.iter().any(Option::is_some) {
            return Ok(None);
        }
        Ok(Some(tables::read(connection.as_mut(), program)?))
    }
}

fn object((step, rows): (&Step, &[RevisionId]), left: Option<&Left<'_>>) -> StepObject {
    let in_effect = left.map(|left| {
        let actions = step.actions.iter().enumerate();
        let each = actions.map(|(number, it)| left.in_effect(number).min(statements(it).len()));
        each.sum()
    });
    StepObject {
        revision: step.revision.as_ref().map(ToString::to_string),
        direction: step.direction.as_str(),
        rows: texts(rows),
        statements_done: left.map(Left::done),
        statements: step.actions.iter().flat_map(statements).collect(),
        in_effect,
        stops_at: left.and_then(Left::stops_at),
    }
}

/// The statements of an action; what is only known when it runs stands as a comment.
pub(super) fn statements(action: &Action) -> Vec<String> {
    match &action.work {
        Work::Statements(statements) => statements.iter().map(|it| it.sql.clone()).collect(),
        Work::Table(_) => vec![format!(
            "-- {}: written when it runs, from the table as it is then",
            action.described()
        )],
        Work::Procedure(name) => vec![format!("-- calls procedure {name}")],
    }
}

fn print(
    context: &Context<'_>,
    program: &Program,
    step: &Step,
    left: Option<&Left<'_>>,
) -> Result<(), Failure> {
    let ui = context.ui;
    let title = running(step);
    let title = title.strip_prefix("Running ").unwrap_or(&title);
    ui.data(format_args!("-- {title}"))?;
    if let Some(left) = left {
        ui.data(format_args!("-- unfinished: {}", left.goes_on()))?;
    }
    if let Some(idle) = step.idle(program.dialect) {
        ui.data(format_args!("-- {idle}"))?;
    }
    for (number, action) in step.actions.iter().enumerate() {
        if let Some(change) = &action.change {
            ui.data(format_args!("-- {}: {}", way(change), reasons(change)))?;
        }
        if step.direction == Direction::Downgrade {
            for lost in program::lost_by(program.dialect, &action.operations()) {
                if let Lost::Digits { table, column, .. } = lost {
                    ui.data(format_args!(
                        "-- may round values of column `{table}.{column}` or cut them off; \
                         `downgrade --dry-run` counts them"
                    ))?;
                }
            }
        }
        let in_effect = left.map_or(0, |left| left.in_effect(number));
        for (number, sql) in statements(action).into_iter().enumerate() {
            if number < in_effect {
                ui.data("-- in effect already:")?;
            }
            let end = if sql.starts_with("--") { "" } else { ";" };
            ui.data(format_args!("{sql}{end}"))?;
        }
    }
    ui.data("")
}
