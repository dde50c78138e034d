//! The commands that read revisions, where these are inside the binary, as a component has them.

use std::path::Path;

use migration_core::dialect::Dialect;

use super::{Pace, grouped};
use crate::contest::{Contest, Role, Tool};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::field::Field;
use crate::files::clear;
use crate::floor;
use crate::goal::Goal;
use crate::measure::Process;
use crate::report::Group;

const NUMBER: usize = 1000;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let engine = Engine::start(Dialect::Sqlite, &field.path(""), Path::new(""))?;
    let binary = field.embedded(NUMBER)?;
    let written = field.history(NUMBER)?;
    engine.empty("embedded_ours")?;
    engine.empty("embedded_alembic")?;
    let ini = field.embedded_ini(&engine.address("embedded_ours"))?;
    let alembic = field.alembic(&written, &engine.address("embedded_alembic"))?;
    let mut jobs = Vec::new();
    let nothing = field.path("nothing");
    clear(&nothing)?;
    for (name, arguments, asks) in [
        ("`history`", &["history"][..], false),
        ("`heads`", &["heads"], false),
        ("no-op", &["upgrade", "head"], true),
    ] {
        let with = |process: Process| arguments.iter().fold(process, |it, word| it.arg(*word));
        let ours = with(Process::new(&binary).arg("-c").arg(&ini));
        let mut tools = vec![Tool::new("component", Role::Ours, ours)];
        if let Some(alembic) = &alembic {
            tools.push(Tool::new("Alembic", Role::Alembic, with(alembic.clone())));
        }
        let limit = match asks {
            true => floor::no_op(&nothing, &engine.address("embedded_ours"))?,
            false => None,
        };
        tools.push(match limit {
            Some(floor) => Tool::new("floor", Role::Limit, floor),
            None => Tool::new("true", Role::Limit, Process::new("true")),
        });
        let contest = Contest {
            job: format!("{name}, {} embedded", grouped(NUMBER)),
            tools,
            goal: Goal::within(100.0, 4.0),
        };
        jobs.push(contest.run(Pace::Short.rounds(field))?);
    }
    Ok(vec![Group {
        title: "Revisions inside the binary".to_owned(),
        note: "A component's binary with the revisions inside, beside Alembic with the same \
               revisions on disk; the database is SQLite's. The limit is a process that does \
               nothing; of the upgrade, one that asks the database for its version row, for which \
               SQLite reads the whole schema."
            .to_owned(),
        jobs,
        growth: None,
    }])
}
