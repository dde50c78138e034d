//! Many small SQLite databases, upgraded one after the other by a process each.

use std::path::{Path, PathBuf};

use migration_core::database::Address;

use super::{Pace, grouped};
use crate::contest::{Contest, Role, Tool};
use crate::failure::Failure;
use crate::field::{Field, Written};
use crate::files::{clear, put};
use crate::goal::Goal;
use crate::history::{Way, alembic_settings, our_settings};
use crate::measure::Process;
use crate::report::Group;

/// Revisions of each.
const REVISIONS: usize = 10;

/// Alembic is measured with a part of the databases, and its times are multiplied.
const SHARE: usize = 20;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let number = if field.options.quick { 100 } else { 1000 };
    let written = field.history(REVISIONS)?;
    let mut tools = Vec::new();
    let program = &field.ours;
    let ours = inis(field, "ours", number, |address| {
        our_settings(address, Some(&written.ours()))
    })?;
    tools.push(tool("migrate", Role::Ours, &ours, each_ini(program, &ours)));
    if let Some(alembic) = &field.alembic {
        let inis = inis(field, "alembic", number / SHARE, |address| {
            alembic_settings(address, &written.alembic())
        })?;
        let name = format!("Alembic ({}, times {SHARE})", number / SHARE);
        let process = each_ini(alembic.program(), &inis);
        let share = u32::try_from(SHARE).unwrap_or(1);
        tools.push(tool(&name, Role::Alembic, &inis, process).times(share));
    }
    tools.push(limit(field, &written, number)?);
    let contest = Contest {
        job: format!("{} databases of {REVISIONS} revisions", grouped(number)),
        tools,
        goal: Goal::NONE,
    };
    Ok(vec![Group {
        title: "Many small SQLite databases".to_owned(),
        note: "A shell starts a process for each database. The limit is `sqlite3`, fed with the \
               same statements in one transaction."
            .to_owned(),
        jobs: vec![contest.run(Pace::Long.rounds(field))?],
        growth: None,
    }])
}

/// An ini for each database, in a directory of a tool's own.
fn inis(
    field: &Field,
    tool: &str,
    number: usize,
    text: impl Fn(&Address) -> String,
) -> Result<PathBuf, Failure> {
    let directory = field.path(&format!("many_{tool}"));
    for position in 0..number {
        let path = directory.join(format!("data/{position}.db"));
        let address = Address::Sqlite { path };
        put(&directory.join(format!("{position}.ini")), &text(&address))?;
    }
    Ok(directory)
}

fn each_ini(program: &Path, directory: &Path) -> Process {
    let script = "for ini in \"$2\"/*.ini; do \"$1\" -c \"$ini\" upgrade head || exit; done";
    let shell = Process::new("sh").args(["-c", script, "sh"]);
    shell.arg(program).arg(directory)
}

fn limit(field: &Field, written: &Written, number: usize) -> Result<Tool<'static>, Failure> {
    let script = written.script(migration_core::dialect::Dialect::Sqlite, Way::UpTogether)?;
    let directory = field.path("many_sqlite3");
    let text = "for number in $(seq \"$1\"); do sqlite3 -bail \"$2/data/$number.db\" <\"$3\" || \
                exit; done";
    let shell = Process::new("sh").args(["-c", text, "sh", &number.to_string()]);
    let process = shell.arg(&directory).arg(script);
    Ok(tool("sqlite3", Role::Limit, &directory, process))
}

fn tool(name: &str, role: Role, directory: &Path, process: Process) -> Tool<'static> {
    let data = directory.join("data");
    Tool::new(name, role, process).after(move || clear(&data))
}
