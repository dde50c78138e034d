//! Starting, and saying something that needs neither settings nor revisions.

use super::Pace;
use crate::contest::{Contest, Role, Tool};
use crate::failure::Failure;
use crate::field::Field;
use crate::goal::Goal;
use crate::measure::Process;
use crate::report::Group;

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let mut jobs = Vec::new();
    for flag in ["--version", "--help"] {
        let ours = Process::new(&field.ours).args([flag]);
        let mut tools = vec![Tool::new("migrate", Role::Ours, ours)];
        if let Some(alembic) = &field.alembic {
            tools.push(Tool::new(
                "Alembic",
                Role::Alembic,
                alembic.bare().args([flag]),
            ));
        }
        for peer in &field.peers {
            let process = Process::new(peer.program()).args([flag]);
            tools.push(Tool::new(peer.program(), Role::Peer, process));
        }
        tools.push(Tool::new("true", Role::Limit, Process::new("true")));
        let contest = Contest {
            job: format!("`{flag}`"),
            tools,
            goal: Goal::within(80.0, 2.5),
        };
        jobs.push(contest.run(Pace::Short.rounds(field))?);
    }
    Ok(vec![Group {
        title: "Start-up".to_owned(),
        note: "The limit is a process that does nothing.".to_owned(),
        jobs,
        growth: None,
    }])
}
