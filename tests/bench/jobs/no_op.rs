//! `upgrade head` where there is nothing to do: what every deployment and container start pays.

use migration_core::dialect::Dialect;

use super::{Pace, Pair, grouped, peer};
use crate::contest::{Contest, Measured, Role, Tool};
use crate::engine::{Engine, client, client_name};
use crate::failure::Failure;
use crate::field::Field;
use crate::files::put;
use crate::floor;
use crate::goal::Goal;
use crate::report::Group;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let mut jobs = Vec::new();
    for number in [10, 1000] {
        for engine in &field.engines {
            jobs.push(measure(field, engine, number)?);
        }
    }
    Ok(vec![Group {
        title: "Nothing to do: `upgrade head` at the head".to_owned(),
        note: "The floor is a process that lists the names of the revision files, without reading \
               them, and asks the database for its version row. For MariaDB it is the client that \
               asks."
            .to_owned(),
        jobs,
        growth: None,
    }])
}

fn measure(field: &Field, engine: &Engine, number: usize) -> Result<Measured, Failure> {
    let written = field.history(number)?;
    let name = |tool: &str| format!("noop_{tool}_{number}");
    let pair = Pair {
        field,
        written: &written,
        ours: engine.address(&name("ours")),
        alembic: engine.address(&name("alembic")),
    };
    engine.empty(&name("ours"))?;
    engine.empty(&name("alembic"))?;
    // The unmeasured first run of each tool brings its database to the head.
    let mut tools = pair.tools(["upgrade", "head"])?;
    for it in &field.peers {
        let name = name(it.program());
        engine.empty(&name)?;
        let process = peer::up(field, *it, &written, &engine.address(&name))?;
        tools.extend(process.map(|process| Tool::new(it.program(), Role::Peer, process)));
    }
    let limit = match floor::no_op(&written.versions(), &pair.ours)? {
        Some(floor) => Tool::new("floor", Role::Limit, floor),
        None => {
            let script = field.path("version.sql");
            put(&script, "SELECT version_num FROM alembic_version;\n")?;
            let process = client(&pair.ours, &script);
            Tool::new(client_name(engine.dialect), Role::Limit, process)
        }
    };
    tools.push(limit);
    let contest = Contest {
        job: format!("no-op, {}, {}", grouped(number), engine.title()),
        tools,
        goal: goal(engine.dialect, number),
    };
    contest.run(Pace::Short.rounds(field))
}

fn goal(dialect: Dialect, number: usize) -> Goal {
    match (dialect, number) {
        (Dialect::Sqlite, 1000) => Goal::ratios(50.0, 3.0).and_first(),
        (Dialect::Postgres, 1000) => Goal::ratios(35.0, 3.0).and_first(),
        (Dialect::Sqlite | Dialect::Postgres | Dialect::Mysql, _) => Goal::NONE,
    }
}
