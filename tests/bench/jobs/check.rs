//! `check`: whether models ask for anything that the database does not have.

use migration_core::dialect::Dialect;

use super::{Pace, Pair, grouped};
use crate::contest::{Contest, Measured, Role, Tool};
use crate::effect;
use crate::engine::{Engine, client, client_name};
use crate::failure::Failure;
use crate::field::Field;
use crate::files::put;
use crate::floor;
use crate::goal::Goal;
use crate::report::Group;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let sizes: &[usize] = match field.options.quick {
        true => &[10, 100],
        false => &[10, 100, 1000],
    };
    let mut jobs = Vec::new();
    for number in sizes {
        for engine in &field.engines {
            jobs.push(measure(field, engine, *number)?);
        }
    }
    Ok(vec![Group {
        title: "`check` of models against a database".to_owned(),
        note: "Tables of ten columns, each with an index and a foreign key; there is nothing to \
               find. The floor is a process that runs the catalog queries of such a comparison and \
               throws the rows away: no models are read, nothing is compared. For MariaDB it is the \
               client with a question."
            .to_owned(),
        jobs,
        growth: None,
    }])
}

fn measure(field: &Field, engine: &Engine, number: usize) -> Result<Measured, Failure> {
    let written = field.tables(number)?;
    let (ours, alembic) = ("check_ours", "check_alembic");
    let pair = Pair {
        field,
        written: &written,
        ours: engine.address(ours),
        alembic: engine.address(alembic),
    };
    engine.empty(ours)?;
    pair.ours()?.args(["upgrade", "head"]).measure()?;
    let mut databases = vec![("migrate".to_owned(), pair.ours.clone())];
    if let Some(process) = pair.alembic()? {
        engine.empty(alembic)?;
        process.args(["upgrade", "head"]).measure()?;
        databases.push(("Alembic".to_owned(), pair.alembic.clone()));
    }
    effect::compare(&databases)?;
    let mut tools = pair.tools(["check"])?;
    tools.push(match floor::catalogs(&pair.ours)? {
        Some(floor) => Tool::new("floor", Role::Limit, floor),
        None => {
            let script = field.path("question.sql");
            put(&script, "SELECT version_num FROM alembic_version;\n")?;
            let process = client(&pair.ours, &script);
            Tool::new(client_name(engine.dialect), Role::Limit, process)
        }
    });
    let contest = Contest {
        job: format!("check, {} tables, {}", grouped(number), engine.title()),
        tools,
        goal: match (engine.dialect, number) {
            (Dialect::Postgres, 1000) => Goal::ratios(40.0, 2.5),
            (Dialect::Sqlite, 1000) => Goal::ratios(60.0, 2.5),
            (Dialect::Sqlite | Dialect::Postgres | Dialect::Mysql, _) => Goal::NONE,
        },
    };
    let pace = if number < 1000 {
        Pace::Short
    } else {
        Pace::Usual
    };
    contest.run(pace.rounds(field))
}
