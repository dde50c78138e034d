//! `downgrade base` from the head.

use migration_core::database::Address;
use migration_core::dialect::Dialect;

use super::{Pace, Pair, grouped};
use crate::contest::{Contest, Measured, Role, Tool};
use crate::engine::{Engine, client, client_name};
use crate::failure::Failure;
use crate::field::Field;
use crate::floor;
use crate::goal::Goal;
use crate::history::Way;
use crate::measure::Process;
use crate::report::Group;

const NUMBER: usize = 1000;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let mut jobs = Vec::new();
    for engine in &field.engines {
        jobs.push(measure(field, engine)?);
    }
    Ok(vec![Group {
        title: "`downgrade base`".to_owned(),
        note: "Each tool takes back what it did itself. The limits get the same statements, a \
               transaction for each revision, which is what `migrate` does on a live database."
            .to_owned(),
        jobs,
        growth: None,
    }])
}

fn measure(field: &Field, engine: &Engine) -> Result<Measured, Failure> {
    let written = field.history(NUMBER)?;
    let up = written.script(engine.dialect, Way::UpEach)?;
    let down = written.script(engine.dialect, Way::DownEach)?;
    let pair = Pair {
        field,
        written: &written,
        ours: engine.address("down_ours"),
        alembic: engine.address("down_alembic"),
    };
    let down_ours = pair.ours()?;
    let down_ours = down_ours.args(["downgrade", "--allow-data-loss", "base"]);
    let ours = Tool::new("migrate", Role::Ours, down_ours);
    let up_ours = pair.ours()?.args(["upgrade"]);
    let mut tools = vec![on(engine, "down_ours", ours, up_ours)?];
    if let Some(alembic) = pair.alembic()? {
        let tool = alembic.clone().args(["downgrade", "base"]);
        let tool = Tool::new("Alembic", Role::Alembic, tool);
        let up = alembic.args(["upgrade", "head"]);
        tools.push(on(engine, "down_alembic", tool, up)?);
    }
    let address = engine.address("down_client");
    let process = client(&address, &down);
    let tool = Tool::new(client_name(engine.dialect), Role::Limit, process);
    tools.push(on(engine, "down_client", tool, client(&address, &up))?);
    if let Address::Sqlite { path } = engine.address("down_floor") {
        let tool = Tool::new("same library", Role::Limit, floor::feed(&path, &down)?);
        tools.push(on(engine, "down_floor", tool, floor::feed(&path, &up)?)?);
    }
    let contest = Contest {
        job: format!("downgrade, {}, {}", grouped(NUMBER), engine.title()),
        tools,
        goal: Goal::ratios(3.0, 1.2),
    };
    contest.run(Pace::Usual.rounds(field))
}

/// The tool on the database of this name, which `up` brings to the head.
fn on<'e>(
    engine: &'e Engine,
    name: &'static str,
    tool: Tool<'e>,
    up: Process,
) -> Result<Tool<'e>, Failure> {
    let tool = tool.leaving(engine.address(name));
    Ok(tool.after(prepare(engine, name, up)?))
}

/// What brings a database to the head before each run: a copy of one that was brought there, or,
/// where the engine has no copies, the way up again.
fn prepare<'e>(
    engine: &'e Engine,
    name: &'static str,
    up: Process,
) -> Result<impl Fn() -> Result<(), Failure> + 'e, Failure> {
    engine.empty(name)?;
    up.measure()?;
    let whole = format!("{name}_whole");
    let has_copies = engine.dialect != Dialect::Mysql;
    if has_copies {
        engine.copy(name, &whole)?;
    }
    Ok(move || match has_copies {
        true => engine.copy(&whole, name).map(drop),
        false => {
            engine.empty(name)?;
            up.measure().map(drop)
        }
    })
}
