//! `upgrade head` from an empty database.

use migration_core::database::Address;
use migration_core::dialect::Dialect;

use super::{Pace, Pair, grouped, peer};
use crate::contest::{Contest, Measured, Role, Tool};
use crate::engine::{Engine, client, client_name};
use crate::failure::Failure;
use crate::field::{Field, Written};
use crate::floor;
use crate::goal::Goal;
use crate::history::Way;
use crate::report::Group;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let mut groups = Vec::new();
    for engine in &field.engines {
        let mut jobs = Vec::new();
        for number in [10, 100, 1000] {
            jobs.push(measure(field, engine, number, false)?);
        }
        // A hundred revisions and the largest number.
        let growth = Some((1, if field.options.quick { 2 } else { jobs.len() }));
        if !field.options.quick {
            jobs.push(measure(field, engine, 5000, false)?);
        }
        // MySQL commits each change of a table by itself: there is one way only.
        if engine.dialect != Dialect::Mysql {
            jobs.push(measure(field, engine, 1000, true)?);
        }
        groups.push(Group {
            title: format!("`upgrade head` from empty, {}", engine.title()),
            note: note(engine.dialect).to_owned(),
            jobs,
            growth,
        });
    }
    Ok(groups)
}

fn note(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "The limits get the same statements in the same transactions: `sqlite3`, which has the \
             system's library, and a process that does nothing but feed the script to the library \
             that is inside `migrate`."
        }
        Dialect::Postgres => {
            "The limit is `psql`, fed with the same statements in the same transactions."
        }
        Dialect::Mysql => {
            "The limit is `mariadb`, fed with the same statements, and the version row after each \
             revision."
        }
    }
}

fn measure(field: &Field, engine: &Engine, number: usize, each: bool) -> Result<Measured, Failure> {
    let written = field.history(number)?;
    let pair = Pair {
        field,
        written: &written,
        ours: engine.address("up_ours"),
        alembic: engine.address("up_alembic"),
    };
    let mut tools = match each {
        true => pair_each(&pair)?,
        false => pair.tools(["upgrade", "head"])?,
    };
    let mut names = vec!["up_ours", "up_alembic"];
    names.truncate(tools.len());
    for it in &field.peers {
        let address = engine.address(it.program());
        if let Some(process) = peer::up(field, *it, &written, &address)? {
            tools.push(Tool::new(it.program(), Role::Peer, process));
            names.push(it.program());
        }
    }
    for (name, tool) in limits(engine, &written, each)? {
        names.push(name);
        tools.push(tool);
    }
    let tools: Vec<Tool<'_>> = tools
        .into_iter()
        .zip(names)
        .map(|(tool, name)| {
            tool.leaving(engine.address(name))
                .after(move || engine.empty(name))
        })
        .collect();
    let contest = Contest {
        job: job(engine, number, each),
        tools,
        goal: goal(engine.dialect, number, each),
    };
    // On SQLite the time grows with the square of the history.
    let pace = match (number, engine.dialect) {
        (..=100, _) => Pace::Short,
        (101..=1000, _) | (_, Dialect::Postgres | Dialect::Mysql) => Pace::Usual,
        (_, Dialect::Sqlite) => Pace::Long,
    };
    contest.run(pace.rounds(field))
}

/// Both with a transaction for each revision.
fn pair_each<'f>(pair: &Pair<'f>) -> Result<Vec<Tool<'f>>, Failure> {
    let ours = pair
        .ours()?
        .args(["--transaction", "revision", "upgrade", "head"]);
    let mut tools = vec![Tool::new("migrate", Role::Ours, ours)];
    if let Some(alembic) = pair.alembic()? {
        let alembic = alembic.args(["-x", "each=1", "upgrade", "head"]);
        tools.push(Tool::new("Alembic", Role::Alembic, alembic));
    }
    Ok(tools)
}

/// The limits, each with the name of its database.
fn limits(
    engine: &Engine,
    written: &Written,
    each: bool,
) -> Result<Vec<(&'static str, Tool<'static>)>, Failure> {
    let way = match each || engine.dialect == Dialect::Mysql {
        true => Way::UpEach,
        false => Way::UpTogether,
    };
    let script = written.script(engine.dialect, way)?;
    let process = client(&engine.address("up_client"), &script);
    let tool = Tool::new(client_name(engine.dialect), Role::Limit, process);
    let mut limits = vec![("up_client", tool)];
    if let Address::Sqlite { path } = engine.address("up_floor") {
        let tool = Tool::new("same library", Role::Limit, floor::feed(&path, &script)?);
        limits.push(("up_floor", tool));
    }
    Ok(limits)
}

fn job(engine: &Engine, number: usize, each: bool) -> String {
    let way = if each { ", a transaction each" } else { "" };
    format!("upgrade, {}, {}{way}", grouped(number), engine.title())
}

fn goal(dialect: Dialect, number: usize, each: bool) -> Goal {
    match (dialect, number, each) {
        (Dialect::Sqlite, 1000, false) => Goal::ratios(4.5, 1.1),
        (Dialect::Sqlite, 1000, true) => Goal::limit(1.1),
        (Dialect::Postgres, 1000, false) => Goal::ratios(2.1, 1.15),
        (Dialect::Postgres, 1000, true) => Goal::limit(1.15),
        (Dialect::Mysql, 1000, _) => Goal::ratios(1.5, 1.15),
        (Dialect::Sqlite | Dialect::Postgres | Dialect::Mysql, _, _) => Goal::NONE,
    }
}
