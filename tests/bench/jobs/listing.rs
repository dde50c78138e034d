//! Commands that read revisions and change nothing: `history`, `heads`, `current`.

use std::path::Path;

use migration_core::dialect::Dialect;

use super::{Pace, Pair, grouped};
use crate::contest::{Contest, Measured, Role, Tool};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::field::{Field, Written};
use crate::floor;
use crate::goal::Goal;
use crate::report::Group;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let engine = Engine::start(Dialect::Sqlite, &field.path(""), Path::new(""))?;
    let mut jobs = Vec::new();
    let sizes: &[usize] = match field.options.quick {
        true => &[100, 1000],
        false => &[100, 1000, 10_000],
    };
    for number in sizes {
        let written = field.history(*number)?;
        for command in ["history", "heads", "current"] {
            jobs.push(measure(field, &engine, &written, command)?);
        }
    }
    Ok(vec![Group {
        title: "Revisions on disk: `history`, `heads`, `current`".to_owned(),
        note: "The floor is a process that reads every revision file and does nothing with it. \
               Files are in the system's cache. The database is SQLite's, stamped with the head."
            .to_owned(),
        jobs,
        growth: None,
    }])
}

fn measure(
    field: &Field,
    engine: &Engine,
    written: &Written,
    command: &str,
) -> Result<Measured, Failure> {
    let number = written.history.revisions.len();
    let (ours, alembic) = (
        format!("list_ours_{number}"),
        format!("list_alembic_{number}"),
    );
    let pair = Pair {
        field,
        written,
        ours: engine.address(&ours),
        alembic: engine.address(&alembic),
    };
    if command == "current" {
        engine.empty(&ours)?;
        engine.empty(&alembic)?;
        pair.ours()?.args(["stamp", "head"]).measure()?;
        if let Some(alembic) = pair.alembic()? {
            alembic.args(["stamp", "head"]).measure()?;
        }
    }
    let mut tools = pair.tools([command])?;
    let floor = floor::files(&written.versions())?;
    tools.push(Tool::new("floor", Role::Limit, floor));
    let contest = Contest {
        job: format!("`{command}`, {}", grouped(number)),
        tools,
        goal: match (command, number) {
            ("history", 1000) => Goal::ratios(60.0, 1.7),
            ("history", 10_000) => Goal::ratios(45.0, 1.4),
            (_, _) => Goal::NONE,
        },
    };
    let pace = if number < 10_000 {
        Pace::Short
    } else {
        Pace::Usual
    };
    contest.run(pace.rounds(field))
}
